"""What an administrator and a user fill in about accounts."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action, Role
from peelsite.accounts.services import (
    LONGEST_TOKEN,
    member_add,
    membership_change,
    membership_end,
    membership_renew,
)
from peelsite.forces.models import Force, Unit
from peelsite.history.forms import ReasonedForm
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.name} ({unit.code})"


def action_words(action: str) -> str:
    """'Establishment: view' for establishment.view."""
    area, verb = action.split(".")
    return f"{area.capitalize()}: {verb}"


class _RoleFields(forms.Form):
    """A role, and the unit of a unit head."""

    role = forms.ChoiceField(choices=[("", "Choose a role"), *Role.choices])
    unit = UnitChoice(
        queryset=Unit.objects.none(),
        required=False,
        empty_label="No unit",
        help_text="Only for a unit head: the unit and everything under it is theirs.",
    )

    def offer_units(self, force: Force) -> None:
        self.fields["unit"].queryset = Unit.objects.filter(force=force).order_by("name")


class RoleForm(ReasonedForm, _RoleFields, EditForm):
    """Another role for a member."""

    def __init__(self, *args, membership: Membership, session_key: str | None, **kwargs) -> None:
        self.session_key = session_key
        super().__init__(*args, record=membership, **kwargs)
        self.offer_units(membership.force)

    def shown(self, record: Membership) -> dict:
        return {"role": record.role, "unit": record.unit_id}

    def write(self) -> Membership:
        return membership_change(
            membership=self.record,
            role=self.cleaned_data["role"],
            unit=self.cleaned_data["unit"],
            session_key=self.session_key,
            seen=self.seen,
        )


class _StateForm(ReasonedForm, EditForm):
    """Nothing to fill in but why a membership ends or holds again."""

    def __init__(self, *args, membership: Membership, session_key: str | None = None, **kwargs) -> None:
        self.session_key = session_key
        super().__init__(*args, record=membership, **kwargs)

    def shown(self, record: Membership) -> dict:
        return {}


class MembershipEndForm(_StateForm):
    def write(self) -> Membership:
        return membership_end(membership=self.record, session_key=self.session_key, seen=self.seen)


class MembershipRenewForm(_StateForm):
    def write(self) -> Membership:
        return membership_renew(membership=self.record, seen=self.seen)


class MemberForm(_RoleFields, ServiceForm):
    """A new member: by address, so that somebody with an account elsewhere gets a role here too."""

    email = forms.EmailField(label="Email address", help_text="They sign in with it.")
    name = forms.CharField(max_length=150, help_text="As colleagues know them, for example Alex Sample.")

    field_order = ("email", "name", "role", "unit")

    def __init__(self, *args, force: Force, **kwargs) -> None:
        self.force = force
        super().__init__(*args, **kwargs)
        self.offer_units(force)

    def write(self) -> Membership:
        given = {name: self.cleaned_data[name] for name in self.field_order}
        return member_add(force=self.force, **given)


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
            if any(user.reach(action, force) for force in forces)
        ]
        self.fields["force"].queryset = Force.objects.filter(pk__in=[force.pk for force in forces])
        self.fields["expires_on"].initial = timezone.localdate() + min(timedelta(days=90), LONGEST_TOKEN)
