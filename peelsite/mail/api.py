"""The outbox for programs: read only."""

from rest_framework import serializers, viewsets

from peelsite.accounts.access import ForceScopedMixin
from peelsite.accounts.permissions import Action
from peelsite.mail.models import OutboxMessage
from peelsite.mail.selectors import parts_of


class OutboxMessageSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    text = serializers.SerializerMethodField()
    attachments = serializers.SerializerMethodField()

    class Meta:
        model = OutboxMessage
        fields = [
            "id",
            "force",
            "message_id",
            "sender",
            "recipients",
            "subject",
            "kept_at",
            "text",
            "attachments",
        ]

    def get_text(self, message) -> str:
        return parts_of(message).text

    def get_attachments(self, message) -> list[str]:
        return [attachment.name for attachment in parts_of(message).attachments]


class OutboxMessageViewSet(ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    """Messages kept by the site itself where no mail server is set; read only."""

    queryset = OutboxMessage.objects.select_related("force")
    serializer_class = OutboxMessageSerializer
    read_action = write_action = Action.OUTBOX_VIEW
    filterset_fields = ["force__slug"]
    ordering_fields = ["kept_at"]


api_routes = [("outbox", OutboxMessageViewSet, "outbox")]
