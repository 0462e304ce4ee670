"""What an administrator fills in about joint units."""

from typing import Any

from django import forms

from peelsite.forces.models import Force, JointUnit, Unit
from peelsite.web.editing.forms import ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.forms import LastDayField
from workforce.joint_units import services


class JointUnitForm(ServiceForm):
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        empty_label="Choose a unit",
        help_text="It is shared with every unit under it.",
    )
    partner = forms.ModelChoiceField(
        label="Partner force", queryset=Force.objects.none(), empty_label="Choose a force"
    )
    starts_on = GovukDateField(label="First day")

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.of_force(force).order_by("path")
        self.fields["partner"].queryset = Force.objects.exclude(pk=force.pk)

    def write(self) -> JointUnit:
        return services.joint_unit_begin(
            **{name: self.cleaned_data[name] for name in ("unit", "partner", "starts_on")}
        )


class JointUnitEndForm(ServiceForm):
    ends_on = LastDayField(label="Last day run together")

    def __init__(self, *args: Any, joint: JointUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.joint = joint

    def write(self) -> JointUnit:
        return services.joint_unit_end(joint=self.joint, ends_before=self.first_day_after())
