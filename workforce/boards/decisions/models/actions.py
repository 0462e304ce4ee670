"""Who does what by when, and how an action changed hands."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked
from workforce.boards.decisions.models.decision import Decision
from workforce.boards.meetings.models import Board


class ActionState(models.TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class BoardActionQuerySet(OfForceQuerySet):
    def open(self) -> "BoardActionQuerySet":
        return self.filter(state=ActionState.OPEN)

    def open_at(self, day: date) -> "BoardActionQuerySet":
        """Agreed by a meeting on or before `day`, and not closed by then."""
        return self.filter(board__held_on__lte=day).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def overdue_at(self, day: date) -> "BoardActionQuerySet":
        return self.open_at(day).filter(due_on__lt=day)

    def with_labels(self) -> "BoardActionQuerySet":
        return self.select_related("board__series", "owner", "decision__item")


@tracked()
class BoardAction(models.Model):
    """What someone does by a day: one for each decision, and those agreed beside them.

    Its words are frozen with the minutes. Its state goes on; owner and date change by an ActionHandover.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="board_actions")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="actions")
    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="action"
    )
    text = models.TextField("action")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_actions"
    )
    due_on = models.DateField("due date")
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_reason = models.TextField("reason", blank=True)

    objects = BoardActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workforce_boardaction_closed_all_or_none",
                condition=Q(
                    state=ActionState.OPEN, closed_on__isnull=True, closed_by__isnull=True, closed_reason=""
                )
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(state=ActionState.OPEN)),
            ),
            models.CheckConstraint(
                name="workforce_boardaction_dropped_with_a_reason",
                condition=~Q(state=ActionState.DROPPED) | ~Q(closed_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "due_on"],
                name="workforce_boardaction_open",
                condition=Q(state=ActionState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def is_late_on(self, day: date) -> bool:
        """Open, and due before the day."""
        return self.state == ActionState.OPEN and self.due_on < day


@tracked()
class ActionHandover(models.Model):
    """An open action given to another owner, or another date: what it was, what it became, and why.

    The minutes keep what was agreed. PostgreSQL refuses another date of a minuted action without a row here.
    """

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="handovers")
    owner_before = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_before = models.DateField("due before")
    due_on = models.DateField("due date")
    reason = models.TextField()
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="workforce_actionhandover_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="workforce_actionhandover_changes_something",
                condition=~Q(owner_before=models.F("owner"), due_before=models.F("due_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.owner}, by {self.due_on}"
