"""Courses and their places."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from peelsite.accounts.models import User
from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.forms import PersonNumberField, last_day_of
from workforce.people.models import Person
from workforce.skills import services
from workforce.skills.forms.fields import SkillLevelField
from workforce.skills.models import NEXT, Course, CoursePlace, CourseState, PlaceState
from workforce.skills.services import CourseValues

_REASON = forms.CharField(max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class _Course(forms.Form):
    title = forms.CharField(max_length=120)
    what = SkillLevelField(label="Skill and level that it gives")
    provider = forms.CharField(max_length=100, help_text="Who teaches it")
    starts_on = GovukDateField(label="First day")
    ends_on = GovukDateField(label="Last day", help_text="Who passes holds the skill from this day")
    places = forms.IntegerField(
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    cost_per_place = forms.DecimalField(
        label="Cost of a place, in pounds",
        max_digits=9,
        decimal_places=2,
        min_value=Decimal(0),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    state = forms.ChoiceField(
        choices=[choice for choice in CourseState.choices if choice[0] != CourseState.CANCELLED],
        widget=forms.RadioSelect,
        initial=CourseState.PLANNED,
    )

    def values(self) -> CourseValues:
        given = {name: self.cleaned_data[name] for name in _Course.base_fields}
        skill, level = given.pop("what")
        return CourseValues(skill=skill, level=level, **given)


class CourseCreateForm(_Course, ServiceForm):
    refused_as: ClassVar = {"skill": "what", "level": "what"}

    def __init__(self, *args: Any, force: Force, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force = force
        self.fields["what"].of_force(force, day)

    def write(self) -> Course:
        return services.course_create(force=self.force, values=self.values())


class CourseChangeForm(_Course, EditForm):
    refused_as: ClassVar = {"skill": "what", "level": "what"}
    columns: ClassVar = {"what": "skill", "starts_on": "during.lower", "ends_on": "during.upper"}

    def __init__(self, *args: Any, record: Course, day: date, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.fields["what"].of_force(record.force, day, keeps=record.skill)

    def shown(self, record: Course) -> dict[str, Any]:
        same = ("title", "provider", "places", "cost_per_place", "state")
        return {name: getattr(record, name) for name in same} | {
            "what": f"{record.skill_id}-{record.level}",
            "starts_on": record.during.lower,
            "ends_on": last_day_of(record.during),
        }

    def write(self) -> Course:
        return services.course_change(course=self.record, values=self.values(), seen=self.seen)


class CourseCancelForm(EditForm):
    def shown(self, record: Course) -> dict[str, Any]:
        return {}

    def write(self) -> Course:
        return services.course_cancel(course=self.record, seen=self.seen)


class CourseRemoveForm(CourseCancelForm):
    def write(self) -> Course:
        services.course_remove(course=self.record, seen=self.seen)
        return self.record


class _GivingForm(ServiceForm):
    """Gives a place, or asks for one; people are those whom the user may see."""

    person: ClassVar[dict[str, Any]]

    def __init__(self, *args: Any, force: Force, user: User, day: date, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.day, self.reach = user, day, reach
        self.fields["person"] = PersonNumberField(force=force, **self.person)

    def clean_person(self) -> Person | None:
        person = self.cleaned_data["person"]
        if person is not None:
            seen = Person.objects.filter(pk=person.pk).within(self.reach, self.day).exists()
            if not seen:
                raise forms.ValidationError(
                    f"{person.number} is in none of your units. Ask the head of the person's unit or HR."
                )
        return person


class AskForm(_GivingForm):
    person: ClassVar = {"label": "Collar or payroll number"}

    course = forms.ModelChoiceField(queryset=Course.objects.none(), empty_label="Choose a course")
    reason = _REASON

    def __init__(self, *args: Any, force: Force, day: date, **kwargs: Any) -> None:
        super().__init__(*args, force=force, day=day, **kwargs)
        to_come = Course.objects.of_force(force).taking_place().filter(during__endswith__gt=day)
        self.fields["course"].queryset = to_come.order_by("during", "title")
        self.order_fields(["form_key", "course", "person"])

    def write(self) -> CoursePlace:
        return services.place_ask(
            course=self.cleaned_data["course"],
            person=self.cleaned_data["person"],
            user=self.user,
            day=self.day,
            reason=self.cleaned_data["reason"],
        )


class OfferForm(_GivingForm):
    """Offers places to those who are suggested, and to somebody else by number."""

    person: ClassVar = {"required": False, "label": "Somebody else, by collar or payroll number"}
    mark_optional = False

    people = forms.MultipleChoiceField(
        label="Suggested, in this order", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, course: Course, suggested: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, force=course.force, **kwargs)
        self.course = course
        self.fields["people"].choices = suggested
        if not suggested:
            del self.fields["people"]

    def write(self) -> list[CoursePlace]:
        chosen = set(self.cleaned_data.get("people", []))
        people = list(Person.objects.of_force(self.course.force).filter(pk__in=chosen))
        other = self.cleaned_data["person"]
        if other is not None and other not in people:
            people.append(other)
        return services.places_offer(course=self.course, people=people, user=self.user, day=self.day)


class PlaceForm(EditForm):
    """What became of a place."""

    columns: ClassVar = {"state": None}

    state = forms.ChoiceField(label="What became of the place", widget=forms.RadioSelect)
    reason = _REASON

    def __init__(self, *args: Any, record: CoursePlace, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.user, self.day = user, day
        self.fields["state"].choices = [(state, PlaceState(state).label) for state in NEXT[record.state]]

    def shown(self, record: CoursePlace) -> dict[str, Any]:
        return {"reason": record.reason}

    def write(self) -> CoursePlace:
        return services.place_move(
            place=self.record,
            state=self.cleaned_data["state"],
            reason=self.cleaned_data["reason"],
            user=self.user,
            day=self.day,
            seen=self.seen,
        )
