"""Rules of retention, legal holds and proof of what was removed, for programs."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, force_of, require
from peelsite.accounts.permissions import Action
from peelsite.audit.retention import services
from peelsite.audit.retention.forms import MOST_MONTHS
from peelsite.audit.retention.models import LegalHold, RetentionRule, RetentionRun
from peelsite.audit.retention.registry import class_of
from peelsite.audit.retention.selectors import due_by
from peelsite.history.api import ReasonedMixin
from peelsite.web.editing.api import GuardedMixin, VersionField, written


class RetentionRuleSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    version = VersionField()

    class Meta:
        model = RetentionRule
        fields = [
            "id",
            "force",
            "what",
            "months",
            "valid_from",
            "source",
            "is_confirmed",
            "is_on",
            "version",
        ]


class RuleChangeSerializer(serializers.Serializer):
    months = serializers.IntegerField(min_value=1, max_value=MOST_MONTHS)
    source = serializers.CharField(max_length=300)
    is_confirmed = serializers.BooleanField(default=False)
    is_on = serializers.BooleanField(default=False)


class RuleCreateSerializer(RuleChangeSerializer):
    force = serializers.SlugField()
    what = serializers.CharField(max_length=40, help_text="The records: absences, leavers, …")
    valid_from = serializers.DateField()


class DueSerializer(serializers.Serializer):
    before = serializers.DateField(help_text="What happened before this day is due.")
    count = serializers.IntegerField(help_text="What the rule would remove today.")
    held = serializers.IntegerField(help_text="Due, but kept by a hold or an open subject access request.")


class _WritingMixin:
    def given(self, serializer_class) -> dict[str, Any]:
        asked = serializer_class(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return asked.validated_data

    def given_force(self, values: dict[str, Any]):
        force = force_of(self.request.user, values.pop("force"))
        require(self.request.user, Action.RETENTION_EDIT, force)
        return force

    def shown(self, row, status: int = 200) -> Response:
        return Response(self.get_serializer(row).data, status=status)


class RetentionRuleViewSet(
    _WritingMixin, GuardedMixin, ReasonedMixin, ForceScopedMixin, viewsets.ReadOnlyModelViewSet
):
    """How long which records are kept. Of a class the rule that began last is the one that holds."""

    queryset = RetentionRule.objects.select_related("force")
    serializer_class = RetentionRuleSerializer
    read_action, write_action = Action.HISTORY_VIEW, Action.RETENTION_EDIT
    reasoned = frozenset({"update"})
    filterset_fields = ["force__slug", "what"]
    ordering_fields = ["what", "valid_from"]

    @extend_schema(request=RuleCreateSerializer, responses={201: RetentionRuleSerializer})
    def create(self, request) -> Response:
        values = self.given(RuleCreateSerializer)
        force = self.given_force(values)
        return self.shown(written(services.rule_add, force=force, **values), 201)

    @extend_schema(request=RuleChangeSerializer, responses=RetentionRuleSerializer)
    def update(self, request, pk=None) -> Response:
        found, values = self.get_object(), self.given(RuleChangeSerializer)
        return self.shown(written(services.rule_change, rule=found, seen=self.seen(), **values))

    @extend_schema(responses=DueSerializer)
    @action(detail=True, methods=["get"])
    def due(self, request, pk=None) -> Response:
        """A dry run: what the rule would remove today. Nothing is removed by a program."""
        found = self.get_object()
        if class_of(found.what) is None:
            return Response({"before": timezone.localdate(), "count": 0, "held": 0})
        return Response(DueSerializer(due_by(found, timezone.localdate())).data)


class LegalHoldSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    held_by = serializers.CharField(source="held_by.name", read_only=True)
    person = serializers.IntegerField(source="person_id", allow_null=True)
    version = VersionField()

    class Meta:
        model = LegalHold
        fields = [
            "id",
            "force",
            "what",
            "person",
            "reason",
            "held_by",
            "held_from",
            "until",
            "lift_reason",
            "version",
        ]


class HoldCreateSerializer(serializers.Serializer):
    force = serializers.SlugField()
    what = serializers.CharField(max_length=40, allow_blank=True, default="", help_text="Empty: all records.")
    person = serializers.IntegerField(allow_null=True, default=None, help_text="Null: everybody.")
    reason = serializers.CharField(max_length=1000)
    held_from = serializers.DateField()


class LiftSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000, help_text="Why the hold is lifted.")


class LegalHoldViewSet(_WritingMixin, GuardedMixin, ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    """Records that stay whatever the rules say."""

    queryset = LegalHold.objects.select_related("force", "held_by")
    serializer_class = LegalHoldSerializer
    read_action, write_action = Action.HISTORY_VIEW, Action.RETENTION_EDIT
    guarded = frozenset({"lift"})
    filterset_fields = ["force__slug", "what"]
    ordering_fields = ["held_from"]

    @extend_schema(request=HoldCreateSerializer, responses={201: LegalHoldSerializer})
    def create(self, request) -> Response:
        values = self.given(HoldCreateSerializer)
        force = self.given_force(values)
        made = written(
            services.hold_add, force=force, user=request.user, person_id=values.pop("person"), **values
        )
        return self.shown(made, 201)

    @extend_schema(request=LiftSerializer, responses=LegalHoldSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request, pk=None) -> Response:
        """End the hold with today."""
        hold, values = self.get_object(), self.given(LiftSerializer)
        lifted = written(services.hold_lift, hold=hold, user=request.user, seen=self.seen(), **values)
        return self.shown(lifted)


class RetentionRunSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    what = serializers.CharField(source="rule.what", read_only=True)

    class Meta:
        model = RetentionRun
        fields = [
            "id",
            "force",
            "rule",
            "what",
            "before",
            "removed",
            "held",
            "history_rows",
            "digest",
            "seal",
            "at",
        ]


class RetentionRunViewSet(ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    """Proof of what was removed: counts and digests, and nothing personal."""

    queryset = RetentionRun.objects.select_related("force", "rule")
    serializer_class = RetentionRunSerializer
    read_action = write_action = Action.HISTORY_VIEW
    filterset_fields = ["force__slug", "rule"]
    ordering_fields = ["at"]


api_routes = [
    ("retention-rules", RetentionRuleViewSet, "retention-rule"),
    ("legal-holds", LegalHoldViewSet, "legal-hold"),
    ("retention-runs", RetentionRunViewSet, "retention-run"),
]
