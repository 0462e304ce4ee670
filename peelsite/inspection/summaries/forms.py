"""Sending a summary by hand, and who subscribes to what."""

import uuid

from django import forms

from peelsite.forces.models import Force
from peelsite.inspection.summaries.models import SUBSCRIBED, Subscription
from peelsite.inspection.summaries.selectors import may_receive
from peelsite.web.forms import GovukDateField


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        return f"{user.name}, {user.email}"


class SendNowForm(forms.Form):
    """`token` makes a second press of the button the same issue."""

    mark_optional = False

    as_at = GovukDateField(label="Figures as at", help_text="For example, 31 3 2016")
    people = PeopleField(
        label="Send to",
        queryset=Subscription.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person to send the summary to."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, force: Force, day, **kwargs):
        subscribers = Subscription.objects.of_force(force).active().values_list("user_id", flat=True)
        initial = {"as_at": day, "token": uuid.uuid4(), "people": sorted(set(subscribers))}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["people"].queryset = may_receive(force)


class SubscriptionForm(forms.Form):
    """One person's choice of kinds."""

    mark_optional = False

    cadences = forms.MultipleChoiceField(
        label="Send me the summary",
        choices=[(cadence.value, cadence.label) for cadence in SUBSCRIBED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="At seven in the morning. Choose none to receive no summary.",
    )
