"""Who changed which column of a record and when, and what a removed record held: from the row history.

Read here by pghistory's own models, so that the lowest rooms of the house can edit together too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

import pghistory.models
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from peelsite.web.editing.records import moment

Row = TypeVar("Row", bound=models.Model)

MOST_VERSIONS = 200


@dataclass(frozen=True)
class Author:
    """Who wrote a version, and when."""

    who: str
    user_id: int | None
    at: datetime

    @property
    def moment(self) -> str:
        return moment(self.at)

    def words_for(self, reader_id: int | None) -> str:
        """'you, in another window, at …' to the author, else the name."""
        same = self.user_id is not None and self.user_id == reader_id
        return f"{'you, in another window,' if same else self.who} at {self.moment}"


@cache
def event_model_of(model: type[models.Model]) -> type[pghistory.models.Event] | None:
    """The table that keeps the versions of a model's rows; None for a model without history."""
    found = (each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model)
    return next((each for each in found if issubclass(each, pghistory.models.Event)), None)


def authors_of(model: type[models.Model], pk: Any, columns: Iterable[str]) -> dict[str, Author]:
    """The last author of each column of a row, and under '' that of its last version. Three queries at most.

    A column that the history does not keep, or that did not change within MOST_VERSIONS, is not in it.
    """
    event = event_model_of(model)
    if event is None:
        return {}
    versions = list(event.objects.filter(pgh_obj_id=pk).order_by("-pgh_id")[:MOST_VERSIONS])
    if not versions:
        return {}
    writers = {"": versions[0]}
    for column in columns:
        if column not in {field.name for field in event._meta.concrete_fields}:
            continue
        attname = event._meta.get_field(column).attname
        for version, earlier in pairwise(versions):
            if getattr(version, attname) != getattr(earlier, attname):
                writers[column] = version
                break
    names = _names_of({version.pgh_context_id for version in writers.values()})
    return {column: _author(version, names) for column, version in writers.items()}


def removed_row(model: type[Row], pk: Any) -> Row | None:
    """A row that is no longer there as it last was, not to be saved; None when none with this key was."""
    event = event_model_of(model)
    last = event.objects.filter(pgh_obj_id=pk).order_by("-pgh_id").first() if event else None
    if last is None or last.pgh_label != "delete":
        return None
    kept = {field.attname for field in event._meta.concrete_fields}
    values = {
        field.attname: getattr(last, field.attname)
        for field in model._meta.concrete_fields
        if field.attname in kept and not field.generated
    }
    return model(**values)


def _author(version: Any, names: dict[UUID, tuple[str, int | None]]) -> Author:
    who, user_id = names.get(version.pgh_context_id, ("the site itself", None))
    return Author(who, user_id, version.pgh_created_at)


def _names_of(context_ids: set[UUID | None]) -> dict[UUID, tuple[str, int | None]]:
    contexts = pghistory.models.Context.objects.filter(pk__in=context_ids - {None})
    metadata = dict(contexts.values_list("pk", "metadata"))
    users = get_user_model().objects.in_bulk([each["user"] for each in metadata.values() if each.get("user")])
    return {pk: _name(each, users) for pk, each in metadata.items()}


def _name(metadata: dict[str, Any], users: dict[int, Any]) -> tuple[str, int | None]:
    user_id = metadata.get("user")
    if metadata.get("command"):
        return f"the command {metadata['command']}", user_id
    if user_id in users:
        return str(users[user_id]), user_id
    return ("somebody whose account is gone" if user_id else "the site itself"), user_id
