"""What HR fills in about the parts of a force, and an administrator about the force itself."""

import calendar
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import models

from peelsite.forces.models import Area, Force, Unit, UnitLevel, Weekday, WorkerCategory
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.establishment.filters import UnitChoiceField
from workforce.establishment.models import FundingKind
from workforce.structure import services

_SHORT = {"class": "govuk-input--width-10", "autocomplete": "off"}
_DEGREES = {"class": "govuk-input--width-5", "autocomplete": "off", "inputmode": "decimal"}
MONTHS = list(enumerate(calendar.month_name))[1:]


class PartCreateForm(ServiceForm):
    """Adds a part to `force`. `names` are its fields, called as the arguments of the service are."""

    names: ClassVar[tuple[str, ...]]
    service: ClassVar[Callable[..., models.Model]]

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force = force
        _choices_fill(self, force)

    def write(self) -> models.Model:
        given = {name: self.cleaned_data[name] for name in self.names}
        return type(self).service(force=self.force, **given)


class PartChangeForm(EditForm):
    """Changes a part of a force; `noun` is what the service calls it."""

    names: ClassVar[tuple[str, ...]]
    noun: ClassVar[str]
    service: ClassVar[Callable[..., models.Model]]

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        _choices_fill(self, record.force)

    def shown(self, record: Any) -> dict[str, Any]:
        return {name: record.serializable_value(name) for name in self.names}

    def write(self) -> models.Model:
        given = {name: self.cleaned_data[name] for name in self.names}
        return type(self).service(**{self.noun: self.record}, seen=self.seen, **given)


def _choices_fill(form: forms.Form, force: Force) -> None:
    """Choices are those of the force."""
    if "area" in form.fields:
        form.fields["area"].queryset = Area.objects.of_force(force)
    if "parent" in form.fields:
        form.fields["parent"].queryset = _parents(force)
    if "category" in form.fields:
        form.fields["category"].choices = [
            choice for choice in WorkerCategory.choices if choice[0] in force.worker_categories
        ]


def _parents(force: Force) -> models.QuerySet[Unit]:
    """Units that may have others under them."""
    return (
        Unit.objects.of_force(force)
        .exclude(level=UnitLevel.TEAM)
        .filter(closed_on__isnull=True)
        .order_by("path")
    )


class _Coded(forms.Form):
    names = ("name", "code")
    name = forms.CharField(max_length=100)
    code = forms.CharField(
        max_length=20, help_text="Short, and only once in the force", widget=forms.TextInput(attrs=_SHORT)
    )


class _Placed(_Coded):
    names = ("name", "code", "area")
    area = forms.ModelChoiceField(Area.objects.none(), required=False, empty_label="None")


class AreaCreateForm(_Coded, PartCreateForm):
    service = services.area_create


class AreaChangeForm(_Coded, PartChangeForm):
    noun, service = "area", services.area_change


class _OnTheMap(_Placed):
    names = ("name", "code", "area", "latitude", "longitude")
    latitude = forms.DecimalField(
        required=False,
        min_value=49,
        max_value=61,
        max_digits=6,
        decimal_places=4,
        help_text="In degrees, for example 51.6565. With it, journeys by road to this location are estimated",
        widget=forms.TextInput(attrs=_DEGREES),
    )
    longitude = forms.DecimalField(
        required=False,
        min_value=-9,
        max_value=2,
        max_digits=7,
        decimal_places=4,
        help_text="In degrees, for example -0.3903: below zero to the west of Greenwich",
        widget=forms.TextInput(attrs=_DEGREES),
    )


class LocationCreateForm(_OnTheMap, PartCreateForm):
    service = services.location_create


class LocationChangeForm(_OnTheMap, PartChangeForm):
    noun, service = "location", services.location_change


class UnitCreateForm(_Placed, PartCreateForm):
    """A new unit says what it is under; the place of one that exists is changed by moving it."""

    names = ("name", "code", "area", "parent")
    service = services.unit_add
    parent = UnitChoiceField(
        queryset=Unit.objects.none(),
        label="Under",
        required=False,
        empty_label="Nothing: it is a command",
        help_text="Under a command it is a department, under a department a team",
    )


class UnitChangeForm(_Placed, PartChangeForm):
    noun, service = "unit", services.unit_change


class UnitMoveForm(EditForm):
    parent = UnitChoiceField(
        queryset=Unit.objects.none(),
        label="Under",
        required=False,
        empty_label="Nothing: it becomes a command",
    )

    def __init__(self, *args: Any, record: Unit, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.fields["parent"].queryset = _parents(record.force).exclude(path__startswith=record.path)

    def shown(self, record: Unit) -> dict[str, Any]:
        return {"parent": record.parent_id}

    def write(self) -> Unit:
        return services.unit_move(unit=self.record, parent=self.cleaned_data["parent"], seen=self.seen)


class UnitCloseForm(EditForm):
    closed_on = GovukDateField(
        label="Closed from",
        required=False,
        help_text="The first day on which it holds no posts. Leave empty to open it again",
    )

    def __init__(self, *args: Any, record: Unit, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        if record.closed_on is None:
            self.fields["closed_on"].required = True
            self.fields["closed_on"].help_text = "The first day on which it holds no posts"

    def shown(self, record: Unit) -> dict[str, Any]:
        return {"closed_on": record.closed_on}

    def write(self) -> Unit:
        return services.unit_close(unit=self.record, closed_on=self.cleaned_data["closed_on"], seen=self.seen)


class _Graded(_Coded):
    names = ("name", "code", "category", "order", "is_federated")
    name = forms.CharField(max_length=60)
    category = forms.ChoiceField(label="Worker type")
    order = forms.IntegerField(
        label="Place",
        min_value=1,
        max_value=999,
        help_text="1 is the most junior of its worker type. Grades with the same place stand side by side",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    is_federated = forms.BooleanField(
        label="Counted with the federated ranks, constable to chief inspector", required=False
    )


class RankCreateForm(_Graded, PartCreateForm):
    service = services.rank_create


class RankChangeForm(_Graded, PartChangeForm):
    noun, service = "rank", services.rank_change


class _Role(_Coded):
    code = forms.CharField(
        max_length=30, help_text="Short, and only once in the force", widget=forms.TextInput(attrs=_SHORT)
    )


class RoleCreateForm(_Role, PartCreateForm):
    service = services.role_create


class RoleChangeForm(_Role, PartChangeForm):
    noun, service = "role", services.role_change


class _Funding(forms.Form):
    names = ("name", "kind", "ends_on")
    name = forms.CharField(max_length=100)
    kind = forms.ChoiceField(choices=FundingKind)
    ends_on = GovukDateField(
        label="Last day", required=False, help_text="Leave empty for money without an end"
    )


class FundingCreateForm(_Funding, PartCreateForm):
    service = services.funding_create


class FundingChangeForm(_Funding, PartChangeForm):
    noun, service = "funding", services.funding_change


class PartRemoveForm(EditForm):
    """Says yes to a removal; what leans on the part is the service's to find."""

    def shown(self, record: models.Model) -> dict[str, Any]:
        return {}

    def write(self) -> models.Model:
        services.part_remove(part=self.record, seen=self.seen)
        return self.record


class ForceForm(EditForm):
    names = (
        "worker_categories",
        "leave_year_starts_day",
        "leave_year_starts_month",
        "week_starts_on",
        "opening_day",
    )
    worker_categories = forms.MultipleChoiceField(
        label="Worker types whose posts and people are kept here",
        choices=WorkerCategory,
        widget=forms.CheckboxSelectMultiple,
    )
    leave_year_starts_day = forms.IntegerField(
        label="Leave year starts on day",
        min_value=1,
        max_value=28,
        help_text="From 1 to 28. Fixed by the local policing body (Police Regulations 2003, regulation 33)",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
    leave_year_starts_month = forms.TypedChoiceField(label="of the month", choices=MONTHS, coerce=int)
    week_starts_on = forms.TypedChoiceField(label="Week starts on", choices=Weekday, coerce=int)
    opening_day = GovukDateField(
        label="Pages open on the figures of",
        required=False,
        help_text="Leave empty for today. For records that end in the past",
    )

    def shown(self, record: Force) -> dict[str, Any]:
        return {name: getattr(record, name) for name in self.names}

    def write(self) -> Force:
        given = {name: self.cleaned_data[name] for name in self.names}
        return services.force_change(force=self.record, seen=self.seen, **given)
