"""What the database holds of a force for a projection: the same number of queries, whatever its size."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from peelsite.forces.models import Force, Unit
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank
from workforce.people.models import LONG_TERM_AFTER_DAYS
from workforce.projection import statements
from workforce.projection.models import Assumption, Intake, PlannedChange, PromotionPool

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Rows as read, each a dict with the columns of its statement."""

    force_id: int
    day: date
    posts: list[Row]
    people: list[Row]
    postings_ahead: list[Row]
    health: list[Row]
    employments: list[Row]
    spells: list[Row]
    # First day of the time observed for rates.
    observed_from: date
    ranks: dict[int, Rank]
    unit_paths: dict[int, tuple[int, ...]]
    intakes: list[Intake]
    pools: list[PromotionPool]
    changes: list[PlannedChange]
    assumptions: dict[str, Assumption]


def recorded_at(force: Force, day: date, *, observed_months: int) -> Recorded:
    """Everything that a projection of the force from `day` rests on. Fourteen queries.

    The time observed for rates is the `observed_months` before the day, or since the first leaver that is
    recorded: before that, leavers are missing and every rate would be too low.
    """
    first = rows_of(statements.FIRST_LEAVER, force, day)[0]["min"]
    earliest = months_before(day, observed_months)
    since = max(earliest, first) if first else day
    return Recorded(
        force_id=force.pk,
        day=day,
        posts=rows_of(statements.POSTS, force, day),
        people=rows_of(statements.PEOPLE, force, day),
        postings_ahead=rows_of(statements.POSTINGS_AHEAD, force, day),
        health=rows_of(statements.HEALTH, force, day, long_term_after=LONG_TERM_AFTER_DAYS),
        employments=rows_of(statements.EMPLOYMENTS, force, day, since=since),
        spells=rows_of(statements.SPELLS, force, day, since=since, long_term_after=LONG_TERM_AFTER_DAYS),
        observed_from=since,
        ranks={rank.pk: rank for rank in Rank.objects.for_force(force)},
        unit_paths={
            pk: tuple(int(part) for part in path.strip("/").split("/"))
            for pk, path in Unit.objects.of_force(force).values_list("pk", "path")
        },
        intakes=list(Intake.objects.of_force(force).filter(starts_on__gt=day).with_places()),
        pools=list(PromotionPool.objects.of_force(force)),
        changes=list(PlannedChange.objects.of_force(force).planned()),
        assumptions=assumptions_set(force),
    )


def assumptions_set(force: Force) -> dict[str, Assumption]:
    """What the force has set itself, by code. One query."""
    return {row.code: row for row in Assumption.objects.of_force(force).select_related("set_by")}


def months_before(day: date, months: int) -> date:
    """The first day of the month that many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def cell_of(row: Row, prefix: str = "", suffix: str = "_id") -> CellKey | None:
    """The cell in a row's columns, none where the row has no post."""
    rank = row[f"{prefix}rank{suffix}"]
    if rank is None:
        return None
    return CellKey(
        rank_id=rank,
        role_id=row[f"{prefix}role{suffix}"],
        location_id=row[f"{prefix}location{suffix}"],
        unit_id=row[f"{prefix}unit{suffix}"],
    )


def rows_of(statement: str, force: Force, day: date, **more: Any) -> list[Row]:
    """What a statement answers, each row by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"force_id": force.pk, "day": day, **more})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def by_person(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Rows by the person they are of, in their order."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(row)
    return found
