"""Writes of what people keep for projections: intakes, promotion pools, budget lines."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Force
from peelsite.web.editing.records import Seen, locked
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post, Rank
from workforce.projection.models import BudgetLine, Intake, IntakePlace, PromotionPool
from workforce.refusals import saved

Places = Sequence[tuple[CellKey, int]]


@transaction.atomic
def intake_create(
    *,
    force: Force,
    name: str,
    starts_on: date,
    places: Places,
    show_rate: Decimal = Decimal("0.95"),
    months_to_patrol: int = 9,
    note: str = "",
) -> Intake:
    """Plan an intake. `places` are the cells its people go to, of one rank, and how many go to each.

    `starts_on` is any day of the month. Raises ValidationError when there is no place, when the places are
    of several ranks, or when a cell is none of the force's.
    """
    rank_id = _rank_of(force, places)
    intake = saved(
        Intake(
            force=force,
            name=name,
            starts_on=month_start(starts_on),
            rank_id=rank_id,
            show_rate=show_rate,
            months_to_patrol=months_to_patrol,
            note=note,
        )
    )
    _places_write(intake, places)
    return intake


@transaction.atomic
def intake_change(
    *,
    intake: Intake,
    name: str,
    starts_on: date,
    places: Places,
    show_rate: Decimal,
    months_to_patrol: int,
    note: str,
    seen: Seen | None = None,
) -> Intake:
    """Change an intake with all of its places."""
    intake = locked(intake, seen)
    intake.rank_id = _rank_of(intake.force, places)
    intake.name, intake.note = name, note
    intake.starts_on = month_start(starts_on)
    intake.show_rate, intake.months_to_patrol = show_rate, months_to_patrol
    saved(intake)
    _places_write(intake, places)
    return intake


@transaction.atomic
def intake_remove(*, intake: Intake, seen: Seen | None = None) -> None:
    """An intake that will not be held goes, with its places; its history stays."""
    locked(intake, seen).delete()


@transaction.atomic
def pool_create(*, force: Force, rank: Rank, ready_on: date, number: int, note: str = "") -> PromotionPool:
    """Note how many passed for a rank and may be promoted from a month on."""
    return saved(
        PromotionPool(force=force, rank=rank, ready_on=month_start(ready_on), number=number, note=note)
    )


@transaction.atomic
def pool_change(
    *,
    pool: PromotionPool,
    rank: Rank,
    ready_on: date,
    number: int,
    note: str,
    seen: Seen | None = None,
) -> PromotionPool:
    pool = locked(pool, seen)
    pool.rank, pool.ready_on, pool.number, pool.note = rank, month_start(ready_on), number, note
    return saved(pool)


@transaction.atomic
def pool_remove(*, pool: PromotionPool, seen: Seen | None = None) -> None:
    locked(pool, seen).delete()


@transaction.atomic
def budget_create(
    *, force: Force, as_at: date, category: str, funded_fte: Decimal, source: str
) -> BudgetLine:
    """Note what a budget funds of one worker type on a day, and where that stands."""
    return saved(
        BudgetLine(force=force, as_at=as_at, category=category, funded_fte=funded_fte, source=source)
    )


@transaction.atomic
def budget_change(
    *,
    line: BudgetLine,
    as_at: date,
    category: str,
    funded_fte: Decimal,
    source: str,
    seen: Seen | None = None,
) -> BudgetLine:
    line = locked(line, seen)
    line.as_at, line.category, line.funded_fte, line.source = as_at, category, funded_fte, source
    return saved(line)


@transaction.atomic
def budget_remove(*, line: BudgetLine, seen: Seen | None = None) -> None:
    locked(line, seen).delete()


def month_start(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def cell_check(force: Force, cell: CellKey, name: str = "cell") -> None:
    """Raises ValidationError unless the force has or had a post in this cell."""
    if not Post.objects.of_force(force).filter(**cell_ids(cell)).exists():
        raise ValidationError(
            {name: "The force has no post of this rank and role at this location in this unit."}
        )


def cell_ids(cell: CellKey) -> dict[str, int]:
    return {
        "rank_id": cell.rank_id,
        "role_id": cell.role_id,
        "location_id": cell.location_id,
        "unit_id": cell.unit_id,
    }


def _rank_of(force: Force, places: Places) -> int:
    if not places:
        raise ValidationError({"places": "Say where the people go after training: at least one place."})
    for cell, number in places:
        if number < 1:
            raise ValidationError({"places": "The number of people who go to a place must be 1 or more."})
        cell_check(force, cell, "places")
    ranks = {cell.rank_id for cell, _ in places}
    if len(ranks) > 1:
        raise ValidationError({"places": "An intake is of one rank. Plan another intake for the other rank."})
    if len({cell for cell, _ in places}) < len(places):
        raise ValidationError({"places": "The same place stands there twice: put the numbers together."})
    return ranks.pop()


def _places_write(intake: Intake, places: Places) -> None:
    IntakePlace.objects.filter(intake=intake).delete()
    IntakePlace.objects.bulk_create(
        IntakePlace(
            intake=intake,
            role_id=cell.role_id,
            location_id=cell.location_id,
            unit_id=cell.unit_id,
            number=number,
        )
        for cell, number in places
    )
