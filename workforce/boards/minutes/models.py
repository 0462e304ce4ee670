"""Corrections of approved minutes: always a new entry, never a change."""

from django.conf import settings
from django.db import models

from peelsite.history import tracked
from workforce.boards.meetings.models import Board


@tracked()
class MinuteCorrection(models.Model):
    """What is wrong in the approved minutes, and what should stand there. PostgreSQL lets none be changed."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField("correction")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workforce_minutecorrection_says_something", condition=~models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.text
