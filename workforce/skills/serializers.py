"""What the API of skills shows and takes."""

from decimal import Decimal

from rest_framework import serializers

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Unit
from peelsite.web.editing.api import VersionField
from workforce.establishment.models import Post, Role
from workforce.people.models import Person
from workforce.skills.models import (
    Course,
    CoursePlace,
    CourseState,
    PersonSkill,
    PlaceState,
    RequirementExtent,
    Skill,
    SkillGroup,
    SkillRequirement,
)
from workforce.writing import ForceField, OfForceField

_EDIT = {"action": Action.SKILLS_EDIT}
_CONFIRM = {"action": Action.SKILLS_CONFIRM}


class _OfForceSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    version = VersionField()


class _DatedSerializer(_OfForceSerializer):
    starts_on = serializers.DateField(source="during.lower", read_only=True)
    ends_before = serializers.DateField(source="during.upper", read_only=True, allow_null=True)


class SkillSerializer(_OfForceSerializer):
    class Meta:
        model = Skill
        fields = [
            "id",
            "force",
            "code",
            "name",
            "group",
            "description",
            "levels",
            "lasts_months",
            "short_below",
            "retired_on",
            "version",
        ]


class SkillValuesSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=100)
    group = serializers.ChoiceField(SkillGroup.choices, default=SkillGroup.OTHER)
    levels = serializers.ListField(
        child=serializers.CharField(max_length=60), help_text="From the lowest to the highest, at least one."
    )
    description = serializers.CharField(max_length=1000, allow_blank=True, default="")
    lasts_months = serializers.IntegerField(min_value=1, max_value=240, allow_null=True, default=None)
    short_below = serializers.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.8"),
        help_text="A department is short when it holds less than this share of what is required.",
    )


class SkillCreateSerializer(SkillValuesSerializer):
    force = ForceField(**_EDIT)


class RetireSerializer(serializers.Serializer):
    retired_on = serializers.DateField(
        allow_null=True, help_text="First day on which nobody is asked for it; null takes it up again."
    )


class RequirementSerializer(_DatedSerializer):
    class Meta:
        model = SkillRequirement
        fields = [
            "id",
            "force",
            "skill",
            "level",
            "role",
            "post",
            "unit",
            "extent",
            "number",
            "share",
            "starts_on",
            "ends_before",
            "version",
        ]


class RequirementCreateSerializer(serializers.Serializer):
    skill = OfForceField(model=Skill, **_EDIT)
    level = serializers.IntegerField(min_value=1, default=1)
    role = OfForceField(model=Role, required=False, allow_null=True, **_EDIT)
    post = OfForceField(model=Post, required=False, allow_null=True, **_EDIT)
    unit = OfForceField(model=Unit, required=False, allow_null=True, **_EDIT)
    extent = serializers.ChoiceField(RequirementExtent.choices, default=RequirementExtent.EVERYONE)
    number = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    share = serializers.DecimalField(max_digits=4, decimal_places=3, required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_before = serializers.DateField(required=False, allow_null=True)


class PersonSkillSerializer(_DatedSerializer):
    class Meta:
        model = PersonSkill
        fields = [
            "id",
            "force",
            "person",
            "skill",
            "level",
            "state",
            "starts_on",
            "ends_before",
            "evidence",
            "stated_on",
            "decided_on",
            "refusal",
            "version",
        ]


class PersonSkillCreateSerializer(serializers.Serializer):
    person = OfForceField(model=Person, **_CONFIRM)
    skill = OfForceField(model=Skill, **_CONFIRM)
    level = serializers.IntegerField(min_value=1, default=1)
    acquired_on = serializers.DateField()
    ends_before = serializers.DateField(
        required=False, allow_null=True, help_text="Left out: as long as the catalogue says."
    )
    evidence = serializers.CharField(max_length=500, allow_blank=True, default="")


class RefuseSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class CourseSerializer(_DatedSerializer):
    taken = serializers.IntegerField(read_only=True, help_text="Places that are given.")
    asked = serializers.IntegerField(read_only=True, help_text="Places asked for beside them.")

    class Meta:
        model = Course
        fields = [
            "id",
            "force",
            "title",
            "skill",
            "level",
            "provider",
            "starts_on",
            "ends_before",
            "places",
            "taken",
            "asked",
            "cost_per_place",
            "state",
            "version",
        ]


class CourseValuesSerializer(serializers.Serializer):
    title = serializers.CharField(max_length=120)
    skill = OfForceField(model=Skill, **_EDIT)
    level = serializers.IntegerField(min_value=1, default=1)
    provider = serializers.CharField(max_length=100)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The last day.")
    places = serializers.IntegerField(min_value=1, max_value=500)
    cost_per_place = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=0, default=Decimal(0))
    state = serializers.ChoiceField([CourseState.PLANNED, CourseState.CONFIRMED], default=CourseState.PLANNED)


class CoursePlaceSerializer(_OfForceSerializer):
    class Meta:
        model = CoursePlace
        fields = ["id", "force", "course", "person", "unit", "state", "reason", "version"]


class CoursePlaceCreateSerializer(serializers.Serializer):
    course = OfForceField(model=Course, **_CONFIRM)
    person = OfForceField(model=Person, **_CONFIRM)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class PlaceMoveSerializer(serializers.Serializer):
    state = serializers.ChoiceField(PlaceState.choices)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class CoverageSerializer(serializers.Serializer):
    """Figures are numbers of people."""

    skill = serializers.IntegerField(help_text="Id of the skill.")
    unit = serializers.IntegerField(help_text="Id of the department.")
    required = serializers.IntegerField()
    held = serializers.IntegerField(help_text="Confirmed and in date, up to what is required.")
    gap = serializers.IntegerField()
    spare = serializers.IntegerField(help_text="Hold it beyond what is required of their unit.")
    self_assessed = serializers.IntegerField()
    expiring_3 = serializers.IntegerField(help_text="Expires within 3 months.")
    expiring_6 = serializers.IntegerField(help_text="Expires within 6 months.")
    expected_gap = serializers.FloatField(help_text="With who may have left by the day asked for.")
    low = serializers.FloatField(help_text="P10 of the gap.")
    high = serializers.FloatField(help_text="P90 of the gap.")
    is_short = serializers.BooleanField()
