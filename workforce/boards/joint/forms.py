"""What is filled in about joint boards."""

from decimal import Decimal
from typing import Any

from django import forms

from peelsite.accounts.models import User
from peelsite.forces.models import Force, JointUnit, Unit
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.forms import ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.boards.joint.models import JointAllocation, JointBoard, JointPart
from workforce.boards.joint.selectors import Joint
from workforce.boards.joint.services import allocation_decide, joint_create, part_join

HUNDRED = Decimal(100)


class JointCreateForm(ServiceForm):
    name = forms.CharField(max_length=100)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        empty_label="Choose a unit",
        help_text="Units that are run with another force",
    )
    starts_on = GovukDateField(label="From")

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force = force
        shared = JointUnit.objects.of_force(force).running_on(opening_day(force)).values("unit_id")
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=shared).order_by("name")

    def write(self) -> JointBoard:
        given = {name: self.cleaned_data[name] for name in ("name", "unit", "starts_on")}
        return joint_create(force=self.force, **given)


class PartJoinForm(ServiceForm):
    unit = forms.ModelChoiceField(
        label="Unit whose posts are your part",
        queryset=Unit.objects.none(),
        empty_label="Choose a unit",
        help_text="With every unit under it",
    )
    starts_on = GovukDateField(label="From")

    def __init__(self, *args: Any, force: Force, joint: JointBoard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force, self.joint = force, joint
        self.fields["unit"].queryset = (
            Unit.objects.of_force(force).open_on(opening_day(force)).order_by("name")
        )

    def write(self) -> JointPart:
        return part_join(
            joint=self.joint,
            force=self.force,
            unit=self.cleaned_data["unit"],
            starts_on=self.cleaned_data["starts_on"],
        )


class AllocationForm(ServiceForm):
    """A share for each part, in per cent."""

    starts_on = GovukDateField(label="From")
    reason = forms.CharField(
        label="What was agreed, and where", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def __init__(self, *args: Any, joint: Joint, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.joint, self.user = joint, user
        for part in joint.parts:
            self.fields[f"share_{part.pk}"] = forms.DecimalField(
                label=f"{part.force}, per cent",
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}),
            )
        self.order_fields([f"share_{part.pk}" for part in joint.parts])

    def write(self) -> JointAllocation:
        shares = {part.pk: self.cleaned_data[f"share_{part.pk}"] / HUNDRED for part in self.joint.parts}
        return allocation_decide(
            joint=self.joint.joint,
            shares=shares,
            starts_on=self.cleaned_data["starts_on"],
            reason=self.cleaned_data["reason"],
            user=self.user,
        )
