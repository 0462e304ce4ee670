"""Which classes of records there are to keep or remove. Rooms register theirs when their app is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from peelsite.forces.models import Force


@dataclass(frozen=True)
class RetentionClass:
    """Records that go together. `due(force, before)`: those whose event was before that day.

    `person` is the column with the id of a row's person ('' where a row is about nobody, 'person_ids' where
    it is a list): holds ask it. The rows are deleted, and their history with them.
    """

    slug: str
    title: str
    event: str
    due: Callable[[Force, date], QuerySet]
    person: str = ""


_classes: dict[str, RetentionClass] = {}


def register(retained: RetentionClass) -> None:
    """Add a class; the same slug again replaces it."""
    _classes[retained.slug] = retained


def all_classes() -> list[RetentionClass]:
    return sorted(_classes.values(), key=lambda each: each.title)


def class_of(slug: str) -> RetentionClass | None:
    return _classes.get(slug)
