"""What a person holds: said by themselves, and decided by somebody else."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from peelsite.history.forms import ReasonedForm
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.forms import LastDayField, last_day_of
from workforce.people.models import Person
from workforce.skills import services
from workforce.skills.forms.fields import SkillLevelField
from workforce.skills.models import PersonSkill

CONFIRM, REFUSE = "confirm", "refuse"


class _OfPersonForm(ServiceForm):
    refused_as: ClassVar = {"ends_before": "ends_on", "skill": "what", "level": "what"}

    what = SkillLevelField()
    acquired_on = GovukDateField(label="Held since")
    ends_on = LastDayField(
        label="Last day it is valid",
        required=False,
        help_text="Leave empty for what the catalogue says from that day on",
    )
    evidence = forms.CharField(
        max_length=500,
        help_text="Such as a certificate and its number, a course, or work in which you used it",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, person: Person, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.user, self.day = person, user, day
        self.fields["what"].of_force(person.force, day)

    def given(self) -> dict[str, Any]:
        skill, level = self.cleaned_data["what"]
        return {
            "person": self.person,
            "skill": skill,
            "level": level,
            "acquired_on": self.cleaned_data["acquired_on"],
            "ends_before": self.first_day_after(),
            "evidence": self.cleaned_data["evidence"],
            "user": self.user,
            "day": self.day,
        }


class SelfAssessForm(_OfPersonForm):
    def write(self) -> PersonSkill:
        return services.skill_self_assess(**self.given())


class RecordForm(_OfPersonForm):
    def write(self) -> PersonSkill:
        return services.skill_record(**self.given())


class _OfRecordForm(EditForm):
    def __init__(self, *args: Any, record: PersonSkill, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.user, self.day = user, day

    def shown(self, record: PersonSkill) -> dict[str, Any]:
        return {}


class TakeBackForm(ServiceForm):
    """One of the user's own self-assessments while it waits."""

    record = forms.ModelChoiceField(
        label="Which",
        queryset=PersonSkill.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"invalid_choice": "It was decided or taken back meanwhile; choose another one."},
    )

    def __init__(self, *args: Any, force: Force, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        waiting = PersonSkill.objects.of_force(force).waiting().filter(person__user=user)
        self.fields["record"].queryset = waiting.with_labels()

    def write(self) -> PersonSkill:
        held = self.cleaned_data["record"]
        services.skill_withdraw(held=held, user=self.user)
        return held


class DecideForm(_OfRecordForm):
    columns: ClassVar = {"decision": None, "reason": None}

    decision = forms.ChoiceField(
        label="Does the person hold it?",
        choices=[(CONFIRM, "Yes, confirm it"), (REFUSE, "No, do not confirm it")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why not",
        max_length=300,
        required=False,
        help_text="Only where it is not confirmed. The person reads it",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def write(self) -> PersonSkill:
        given = {"held": self.record, "user": self.user, "day": self.day, "seen": self.seen}
        if self.cleaned_data["decision"] == CONFIRM:
            return services.skill_confirm(**given)
        return services.skill_refuse(reason=self.cleaned_data["reason"], **given)


class EndForm(_OfRecordForm):
    columns: ClassVar = {"ends_on": "during.upper"}

    ends_on = LastDayField(label="Last day it is valid")

    def shown(self, record: PersonSkill) -> dict[str, Any]:
        return {"ends_on": last_day_of(record.during)}

    def write(self) -> PersonSkill:
        return services.skill_end(
            held=self.record, ends_before=self.first_day_after(), user=self.user, seen=self.seen
        )


class WithdrawForm(ReasonedForm, _OfRecordForm):
    def write(self) -> PersonSkill:
        services.skill_withdraw(held=self.record, user=self.user, seen=self.seen)
        return self.record
