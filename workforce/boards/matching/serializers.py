"""Matching as JSON."""

from typing import Any

from rest_framework import serializers

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Location, Unit
from peelsite.web.editing.api import VersionField
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching.calc import Assessment, PersonFacts
from workforce.boards.matching.models import (
    MATCH_CHOICES,
    AskedSide,
    AskedState,
    FlexiblePattern,
    FlexibleWorking,
    MatchingSettings,
    MinimumStrength,
    MoveAsked,
    MoveChain,
    MovePreference,
    MoveProposal,
    PromotionPlace,
    PromotionStanding,
)
from workforce.establishment.models import Rank, Role
from workforce.people.models import Person, PostingKind
from workforce.writing import ForceField, OfForceField

_MATCH = {"action": Action.POST_MATCH}
_PEOPLE = {"action": Action.PEOPLE_EDIT}


class AskedSerializer(serializers.ModelSerializer):
    class Meta:
        model = MoveAsked
        fields = [
            "side",
            "unit",
            "state",
            "from_day",
            "reason",
            "is_for_absent_head",
            "asked_at",
            "answered_at",
        ]


class MoveSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    asked = AskedSerializer(many=True, read_only=True)
    version = VersionField()

    class Meta:
        model = MoveProposal
        fields = [
            "id",
            "force",
            "to_fill",
            "post",
            "person",
            "left_post",
            "kind",
            "starts_on",
            "ends_before",
            "note",
            "state",
            "reason",
            "proposed_by",
            "proposed_at",
            "chain",
            "place",
            "posting",
            "asked",
            "version",
        ]


class FollowSerializer(serializers.Serializer):
    person = OfForceField(model=Person, **_MATCH)
    starts_on = serializers.DateField()
    kind = serializers.ChoiceField(choices=MATCH_CHOICES, default=PostingKind.SUBSTANTIVE)
    ends_before = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    knowing = serializers.BooleanField(
        default=False, help_text="Propose it although it meets something that one may accept."
    )


class ProposeSerializer(FollowSerializer):
    to_fill = OfForceField(model=PostToFill, **_MATCH)
    in_chain = serializers.BooleanField(default=False)


class AnswerSerializer(serializers.Serializer):
    side = serializers.ChoiceField(choices=AskedSide.choices, default=AskedSide.LEAVES)
    answer = serializers.ChoiceField(
        choices=[state for state in AskedState.choices if state[0] != AskedState.WAITING]
    )
    from_day = serializers.DateField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class MoveReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class CandidateSerializer(serializers.Serializer):
    """A person for a post, as a unit head may see them: nothing of health, nothing of remarks."""

    person = serializers.IntegerField()
    name = serializers.CharField()
    number = serializers.CharField()
    rank = serializers.CharField()
    role = serializers.CharField()
    unit = serializers.CharField()
    location = serializers.CharField()
    score = serializers.IntegerField()
    reasons_for = serializers.ListField(child=serializers.CharField())
    reasons_against = serializers.ListField(child=serializers.CharField())
    to_know = serializers.ListField(child=serializers.CharField())
    cannot = serializers.ListField(child=serializers.CharField())


def candidate_row(person: PersonFacts, assessment: Assessment) -> dict[str, Any]:
    names = ("name", "number", "rank", "role", "unit", "location")
    return {name: getattr(person, name) for name in names} | {
        "person": person.person_id,
        "score": assessment.score,
        "reasons_for": assessment.reasons_for,
        "reasons_against": assessment.reasons_against,
        "to_know": assessment.to_know,
        "cannot": list(assessment.cannot),
    }


class MoveChainSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    moves = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    version = VersionField()

    class Meta:
        model = MoveChain
        fields = ["id", "force", "moves", "below_minimum_reason", "started_by", "started_at", "version"]


class ChainReasonSerializer(serializers.Serializer):
    below_minimum_reason = serializers.CharField(max_length=300, allow_blank=True)


class _DatedSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    starts_on = serializers.DateField(source="during.lower", read_only=True)
    ends_before = serializers.DateField(source="during.upper", read_only=True, allow_null=True)
    version = VersionField()


class _DatedGivenSerializer(serializers.Serializer):
    starts_on = serializers.DateField()
    ends_before = serializers.DateField(required=False, allow_null=True, default=None)


class MinimumSerializer(_DatedSerializer):
    class Meta:
        model = MinimumStrength
        fields = ["id", "force", "unit", "rank", "fte", "starts_on", "ends_before", "reason", "version"]


class MinimumChangeSerializer(_DatedGivenSerializer):
    fte = serializers.DecimalField(max_digits=8, decimal_places=4)
    reason = serializers.CharField(max_length=200)


class MinimumGivenSerializer(MinimumChangeSerializer):
    unit = OfForceField(model=Unit, action=Action.BOARD_VIEW)
    rank = OfForceField(model=Rank, action=Action.BOARD_VIEW, allow_null=True, default=None)


class SettingsSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    version = VersionField()

    class Meta:
        model = MatchingSettings
        fields = ["id", "force", "minimum_tenure_months", "answer_days", "version"]


class SettingsChangeSerializer(serializers.Serializer):
    minimum_tenure_months = serializers.IntegerField(min_value=0, max_value=120)
    answer_days = serializers.IntegerField(min_value=1, max_value=60)


class SettingsGivenSerializer(SettingsChangeSerializer):
    force = ForceField(action=Action.ESTABLISHMENT_EDIT)


class PreferenceSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    roles = serializers.SerializerMethodField()
    locations = serializers.SerializerMethodField()
    unit = serializers.SerializerMethodField()
    version = VersionField()

    class Meta:
        model = MovePreference
        fields = [
            "id",
            "force",
            "person",
            "wants_move",
            "not_before",
            "roles",
            "locations",
            "unit",
            "remarks",
            "version",
        ]

    def get_roles(self, row: MovePreference) -> list[int]:
        return _wished(row, "role_id")

    def get_locations(self, row: MovePreference) -> list[int]:
        return _wished(row, "location_id")

    def get_unit(self, row: MovePreference) -> int | None:
        return next(iter(_wished(row, "unit_id")), None)


def _wished(row: MovePreference, column: str) -> list[int]:
    return sorted(found for wish in row.wishes.all() if (found := getattr(wish, column)) is not None)


class PreferenceChangeSerializer(serializers.Serializer):
    wants_move = serializers.BooleanField()
    not_before = serializers.DateField(required=False, allow_null=True, default=None)
    roles = OfForceField(model=Role, **_PEOPLE, many=True, default=list)
    locations = OfForceField(model=Location, **_PEOPLE, many=True, default=list)
    unit = OfForceField(model=Unit, **_PEOPLE, allow_null=True, default=None)
    remarks = serializers.CharField(max_length=1000, allow_blank=True, default="")


class PreferenceGivenSerializer(PreferenceChangeSerializer):
    person = OfForceField(model=Person, **_PEOPLE)


class FlexibleSerializer(_DatedSerializer):
    class Meta:
        model = FlexibleWorking
        fields = [
            "id",
            "force",
            "person",
            "pattern",
            "hours",
            "fte",
            "starts_on",
            "ends_before",
            "review_on",
            "version",
        ]


class FlexibleGivenSerializer(_DatedGivenSerializer):
    person = OfForceField(model=Person, **_PEOPLE)
    pattern = serializers.ChoiceField(choices=FlexiblePattern.choices)
    hours = serializers.CharField(max_length=200)
    fte = serializers.DecimalField(max_digits=5, decimal_places=4, default="1")
    review_on = serializers.DateField()


class PromotionSerializer(_DatedSerializer):
    class Meta:
        model = PromotionPlace
        fields = ["id", "force", "person", "rank", "standing", "starts_on", "ends_before", "version"]


class PromotionGivenSerializer(_DatedGivenSerializer):
    person = OfForceField(model=Person, **_PEOPLE)
    rank = OfForceField(model=Rank, **_PEOPLE)
    standing = serializers.ChoiceField(choices=PromotionStanding.choices)
