"""Messages kept by the site itself when no mail server is set."""

from django.db import models


class OutboxMessage(models.Model):
    """A message as it would have been sent, whole."""

    message_id = models.CharField(max_length=255, unique=True)
    sender = models.CharField(max_length=320)
    recipients = models.TextField()
    subject = models.CharField(max_length=998)
    raw = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.subject
