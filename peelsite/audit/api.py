"""Row history for programs: read only, of one force."""

from datetime import timedelta

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, force_of, require
from peelsite.accounts.permissions import Action
from peelsite.audit.filters import ApiSensitiveReadFilter
from peelsite.audit.forms import DAYS_AT_FIRST
from peelsite.audit.models import SensitiveRead
from peelsite.audit.retention.api import api_routes as retention_routes
from peelsite.audit.selectors import latest_changes
from peelsite.audit.subject_access.api import api_routes as subject_access_routes
from peelsite.audit.tracked import readable_tables


class SourceSerializer(serializers.Serializer):
    who = serializers.CharField()
    where = serializers.CharField()
    request = serializers.CharField()
    reason = serializers.CharField(help_text="Why, where the change was a correction; else empty.")


class ChangeSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    table = serializers.CharField()
    verb = serializers.CharField()
    rows = serializers.IntegerField()
    record_id = serializers.IntegerField(allow_null=True, help_text="Where one record was changed.")
    source = SourceSerializer()


class ChangesAsked(serializers.Serializer):
    force = serializers.SlugField()
    table = serializers.CharField(required=False, help_text="For example workforce.post.")
    first = serializers.DateField(required=False, help_text="By default 30 days before `last`.")
    last = serializers.DateField(required=False, help_text="By default today.")


class ChangeViewSet(viewsets.ViewSet):
    """What was changed lately in a force, one line for each table and action, newest first, 200 at most."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[ChangesAsked, OpenApiParameter("page", OpenApiTypes.INT, exclude=True)],
        responses=ChangeSerializer(many=True),
    )
    def list(self, request) -> Response:
        asked = ChangesAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        force = force_of(request.user, values["force"])
        require(request.user, Action.HISTORY_VIEW, force)
        tables = readable_tables(request.user, force)
        if "table" in values:
            if values["table"] not in tables:
                raise ValidationError({"table": [f"Choose one of {', '.join(tables)}."]})
            tables = {values["table"]: tables[values["table"]]}
        last = values.get("last") or timezone.localdate()
        first = values.get("first") or last - timedelta(days=DAYS_AT_FIRST)
        found = latest_changes(force=force, tables=tables, first=first, last=last)
        return Response(ChangeSerializer(found, many=True).data)


class SensitiveReadSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    user = serializers.CharField(source="user.name", default="")
    people = serializers.SerializerMethodField(help_text="Names, for those who may see people; else empty.")
    people_count = serializers.SerializerMethodField()

    class Meta:
        model = SensitiveRead
        fields = [
            "id",
            "force",
            "at",
            "user",
            "kind",
            "reason",
            "people",
            "people_count",
            "path",
            "request_id",
        ]

    def get_people(self, read) -> list[str]:
        return read.labels if self.context["request"].user.may(Action.PEOPLE_VIEW, read.force) else []

    def get_people_count(self, read) -> int:
        return len(read.labels)


class SensitiveReadViewSet(ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    """Who looked at health data and other sensitive records, when and why; read only, nothing ever leaves."""

    queryset = SensitiveRead.objects.select_related("force", "user")
    serializer_class = SensitiveReadSerializer
    read_action = write_action = Action.HISTORY_VIEW
    filterset_class = ApiSensitiveReadFilter
    ordering_fields = ["at"]


api_routes = [
    ("changes", ChangeViewSet, "change"),
    ("sensitive-reads", SensitiveReadViewSet, "sensitive-read"),
    *subject_access_routes,
    *retention_routes,
]
