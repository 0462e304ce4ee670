"""Summaries, subscriptions and messages for programs."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError as BadRequest
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, force_of, require
from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.inspection.summaries.calc import now_issue
from peelsite.inspection.summaries.emails import file_name
from peelsite.inspection.summaries.models import Delivery, Subscription, Summary
from peelsite.inspection.summaries.services import (
    delivery_resend,
    subscription_set,
    summary_request,
    summary_retry,
)
from peelsite.inspection.summaries.tasks import delivery_task
from peelsite.jobs.tasks import job_task


class SummaryListSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = Summary
        fields = [
            "id", "force", "key", "cadence", "title", "first_day", "last_day", "as_at", "state",
            "written_at", "digest",
        ]  # fmt: skip


class SummarySerializer(SummaryListSerializer):
    class Meta(SummaryListSerializer.Meta):
        fields = [*SummaryListSerializer.Meta.fields, "content"]


class SendNowSerializer(serializers.Serializer):
    """`token`: the same one again returns the same issue; without it each call is a new issue."""

    force = serializers.SlugField()
    as_at = serializers.DateField(required=False)
    people = serializers.ListField(
        child=serializers.IntegerField(min_value=1), allow_empty=False, help_text="Numbers of users."
    )
    token = serializers.UUIDField(default=uuid.uuid4)


class SummaryViewSet(
    ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Issues; POST writes one and sends it to the people named."""

    queryset = Summary.objects.select_related("force").defer("pdf")
    read_action = Action.SUMMARY_VIEW
    write_action = Action.SUMMARY_SEND
    filterset_fields = ["force__slug", "cadence", "state", "as_at"]
    ordering_fields = ["as_at", "written_at"]

    def get_queryset(self):
        found = super().get_queryset()
        return found.light() if self.action == "list" else found

    def get_serializer_class(self):
        return SummaryListSerializer if self.action == "list" else SummarySerializer

    @extend_schema(request=SendNowSerializer, responses={202: SummaryListSerializer})
    def create(self, request):
        asked = SendNowSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        force = force_of(request.user, given["force"])
        require(request.user, Action.SUMMARY_SEND, force)
        day = given.get("as_at") or opening_day(force)
        try:
            summary, job = summary_request(
                force=force,
                issue=now_issue(token=str(given["token"]), day=day),
                as_at=day,
                requested_by=request.user,
                chosen=given["people"],
            )
        except ValidationError as refused:
            raise BadRequest(refused.messages) from refused
        if job is not None:
            job_task.delay_on_commit(job.pk)
        return Response(SummaryListSerializer(summary).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: SummaryListSerializer})
    @action(detail=True, methods=["post"])
    def retry(self, request, pk=None):
        """Write again an issue whose writing failed."""
        summary = self.get_object()
        try:
            job = summary_retry(summary=summary, requested_by=request.user)
        except ValidationError as refused:
            raise BadRequest(refused.messages) from refused
        job_task.delay_on_commit(job.pk)
        return Response(SummaryListSerializer(summary).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True)
    def pdf(self, request, pk=None):
        summary = get_object_or_404(self.get_queryset().written().defer(None), pk=pk)
        response = HttpResponse(bytes(summary.pdf), content_type="application/pdf")
        response["Content-Disposition"] = content_disposition_header(True, file_name(summary))
        return response


class SubscriptionSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", queryset=Force.objects.all())
    user = serializers.IntegerField(source="user_id", min_value=1)

    class Meta:
        model = Subscription
        fields = ["id", "force", "user", "cadence", "is_active", "starts_on"]
        extra_kwargs = {"starts_on": {"required": False}}
        validators = []


class SubscriptionViewSet(
    ForceScopedMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    viewsets.GenericViewSet,
):
    """Who receives which summaries. POST switches one on or off; repeating it changes nothing."""

    queryset = Subscription.objects.select_related("force")
    serializer_class = SubscriptionSerializer
    read_action = write_action = Action.SUMMARY_SEND
    filterset_fields = ["force__slug", "cadence", "is_active"]
    ordering_fields = ["starts_on"]

    def perform_create(self, serializer):
        given = serializer.validated_data
        force = force_of(self.request.user, given["force"].slug)
        require(self.request.user, Action.SUMMARY_SEND, force)
        # Only of this force: a number of somebody else's user is answered like one that does not exist.
        user = User.objects.filter(memberships__force=force, pk=given["user_id"]).distinct().first()
        if user is None:
            raise BadRequest({"user": ["Nobody in this force has this number."]})
        try:
            subscription = subscription_set(
                force=force,
                user=user,
                cadence=given["cadence"],
                is_active=given.get("is_active", True),
                starts_on=given.get("starts_on") or opening_day(force),
            )
        except ValidationError as refused:
            raise BadRequest({"user": refused.messages}) from refused
        if subscription is None:
            raise BadRequest({"is_active": ["This person has no such subscription to switch off."]})
        serializer.instance = subscription


class DeliverySerializer(serializers.ModelSerializer):
    class Meta:
        model = Delivery
        fields = ["id", "summary", "address", "state", "attempts", "try_at", "sent_at", "error", "message_id"]


class DeliveryViewSet(ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    """Messages of issues and what became of them."""

    queryset = Delivery.objects.all()
    serializer_class = DeliverySerializer
    force_field = "summary__force"
    read_action = write_action = Action.SUMMARY_SEND
    filterset_fields = ["summary", "state"]
    ordering_fields = ["sent_at", "try_at"]

    @extend_schema(request=None, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def resend(self, request, pk=None):
        delivery = self.get_object()
        try:
            delivery_resend(delivery=delivery)
        except ValidationError as refused:
            raise BadRequest({"state": refused.messages}) from refused
        delivery_task.delay_on_commit(delivery.pk)
        delivery.refresh_from_db()
        return Response(DeliverySerializer(delivery).data)


api_routes = [
    ("summaries", SummaryViewSet, "summary"),
    ("subscriptions", SubscriptionViewSet, "subscription"),
    ("deliveries", DeliveryViewSet, "delivery"),
]
