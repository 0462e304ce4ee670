"""What a row about one message holds, for every room that sends messages."""

from django.db import models
from django.db.models import Q

from peelsite.mail.deliveries.calc import OPEN


class DeliveryState(models.TextChoices):
    """The states of `peelsite.mail.deliveries.calc.State`, with their words."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Being handed over"
    LEAVING = "leaving", "Leaving"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    UNCONFIRMED = "unconfirmed", "Not confirmed"


class MessageRow(models.Model):
    """The row of one message to one address, which the services move through its states."""

    address = models.EmailField()
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    error = models.CharField(max_length=400, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sent_has_a_time",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                name="%(app_label)s_%(class)s_open",
                condition=Q(state__in=[state.value for state in OPEN]),
            )
        ]
