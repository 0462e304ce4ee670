"""Reads of row history: what was changed lately, and the versions of one record."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pghistory.models
from django.db.models import CharField, Count, Max, Min, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.audit.tracked import TrackedTable
from peelsite.forces.models import Force

MOST_CHANGES = 200
VERBS = {"insert": "added", "update": "changed", "delete": "deleted"}


@dataclass(frozen=True)
class Source:
    """Who or what wrote: a user's name, a command, a job, or the database role that did it by hand.

    `where` is the address or the job, `request` its id, `reason` what was given as the reason.
    """

    who: str
    user_id: int | None
    where: str
    request: str
    reason: str = ""


NOBODY = Source("The site itself", None, "", "")


@dataclass(frozen=True)
class Change:
    """Rows of one table that one action added, changed or deleted; `record_id` where there is only one."""

    at: datetime
    table: str
    label: str
    rows: int
    record_id: int | None
    context_id: UUID | None
    source: Source = NOBODY

    @property
    def verb(self) -> str:
        return VERBS.get(self.label, self.label)


def latest_changes(
    *,
    force: Force,
    tables: dict[str, TrackedTable],
    first: date,
    last: date,
    user: User | None = None,
    context_id: UUID | None = None,
) -> list[Change]:
    """Changes of the tables from `first` to `last`, both days included, newest first, at most MOST_CHANGES.

    Three queries whatever the number of tables: the changes, their contexts, their users.
    """
    parts = [
        _grouped(table, force, first=first, last=last, user=user, context_id=context_id)
        for table in tables.values()
    ]
    if not parts:
        return []
    rows = list(parts[0].union(*parts[1:], all=True).order_by("-at", "table", "label")[:MOST_CHANGES])
    sources = sources_of({row["context"] for row in rows})
    return [
        Change(
            at=row["at"],
            table=row["table"],
            label=row["label"],
            rows=row["rows"],
            record_id=row["first_id"] if row["first_id"] == row["last_id"] else None,
            context_id=row["context"],
            source=sources.get(row["context"], NOBODY),
        )
        for row in rows
    ]


def _grouped(
    table: TrackedTable, force: Force, *, first: date, last: date, user: User | None, context_id: UUID | None
) -> QuerySet:
    zone = timezone.get_current_timezone()
    events = table.event.objects.filter(
        table.of_force(force),
        pgh_created_at__gte=datetime.combine(first, time.min, tzinfo=zone),
        pgh_created_at__lt=datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone),
    )
    if context_id is not None:
        events = events.filter(pgh_context_id=context_id)
    if user is not None:
        contexts = pghistory.models.Context.objects.filter(metadata__user=user.pk)
        events = events.filter(pgh_context_id__in=contexts.values("id"))
    return (
        events.order_by()
        .annotate(table=Value(table.name, output_field=CharField()))
        .values("table", "pgh_label", "pgh_context_id", "pgh_created_at")
        .annotate(rows=Count("pgh_id"), first_id=Min("pgh_obj_id"), last_id=Max("pgh_obj_id"))
        .values(
            "table",
            "rows",
            "first_id",
            "last_id",
            label=Cast("pgh_label", CharField()),
            at=Max("pgh_created_at"),
            context=Cast("pgh_context_id", UUIDField()),
        )
    )


def sources_of(context_ids: set[UUID | None]) -> dict[UUID, Source]:
    """Who stands behind each context: two queries."""
    contexts = dict(
        pghistory.models.Context.objects.filter(pk__in=context_ids - {None}).values_list("pk", "metadata")
    )
    users = User.objects.in_bulk([m["user"] for m in contexts.values() if m.get("user")])
    return {pk: _source(metadata, users) for pk, metadata in contexts.items()}


def _source(metadata: dict[str, Any], users: dict[int, User]) -> Source:
    user_id = metadata.get("user")
    return Source(
        who=_who(metadata, users.get(user_id) if user_id else None),
        user_id=user_id,
        where=_where(metadata),
        request=metadata.get("request", ""),
        reason=metadata.get("reason", ""),
    )


def _who(metadata: dict[str, Any], user: User | None) -> str:
    if metadata.get("command"):
        return f"Command {metadata['command']}"
    if user is not None:
        return str(user)
    if metadata.get("user"):
        return f"User {metadata['user']}, no longer there"
    if metadata.get("role"):
        return f"Database role {metadata['role']}"
    return NOBODY.who


def _where(metadata: dict[str, Any]) -> str:
    if metadata.get("job"):
        return f"Job {metadata['job']} ({metadata.get('kind', '')})"
    if metadata.get("task"):
        return f"Task {metadata['task'].rsplit('.', 1)[-1]}"
    return metadata.get("url") or metadata.get("application", "")


def changed_records(
    *, table: TrackedTable, force: Force, context_id: UUID, label: str
) -> QuerySet[pghistory.models.Event]:
    """Events of one table in one action, by record."""
    return table.event.objects.filter(
        table.of_force(force), pgh_context_id=context_id, pgh_label=label
    ).order_by("pgh_obj_id", "pgh_id")


def versions_of(*, table: TrackedTable, force: Force, record_id: int) -> list[pghistory.models.Event]:
    """Every version of a record of the force, the oldest first; empty when the force has no such record.

    A record that once belonged to the force belongs to it: all of its versions must.
    """
    events = list(table.event.objects.filter(pgh_obj_id=record_id).order_by("pgh_id"))
    own = set(
        table.event.objects.filter(table.of_force(force), pgh_obj_id=record_id).values_list(
            "pgh_id", flat=True
        )
    )
    return events if events and all(event.pgh_id in own for event in events) else []
