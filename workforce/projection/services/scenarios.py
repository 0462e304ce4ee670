"""Writes of scenarios and of the assumptions that a force sets itself."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Force
from peelsite.web.editing.records import Seen, locked
from workforce.projection.models import Assumption, Scenario, ScenarioChange, ScenarioChangeKind
from workforce.projection.selectors.assumptions import known_codes
from workforce.projection.selectors.cells import cell_of_change
from workforce.projection.services.records import cell_check, month_start
from workforce.refusals import saved

MOST_CHANGES = 30


@transaction.atomic
def scenario_create(*, force: Force, name: str, description: str = "") -> Scenario:
    return saved(Scenario(force=force, name=" ".join(name.split()), description=description))


@transaction.atomic
def scenario_change(*, scenario: Scenario, name: str, description: str, seen: Seen | None = None) -> Scenario:
    """Another name or description. Runs made before keep the name they were made under."""
    scenario = locked(scenario, seen)
    scenario.name, scenario.description = " ".join(name.split()), description
    return saved(scenario)


@transaction.atomic
def scenario_remove(*, scenario: Scenario, seen: Seen | None = None) -> None:
    """Its finished runs stay, under its name."""
    locked(scenario, seen).delete()


@transaction.atomic
def difference_add(*, scenario: Scenario, kind: str, **values: Any) -> ScenarioChange:
    """Add one difference: `values` are the fields of ScenarioChange that its kind needs.

    Days may be any of their month; `ends_on` is a day of the last month of a pause. Raises ValidationError
    with a sentence under the field that is missing or wrong.
    """
    Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.changes.count() >= MOST_CHANGES:
        raise ValidationError(f"A scenario holds at most {MOST_CHANGES} differences.")
    wanted = NEEDED[kind]
    change = ScenarioChange(
        scenario=scenario,
        kind=kind,
        **{
            name: value
            for name, value in values.items()
            if name.removesuffix("_id") in wanted and value not in (None, "")
        },
    )
    for name, sentence in wanted.items():
        if sentence and not getattr(change, f"{name}_id" if name in _ROWS else name):
            raise ValidationError({name: sentence})
    if change.starts_on:
        change.starts_on = month_start(change.starts_on)
    if change.ends_on:
        change.ends_on = _month_after(change.ends_on)
        if change.ends_on <= change.starts_on:
            raise ValidationError({"ends_on": "The pause ends before it begins; choose a later month."})
    if change.intake_id and change.intake.force_id != scenario.force_id:
        raise ValidationError({"intake": "Choose an intake of this force."})
    if cell := cell_of_change(change):
        cell_check(scenario.force, cell)
    change.full_clean(validate_constraints=False, validate_unique=False)
    change.save()
    return change


@transaction.atomic
def difference_remove(*, change: ScenarioChange, seen: Seen | None = None) -> None:
    locked(change, seen).delete()


_CELL = dict.fromkeys(("role", "location", "unit"), "")
#: What each kind needs, with the sentence where it is missing; an empty sentence: it may be.
NEEDED: dict[str, dict[str, str]] = {
    ScenarioChangeKind.INTAKE: {
        "starts_on": "Enter the month of the intake.",
        "number": "Enter how many people the intake has places for.",
        "rank": "Choose where they go.",
        **_CELL,
    },
    ScenarioChangeKind.NO_INTAKE: {"intake": "Choose the intake that does not happen."},
    ScenarioChangeKind.PROMOTION_PAUSE: {
        "starts_on": "Enter the first month of the pause.",
        "ends_on": "Enter the last month of the pause.",
        "rank": "",
    },
    ScenarioChangeKind.LEAVING: {
        "factor": "Enter how many times as many leave: 1.2 is a fifth more.",
        "category": "",
    },
    ScenarioChangeKind.ESTABLISHMENT: {
        "starts_on": "Enter the month from which the posts are there, or no longer there.",
        "fte": "Enter the FTE of the posts: below 0 for fewer posts.",
        "rank": "Choose the rank, role, location and unit of the posts.",
        **_CELL,
    },
}
_ROWS = ("intake", "rank", "role", "location", "unit")


def _month_after(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, 1)


@transaction.atomic
def assumption_set(
    *, force: Force, code: str, value: Decimal, reason: str, day: date, user: Any, seen: Seen | None = None
) -> Assumption:
    """Set a rate or figure by hand, with its reason; projections from now on use it.

    `seen` is what the caller saw of the row that was there. Raises ValidationError for an unknown code, a
    value outside what the figure can be, or no reason.
    """
    known = known_codes(force)
    if code not in known:
        raise ValidationError("There is no such assumption.")
    least, most = known[code]
    if not least <= value <= most:
        raise ValidationError({"value": f"Enter a value from {least:g} to {most:g}."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why: who uses the projection sees it beside the value."})
    row = Assumption.objects.of_force(force).filter(code=code).first()
    row = locked(row, seen) if row else Assumption(force=force, code=code)
    row.value, row.reason, row.set_on, row.set_by = value, reason.strip(), day, user
    row.full_clean(validate_constraints=False, validate_unique=False)
    row.save()
    return row


@transaction.atomic
def assumption_clear(*, force: Force, code: str, seen: Seen | None = None) -> None:
    """Back to the force's own history, or to what is assumed where there is none."""
    row = Assumption.objects.of_force(force).filter(code=code).first()
    if row is not None:
        locked(row, seen).delete()
