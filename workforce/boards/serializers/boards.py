"""Boards as JSON."""

from rest_framework import serializers

from peelsite.accounts.permissions import Action
from peelsite.web.editing.api import VersionField
from workforce.boards.agenda.models import AgendaItem, Matter
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.pack.models import CarriedAction, PackLine
from workforce.boards.serializers.fields import OfBoardField
from workforce.writing import ForceField

_FTE = {"max_digits": 12, "decimal_places": 4, "read_only": True}


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
            "temporary_days",
            "funding_months",
            "secondment_months",
            "projection_months",
            "projected_gap_fte",
            "projected_chance",
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
            "projected_on",
            "projected_p10",
            "projected_p50",
            "projected_p90",
            "projected_chance",
            "projected_threshold",
            "follows",
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


class MatterSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = Matter
        fields = [
            "id",
            "force",
            "kind",
            "rank",
            "role",
            "location",
            "unit",
            "reason",
            "origin_kind",
            "origin_id",
            "raised_on",
            "settled_on",
        ]


class SeriesCloseSerializer(serializers.Serializer):
    closed_on = serializers.DateField(
        allow_null=True, help_text="First day without a board of this series; null opens it again."
    )
