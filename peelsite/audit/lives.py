"""A record's whole life: its own versions, and those of every record that names it or was decided with it.

Which tables these are is found from the models' foreign keys, so that a room built later is included.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import models

from peelsite.accounts.models import User
from peelsite.audit.presenters import Version, versions_by_record
from peelsite.audit.selectors import sources_of, versions_of
from peelsite.audit.tracked import TrackedTable, tracked_tables
from peelsite.forces.models import Force

MOST_EVENTS_A_TABLE = 500


@dataclass(frozen=True)
class Entry:
    """One change of one record. `record` names it where the reader may know, `place` is where it stands."""

    table: TrackedTable
    record_id: int
    record: str
    place: str
    version: Version
    is_own: bool
    may_open: bool


@dataclass(frozen=True)
class _Found:
    table: TrackedTable
    events: list[Any]


def life_of(*, table: TrackedTable, force: Force, record_id: int, reader: User) -> list[Entry]:
    """Newest first; empty when the force has no such record. Queries grow with the tables, not the rows.

    Records about somebody else's health or person are left out unless the reader may read them; of records
    that merely name a person (a posting in the post), the rest is shown and the name is not.
    """
    own = versions_of(table=table, force=force, record_id=record_id)
    if not own:
        return []
    found = [_Found(table, own), *_around(table, force, record_id, reader), *_account(table, force, own)]
    sources = sources_of({event.pgh_context_id for each in found for event in each.events})
    entries = [entry for each in found for entry in _entries(each, sources, force, reader, table, record_id)]
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0], reverse=True)]


def _around(table: TrackedTable, force: Force, record_id: int, reader: User) -> list[_Found]:
    found = []
    for other in tracked_tables().values():
        if other.own_action is not None and not reader.may(other.own_action, force):
            continue
        for field in other.model._meta.concrete_fields:
            if field.is_relation and field.related_model is table.model and _is_kept(other, field):
                events = _events_naming(other, force, field.name, [record_id])
                if events:
                    found.append(_Found(other, events))
                    found += _other_ends(other, field, events, force)
    return found


def users_of(events: list[Any]) -> list[int]:
    """The accounts that a person's versions ever named as theirs."""
    return sorted({event.user_id for event in events if getattr(event, "user_id", None)})


def _account(table: TrackedTable, force: Force, own: list[Any]) -> list[_Found]:
    """Of a person with a sign-in, now or once: the account, its roles in the force, its tokens."""
    users = users_of(own) if table.subject_field == "self" else []
    if not users:
        return []
    found = []
    for other in tracked_tables().values():
        names = [field.name for field in other.model._meta.concrete_fields if _is_of_account(field)]
        events = [event for name in names for event in _events_naming(other, force, name, users)]
        if other.model is User:
            events = list(
                other.event.objects.filter(pgh_obj_id__in=users).order_by("pgh_id")[:MOST_EVENTS_A_TABLE]
            )
        if events:
            found.append(_Found(other, events))
    return found


def _is_of_account(field: models.Field) -> bool:
    """Whether a row goes with its user: a role or a token, and not what the user did."""
    return (
        field.is_relation and field.related_model is User and field.remote_field.on_delete is models.CASCADE
    )


def _other_ends(link: TrackedTable, towards: models.Field, events: list[Any], force: Force) -> list[_Found]:
    """What a row that only links two others leads to: the decision of a post in a decision."""
    ends = []
    for field in link.model._meta.concrete_fields:
        end = tracked_tables().get(field.related_model._meta.label_lower) if field.is_relation else None
        if end is None or field is towards or not _links(end, link, towards):
            continue
        ids = {getattr(event, field.attname) for event in events}
        ends.append(
            _Found(
                end,
                list(
                    end.event.objects.filter(end.of_force(force), pgh_obj_id__in=ids).order_by("pgh_id")[
                        :MOST_EVENTS_A_TABLE
                    ]
                ),
            )
        )
    return ends


def _links(end: TrackedTable, link: TrackedTable, towards: models.Field) -> bool:
    return any(
        field.remote_field.through is link.model and field.related_model is towards.related_model
        for field in end.model._meta.many_to_many
    )


def _is_kept(table: TrackedTable, field: models.Field) -> bool:
    return any(kept.name == field.name for kept in table.event._meta.concrete_fields)


def _events_naming(table: TrackedTable, force: Force, name: str, ids: list[int]) -> list[Any]:
    """Every version of the records that ever named one of these, in one query."""
    naming = table.event.objects.filter(**{f"{name}__in": ids}).values("pgh_obj_id")
    return list(
        table.event.objects.filter(table.of_force(force), pgh_obj_id__in=naming).order_by("pgh_id")[
            :MOST_EVENTS_A_TABLE
        ]
    )


def _entries(
    found: _Found, sources: Any, force: Force, reader: User, root: TrackedTable, record_id: int
) -> list[tuple[Any, Entry]]:
    table = found.table
    hidden = table.hidden_from(reader, force)
    records = _records(table, {event.pgh_obj_id for event in found.events})
    may_open = all(reader.may(action, force) for action in table.actions)
    entries = []
    for event, version in versions_by_record(table, found.events, sources, hidden):
        record = records.get(event.pgh_obj_id)
        place = attrgetter(table.place_path.replace("__", "."))(record) if record and table.place_path else ""
        if isinstance(place, root.model) and place.pk == record_id:
            place = ""
        entry = Entry(
            table=table,
            record_id=event.pgh_obj_id,
            record=str(record) if record is not None and not hidden else "",
            place=str(place),
            version=version,
            is_own=table is root and event.pgh_obj_id == record_id,
            may_open=may_open,
        )
        entries.append(((event.pgh_created_at, table is root, event.pgh_id), entry))
    return entries


def _records(table: TrackedTable, ids: set[int]) -> dict[int, Any]:
    """The records as they are now, with what their names need."""
    names = [field.name for field in table.model._meta.concrete_fields if field.is_relation]
    if table.place_path:
        names.append(table.place_path)
    return table.model._default_manager.select_related(*names).in_bulk(ids)
