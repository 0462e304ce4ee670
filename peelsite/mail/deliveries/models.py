"""What a row about one message holds, for every room that sends messages."""

from django.db import models


class DeliveryState(models.TextChoices):
    """The states of `peelsite.mail.deliveries.calc.State`, with their words."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Being handed over"
    LEAVING = "leaving", "Leaving"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    UNCONFIRMED = "unconfirmed", "Not confirmed"
