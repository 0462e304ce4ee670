"""What an administrator and a user fill in about accounts."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action, Role
from peelsite.accounts.services import LONGEST_TOKEN
from peelsite.forces.models import Force, Unit
from peelsite.web.forms import GovukDateField


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.name} ({unit.code})"


def action_words(action: str) -> str:
    """'Establishment: view' for establishment.view."""
    area, verb = action.split(".")
    return f"{area.capitalize()}: {verb}"


class RoleForm(forms.Form):
    """A role, and the unit of a unit head."""

    role = forms.ChoiceField(choices=[("", "Choose a role"), *Role.choices])
    unit = UnitChoice(
        queryset=Unit.objects.none(),
        required=False,
        empty_label="No unit",
        help_text="Only for a unit head: the unit and everything under it is theirs.",
    )

    def __init__(self, *args, force: Force, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(force=force).order_by("name")

    @classmethod
    def of(cls, membership: Membership, data=None) -> "RoleForm":
        return cls(
            data, force=membership.force, initial={"role": membership.role, "unit": membership.unit_id}
        )


class MemberForm(RoleForm):
    """A new member: by address, so that somebody with an account elsewhere gets a role here too."""

    email = forms.EmailField(label="Email address", help_text="They sign in with it.")
    name = forms.CharField(max_length=150, help_text="As colleagues know them, for example Alex Sample.")

    field_order = ("email", "name", "role", "unit")


class ForceChoice(forms.ModelChoiceField):
    def label_from_instance(self, force: Force) -> str:
        return force.name


class TokenForm(forms.Form):
    """A token's name and last day, and what of its user's own actions it is for."""

    name = forms.CharField(max_length=60, help_text="What will use it, for example Payroll extract.")
    actions = forms.MultipleChoiceField(
        label="What it is for",
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose as little as the program needs. You can only give what you may do yourself.",
        error_messages={"required": "Select at least one thing that the token is for"},
    )
    force = ForceChoice(
        queryset=Force.objects.none(),
        required=False,
        label="Only in this force",
        empty_label="Every force that you are a member of",
    )
    expires_on = GovukDateField(label="Last day", help_text="A year from today at most.")

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        forces = user.forces()
        self.fields["actions"].choices = [
            (action.value, action_words(action))
            for action in Action
            if any(user.may(action, force) for force in forces)
        ]
        self.fields["force"].queryset = Force.objects.filter(pk__in=[force.pk for force in forces])
        self.fields["expires_on"].initial = timezone.localdate() + min(timedelta(days=90), LONGEST_TOKEN)
