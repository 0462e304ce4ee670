"""Subject access requests for programs: recorded, extended, exported and closed."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from peelsite.accounts.access import ActionPermission, ForceScopedMixin, force_of, require, rows_within
from peelsite.accounts.token_scope import check_action
from peelsite.audit.subject_access import services
from peelsite.audit.subject_access.models import CLOSED, SubjectAccessExport, SubjectAccessRequest
from peelsite.audit.subject_access.selectors import NEEDED, export_there, may_answer
from peelsite.audit.subject_access.views import ZIP_TYPE, export_begin, zip_response
from peelsite.web.editing.api import VersionField, written


class AccessExportSerializer(serializers.ModelSerializer):
    class Meta:
        model = SubjectAccessExport
        fields = [
            "asked_at",
            "made_at",
            "expires_at",
            "size",
            "digest",
            "tables",
            "rows",
            "downloads",
            "removed_at",
        ]


class AccessRequestSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    person = serializers.IntegerField(source="person_id")
    days_left = serializers.SerializerMethodField(help_text="Of open requests; below 0 when overdue.")
    exports = AccessExportSerializer(many=True)
    version = VersionField()

    class Meta:
        model = SubjectAccessRequest
        fields = [
            "id",
            "force",
            "person",
            "received_on",
            "due_on",
            "days_left",
            "asked_by",
            "reason",
            "extended_on",
            "extension_reason",
            "state",
            "closed_on",
            "outcome",
            "exports",
            "version",
        ]

    def get_days_left(self, request: SubjectAccessRequest) -> int | None:
        return request.days_left(timezone.localdate()) if request.is_open else None


class AccessRequestCreateSerializer(serializers.Serializer):
    force = serializers.SlugField()
    person = serializers.IntegerField(help_text="The person's id.")
    received_on = serializers.DateField()
    asked_by = serializers.CharField(max_length=200)
    reason = serializers.CharField(max_length=2000, help_text="What is asked for.")


class ExtendSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000)


class CloseSerializer(serializers.Serializer):
    state = serializers.ChoiceField(choices=CLOSED)
    closed_on = serializers.DateField()
    outcome = serializers.CharField(max_length=1000)


class BothPermission(ActionPermission):
    """All history and all people: a token must have been made for both."""

    def has_permission(self, request, view) -> bool:
        if not super().has_permission(request, view):
            return False
        for needed in NEEDED:
            check_action(request.user, needed)
        return any(may_answer(request.user, force) for force in request.user.forces())


class SubjectAccessViewSet(ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    """Requests to see what is held on a person. Needs `history.view` and `people.view`, both.

    An export is made in the background: `prepare` begins it, `made_at` says when it is there, and `download`
    hands it over for 7 days; each download is counted and written down as a sensitive read.
    """

    queryset = SubjectAccessRequest.objects.select_related("force").prefetch_related("exports")
    serializer_class = AccessRequestSerializer
    permission_classes = [BothPermission]
    read_action = write_action = NEEDED[0]
    filterset_fields = ["force__slug", "state"]
    ordering_fields = ["due_on", "received_on"]

    def get_queryset(self):
        found = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return found
        for needed in NEEDED[1:]:
            found = found.filter(rows_within(self.request.user, needed))
        return found

    @extend_schema(request=AccessRequestCreateSerializer, responses={201: AccessRequestSerializer})
    def create(self, request) -> Response:
        values = self._given(AccessRequestCreateSerializer)
        force = force_of(request.user, values.pop("force"))
        for needed in NEEDED:
            require(request.user, needed, force)
        made = written(
            services.access_request_record,
            force=force,
            person_id=values.pop("person"),
            user=request.user,
            **values,
        )
        return self._shown(made, 201)

    @extend_schema(request=ExtendSerializer, responses=AccessRequestSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request, pk=None) -> Response:
        """Take two more months, once, within the first."""
        found, given = self.get_object(), self._given(ExtendSerializer)
        return self._shown(written(services.access_request_extend, request=found, **given))

    @extend_schema(request=CloseSerializer, responses=AccessRequestSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None) -> Response:
        """Answered, refused or withdrawn."""
        found, given = self.get_object(), self._given(CloseSerializer)
        return self._shown(written(services.access_request_close, request=found, **given))

    @extend_schema(request=None, responses={202: AccessRequestSerializer})
    @action(detail=True, methods=["post"])
    def prepare(self, request, pk=None) -> Response:
        """Begin the export; one that is there or under way is left."""
        found = self.get_object()
        export_begin(written(services.access_export_prepare, request=found, user=request.user), request.user)
        return self._shown(found, 202)

    @extend_schema(request=None, responses={(200, ZIP_TYPE): OpenApiTypes.BINARY})
    @action(detail=True, methods=["post"])
    def download(self, request, pk=None) -> HttpResponse:
        """The zip of the export that is there; 404 when none is."""
        found = self.get_object()
        export = export_there(found)
        if export is None or not export.is_there:
            raise NotFound
        content = services.access_export_download(
            export=export, user=request.user, path=request.path, request_id=request._request.request_id
        )
        return zip_response(found, content)

    def _given(self, serializer_class) -> dict[str, Any]:
        asked = serializer_class(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return asked.validated_data

    def _shown(self, row: SubjectAccessRequest, status: int = 200) -> Response:
        fresh = self.get_queryset().get(pk=row.pk)
        return Response(self.get_serializer(fresh).data, status=status)


api_routes = [("subject-access-requests", SubjectAccessViewSet, "subject-access")]
