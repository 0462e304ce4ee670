"""What is filled in about a subject access request."""

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.audit.subject_access.models import CLOSED, SubjectAccessRequest
from peelsite.audit.subject_access.selectors import person_numbered
from peelsite.audit.subject_access.services import (
    access_request_close,
    access_request_extend,
    access_request_record,
)
from peelsite.forces.models import Force
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField

_LINES = forms.Textarea(attrs={"rows": 3})


class AccessRequestForm(ServiceForm):
    """A new request. The person is given by number, so that nobody's is opened by a like name."""

    number = forms.CharField(label="Collar or payroll number", max_length=20)
    received_on = GovukDateField(
        label="Received on", help_text="The day it reached the force. The month is counted from here."
    )
    asked_by = forms.CharField(
        label="Who asks?",
        max_length=200,
        help_text="The person, or who asks for them, for example a solicitor with a letter of authority",
    )
    reason = forms.CharField(
        label="What do they ask for?",
        widget=_LINES,
        max_length=2000,
        help_text="Everything, or which records and years. It is kept with every download.",
    )

    refused_as = ServiceForm.refused_as | {"person": "number"}

    def __init__(self, *args: Any, force: Force, user: User, **kwargs: Any) -> None:
        self.force, self.user = force, user
        self.person: models.Model | None = None
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate()

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        self.person = person_numbered(self.force, number)
        if self.person is None:
            raise forms.ValidationError(f"{self.force.name} has no person with the number {number}.")
        return number

    def write(self) -> SubjectAccessRequest:
        given = {name: self.cleaned_data[name] for name in ("received_on", "asked_by", "reason")}
        return access_request_record(force=self.force, person_id=self.person.pk, user=self.user, **given)


class _OfRequestForm(EditForm):
    """Something new about a request; nothing of what stands there is changed by hand."""

    def __init__(self, *args: Any, request: SubjectAccessRequest, **kwargs: Any) -> None:
        super().__init__(*args, record=request, **kwargs)

    def shown(self, record: SubjectAccessRequest) -> dict[str, Any]:
        return {}


class ExtendForm(_OfRequestForm):
    # New with each extension, whatever the request's own reason says.
    columns = {"reason": None}

    reason = forms.CharField(
        label="Why are two more months needed?",
        widget=_LINES,
        max_length=1000,
        help_text="Only because the request is complex or one of many. Tell the person this reason.",
        error_messages={"required": "Say why two more months are needed"},
    )

    def write(self) -> SubjectAccessRequest:
        return access_request_extend(request=self.record, reason=self.cleaned_data["reason"], seen=self.seen)


class CloseForm(_OfRequestForm):
    columns = {"state": None, "closed_on": None, "outcome": None}

    state = forms.ChoiceField(label="How did it end?", choices=CLOSED, widget=forms.RadioSelect)
    closed_on = GovukDateField(label="On which day?")
    outcome = forms.CharField(
        label="What was sent, or why was nothing sent?",
        widget=_LINES,
        max_length=1000,
        help_text="How it was sent, what was withheld and under which exemption, or the ground of refusal",
        error_messages={"required": "Say what was sent and how, or why nothing was"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].initial = timezone.localdate()

    def write(self) -> SubjectAccessRequest:
        given = {name: self.cleaned_data[name] for name in ("state", "closed_on", "outcome")}
        return access_request_close(request=self.record, seen=self.seen, **given)
