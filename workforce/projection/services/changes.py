"""What other rooms have decided and not yet done."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Force
from workforce.establishment.calc import CellKey
from workforce.projection.models import ChangeState, PlannedChange
from workforce.projection.models.plans import NEEDS_FROM, NEEDS_TO
from workforce.projection.selectors.outlook import Change

PARTS = ("rank", "role", "location", "unit")


@transaction.atomic
def plan_replace(
    *, force: Force, origin_kind: str, origin_id: int, changes: Sequence[Change]
) -> list[PlannedChange]:
    """Let `changes` be all that this origin still plans; what it planned before and is not in them goes.

    Rows that stay the same keep their id. What is done already is left as it is. Raises ValidationError when
    a change lacks a cell, or ends before it begins.
    """
    kept = list(
        PlannedChange.objects.select_for_update()
        .of_force(force)
        .of_origin(origin_kind, origin_id)
        .planned()
        .order_by("pk")
    )
    rows = []
    for change in changes:
        _check(change)
        values = _values(change)
        same = next((row for row in kept if all(getattr(row, n) == v for n, v in values.items())), None)
        if same is not None:
            kept.remove(same)
        rows.append(
            same or PlannedChange(force=force, origin_kind=origin_kind, origin_id=origin_id, **values)
        )
    PlannedChange.objects.filter(pk__in=[row.pk for row in kept]).delete()
    PlannedChange.objects.bulk_create([row for row in rows if row.pk is None])
    return rows


@transaction.atomic
def plan_done(*, force: Force, origin_kind: str, origin_id: int) -> int:
    """What this origin planned has happened: postings and posts say so themselves from now on. How many."""
    planned = PlannedChange.objects.of_force(force).of_origin(origin_kind, origin_id).planned()
    return planned.update(state=ChangeState.DONE)


@transaction.atomic
def plan_clear(*, force: Force, origin_kind: str, origin_id: int) -> int:
    """This origin plans nothing any more, as when a decision is withdrawn. How many rows went."""
    planned = PlannedChange.objects.of_force(force).of_origin(origin_kind, origin_id).planned()
    return planned.delete()[0]


def _check(change: Change) -> None:
    if change.fte <= 0:
        raise ValidationError({"fte": "The FTE of a planned change must be above 0."})
    if change.kind in NEEDS_FROM and change.from_cell is None:
        raise ValidationError(f"{change.kind.label}: say which rank, role, location and unit it is from.")
    if change.kind in NEEDS_TO and change.to_cell is None:
        raise ValidationError(f"{change.kind.label}: say which rank, role, location and unit it goes to.")
    if change.until is not None and change.until <= change.on:
        raise ValidationError({"until": "The end of a planned change must be after its beginning."})


def _values(change: Change) -> dict:
    return {
        "kind": change.kind,
        **_cell("from", change.from_cell),
        **_cell("to", change.to_cell),
        "fte": change.fte,
        "on_day": change.on,
        "until": change.until,
        "words": change.words[:200],
    }


def _cell(side: str, key: CellKey | None) -> dict:
    return {f"{side}_{part}_id": getattr(key, f"{part}_id") if key else None for part in PARTS}
