"""The force's numbers, each from a day on: settings, weights of roles, staff in officers' roles."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from peelsite.forces.models import Force, WorkerCategory
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.boards.suggestions.models import CivilianRole, RoleWeight, SuggestionSettings
from workforce.boards.suggestions.models.settings import NUMBERS
from workforce.establishment.models import Rank, Role


@in_turn
def settings_change(
    *, force: Force, starts_on: date, values: Mapping[str, Any], reason: str, seen: Seen | None = None
) -> SuggestionSettings:
    """Set the force's numbers from a day on; those that held before stay on record for the days before.

    `seen` is of the row that held on the day. Raises EditConflict when it is no longer that.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Enter why these numbers."})
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    held = SuggestionSettings.objects.on(force, starts_on)
    if seen is not None:
        seen.check(held)
    row = (
        held
        if held.pk and held.starts_on == starts_on
        else SuggestionSettings(
            force=force, starts_on=starts_on, **{name: getattr(held, name) for name in NUMBERS}
        )
    )
    for name, value in values.items():
        setattr(row, name, value)
    row.reason = reason.strip()
    row.full_clean()
    row.save()
    return row


@in_turn
def weight_set(*, force: Force, role: Role, starts_on: date, weight: Decimal, reason: str) -> RoleWeight:
    """Set what a gap in a role weighs from a day on, in place of what was set from the same day."""
    if role.force_id != force.pk:
        raise ValidationError({"role": "Select a role of the force."})
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    row = RoleWeight.objects.filter(role=role, starts_on=starts_on).first() or RoleWeight(
        force=force, role=role, starts_on=starts_on
    )
    row.weight, row.reason = weight, reason.strip()
    row.full_clean()
    row.save()
    return row


@in_turn
def civilian_role_add(*, force: Force, rank: Rank, role: Role, staff_rank: Rank, reason: str) -> CivilianRole:
    """Say that staff of a grade may do an officer's role at a rank."""
    if rank.category != WorkerCategory.OFFICER:
        raise ValidationError({"rank": "Select the rank of an officer."})
    if staff_rank.category == WorkerCategory.OFFICER:
        raise ValidationError({"staff_rank": "Select a grade of staff."})
    row = CivilianRole(force=force, rank=rank, role=role, staff_rank=staff_rank, reason=reason.strip())
    row.full_clean()
    row.save()
    return row


@in_turn
def civilian_role_remove(*, civilian_role: CivilianRole, seen: Seen | None = None) -> None:
    """Officers alone do the role from now on. Raises EditConflict when it is no longer what was `seen`."""
    locked(civilian_role, seen).delete()
