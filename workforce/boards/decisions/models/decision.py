"""What a board decided on each gap, the posts it decided on, and that it came back late."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.forces.models import JointUnit, Location, Unit
from peelsite.history import tracked
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.meetings.models import Board
from workforce.establishment.calc import CellKey
from workforce.establishment.models import FundingSource, Post, Rank, Role


class DecisionKind(models.TextChoices):
    FILL = "fill", "Fill"
    HOLD = "hold", "Hold vacant until a day"
    DELETE = "delete", "Delete the post"
    NEW = "new", "Create a new post"
    REPROFILE = "reprofile", "Re-profile posts"


class FillSource(models.TextChoices):
    """Where the person comes from."""

    PROMOTION = "promotion", "Promotion pool"
    INTAKE = "intake", "Intake of new joiners"
    TRANSFEREE = "transferee", "Transferee from another force"
    MOVE = "move", "Move within the force"
    ACTING = "acting", "Acting"
    AGENCY = "agency", "Agency"


# Sources inside the force: what they give to one cell they take from another.
DONOR_SOURCES = (FillSource.PROMOTION, FillSource.MOVE, FillSource.ACTING)
DONOR = ("donor_rank", "donor_role", "donor_location", "donor_unit")
PROFILE = ("to_rank", "to_role", "to_location", "to_unit")


def _all(names: tuple[str, ...], *, are_null: bool) -> Q:
    return Q(**{f"{name}__isnull": are_null for name in names})


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of_board(self, board: Board) -> "DecisionQuerySet":
        return self.filter(item__board=board)

    def with_labels(self) -> "DecisionQuerySet":
        """With everything that its sentence says. Two queries."""
        return self.select_related(
            "item__board",
            "owner",
            "decided_by",
            "funding",
            "joint_unit__unit",
            "joint_unit__partner",
            *DONOR,
            *PROFILE,
        ).prefetch_related("decision_posts__post")


@tracked()
class Decision(models.Model):
    """One option chosen for a gap. Changeable until the minutes are approved, then never.

    `effective_on` is the day to fill by, to hold until, the first day without the post, its first day, or the
    first day on which it is another post. A fill from inside the force may name the cell that gives. A
    re-profiling says what the posts become (`to_*`, each as many FTE as before where `to_fte` is empty). With
    `joint_unit` only the allocation between its forces changes: the partner employs the posts from then on,
    or, where they are created here, employed them until then.
    `version` grows with each change, so that the later of two people who change one decision is told.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("decision", max_length=10, choices=DecisionKind)
    source = models.CharField("from where", max_length=12, choices=FillSource, blank=True)
    fte = models.DecimalField(
        "FTE",
        max_digits=8,
        decimal_places=4,
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    effective_on = models.DateField("effective date")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("due date")
    review_on = models.DateField(
        "review date",
        null=True,
        blank=True,
        help_text="When a board looks at it again; the due date if empty.",
    )
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
    donor_rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    donor_role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    donor_location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    donor_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_fte = models.DecimalField(
        "FTE of each post afterwards",
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    joint_unit = models.ForeignKey(
        JointUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
                | (~Q(kind=DecisionKind.NEW) & Q(funding__isnull=True, new_posts__isnull=True)),
            ),
            models.CheckConstraint(
                name="workforce_decision_reference_of_new_posts",
                condition=Q(new_reference="")
                | Q(kind=DecisionKind.NEW)
                | Q(kind=DecisionKind.REPROFILE, joint_unit__isnull=True),
            ),
            models.CheckConstraint(
                name="workforce_decision_donor_of_a_fill_from_inside",
                condition=_all(DONOR, are_null=True)
                | (
                    _all(DONOR, are_null=False)
                    & Q(kind=DecisionKind.FILL, source__in=[each.value for each in DONOR_SOURCES])
                ),
            ),
            models.CheckConstraint(
                name="workforce_decision_profile_of_a_reprofiling",
                condition=(~Q(kind=DecisionKind.REPROFILE) & _all((*PROFILE, "to_fte"), are_null=True))
                | (
                    Q(kind=DecisionKind.REPROFILE, joint_unit__isnull=False)
                    & _all((*PROFILE, "to_fte"), are_null=True)
                )
                | (
                    Q(kind=DecisionKind.REPROFILE, joint_unit__isnull=True)
                    & (Q(to_fte__isnull=True) | Q(to_fte__gt=0))
                    & _all(PROFILE, are_null=False)
                    & ~Q(new_reference="")
                ),
            ),
            models.CheckConstraint(
                name="workforce_decision_allocation_of_posts",
                condition=Q(joint_unit__isnull=True)
                | Q(kind__in=[DecisionKind.NEW.value, DecisionKind.REPROFILE.value]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"

    @property
    def is_allocation(self) -> bool:
        """Whether only the employing force of posts in a joint unit changes, and nothing real."""
        return self.joint_unit_id is not None

    @property
    def donor(self) -> CellKey | None:
        return self._cell("donor")

    @property
    def profile(self) -> CellKey | None:
        """The cell that re-profiled posts are in afterwards."""
        return self._cell("to")

    @property
    def review_day(self) -> date:
        return self.review_on or self.due_on

    def _cell(self, prefix: str) -> CellKey | None:
        if getattr(self, f"{prefix}_rank_id") is None:
            return None
        names = ("rank_id", "role_id", "location_id", "unit_id")
        return CellKey(**{name: getattr(self, f"{prefix}_{name}") for name in names})


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


@tracked()
class ReturnedDecision(models.Model):
    """A decision that was late on the pack day and came back to the board by an item of its agenda.

    `happened` says how it stood then; frozen with the pack.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="returned_decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="returned_decisions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="returns")
    happened = models.TextField()

    class Meta:
        ordering = ["board_id", "item__position", "decision_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "decision"], name="workforce_returneddecision_once_a_board"
            ),
            models.CheckConstraint(name="workforce_returneddecision_says_how", condition=~Q(happened="")),
        ]

    def __str__(self) -> str:
        return self.happened
