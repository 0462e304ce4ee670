"""Pages that were sent: each has one effect, however often it is sent."""

from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """A page with a form that one person sent, by the key that the page was given, and what came of it.

    Written in the transaction of its effect, so that of two at once the second waits and is told. `digest` is
    SHA-256 over what was sent. Kept for KEPT_DAYS; not a record of the force.
    """

    KEPT_DAYS = 2

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    href = models.CharField(max_length=500, blank=True)
    sentence = models.TextField(blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="web_sentform_once_a_page")]

    def __str__(self) -> str:
        return self.key
