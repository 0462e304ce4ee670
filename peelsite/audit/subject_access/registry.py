"""What is held on a person that no column names. Rooms register theirs when their app is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import models

from peelsite.accounts.models import User


@dataclass(frozen=True)
class Found:
    """Rows of a model that are about the person; `columns` those of them to hand over, by name."""

    model: type[models.Model]
    rows: models.QuerySet
    columns: tuple[str, ...]


# Of the person, and of the users whose own record is theirs.
Finder = Callable[[models.Model, Sequence[User]], Found]

_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Add a way of finding; the same name again replaces it."""
    _finders[name] = finder


def all_finders() -> list[Finder]:
    return [_finders[name] for name in sorted(_finders)]
