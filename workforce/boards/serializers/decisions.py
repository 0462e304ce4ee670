"""Decisions, actions and posts to fill as JSON."""

from rest_framework import serializers

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import JointUnit
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.api import VersionField
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import decision_sentence, progress_sentence, standing
from workforce.boards.decisions.models import (
    ActionState,
    BoardAction,
    Decision,
    DecisionKind,
    FillSource,
    PostToFill,
)
from workforce.boards.decisions.selectors import followed_of, words_of
from workforce.boards.decisions.services import DecisionValues
from workforce.boards.matching.models import MATCH_CHOICES
from workforce.boards.meetings.models import Board
from workforce.boards.serializers.fields import OfBoardField
from workforce.establishment.calc import CellKey
from workforce.establishment.models import FundingSource, Post
from workforce.people.models import Person
from workforce.writing import OfForceField

_FTE = {"max_digits": 12, "decimal_places": 4, "read_only": True}


class DecisionSerializer(serializers.ModelSerializer):
    sentence = serializers.SerializerMethodField()
    decided_by = serializers.StringRelatedField()
    board = serializers.IntegerField(source="item.board_id")
    posts = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField(help_text="How it stands on the force's opening day.")
    progress = serializers.SerializerMethodField()
    asked = serializers.IntegerField(
        source="asked_count", help_text="Posts that unit heads are asked to fill."
    )
    matched = serializers.IntegerField(source="matched_count")

    version = VersionField()

    class Meta:
        model = Decision
        fields = [
            "id",
            "board",
            "item",
            "kind",
            "source",
            "fte",
            "effective_on",
            "posts",
            "donor_rank",
            "donor_role",
            "donor_location",
            "donor_unit",
            "funding",
            "new_posts",
            "new_reference",
            "to_rank",
            "to_role",
            "to_location",
            "to_unit",
            "to_fte",
            "joint_unit",
            "owner",
            "due_on",
            "review_on",
            "reason",
            "decided_by",
            "decided_at",
            "sentence",
            "state",
            "progress",
            "asked",
            "matched",
            "version",
        ]

    def get_sentence(self, decision) -> str:
        return decision_sentence(words_of(decision))

    def get_posts(self, decision) -> list[int]:
        return [each.post_id for each in decision.decision_posts.all()]

    def get_state(self, decision) -> str:
        day = opening_day(decision.item.board.force)
        return standing(followed_of(decision, day), day).value

    def get_progress(self, decision) -> str:
        day = opening_day(decision.item.board.force)
        return progress_sentence(followed_of(decision, day), day)


class CellSerializer(serializers.Serializer):
    rank_id = serializers.IntegerField()
    role_id = serializers.IntegerField()
    location_id = serializers.IntegerField()
    unit_id = serializers.IntegerField()

    def to_internal_value(self, data):
        return CellKey(**super().to_internal_value(data))


class DecisionChangeSerializer(serializers.Serializer):
    """A whole decision."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    source = serializers.ChoiceField(choices=FillSource.choices, required=False)
    donor = CellSerializer(required=False, help_text="The cell that gives; a move needs one.")
    fte = serializers.DecimalField(max_digits=8, decimal_places=4)
    effective_on = serializers.DateField()
    due_on = serializers.DateField()
    review_on = serializers.DateField(required=False, help_text="The due date unless given.")
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_active=True))
    reason = serializers.CharField()
    posts = OfForceField(model=Post, action=Action.BOARD_DECIDE, many=True, required=False)
    funding = OfForceField(model=FundingSource, action=Action.BOARD_DECIDE, required=False)
    new_posts = serializers.IntegerField(min_value=1, max_value=50, required=False)
    new_reference = serializers.CharField(max_length=26, required=False)
    profile = CellSerializer(required=False, help_text="What re-profiled posts are afterwards.")
    to_fte = serializers.DecimalField(max_digits=6, decimal_places=4, required=False)
    joint_unit = OfForceField(
        model=JointUnit,
        action=Action.BOARD_DECIDE,
        required=False,
        help_text="Where only the allocation between its forces changes.",
    )

    def decision_values(self) -> DecisionValues:
        own = {"item", "seen"}
        return DecisionValues(
            **{name: value for name, value in self.validated_data.items() if name not in own}
        )


class DecisionCreateSerializer(DecisionChangeSerializer):
    item = OfBoardField(
        rows=AgendaItem.objects.select_related("board__series", "board__force"),
        action=Action.BOARD_DECIDE,
        force_field="board__force",
    )
    seen = serializers.IntegerField(
        required=False, help_text="How many decisions the item had when it was read; more by now is refused."
    )


class ProjectedRangeSerializer(serializers.Serializer):
    p10 = serializers.FloatField()
    p50 = serializers.FloatField()
    p90 = serializers.FloatField()
    chance = serializers.FloatField(help_text="Chance that the gap is more than the threshold.")


class LineEffectSerializer(serializers.Serializer):
    label = serializers.CharField()
    on = serializers.DateField()
    threshold = serializers.FloatField()
    gives = serializers.BooleanField(help_text="Whether people or posts leave this cell.")
    before = ProjectedRangeSerializer()
    after = ProjectedRangeSerializer()
    sentence = serializers.CharField()


class EffectSerializer(serializers.Serializer):
    """Gaps projected without and with a decision, FTE, short above nought; `as_at` is null without a run."""

    as_at = serializers.DateField(allow_null=True)
    lines = LineEffectSerializer(many=True)


class BoardActionSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = BoardAction
        fields = [
            "id",
            "force",
            "board",
            "decision",
            "text",
            "owner",
            "due_on",
            "state",
            "closed_on",
            "closed_reason",
        ]


class BoardActionAddSerializer(serializers.Serializer):
    board = OfBoardField(rows=Board.objects.all(), action=Action.BOARD_DECIDE, force_field="force")
    text = serializers.CharField()
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_active=True))
    due_on = serializers.DateField()


class BoardActionCloseSerializer(serializers.Serializer):
    state = serializers.ChoiceField(choices=[ActionState.DONE.value, ActionState.DROPPED.value])
    reason = serializers.CharField(required=False, default="", allow_blank=True)


class BoardActionHandOverSerializer(serializers.Serializer):
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_active=True))
    due_on = serializers.DateField()
    reason = serializers.CharField()


class PostToFillSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    reference = serializers.CharField(source="post.reference")
    fill_by = serializers.DateField()
    source = serializers.CharField(source="decision.source")

    class Meta:
        model = PostToFill
        fields = [
            "id",
            "force",
            "decision",
            "post",
            "reference",
            "fill_by",
            "source",
            "state",
            "person",
            "posting",
            "matched_at",
        ]


class MatchSerializer(serializers.Serializer):
    person = OfForceField(model=Person, action=Action.POST_MATCH)
    starts_on = serializers.DateField()
    kind = serializers.ChoiceField(choices=MATCH_CHOICES, required=False)
    ends_before = serializers.DateField(required=False)
