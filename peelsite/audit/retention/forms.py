"""What is filled in about rules of retention and legal holds."""

from typing import Any

from django import forms
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.audit.retention.models import LegalHold, RetentionRule
from peelsite.audit.retention.registry import all_classes
from peelsite.audit.retention.services import hold_add, hold_lift, rule_add, rule_change
from peelsite.audit.subject_access.selectors import person_numbered
from peelsite.forces.models import Force
from peelsite.history.forms import ReasonedForm
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField

MOST_MONTHS = 1200
_LINES = forms.Textarea(attrs={"rows": 3})


class _PeriodFields(forms.Form):
    months = forms.IntegerField(
        label="Months", min_value=1, max_value=MOST_MONTHS, help_text="Counted from the event of the records"
    )
    source = forms.CharField(
        max_length=300,
        label="Where the period comes from",
        help_text="The law, the national schedule, or the force's own decision and its date",
    )
    is_confirmed = forms.BooleanField(
        required=False, label="The force has confirmed this period", help_text="Until then nothing is removed"
    )
    is_on = forms.BooleanField(
        required=False, label="Apply it every night", help_text="Else it is applied by hand"
    )


def _class_choices(first: str) -> list[tuple[str, str]]:
    return [("", first), *((each.slug, f"{each.title}, after {each.event}") for each in all_classes())]


class RuleForm(_PeriodFields, ServiceForm):
    """A new rule: it holds from its first day on in place of an earlier one for the same records."""

    what = forms.ChoiceField(label="Records")
    valid_from = GovukDateField(label="From")

    field_order = ("what", "months", "valid_from", "source", "is_confirmed", "is_on")

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = _class_choices("Choose the records")
        self.fields["valid_from"].initial = timezone.localdate()

    def write(self) -> RetentionRule:
        return rule_add(force=self.force, **{name: self.cleaned_data[name] for name in self.field_order})


class RuleChangeForm(ReasonedForm, _PeriodFields, EditForm):
    def __init__(self, *args: Any, rule: RetentionRule, **kwargs: Any) -> None:
        super().__init__(*args, record=rule, **kwargs)

    def shown(self, record: RetentionRule) -> dict[str, Any]:
        return {name: getattr(record, name) for name in ("months", "source", "is_confirmed", "is_on")}

    def write(self) -> RetentionRule:
        given = {name: self.cleaned_data[name] for name in ("months", "source", "is_confirmed", "is_on")}
        return rule_change(rule=self.record, seen=self.seen, **given)


class HoldForm(ServiceForm):
    """A new hold: of one class or all, of one person or everybody."""

    what = forms.ChoiceField(required=False, label="Records")
    number = forms.CharField(
        required=False,
        max_length=20,
        label="Collar or payroll number",
        help_text="Leave it empty to keep the records of everybody",
    )
    held_from = GovukDateField(label="From")
    reason = forms.CharField(
        label="Why must they be kept?",
        widget=_LINES,
        max_length=1000,
        help_text="For example the claim, its reference and who asked for the hold",
        error_messages={"required": "Say why these records must be kept"},
    )

    refused_as = ServiceForm.refused_as | {"person": "number"}

    def __init__(self, *args: Any, force: Force, user: User, **kwargs: Any) -> None:
        self.force, self.user = force, user
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = _class_choices("All records")
        self.fields["held_from"].initial = timezone.localdate()

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        self.person = person_numbered(self.force, number) if number else None
        if number and self.person is None:
            raise forms.ValidationError(f"{self.force.name} has no person with the number {number}.")
        return number

    def write(self) -> LegalHold:
        given = {name: self.cleaned_data[name] for name in ("what", "held_from", "reason")}
        person_id = self.person.pk if self.person is not None else None
        return hold_add(force=self.force, user=self.user, person_id=person_id, **given)


class HoldLiftForm(EditForm):
    columns = {"why": None}

    why = forms.CharField(
        label="Why is the hold lifted?",
        widget=_LINES,
        max_length=1000,
        error_messages={"required": "Say why the hold is lifted"},
    )

    refused_as = EditForm.refused_as | {"reason": "why"}

    def __init__(self, *args: Any, hold: LegalHold, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=hold, **kwargs)

    def shown(self, record: LegalHold) -> dict[str, Any]:
        return {}

    def write(self) -> LegalHold:
        return hold_lift(hold=self.record, reason=self.cleaned_data["why"], user=self.user, seen=self.seen)
