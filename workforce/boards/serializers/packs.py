"""Packs and members of boards as JSON."""

from rest_framework import serializers

from workforce.boards.comparison.models import PackChange
from workforce.boards.members.models import BoardMember
from workforce.boards.pack.models import PackEdition, PackForecast, PackNote
from workforce.boards.serializers.boards import (
    AgendaItemSerializer,
    BoardSerializer,
    CarriedActionSerializer,
    PackLineSerializer,
)


class PackEditionSerializer(serializers.ModelSerializer):
    class Meta:
        model = PackEdition
        fields = [
            "marking",
            "compared_with",
            "year_ends_on",
            "run_id",
            "run_as_at",
            "run_seed",
            "run_draws",
            "run_version",
            "run_scenario",
        ]
        read_only_fields = fields


class PackForecastSerializer(serializers.ModelSerializer):
    """A figure for each of `days`. A gap is establishment less strength; low and high are P10 and P90."""

    class Meta:
        model = PackForecast
        fields = [
            "dimension",
            "key",
            "label",
            "days",
            "establishment",
            "strength",
            "gap_low",
            "gap",
            "gap_high",
            "chance",
            "threshold_fte",
        ]
        read_only_fields = fields


class PackNoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = PackNote
        fields = ["dimension", "key", "label", "text", "written_by", "written_at"]
        read_only_fields = fields


class PackChangeSerializer(serializers.ModelSerializer):
    """A part of a difference, signed. 'then' and all parts of a line add up to what this pack says."""

    gap_fte = serializers.DecimalField(max_digits=12, decimal_places=4, read_only=True)
    group = serializers.CharField(read_only=True, help_text="accounting, records, posts or people")

    class Meta:
        model = PackChange
        fields = [
            "dimension",
            "key",
            "kind",
            "group",
            "establishment_fte",
            "strength_fte",
            "gap_fte",
            "count",
        ]
        read_only_fields = fields


class PackSerializer(serializers.Serializer):
    board = BoardSerializer()
    is_draft = serializers.BooleanField()
    digest = serializers.CharField(help_text="SHA-256 over the rows as they are now.")
    is_intact = serializers.BooleanField(help_text="Whether the frozen rows still have the digest they had.")
    edition = PackEditionSerializer(allow_null=True)
    last_time = serializers.CharField(source="last_time.words")
    lines = PackLineSerializer(many=True)
    items = AgendaItemSerializer(many=True)
    carried = CarriedActionSerializer(many=True)
    notes = PackNoteSerializer(many=True)
    forecasts = PackForecastSerializer(many=True)
    changes = PackChangeSerializer(many=True)


class BoardMemberSerializer(serializers.ModelSerializer):
    """A user of the site, or a name with an address."""

    mail_to = serializers.EmailField(read_only=True)

    class Meta:
        model = BoardMember
        fields = ["id", "series", "role", "user", "name", "address", "mail_to"]
        read_only_fields = ["mail_to"]
        validators: list = []


class BoardMemberChangeSerializer(serializers.Serializer):
    role = serializers.ChoiceField(choices=BoardMember._meta.get_field("role").choices)
    name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    address = serializers.EmailField(required=False, allow_blank=True)
