"""The catalogue, and what roles and posts ask for."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from peelsite.forces.models import Force, Unit
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.establishment.filters import UnitChoiceField
from workforce.establishment.models import Role
from workforce.forms import LastDayField, PostReferenceField, last_day_of
from workforce.skills import services
from workforce.skills.forms.fields import LinesField, PercentField, SkillLevelField
from workforce.skills.models import RequirementExtent, Skill, SkillGroup, SkillRequirement
from workforce.skills.services import SkillValues

_SHORT = {"class": "govuk-input--width-10", "autocomplete": "off"}


class _Skill(forms.Form):
    code = forms.CharField(
        max_length=20, help_text="Short, and only once in the force", widget=forms.TextInput(attrs=_SHORT)
    )
    name = forms.CharField(max_length=100)
    group = forms.ChoiceField(choices=SkillGroup)
    levels = LinesField(
        help_text="One a line, the lowest first; whoever holds a level holds the lower ones too. "
        "Where there are none, give one line, such as 'Qualified'"
    )
    lasts_months = forms.IntegerField(
        label="How long it lasts, in months",
        required=False,
        min_value=1,
        max_value=240,
        help_text="Leave empty for a skill that does not expire",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    short_below = PercentField(
        label="Short below this percentage",
        initial=80,
        help_text="A department is short of the skill when it holds less than this share of what is required",
    )
    description = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text="What it enables"
    )

    def values(self) -> SkillValues:
        given = {name: self.cleaned_data[name] for name in _Skill.base_fields}
        return SkillValues(**given | {"levels": given["levels"].splitlines()})


class SkillCreateForm(_Skill, ServiceForm):
    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force = force

    def write(self) -> Skill:
        return services.skill_create(force=self.force, values=self.values())


class SkillChangeForm(_Skill, EditForm):
    def shown(self, record: Skill) -> dict[str, Any]:
        return {name: getattr(record, name) for name in _Skill.base_fields} | {
            "levels": "\n".join(record.levels)
        }

    def write(self) -> Skill:
        return services.skill_change(skill=self.record, values=self.values(), seen=self.seen)


class SkillRetireForm(EditForm):
    retired_on = GovukDateField(
        label="First day on which nobody is asked for it", required=False, help_text="Leave empty to keep it"
    )

    def shown(self, record: Skill) -> dict[str, Any]:
        return {"retired_on": record.retired_on}

    def write(self) -> Skill:
        return services.skill_retire(
            skill=self.record, retired_on=self.cleaned_data["retired_on"], seen=self.seen
        )


class SkillRemoveForm(EditForm):
    def shown(self, record: Skill) -> dict[str, Any]:
        return {}

    def write(self) -> Skill:
        services.skill_remove(skill=self.record, seen=self.seen)
        return self.record


class RequirementCreateForm(ServiceForm):
    refused_as: ClassVar = {"ends_before": "ends_on", "skill": "what", "level": "what"}

    what = SkillLevelField()
    role = forms.ModelChoiceField(
        queryset=Role.objects.none(), required=False, empty_label="No role, but one post"
    )
    unit = UnitChoiceField(
        label="Only in this unit and those below it",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Everywhere",
    )
    extent = forms.ChoiceField(
        label="How many of them", choices=RequirementExtent, widget=forms.RadioSelect, initial="everyone"
    )
    number = forms.IntegerField(
        label="Number in each unit",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    share = PercentField(label="Percentage in each unit", required=False)
    starts_on = GovukDateField(label="First day")
    ends_on = LastDayField(required=False, help_text="Leave empty where it has no end")

    def __init__(self, *args: Any, force: Force, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].of_force(force, day)
        self.fields["role"].queryset = Role.objects.of_force(force)
        self.fields["unit"].queryset = Unit.objects.of_force(force).open_on(day).order_by("path")
        self.fields["starts_on"].initial = day
        self.fields["post"] = PostReferenceField(
            force=force, required=False, label="Or one post", help_text="Its reference"
        )
        self.order_fields(["form_key", "what", "role", "unit", "post"])

    def write(self) -> SkillRequirement:
        skill, level = self.cleaned_data["what"]
        names = ("role", "post", "unit", "extent", "number", "share", "starts_on")
        return services.requirement_create(
            skill=skill,
            level=level,
            ends_before=self.first_day_after(),
            **{name: self.cleaned_data[name] for name in names},
        )


class RequirementEndForm(EditForm):
    columns: ClassVar = {"ends_on": "during.upper"}

    ends_on = LastDayField(required=False, help_text="Leave empty where it has no end")

    def shown(self, record: SkillRequirement) -> dict[str, Any]:
        return {"ends_on": last_day_of(record.during)}

    def write(self) -> SkillRequirement:
        return services.requirement_end(
            requirement=self.record, ends_before=self.first_day_after(), seen=self.seen
        )


class RequirementRemoveForm(EditForm):
    def shown(self, record: SkillRequirement) -> dict[str, Any]:
        return {}

    def write(self) -> SkillRequirement:
        services.requirement_remove(requirement=self.record, seen=self.seen)
        return self.record
