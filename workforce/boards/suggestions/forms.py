"""What is filled in about suggestions: moves held fast, each followed by a new plan; and the numbers."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction

from peelsite.accounts.models import User
from peelsite.forces.models import Force, WorkerCategory
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.models import (
    CivilianRole,
    FillMove,
    MoveRule,
    RoleWeight,
    RuleKind,
    SuggestionSettings,
)
from workforce.boards.suggestions.models.settings import NUMBERS
from workforce.boards.suggestions.services import (
    civilian_role_add,
    civilian_role_remove,
    plan_make,
    rule_add,
    settings_change,
    weight_set,
)
from workforce.establishment.models import Rank, Role

_REASON = forms.Textarea(attrs={"rows": 3})
_NARROW = {"class": "govuk-input--width-5", "autocomplete": "off", "inputmode": "decimal"}


class RuleForm(ServiceForm):
    """Pin or forbid a suggested move, or spare its donor; the plan is worked out again in the same step."""

    heads = forms.IntegerField(
        label="How many people at least",
        min_value=1,
        max_value=50,
        widget=forms.TextInput(attrs=_NARROW | {"inputmode": "numeric"}),
    )
    reason = forms.CharField(max_length=300, widget=_REASON)

    def __init__(self, *args: Any, move: FillMove, kind: str, user: User, **kwargs: Any) -> None:
        self.move, self.kind, self.user = move, kind, user
        super().__init__(*args, **kwargs)
        if kind == RuleKind.PIN:
            self.fields["heads"].initial = move.heads
        else:
            del self.fields["heads"]

    @transaction.atomic
    def write(self) -> MoveRule:
        data = self.cleaned_data
        rule = rule_add(
            move=self.move, kind=self.kind, reason=data["reason"], heads=data.get("heads"), user=self.user
        )
        plan_make(board=self.move.plan.board, user=self.user)
        return rule


class SettingsForm(EditForm):
    """The numbers that hold on the day that is shown, from that day or from another."""

    columns: ClassVar = {"reason": None}

    starts_on = GovukDateField(label="From", help_text="The first day on which these numbers hold")
    reason = forms.CharField(
        label="Why these numbers", max_length=300, widget=_REASON, help_text="It is kept with them"
    )

    def __init__(
        self, *args: Any, record: SuggestionSettings, board: Board | None, user: User, **kwargs: Any
    ) -> None:
        self.board, self.user = board, user
        self.base_fields = {
            **{name: _number_field(name) for name in NUMBERS},
            **type(self).declared_fields,
        }
        super().__init__(*args, record=record, **kwargs)

    def shown(self, record: SuggestionSettings) -> dict[str, Any]:
        return {name: getattr(record, name) for name in NUMBERS} | {
            "starts_on": opening_day(record.force) if record.pk is None else record.starts_on
        }

    @transaction.atomic
    def write(self) -> SuggestionSettings:
        data = self.cleaned_data
        row = settings_change(
            force=self.record.force,
            starts_on=data["starts_on"],
            values={name: data[name] for name in NUMBERS},
            reason=data["reason"],
            seen=self.seen,
        )
        if self.board is not None:
            plan_make(board=self.board, user=self.user)
        return row


def _number_field(name: str) -> forms.Field:
    """A column of the settings as a narrow box, with its own words and limits."""
    return SuggestionSettings._meta.get_field(name).formfield(widget=forms.TextInput(attrs=_NARROW))


class WeightForm(ServiceForm):
    """What a gap in a role weighs."""

    role = forms.ModelChoiceField(Role.objects.none())
    weight = forms.DecimalField(
        min_value=RoleWeight._meta.get_field("weight").validators[0].limit_value,
        max_value=10,
        max_digits=5,
        decimal_places=2,
        help_text=RoleWeight._meta.get_field("weight").help_text,
        widget=forms.TextInput(attrs=_NARROW),
    )
    starts_on = GovukDateField(label="From", help_text="The first day on which this weight holds")
    reason = forms.CharField(label="Why", max_length=300, widget=_REASON)

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.of_force(force)
        self.fields["starts_on"].initial = opening_day(force)

    def write(self) -> RoleWeight:
        data = self.cleaned_data
        return weight_set(
            force=self.force,
            role=data["role"],
            starts_on=data["starts_on"],
            weight=data["weight"],
            reason=data["reason"],
        )


class CivilianRoleForm(ServiceForm):
    """Where staff may do an officer's work."""

    role = forms.ModelChoiceField(Role.objects.none(), label="Role")
    rank = forms.ModelChoiceField(Rank.objects.none(), label="Officer's rank")
    staff_rank = forms.ModelChoiceField(Rank.objects.none(), label="Grade of the staff")
    reason = forms.CharField(label="Why", max_length=300, widget=_REASON)

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)
        ranks = Rank.objects.for_force(force)
        self.fields["role"].queryset = Role.objects.of_force(force)
        self.fields["rank"].queryset = ranks.filter(category=WorkerCategory.OFFICER)
        self.fields["staff_rank"].queryset = ranks.exclude(category=WorkerCategory.OFFICER)

    def write(self) -> CivilianRole:
        data = self.cleaned_data
        return civilian_role_add(
            force=self.force,
            rank=data["rank"],
            role=data["role"],
            staff_rank=data["staff_rank"],
            reason=data["reason"],
        )


class CivilianRoleRemoveForm(EditForm):
    """Nothing to fill in: officers alone do the role from now on."""

    def __init__(self, *args: Any, civilian_role: CivilianRole, **kwargs: Any) -> None:
        super().__init__(*args, record=civilian_role, **kwargs)

    def shown(self, record: CivilianRole) -> dict[str, Any]:
        return {}

    def write(self) -> str:
        civilian_role_remove(civilian_role=self.record, seen=self.seen)
        return str(self.record)
