"""Imports for programs: upload, look, confirm, undo; the same steps and refusals as the pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, forces_allowing
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.imports import exports, services
from peelsite.imports.models import ImportBatch, ImportIssue, ImportRow, Outcome
from peelsite.imports.targets import all_targets, target_of
from peelsite.imports.work import work_start
from peelsite.walls.parsers import JSONParser, MultiPartParser
from peelsite.web.exports import XLSX_TYPE


class ImportSerializer(serializers.ModelSerializer):
    """Where an import stands. `mapping` gives for each column the place (from 0) of its heading in the
    sheet."""

    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    progress = serializers.SerializerMethodField(help_text="Per cent done while work is under way.")

    class Meta:
        model = ImportBatch
        fields = [
            "id",
            "force",
            "target",
            "state",
            "file_name",
            "digest",
            "size",
            "sheet",
            "header_row",
            "mapping",
            "options",
            "full_extract_as_at",
            "counts",
            "additions",
            "notes",
            "warnings",
            "error",
            "progress",
            "uploaded_at",
            "checked_at",
            "loaded_at",
            "undone_at",
        ]
        read_only_fields = fields

    def get_progress(self, batch: ImportBatch) -> int | None:
        job = services.job_of(batch) if batch.is_under_way else None
        return job.percent if job else None


class UploadSerializer(serializers.Serializer):
    """A multipart request: the file and where it goes."""

    force = serializers.SlugRelatedField(slug_field="slug", queryset=Force.objects.all())
    target = serializers.CharField(max_length=30, help_text="posts or people")
    file = serializers.FileField(help_text="xlsx, xls, ods or csv")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        allowed = forces_allowing(request.user, Action.IMPORT_RUN) if request else Force.objects.none()
        fields["force"].queryset = allowed
        return fields

    def validate_target(self, slug: str) -> str:
        if slug not in {target.slug for target in all_targets()}:
            raise ValidationError(f"Choose one of: {', '.join(target.slug for target in all_targets())}.")
        return slug


class CheckSerializer(serializers.Serializer):
    """Columns to take; each left out is as the site guessed it."""

    sheet = serializers.CharField(required=False, max_length=200)
    header_row = serializers.IntegerField(
        required=False, min_value=1, help_text="Row of the headings, where it is not the one that was found."
    )
    mapping = serializers.DictField(
        child=serializers.IntegerField(min_value=0, allow_null=True), required=False
    )
    options = serializers.DictField(child=serializers.BooleanField(), required=False)
    full_extract_as_at = serializers.DateField(required=False, allow_null=True)


class MendSerializer(serializers.Serializer):
    """One corrected cell of a refused row."""

    row_no = serializers.IntegerField(min_value=1)
    column = serializers.CharField(max_length=40)
    value = serializers.CharField(allow_blank=True, max_length=32_767)


class IssueSerializer(serializers.ModelSerializer):
    class Meta:
        model = ImportIssue
        fields = ["row_no", "column", "value", "sentence"]


class RowSerializer(serializers.ModelSerializer):
    class Meta:
        model = ImportRow
        fields = ["row_no", "outcome", "key", "label", "changes", "is_blocked"]


class ImportViewSet(
    ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """POST a file, POST check, look at issues and rows, POST confirm; POST undo takes it back."""

    queryset = ImportBatch.objects.select_related("force").order_by("-uploaded_at")
    serializer_class = ImportSerializer
    read_action = write_action = Action.IMPORT_RUN
    parser_classes = [JSONParser, MultiPartParser]
    filterset_fields = ["force__slug", "target", "state"]
    ordering_fields = ["uploaded_at", "loaded_at"]

    @extend_schema(
        request={"multipart/form-data": UploadSerializer},
        responses={status.HTTP_201_CREATED: ImportSerializer},
    )
    def create(self, request: Request) -> Response:
        """Upload a file; it is read at once or, when large, by a worker."""
        asked = UploadSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        content = asked.validated_data["file"]
        batch = _refusal_shown(
            lambda: services.batch_upload(
                force=asked.validated_data["force"],
                target=target_of(asked.validated_data["target"]),
                content=content,
                file_name=content.name,
                user=request.user,
            )
        )
        return self._worked(batch, status.HTTP_201_CREATED)

    @extend_schema(request=CheckSerializer, responses=ImportSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str | None = None) -> Response:
        """Confirm the columns and check the rows; or check again with others."""
        batch = self.get_object()
        asked = CheckSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        return self._worked(_refusal_shown(lambda: services.check_ask(batch=batch, **given)))

    @extend_schema(request=MendSerializer(many=True), responses=ImportSerializer)
    @action(detail=True, methods=["post"])
    def mend(self, request: Request, pk: str | None = None) -> Response:
        """Correct cells of refused rows, and check again."""
        batch = self.get_object()
        asked = MendSerializer(data=request.data, many=True)
        asked.is_valid(raise_exception=True)
        cells = {(cell["row_no"], cell["column"]): cell["value"] for cell in asked.validated_data}
        return self._worked(_refusal_shown(lambda: services.cells_mend(batch=batch, cells=cells)))

    @extend_schema(request=None, responses=ImportSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str | None = None) -> Response:
        """Load what the check found."""
        batch = self.get_object()
        return self._worked(_refusal_shown(lambda: services.batch_confirm(batch=batch)))

    @extend_schema(request=None, responses=ImportSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str | None = None) -> Response:
        """Take a loaded import back, while nothing rests on it."""
        batch = self.get_object()
        return self._worked(_refusal_shown(lambda: services.batch_undo(batch=batch)))

    @extend_schema(request=None, responses=ImportSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str | None = None) -> Response:
        """Give up an import that was not loaded."""
        batch = self.get_object()
        return Response(ImportSerializer(_refusal_shown(lambda: services.batch_discard(batch=batch))).data)

    @extend_schema(responses=IssueSerializer(many=True))
    @action(detail=True, filterset_fields=[], ordering_fields=["row_no"])
    def issues(self, request: Request, pk: str | None = None) -> Response:
        """Why rows are refused: row, column, what stands there, and a sentence."""
        return self._page(self.get_object().issues.order_by("row_no", "pk"), IssueSerializer)

    @extend_schema(
        responses=RowSerializer(many=True),
        parameters=[OpenApiParameter("outcome", str, enum=Outcome.values, description="Only these rows.")],
    )
    @action(detail=True, filterset_fields=[], ordering_fields=["row_no"])
    def rows(self, request: Request, pk: str | None = None) -> Response:
        """New, changed, refused and missing rows; a changed one with the old and new value of each cell."""
        rows = self.get_object().rows.order_by("row_no", "key")
        outcome = request.query_params.get("outcome")
        return self._page(rows.filter(outcome=outcome) if outcome else rows, RowSerializer)

    @extend_schema(responses={(200, XLSX_TYPE): OpenApiTypes.BINARY})
    @action(detail=True)
    def rejects(self, request: Request, pk: str | None = None) -> FileResponse:
        """The refused rows as a workbook in the layout of the file."""
        batch = self.get_object()
        if not batch.file:
            raise ValidationError("Its file is no longer kept.")
        return exports.rejects_response(batch)

    def _worked(self, batch: ImportBatch, code: int = status.HTTP_200_OK) -> Response:
        work_start(batch, user=self.request.user)
        batch.refresh_from_db()
        return Response(ImportSerializer(batch).data, status=code)

    def _page(self, rows: Any, serializer: type[serializers.Serializer]) -> Response:
        return self.get_paginated_response(serializer(self.paginate_queryset(rows), many=True).data)


def _refusal_shown(step: Callable[[], ImportBatch]) -> ImportBatch:
    """A step that the site refuses is a bad request with its sentences."""
    try:
        return step()
    except Refused as refused:
        raise ValidationError(refused.messages) from refused


api_routes = [("imports", ImportViewSet, "import")]
