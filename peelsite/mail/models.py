"""Messages kept by the site itself when no mail server is set."""

from django.db import models

from peelsite.forces.models import Force, OfForceQuerySet


class OutboxMessage(models.Model):
    """A message as it would have been sent, whole. Messages about an account belong to no force."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    message_id = models.CharField(max_length=255, unique=True)
    sender = models.CharField(max_length=320)
    recipients = models.TextField()
    subject = models.CharField(max_length=998)
    raw = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
