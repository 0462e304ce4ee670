"""Which classes of records there are to keep or remove. Rooms register theirs when their app is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from peelsite.forces.models import Force

# By table and id of each row that went or was emptied, the digest in hex of what it held.
Digests = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Removed:
    """What a removal did: digests for the proof, and how many of them are of rows of the history."""

    digests: Digests = field(default_factory=dict)
    history_rows: int = 0


# Rows by id, and the reason that stands with each row that goes out of the history.
Remover = Callable[[Sequence[int], str], Removed]


@dataclass(frozen=True)
class RetentionClass:
    """Records that go together. `due(force, before)`: those whose event was before that day.

    `person` is the column with the id of a row's person ('pk' where the row is the person, '' where it is
    about nobody, 'person_ids' where it is a list): holds ask it. The rows are deleted, and their history with
    them, unless the class has a `remove` of its own; `what_goes` says on the page what that does.
    """

    slug: str
    title: str
    event: str
    due: Callable[[Force, date], QuerySet]
    person: str = ""
    what_goes: str = "The records and every earlier version of them are deleted."
    remove: Remover | None = None


_classes: dict[str, RetentionClass] = {}


def register(retained: RetentionClass) -> None:
    """Add a class; the same slug again replaces it."""
    _classes[retained.slug] = retained


def all_classes() -> list[RetentionClass]:
    return sorted(_classes.values(), key=lambda each: each.title)


def class_of(slug: str) -> RetentionClass | None:
    return _classes.get(slug)
