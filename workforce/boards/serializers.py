"""Boards as JSON."""

from rest_framework import serializers

from peelsite.accounts.access import forces_allowing
from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.web.editing.api import VersionField
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import decision_sentence
from workforce.boards.decisions.models import (
    ActionState,
    BoardAction,
    Decision,
    DecisionKind,
    FillSource,
    PostToFill,
)
from workforce.boards.decisions.selectors import words_of
from workforce.boards.decisions.services import DecisionValues
from workforce.boards.matching.services import MATCH_KINDS
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.pack.models import CarriedAction, PackLine
from workforce.establishment.models import FundingSource, Post
from workforce.people.models import Person
from workforce.writing import ForceField, OfForceField

_FTE = {"max_digits": 12, "decimal_places": 4, "read_only": True}


class OfBoardField(serializers.PrimaryKeyRelatedField):
    """A board, or what belongs to one, of the forces in which the user may do `action`."""

    def __init__(self, *, rows, action: Action, force_field: str, **kwargs) -> None:
        self.action, self.force_field = action, force_field
        super().__init__(queryset=rows, **kwargs)

    def get_queryset(self):
        allowed = forces_allowing(self.context["request"].user, self.action)
        return super().get_queryset().filter(**{f"{self.force_field}__in": allowed})


class BoardSeriesSerializer(serializers.ModelSerializer):
    force = ForceField(action=Action.BOARD_PREPARE)

    version = VersionField()

    class Meta:
        model = BoardSeries
        fields = [
            "id",
            "force",
            "name",
            "interval_months",
            "first_meeting_on",
            "pack_days_before",
            "gap_threshold_fte",
            "vacancy_days",
            "funding_months",
            "closed_on",
            "version",
        ]
        read_only_fields = ["closed_on"]
        # The service says in words what the constraints hold.
        validators = []


class BoardSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    published_by = serializers.StringRelatedField()
    approved_by = serializers.StringRelatedField()

    version = VersionField()

    class Meta:
        model = Board
        fields = [
            "id",
            "force",
            "series",
            "nominal_on",
            "held_on",
            "pack_on",
            "state",
            "published_by",
            "published_at",
            "pack_digest",
            "approved_by",
            "approved_at",
            "minutes_digest",
            "version",
        ]
        read_only_fields = fields


class BoardMoveSerializer(serializers.Serializer):
    held_on = serializers.DateField()
    pack_on = serializers.DateField(required=False)


class AgendaItemSerializer(serializers.ModelSerializer):
    gap_fte = serializers.DecimalField(**_FTE, allow_null=True)

    version = VersionField()

    class Meta:
        model = AgendaItem
        fields = [
            "id",
            "board",
            "position",
            "title",
            "rank",
            "role",
            "location",
            "unit",
            "raised_by",
            "reason",
            "establishment_fte",
            "strength_fte",
            "gap_fte",
            "vacant_fte",
            "vacant_posts",
            "longest_vacant_days",
            "acting_past_limit",
            "funding_ends_on",
            "removed_at",
            "removed_reason",
            "moved_reason",
            "version",
        ]
        read_only_fields = fields


class AgendaItemAddSerializer(serializers.Serializer):
    board = OfBoardField(rows=Board.objects.all(), action=Action.BOARD_PREPARE, force_field="force")
    title = serializers.CharField(max_length=300, required=False, default="")
    reason = serializers.CharField()
    rank_id = serializers.IntegerField(required=False)
    role_id = serializers.IntegerField(required=False)
    location_id = serializers.IntegerField(required=False)
    unit_id = serializers.IntegerField(required=False)

    CELL = ("rank_id", "role_id", "location_id", "unit_id")

    def validate(self, attrs):
        given = [name for name in self.CELL if name in attrs]
        if given and len(given) < len(self.CELL):
            raise serializers.ValidationError("Give rank, role, location and unit, or none of them.")
        return attrs


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class ItemMoveSerializer(ReasonSerializer):
    position = serializers.IntegerField(min_value=1)


class PackLineSerializer(serializers.ModelSerializer):
    gap_fte = serializers.DecimalField(**_FTE)

    class Meta:
        model = PackLine
        # Absence by line is health data of few people; the page keeps small counts back, the API all of them.
        fields = [
            "dimension",
            "position",
            "key",
            "label",
            "code",
            "category",
            "depth",
            "posts",
            "establishment_fte",
            "strength_fte",
            "gap_fte",
            "headcount",
            "under_fte",
            "over_fte",
            "vacant_fte",
            "vacant_posts",
            "supernumerary_fte",
            "acting_fte",
            "acting_heads",
        ]


class CarriedActionSerializer(serializers.ModelSerializer):
    class Meta:
        model = CarriedAction
        fields = [
            "action",
            "agreed_on",
            "is_of_last_board",
            "text",
            "owner_name",
            "due_on",
            "state",
            "closed_on",
            "is_late",
        ]


class PackSerializer(serializers.Serializer):
    board = BoardSerializer()
    last_time = serializers.CharField(source="last_time.words")
    lines = PackLineSerializer(many=True)
    items = AgendaItemSerializer(many=True)
    carried = CarriedActionSerializer(many=True)


class MinutesSerializer(serializers.Serializer):
    board = serializers.IntegerField()
    is_approved = serializers.BooleanField()
    text = serializers.CharField()
    digest = serializers.CharField(help_text="Send it as `seen_digest` to approve this very text.")


class ApproveSerializer(serializers.Serializer):
    seen_digest = serializers.CharField(max_length=64)


class CorrectionSerializer(serializers.ModelSerializer):
    made_by = serializers.StringRelatedField()

    class Meta:
        model = MinuteCorrection
        fields = ["id", "board", "text", "made_by", "made_at"]
        read_only_fields = ["board", "made_at"]


class DecisionSerializer(serializers.ModelSerializer):
    sentence = serializers.SerializerMethodField()
    decided_by = serializers.StringRelatedField()
    board = serializers.IntegerField(source="item.board_id")
    posts = serializers.SerializerMethodField()

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
            "funding",
            "new_posts",
            "new_reference",
            "owner",
            "due_on",
            "reason",
            "decided_by",
            "decided_at",
            "sentence",
            "version",
        ]

    def get_sentence(self, decision) -> str:
        return decision_sentence(words_of(decision))

    def get_posts(self, decision) -> list[int]:
        return [each.post_id for each in decision.decision_posts.all()]


class DecisionChangeSerializer(serializers.Serializer):
    """A whole decision."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    source = serializers.ChoiceField(choices=FillSource.choices, required=False)
    fte = serializers.DecimalField(max_digits=8, decimal_places=4)
    effective_on = serializers.DateField()
    due_on = serializers.DateField()
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_active=True))
    reason = serializers.CharField()
    posts = OfForceField(model=Post, action=Action.BOARD_DECIDE, many=True, required=False)
    funding = OfForceField(model=FundingSource, action=Action.BOARD_DECIDE, required=False)
    new_posts = serializers.IntegerField(min_value=1, max_value=50, required=False)
    new_reference = serializers.CharField(max_length=26, required=False)

    def decision_values(self) -> DecisionValues:
        own = {"item", "seen"}
        return DecisionValues(
            **{name: value for name, value in self.validated_data.items() if name not in own}
        )


class DecisionCreateSerializer(DecisionChangeSerializer):
    item = OfBoardField(
        rows=AgendaItem.objects.select_related("board"),
        action=Action.BOARD_DECIDE,
        force_field="board__force",
    )
    seen = serializers.IntegerField(
        required=False, help_text="How many decisions the item had when it was read; more by now is refused."
    )


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


class SeriesCloseSerializer(serializers.Serializer):
    closed_on = serializers.DateField(
        allow_null=True, help_text="First day without a board of this series; null opens it again."
    )


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
    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in MATCH_KINDS], required=False)
    ends_before = serializers.DateField(required=False)
