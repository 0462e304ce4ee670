"""Versions in words: field by field, before and after, with names in place of numbers."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from peelsite.audit.selectors import NOBODY, VERBS, Source, sources_of
from peelsite.audit.tracked import TrackedTable
from peelsite.web.editing import words
from peelsite.web.editing.words import NOTHING
from peelsite.web.templatetags import peelsite_web

NOT_FOR_YOU = "not shown to you"
# The page is of one force already; the rest PostgreSQL works out, or counts changes.
NOT_SHOWN = ("id", "force", "path", "is_away", "version")

# Columns that hold a row's number without being a foreign key: their label, and the names of the numbers.
NumberNames = Callable[[set[int]], dict[int, str]]
_numbers: dict[str, tuple[str, NumberNames]] = {}


def register_numbers(column: str, label: str, names: NumberNames) -> None:
    """Show a column of plain numbers in words: `names` gives those of a set of them, in one query."""
    _numbers[column] = (label, names)


def number_names(column: str, numbers: set[int]) -> dict[int, str]:
    return _numbers[column][1](numbers) if numbers else {}


@dataclass(frozen=True)
class FieldChange:
    """One field; `before` is empty in the first version."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """What one action did to a record."""

    at: datetime
    verb: str
    source: Source
    fields: list[FieldChange]


def versions_described(table: TrackedTable, events: list[Any]) -> list[Version]:
    """The versions, newest first. A fixed number of queries: one for each table that is pointed at."""
    sources = sources_of({event.pgh_context_id for event in events})
    return [version for _, version in versions_by_record(table, events, sources)][::-1]


def versions_by_record(
    table: TrackedTable,
    events: list[Any],
    sources: dict[UUID, Source],
    hidden: Collection[type[models.Model]] = (),
) -> list[tuple[Any, Version]]:
    """Each event, in the order given, with what it did to its record. Names of `hidden` models stay out."""
    words = Words(table, events, hidden)
    before: dict[int, Any] = {}
    described = []
    for event in events:
        version = Version(
            at=event.pgh_created_at,
            verb=VERBS.get(event.pgh_label, event.pgh_label),
            source=sources.get(event.pgh_context_id, NOBODY),
            fields=[] if event.pgh_label == "delete" else _fields(words, before.get(event.pgh_obj_id), event),
        )
        before[event.pgh_obj_id] = event
        described.append((event, version))
    return described


def record_title(table: TrackedTable, events: list[Any]) -> str:
    """What the record is called: as it is now, or by its number when it is gone."""
    record = _with_names(table.model).filter(pk=events[-1].pgh_obj_id).first()
    return f"{table.one} {record}" if record else f"{table.one} number {events[-1].pgh_obj_id}"


def _fields(words: "Words", before: Any, event: Any) -> list[FieldChange]:
    changes = []
    for field in words.fields:
        new = getattr(event, field.attname)
        old = getattr(before, field.attname) if before is not None else None
        if before is None and new in (None, "", [], {}):
            continue
        if before is None or old != new:
            changes.append(
                FieldChange(
                    name=column_name(field),
                    before=words.of(field, old) if before is not None else "",
                    after=words.of(field, new),
                )
            )
    return changes


def column_name(field: models.Field) -> str:
    """What a column is called, with a capital."""
    name = _numbers[field.name][0] if field.name in _numbers else str(field.verbose_name)
    return name[:1].upper() + name[1:]


class Words:
    """Values as text. The rows that foreign keys point at are read once, all of a table together."""

    def __init__(
        self, table: TrackedTable, events: Iterable[Any], hidden: Collection[type[models.Model]] = ()
    ) -> None:
        self.hidden = frozenset(hidden)
        self.fields = [
            field
            for field in table.event._meta.concrete_fields
            if not field.name.startswith("pgh_") and field.name not in NOT_SHOWN
        ]
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for event in events:
            for field in self.fields:
                if self._has_a_name(field) and getattr(event, field.attname) is not None:
                    wanted[field.related_model].add(getattr(event, field.attname))
        self.names = {
            model: {row.pk: str(row) for row in _with_names(model).filter(pk__in=keys)}
            for model, keys in wanted.items()
        }
        self.numbers = {
            field.name: number_names(field.name, {getattr(event, field.attname) for event in events} - {None})
            for field in self.fields
            if field.name in _numbers
        }

    def _has_a_name(self, field: models.Field) -> bool:
        return field.is_relation and field.related_model not in self.hidden

    def of(self, field: models.Field, value: Any) -> str:
        if value is None or value == "":
            return NOTHING
        if field.is_relation and field.related_model in self.hidden:
            return NOT_FOR_YOU
        if field.name in self.numbers:
            return self.numbers[field.name].get(value, f"number {value}, no longer there")
        if field.is_relation:
            return self.names.get(field.related_model, {}).get(value, f"number {value}, no longer there")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return plain_words(value)


def plain_words(value: Any) -> str:
    """A value that is no row: dates, ranges, numbers and lists in words."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or NOTHING
    if hasattr(value, "lower_inc"):
        return peelsite_web.daterange(value)
    return words.plain(value)


def _with_names(model: type[models.Model]) -> models.QuerySet:
    """Rows whose str() needs no further query: what they point at comes along."""
    return model._default_manager.select_related(
        *[field.name for field in model._meta.concrete_fields if field.is_relation]
    ).order_by("pk")
