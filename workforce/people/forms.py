"""What HR fills in about people."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role
from peelsite.forces.models import Force
from peelsite.history.forms import ReasonedForm
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.forms import LastDayField, PostReferenceField, last_day_of
from workforce.people import services
from workforce.people.models import (
    Absence,
    AbsenceKind,
    LeavingReason,
    LimitedDuty,
    LimitedDutyKind,
    Person,
    Posting,
    PostingKind,
)

_SHORT = {"class": "govuk-input--width-10"}


_PERSON = ("number", "given_names", "family_name", "employed_from")


class _PersonForm(forms.Form):
    number = forms.CharField(
        label="Collar or payroll number", max_length=20, widget=forms.TextInput(attrs=_SHORT)
    )
    given_names = forms.CharField(max_length=80, required=False)
    family_name = forms.CharField(max_length=80)
    employed_from = GovukDateField(label="Joining date")


class PersonCreateForm(_PersonForm, ServiceForm):
    refused_as = {"employed_until": "employed_from"}

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force = force

    def write(self) -> Person:
        return services.person_create(force=self.force, **{name: self.cleaned_data[name] for name in _PERSON})


class PersonCorrectForm(ReasonedForm, _PersonForm, EditForm):
    columns: ClassVar = {"employed_from": "employed.lower"}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, record=person, **kwargs)

    def shown(self, record: Person) -> dict[str, Any]:
        return {
            "number": record.number,
            "given_names": record.given_names,
            "family_name": record.family_name,
            "employed_from": record.employed.lower,
        }

    def write(self) -> Person:
        return services.person_correct(
            person=self.record, seen=self.seen, **{name: self.cleaned_data[name] for name in _PERSON}
        )


class PersonUserForm(EditForm):
    user = forms.ModelChoiceField(
        label="Signs in as",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        help_text="Members of the force with the role of an officer or member of staff. "
        "Whoever is chosen sees this record as their own.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, record=person, **kwargs)
        self.fields["user"].queryset = User.objects.filter(
            memberships__force=person.force_id, memberships__role=Role.EMPLOYEE, memberships__is_active=True
        ).distinct()

    def shown(self, record: Person) -> dict[str, Any]:
        return {"user": record.user_id}

    def write(self) -> Person:
        return services.person_user_set(person=self.record, seen=self.seen, user=self.cleaned_data["user"])


class PersonLeaveForm(EditForm):
    refused_as = {"leaves_before": "ends_on", "leaving_reason": "reason"}
    columns: ClassVar = {"ends_on": "employed.upper", "reason": "leaving_reason"}

    ends_on = LastDayField(
        label="Last day employed", help_text="Postings, absences and limited duties that run then end with it"
    )
    reason = forms.ChoiceField(label="Reason for leaving", choices=LeavingReason, widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, record=person, **kwargs)

    def shown(self, record: Person) -> dict[str, Any]:
        return {"ends_on": last_day_of(record.employed), "reason": record.leaving_reason}

    def write(self) -> Person:
        return services.person_leave(
            person=self.record,
            leaves_before=self.first_day_after(),
            reason=self.cleaned_data["reason"],
            seen=self.seen,
        )


class PostingCreateForm(ServiceForm):
    kind = forms.ChoiceField(label="Sort of posting", choices=PostingKind)
    host = forms.CharField(
        label="Other force or body",
        max_length=100,
        required=False,
        help_text="Only for a secondment",
        widget=forms.TextInput(attrs={"class": "govuk-!-width-two-thirds"}),
    )
    starts_on = GovukDateField(label="First day")
    ends_on = LastDayField(required=False, help_text="Leave empty where it has no end yet")
    fte = forms.DecimalField(
        label="FTE",
        max_digits=5,
        decimal_places=4,
        initial=Decimal(1),
        help_text="Full-time equivalent, above 0 and not above 1",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    is_supernumerary = forms.BooleanField(
        label="Supernumerary",
        required=False,
        help_text="In the post without filling it: a phased return, an overlap, a trainee",
    )
    ends_present = forms.BooleanField(
        label="End the present posting of the same sort on the day before", required=False
    )

    field_order = ["kind", "post", "host", "starts_on", "ends_on", "fte", "is_supernumerary", "ends_present"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["post"] = PostReferenceField(
            force=person.force,
            label="Post reference",
            required=False,
            help_text="Leave empty for a secondment out of the force",
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == PostingKind.SECONDED_OUT:
            if data.get("post"):
                self.add_error("post", "Someone seconded out is in no post of the force. Leave this empty.")
        elif "post" in data and not data["post"]:
            self.add_error("post", "Enter the reference of the post")
        is_secondment = data.get("kind") in (PostingKind.SECONDED_IN, PostingKind.SECONDED_OUT)
        if is_secondment and not data.get("host"):
            self.add_error("host", "Enter the other force or body")
        if not is_secondment and data.get("host"):
            self.add_error("host", "Only a secondment names another body. Leave this empty.")
        return data

    def write(self) -> Posting:
        names = ("kind", "post", "host", "starts_on", "fte", "is_supernumerary", "ends_present")
        return services.posting_create(
            person=self.person,
            ends_before=self.first_day_after(),
            **{name: self.cleaned_data[name] for name in names},
        )


class _EndForm(EditForm):
    """When something that runs ends: a posting, an absence, limited duties."""

    columns: ClassVar = {"ends_on": "during.upper"}

    def shown(self, record: Any) -> dict[str, Any]:
        return {"ends_on": last_day_of(record.during)}


class PostingEndForm(_EndForm):
    ends_on = LastDayField(label="Last day of the posting")

    def write(self) -> Posting:
        return services.posting_end(posting=self.record, ends_before=self.first_day_after(), seen=self.seen)


class PostingWithdrawForm(ReasonedForm, EditForm):
    def shown(self, record: Posting) -> dict[str, Any]:
        return {}

    def write(self) -> Posting:
        services.posting_withdraw(posting=self.record, seen=self.seen)
        return self.record


class _SpellForm(ServiceForm):
    starts_on = GovukDateField(label="First day")
    ends_on = LastDayField(required=False, help_text="Leave empty while it is not known")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def _given(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "kind": self.cleaned_data["kind"],
            "starts_on": self.cleaned_data["starts_on"],
            "ends_before": self.first_day_after(),
        }


class AbsenceForm(_SpellForm):
    kind = forms.ChoiceField(label="Reason", choices=AbsenceKind, widget=forms.RadioSelect)
    field_order = ["kind", "starts_on", "ends_on"]

    def write(self) -> Absence:
        return services.absence_record(**self._given())


class LimitedDutyForm(_SpellForm):
    kind = forms.ChoiceField(label="Sort of duties", choices=LimitedDutyKind, widget=forms.RadioSelect)
    field_order = ["kind", "starts_on", "ends_on"]

    def write(self) -> LimitedDuty:
        return services.limited_duty_record(**self._given())


class AbsenceEndForm(_EndForm):
    ends_on = LastDayField(label="Last day absent")

    def write(self) -> Absence:
        return services.absence_end(absence=self.record, ends_before=self.first_day_after(), seen=self.seen)


class LimitedDutyEndForm(_EndForm):
    ends_on = LastDayField(label="Last day of limited duties")

    def write(self) -> LimitedDuty:
        return services.limited_duty_end(duty=self.record, ends_before=self.first_day_after(), seen=self.seen)
