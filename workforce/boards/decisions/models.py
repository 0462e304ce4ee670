"""What a board decided on each gap, the posts it decided on, and who does what by when."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.meetings.models import Board
from workforce.establishment.models import FundingSource, Post
from workforce.people.models import Person, Posting


class DecisionKind(models.TextChoices):
    FILL = "fill", "Fill"
    HOLD = "hold", "Hold vacant until a day"
    DELETE = "delete", "Delete the post"
    NEW = "new", "Create a new post"


class FillSource(models.TextChoices):
    """Where the person comes from."""

    PROMOTION = "promotion", "Promotion pool"
    INTAKE = "intake", "Intake of new joiners"
    TRANSFEREE = "transferee", "Transferee from another force"
    MOVE = "move", "Move within the force"
    ACTING = "acting", "Acting"
    AGENCY = "agency", "Agency"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of_board(self, board: Board) -> "DecisionQuerySet":
        return self.filter(item__board=board)

    def with_labels(self) -> "DecisionQuerySet":
        return self.select_related("item__board", "owner", "decided_by", "funding").prefetch_related(
            "decision_posts__post"
        )


@tracked()
class Decision(models.Model):
    """One option chosen for a gap. Changeable until the minutes are approved, then never.

    `effective_on` is the day to fill by, to hold until, the first day without the post, or its first day.
    `version` grows with each change, so that the later of two people who change one decision is told.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("decision", max_length=8, choices=DecisionKind)
    source = models.CharField("from where", max_length=12, choices=FillSource, blank=True)
    fte = models.DecimalField(
        "FTE",
        max_digits=8,
        decimal_places=4,
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    effective_on = models.DateField("effective date")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("due or review date")
    reason = models.TextField()
    funding = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    new_posts = models.PositiveSmallIntegerField(
        "number of new posts",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    new_reference = models.CharField("reference of the new post", max_length=26, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)
    posts = models.ManyToManyField(Post, through="DecisionPost", related_name="decisions")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["item__position", "pk"]
        constraints = [
            models.CheckConstraint(name="workforce_decision_fte_above_zero", condition=Q(fte__gt=0)),
            models.CheckConstraint(
                name="workforce_decision_source_of_a_fill",
                condition=(Q(kind=DecisionKind.FILL) & ~Q(source=""))
                | (~Q(kind=DecisionKind.FILL) & Q(source="")),
            ),
            models.CheckConstraint(
                name="workforce_decision_new_post_is_funded",
                condition=(
                    Q(kind=DecisionKind.NEW, funding__isnull=False, new_posts__gte=1) & ~Q(new_reference="")
                )
                | (
                    ~Q(kind=DecisionKind.NEW)
                    & Q(funding__isnull=True, new_posts__isnull=True, new_reference="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"


@tracked()
class DecisionPost(models.Model):
    """A post that a decision names: to be filled, deleted, or created by it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="decision_posts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="decision_posts")

    class Meta:
        ordering = ["post__reference"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "post"], name="workforce_decisionpost_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post} of decision {self.decision_id}"


class ToFillState(models.TextChoices):
    WAITING = "waiting", "Waiting for a person"
    MATCHED = "matched", "Matched"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PostToFillQuerySet(OfForceQuerySet):
    def waiting(self) -> "PostToFillQuerySet":
        return self.filter(state=ToFillState.WAITING)

    def in_units(self, units) -> "PostToFillQuerySet":
        """Posts of the units and everything under them; nothing of no unit."""
        if not units:
            return self.none()
        paths = Q()
        for unit in units:
            paths |= Q(post__unit__path__startswith=unit.path)
        return self.filter(paths)

    def with_labels(self) -> "PostToFillQuerySet":
        return self.select_related(
            "post__rank",
            "post__role",
            "post__unit",
            "post__location",
            "decision__item__board__series",
            "person",
            "matched_by",
        )


@tracked()
class PostToFill(models.Model):
    """A post that waits for its unit head to choose a person. Matched once: PostgreSQL refuses a second."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="posts_to_fill")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="posts_to_fill")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="posts_to_fill")
    state = models.CharField(max_length=10, choices=ToFillState, default=ToFillState.WAITING)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    matched_at = models.DateTimeField(null=True, blank=True)

    objects = PostToFillQuerySet.as_manager()

    class Meta:
        ordering = ["decision__effective_on", "post__reference"]
        verbose_name_plural = "posts to fill"
        constraints = [
            models.UniqueConstraint(fields=["decision", "post"], name="workforce_posttofill_once_a_decision"),
            models.UniqueConstraint(
                fields=["post"],
                name="workforce_posttofill_waits_once",
                condition=Q(state=ToFillState.WAITING),
            ),
            models.CheckConstraint(
                name="workforce_posttofill_matched_all_or_none",
                condition=Q(
                    state=ToFillState.MATCHED,
                    person__isnull=False,
                    posting__isnull=False,
                    matched_by__isnull=False,
                    matched_at__isnull=False,
                )
                | (
                    ~Q(state=ToFillState.MATCHED)
                    & Q(
                        person__isnull=True,
                        posting__isnull=True,
                        matched_by__isnull=True,
                        matched_at__isnull=True,
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.get_state_display()}"

    @property
    def fill_by(self) -> date:
        return self.decision.effective_on


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
