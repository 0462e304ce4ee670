"""For services: a row under its lock, compared with what the caller saw of it when they began."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from peelsite.web.editing.calc import changed_names

Row = TypeVar("Row", bound=models.Model)

CHANGED = (
    "Someone else changed this record while you had it open, and nothing of yours is saved. "
    "Open it again to see how it is now, then make your change."
)
SAME_MOMENT = (
    "Someone else wrote something at the same moment that this does not agree with, so nothing of yours is "
    "saved. Look at how it is now, then send it again."
)
GONE = "Someone else removed this record while you had it open, so nothing of yours is saved."


class Overtaken(ValidationError):
    """Somebody else was first: what was asked cannot be done, or only knowingly. Pages answer it with 409."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="changed")


class EditConflict(Overtaken):
    """The record is no longer what the caller saw. `now` is the locked row, None when it was removed.

    `changed` names the fields, where the caller said what they saw of each.
    """

    def __init__(self, now: models.Model | None, changed: tuple[str, ...] = ()) -> None:
        super().__init__(GONE if now is None else CHANGED)
        self.now = now
        self.changed = changed


class Seen(Protocol):
    """What the caller saw of a record."""

    def check(self, now: models.Model) -> None:
        """Raise EditConflict when the row is no longer what was seen."""


@dataclass(frozen=True)
class SeenValues:
    """The values that a page showed, by name; `read` gives those of a row as it is now."""

    values: Mapping[str, str]
    read: Callable[[models.Model], Mapping[str, str]]

    def check(self, now: models.Model) -> None:
        if changed := changed_names(self.values, self.read(now)):
            raise EditConflict(now, changed)


@dataclass(frozen=True)
class SeenVersion:
    """The versions of the row, any of which the caller of the API would have (`If-Match`); None: whatever."""

    versions: frozenset[str] | None

    def check(self, now: models.Model) -> None:
        if self.versions is not None and version_of(now) not in self.versions:
            raise EditConflict(now)


def moment(at: datetime) -> str:
    """'3:07pm on 31 March 2016', in London."""
    return f"{timezone.localtime(at):%-I:%M%p on %-d %B %Y}".replace("AM", "am").replace("PM", "pm")


def version_of(row: models.Model) -> str:
    """A short digest of what a row read from the database holds: the same content is the same version."""
    held = "\x1f".join(f"{field.attname}={field.value_to_string(row)}" for field in row._meta.concrete_fields)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def locked(row: Row, seen: Seen | None = None) -> Row:
    """The row as it is now, locked until the transaction ends.

    Raises EditConflict when it is no longer what was `seen`, or is gone.
    """
    # In no order: a table that only the order asks for would be joined and locked too, and a national row,
    # which a force may not change, makes its neighbour seem gone.
    rows = row._meta.model._default_manager.select_for_update(no_key=True).order_by()
    now = rows.filter(pk=row.pk).first()
    if now is None:
        raise EditConflict(None)
    if seen is not None:
        seen.check(now)
    return now
