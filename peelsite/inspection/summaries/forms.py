"""Sending a summary by hand, and who subscribes to what."""

import uuid
from datetime import date

from django import forms

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from peelsite.inspection.summaries.models import SUBSCRIBED, Subscription, Summary
from peelsite.inspection.summaries.selectors import may_receive
from peelsite.inspection.summaries.services import subscriptions_choose
from peelsite.web.editing.forms import EditForm
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

    def asks_for(self, begun: Summary) -> bool:
        """Whether an issue is what this page asks for."""
        people = sorted(person.pk for person in self.cleaned_data["people"])
        return begun.as_at == self.cleaned_data["as_at"] and sorted(begun.chosen) == people

    def begun_before(self, begun: Summary) -> None:
        """Say that this page began another issue; pressing again begins the one asked for now."""
        self.add_error(
            None,
            f"You have sent this page before: it began “{begun.title}”, as at {begun.as_at:%-d %B %Y}. "
            "Nothing else was sent. Press the button again if you mean another summary beside it.",
        )
        self.data = self.data.copy()
        self.data["token"] = str(uuid.uuid4())


class SubscriptionForm(EditForm):
    """One person's choice of kinds, made by that person or by somebody who sends the summaries."""

    mark_optional = False
    is_whole = False

    cadences = forms.MultipleChoiceField(
        label="Send me the summary",
        choices=[(cadence.value, cadence.label) for cadence in SUBSCRIBED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="At seven in the morning. Choose none to receive no summary.",
    )

    def __init__(self, *args, force: Force, user: User, day: date, is_own: bool = True, **kwargs):
        self.force, self.day = force, day
        super().__init__(*args, record=user, **kwargs)
        if not is_own:
            self.fields["cadences"].label = f"Send {user.name} the summary"
            self.fields["cadences"].help_text = "At seven in the morning. Choose none to send no summary."

    def shown(self, record: User) -> dict:
        mine = Subscription.objects.of_force(self.force).filter(user=record, is_active=True)
        return {"cadences": list(mine.values_list("cadence", flat=True))}

    def write(self) -> User:
        subscriptions_choose(
            force=self.force,
            user=self.record,
            cadences=self.cleaned_data["cadences"],
            starts_on=self.day,
            seen=self.seen,
        )
        return self.record
