"""What people fill in about projections."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from peelsite.forces.models import Force, WorkerCategory
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank
from workforce.projection.models import (
    Assumption,
    BudgetLine,
    Intake,
    PromotionPool,
    Scenario,
    ScenarioChange,
    ScenarioChangeKind,
)
from workforce.projection.selectors.cells import cell_from, cell_text, cells_of
from workforce.projection.services import records, scenarios

PLACES = 8
MONTH_HINT = "Any day of the month, for example 1 3 2017."


def cell_choices(force: Force, day: date, first: str) -> list[tuple[str, str]]:
    """Cells to choose from, the most senior rank first."""
    return [("", first), *((cell_text(cell), label) for cell, label in cells_of(force, day))]


def _place_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for number in range(1, PLACES + 1):
        fields[f"cell_{number}"] = forms.ChoiceField(label=f"Place {number}", required=number == 1)
        fields[f"number_{number}"] = forms.IntegerField(
            label=f"People to place {number}", required=number == 1, min_value=1, max_value=500
        )
    return fields


_PlaceFields = type("_PlaceFields", (forms.Form,), _place_fields())


class _IntakeFields(_PlaceFields):
    name = forms.CharField(label="Name", max_length=100, help_text="For example 'Intake 3 of 2017'.")
    starts_on = GovukDateField(label="Month in which they start", help_text=MONTH_HINT)
    show_rate = forms.DecimalField(
        label="Share who start, per cent",
        min_value=0,
        max_value=100,
        decimal_places=2,
        max_digits=5,
        initial=95,
        help_text="Of those offered a place, how many are there on the first day.",
    )
    months_to_patrol = forms.IntegerField(
        label="Months to independent patrol or full work", min_value=0, max_value=36, initial=9
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ("name", "starts_on", *_place_fields(), "show_rate", "months_to_patrol", "note")

    def _offer_places(self, force: Force, day: date) -> None:
        choices = cell_choices(force, day, "None")
        for number in range(1, PLACES + 1):
            self.fields[f"cell_{number}"].choices = choices

    def places(self) -> list[tuple[CellKey, int]]:
        """The places that were filled in."""
        found = []
        for number in range(1, PLACES + 1):
            cell = cell_from(self.cleaned_data.get(f"cell_{number}") or "")
            people = self.cleaned_data.get(f"number_{number}")
            if cell and people:
                found.append((cell, people))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(2, PLACES + 1):
            cell, people = cleaned.get(f"cell_{number}"), cleaned.get(f"number_{number}")
            if cell and not people and f"number_{number}" not in self.errors:
                self.add_error(f"number_{number}", f"Enter how many go to place {number}.")
            if people and not cell:
                self.add_error(f"cell_{number}", f"Choose place {number}, or take its number out.")
        return cleaned

    def values(self) -> dict[str, Any]:
        return {
            "name": self.cleaned_data["name"],
            "starts_on": self.cleaned_data["starts_on"],
            "show_rate": self.cleaned_data["show_rate"] / 100,
            "months_to_patrol": self.cleaned_data["months_to_patrol"],
            "note": self.cleaned_data["note"],
            "places": self.places(),
        }


class IntakeForm(_IntakeFields, ServiceForm):
    refused_as = {"places": "cell_1"}

    def __init__(self, *args: Any, force: Force, day: date, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)
        self._offer_places(force, day)

    def write(self) -> Intake:
        return records.intake_create(force=self.force, **self.values())


class IntakeChangeForm(_IntakeFields, EditForm):
    refused_as = {"places": "cell_1"}
    columns = {
        f"{name}_{number}": f"places.{name}_{number}"
        for name in ("cell", "number")
        for number in range(1, PLACES + 1)
    }
    ignored = frozenset({"rank"})

    def __init__(self, *args: Any, record: Intake, day: date, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self._offer_places(record.force, day)

    def shown(self, record: Intake) -> dict[str, Any]:
        values: dict[str, Any] = {
            "name": record.name,
            "starts_on": record.starts_on,
            "show_rate": (record.show_rate * 100).normalize(),
            "months_to_patrol": record.months_to_patrol,
            "note": record.note,
        }
        for number, place in enumerate(record.places.all(), start=1):
            cell = CellKey(
                rank_id=record.rank_id,
                role_id=place.role_id,
                location_id=place.location_id,
                unit_id=place.unit_id,
            )
            values[f"cell_{number}"], values[f"number_{number}"] = cell_text(cell), place.number
        return values

    def write(self) -> Intake:
        return records.intake_change(intake=self.record, seen=self.seen, **self.values())


class RemoveForm(EditForm):
    """Asks before something goes; `remove(seen)` is the service that removes it."""

    is_whole = True

    def __init__(self, *args: Any, remove: Any, **kwargs: Any) -> None:
        self.remove = remove
        super().__init__(*args, **kwargs)

    def shown(self, record: Any) -> dict[str, Any]:
        return {}

    def write(self) -> Any:
        self.remove(self.seen)
        return self.record


class _PoolFields(forms.Form):
    rank = forms.ModelChoiceField(
        label="Rank that they passed for", queryset=Rank.objects.none(), empty_label="Choose"
    )
    ready_on = GovukDateField(label="May be promoted from", help_text=MONTH_HINT)
    number = forms.IntegerField(label="People waiting", min_value=0, max_value=2000)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def _ranks(self, force: Force) -> None:
        ranks = Rank.objects.for_force(force).filter(category=WorkerCategory.OFFICER, order__gt=1)
        self.fields["rank"].queryset = ranks


class PoolForm(_PoolFields, ServiceForm):
    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)
        self._ranks(force)

    def write(self) -> PromotionPool:
        values = {name: self.cleaned_data[name] for name in ("rank", "ready_on", "number", "note")}
        return records.pool_create(force=self.force, **values)


class PoolChangeForm(_PoolFields, EditForm):
    def __init__(self, *args: Any, record: PromotionPool, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self._ranks(record.force)

    def shown(self, record: PromotionPool) -> dict[str, Any]:
        return {
            "rank": record.rank_id,
            "ready_on": record.ready_on,
            "number": record.number,
            "note": record.note,
        }

    def write(self) -> PromotionPool:
        values = {name: self.cleaned_data[name] for name in ("rank", "ready_on", "number", "note")}
        return records.pool_change(pool=self.record, seen=self.seen, **values)


class _BudgetFields(forms.Form):
    as_at = GovukDateField(label="Day", help_text="Usually the end of a financial year: 31 3 2018.")
    category = forms.ChoiceField(label="Worker type", choices=[("", "Choose"), *WorkerCategory.choices])
    funded_fte = forms.DecimalField(label="Funded FTE", min_value=0, max_digits=9, decimal_places=4)
    source = forms.CharField(
        label="Where it stands", max_length=200, help_text="For example 'Medium-term plan, February 2016'."
    )


class BudgetForm(_BudgetFields, ServiceForm):
    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)

    def write(self) -> BudgetLine:
        values = {name: self.cleaned_data[name] for name in ("as_at", "category", "funded_fte", "source")}
        return records.budget_create(force=self.force, **values)


class BudgetChangeForm(_BudgetFields, EditForm):
    def shown(self, record: BudgetLine) -> dict[str, Any]:
        return {
            "as_at": record.as_at,
            "category": record.category,
            "funded_fte": record.funded_fte.normalize(),
            "source": record.source,
        }

    def write(self) -> BudgetLine:
        values = {name: self.cleaned_data[name] for name in ("as_at", "category", "funded_fte", "source")}
        return records.budget_change(line=self.record, seen=self.seen, **values)


class AssumptionForm(ServiceForm):
    """Sets an assumption that the force has not set yet. Shares are asked for in per cent."""

    value = forms.DecimalField(label="Value", min_value=0, max_digits=9, decimal_places=4)
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who uses the projection sees it beside the value.",
    )

    def __init__(self, *args: Any, force: Force, code: str, percent: bool, **kwargs: Any) -> None:
        self.force, self.code, self.percent = force, code, percent
        self.day: date = kwargs.pop("day")
        self.user = kwargs.pop("user")
        super().__init__(*args, **kwargs)

    def amount(self) -> Decimal:
        value = self.cleaned_data["value"]
        return value / 100 if self.percent else value

    def write(self) -> Assumption:
        return scenarios.assumption_set(
            force=self.force,
            code=self.code,
            value=self.amount(),
            reason=self.cleaned_data["reason"],
            day=self.day,
            user=self.user,
        )


class AssumptionChangeForm(EditForm):
    """Changes an assumption that the force has set."""

    value = forms.DecimalField(label="Value", min_value=0, max_digits=9, decimal_places=4)
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who uses the projection sees it beside the value.",
    )
    ignored = frozenset({"set_by", "set_on"})

    def __init__(self, *args: Any, percent: bool, day: date, user: Any, **kwargs: Any) -> None:
        self.percent, self.day, self.user = percent, day, user
        super().__init__(*args, **kwargs)

    def shown(self, record: Assumption) -> dict[str, Any]:
        value = record.value * 100 if self.percent else record.value
        return {"value": value.normalize(), "reason": record.reason}

    def write(self) -> Assumption:
        value = self.cleaned_data["value"]
        return scenarios.assumption_set(
            force=self.record.force,
            code=self.record.code,
            value=value / 100 if self.percent else value,
            reason=self.cleaned_data["reason"],
            day=self.day,
            user=self.user,
            seen=self.seen,
        )


class _ScenarioFields(forms.Form):
    name = forms.CharField(label="Name", max_length=80, help_text="For example 'Another intake in March'.")
    description = forms.CharField(
        label="What it is for", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ScenarioForm(_ScenarioFields, ServiceForm):
    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)

    def write(self) -> Scenario:
        return scenarios.scenario_create(
            force=self.force,
            name=self.cleaned_data["name"],
            description=self.cleaned_data["description"],
        )


class ScenarioChangeForm(_ScenarioFields, EditForm):
    def shown(self, record: Scenario) -> dict[str, Any]:
        return {"name": record.name, "description": record.description}

    def write(self) -> Scenario:
        return scenarios.scenario_change(
            scenario=self.record,
            seen=self.seen,
            name=self.cleaned_data["name"],
            description=self.cleaned_data["description"],
        )


class DifferenceForm(ServiceForm):
    """One difference of a scenario; which fields it asks for depends on its kind."""

    refused_as = dict.fromkeys(("rank", "role", "location", "unit"), "cell")

    def __init__(self, *args: Any, scenario: Scenario, kind: str, day: date, **kwargs: Any) -> None:
        self.scenario, self.kind = scenario, kind
        super().__init__(*args, **kwargs)
        self.fields.update(_fields_of(kind, scenario.force, day))

    def write(self) -> ScenarioChange:
        values = {name: value for name, value in self.cleaned_data.items() if name != "form_key"}
        if cell := cell_from(values.pop("cell", "") or ""):
            values |= {
                "rank_id": cell.rank_id,
                "role_id": cell.role_id,
                "location_id": cell.location_id,
                "unit_id": cell.unit_id,
            }
        return scenarios.difference_add(scenario=self.scenario, kind=self.kind, **values)


def _fields_of(kind: str, force: Force, day: date) -> dict[str, forms.Field]:
    month = GovukDateField(label="Month", help_text=MONTH_HINT)
    cell = forms.ChoiceField(label="Where", choices=cell_choices(force, day, "Choose"))
    if kind == ScenarioChangeKind.INTAKE:
        people = forms.IntegerField(label="Places", min_value=1, max_value=500)
        return {"starts_on": month, "number": people, "cell": cell}
    if kind == ScenarioChangeKind.NO_INTAKE:
        planned = Intake.objects.of_force(force).filter(starts_on__gt=day)
        return {"intake": forms.ModelChoiceField(label="Intake", queryset=planned, empty_label="Choose")}
    if kind == ScenarioChangeKind.PROMOTION_PAUSE:
        ranks = Rank.objects.for_force(force).filter(category=WorkerCategory.OFFICER, order__gt=1)
        return {
            "starts_on": GovukDateField(label="First month", help_text=MONTH_HINT),
            "ends_on": GovukDateField(label="Last month", help_text=MONTH_HINT),
            "rank": forms.ModelChoiceField(
                label="Promotions to", queryset=ranks, required=False, empty_label="Every rank"
            ),
        }
    if kind == ScenarioChangeKind.LEAVING:
        kept = [choice for choice in WorkerCategory.choices if choice[0] in force.worker_categories]
        return {
            "category": forms.ChoiceField(label="Who", choices=[("", "Everyone"), *kept], required=False),
            "factor": forms.DecimalField(
                label="How many times as many leave",
                min_value=0,
                max_value=10,
                max_digits=5,
                decimal_places=3,
                help_text="1.2 is a fifth more, 0.5 half as many.",
            ),
        }
    fte = forms.DecimalField(
        label="FTE",
        max_digits=8,
        decimal_places=4,
        help_text="2 for two full-time posts more, -2 for two fewer.",
    )
    return {"starts_on": month, "fte": fte, "cell": cell}
