"""The door by which other rooms put a matter before the boards, and take it back."""

from datetime import date

from django.core.exceptions import ValidationError

from peelsite.forces.models import Force, Unit
from peelsite.web.editing.turns import in_turn
from workforce.boards.agenda.calc import MATTER_KINDS, Raised
from workforce.boards.agenda.models import Matter
from workforce.establishment.calc import CellKey

_CELL = ("rank_id", "role_id", "location_id", "unit_id")


@in_turn
def matter_raise(
    *,
    force: Force,
    kind: Raised,
    reason: str,
    origin_kind: str,
    origin_id: int,
    raised_on: date,
    cell: CellKey | None = None,
    unit: Unit | None = None,
) -> Matter:
    """Put a matter before the boards from `raised_on` on, about a cell or about a whole unit.

    `kind` is one of MATTER_KINDS, `reason` one sentence that the item shows, with the figures it rests on.
    `origin_kind` and `origin_id` name the row of the room that raises it: raising the same again changes the
    sentence and opens it again where it was settled, and keeps the day on which it was raised first. Agendas
    drawn up with a pack day from `raised_on` on have it on the item of its cell or unit, until it is settled.

    Raises ValidationError for another kind, an empty sentence, or neither or both of cell and unit.
    """
    if kind not in MATTER_KINDS:
        named = ", ".join(each.value for each in MATTER_KINDS)
        raise ValidationError({"kind": f"A matter is one of these kinds: {named}."})
    if not reason.strip():
        raise ValidationError({"reason": "Enter why it comes before the board."})
    if (cell is None) == (unit is None):
        raise ValidationError("A matter is about a rank, role, location and unit, or about a whole unit.")
    place = {name: getattr(cell, name, None) for name in _CELL}
    if unit is not None:
        place["unit_id"] = unit.pk
    if not force.units.filter(pk=place["unit_id"]).exists():
        raise ValidationError({"unit": f"This unit is not one of {force.name}; choose another."})
    matter = Matter.objects.of_force(force).filter(origin_kind=origin_kind, origin_id=origin_id)
    found = matter.select_for_update(no_key=True).first() or Matter(
        force=force, origin_kind=origin_kind, origin_id=origin_id, raised_on=raised_on
    )
    if found.settled_on is not None and found.settled_on <= raised_on:
        found.raised_on = raised_on
    found.kind, found.reason, found.settled_on = kind.value, " ".join(reason.split()), None
    for name, value in place.items():
        setattr(found, name, value)
    found.full_clean()
    found.save()
    return found


@in_turn
def matter_settle(*, force: Force, origin_kind: str, origin_id: int, settled_on: date) -> Matter | None:
    """Take a matter back: agendas with a pack day from `settled_on` on do not have it any more.

    None where it was never raised. Settled twice keeps the first day; before it was raised counts as on that
    day, so that no agenda ever has it.
    """
    matter = (
        Matter.objects.of_force(force)
        .select_for_update(no_key=True)
        .filter(origin_kind=origin_kind, origin_id=origin_id)
        .first()
    )
    if matter is not None and matter.settled_on is None:
        matter.settled_on = max(settled_on, matter.raised_on)
        matter.save(update_fields=["settled_on"])
    return matter
