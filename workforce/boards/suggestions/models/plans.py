"""Plans as they were worked out: written once with their moves and needs, and never changed."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, Location, OfForceQuerySet, Unit
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.models.rules import SourceKind, cell_of, cell_part, whole_or_none
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank, Role


class PlanKind(models.TextChoices):
    BOARD = "board", "For one board"
    AHEAD = "ahead", "For the boards ahead"


class PlanStatus(models.TextChoices):
    OPTIMAL = "optimal", "The best possible"
    TIME = "time", "The best found in the time"


class PlanQuerySet(OfForceQuerySet):
    def newest(self, board: Board, kind: str) -> "FillPlan | None":
        return self.filter(board=board, kind=kind).select_related("asked_by").order_by("-pk").first()


def _fte(label: str = "") -> models.DecimalField:
    return models.DecimalField(label or None, max_digits=10, decimal_places=4)


def _points() -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=2)


class FillPlan(models.Model):
    """One plan: from which inputs and settings, how good it is, and beside it what the simple rule gives.

    `inputs_digest` is of everything the plan was made from, so that two plans of the same inputs can be told.
    No plan of these inputs can cost less than `bound`. `summary` holds what pages say of the whole: by
    source, the rule's figures, what one more would do, pins not met.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="fill_plans")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="fill_plans")
    kind = models.CharField(max_length=5, choices=PlanKind)
    day = models.DateField("day of the figures")
    boards_on = models.JSONField("days of the boards", default=list)
    run_id = models.BigIntegerField(
        "projection", null=True, blank=True, help_text="The projection whose chances are shown."
    )
    inputs_digest = models.CharField(max_length=64)
    weighing = models.JSONField("settings", default=dict)
    status = models.CharField(max_length=7, choices=PlanStatus)
    objective = _points()
    bound = _points()
    seconds = models.DecimalField(max_digits=8, decimal_places=3)
    variables = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    asked_fte = _fte()
    filled_fte = _fte()
    heads = models.PositiveIntegerField("people")
    summary = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="workforce_fillplan_bound", condition=Q(bound__lte=models.F("objective"))
            ),
            models.CheckConstraint(
                name="workforce_fillplan_filled_of_asked", condition=Q(filled_fte__lte=models.F("asked_fte"))
            ),
        ]
        indexes = [models.Index(fields=["board", "kind"], name="workforce_fillplan_board")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.board}"

    @property
    def open_fte(self) -> Decimal:
        return self.asked_fte - self.filled_fte

    @property
    def last_board_on(self) -> date:
        return date.fromisoformat(self.boards_on[-1])

    @property
    def distance(self) -> float:
        """Share of its cost by which a better plan could still be cheaper: 0 where it is the best."""
        return float((self.objective - self.bound) / self.objective) if self.objective else 0.0


class FillNeed(models.Model):
    """What a need gets at one board of a plan, and why the rest of it stays open."""

    plan = models.ForeignKey(FillPlan, on_delete=models.CASCADE, related_name="needs")
    board_number = models.PositiveSmallIntegerField(default=0)
    board_on = models.DateField()
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="fill_needs"
    )
    need_rank = cell_part(Rank)
    need_role = cell_part(Role)
    need_location = cell_part(Location)
    need_unit = cell_part(Unit)
    label = models.CharField(max_length=300)
    asked_fte = _fte()
    filled_fte = _fte()
    why_open = models.TextField(blank=True)
    chance_before = models.FloatField(null=True, blank=True)
    chance_after = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["board_number", "pk"]
        constraints = [
            models.CheckConstraint(name="workforce_fillneed_cell_whole", condition=whole_or_none("need")),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def open_fte(self) -> Decimal:
        return max(Decimal(0), self.asked_fte - self.filled_fte)

    @property
    def cell(self) -> CellKey | None:
        return cell_of(self, "need")


class FillMove(models.Model):
    """One suggested move: how many people from where to which need, why, and what it leaves behind.

    Gaps are FTE under establishment, with all that the plan does by that board. `donor_minimum` is the FTE
    that has to stay there. Chances here, as those of needs, are a quick reading from the stored range of the
    projection; FillChance holds them from its draws.
    """

    plan = models.ForeignKey(FillPlan, on_delete=models.CASCADE, related_name="moves")
    need = models.ForeignKey(FillNeed, on_delete=models.CASCADE, related_name="moves")
    board_number = models.PositiveSmallIntegerField(default=0)
    board_on = models.DateField()
    source = models.CharField(max_length=10, choices=SourceKind.choices)
    donor_rank = cell_part(Rank)
    donor_role = cell_part(Role)
    donor_location = cell_part(Location)
    donor_unit = cell_part(Unit)
    donor_label = models.CharField(max_length=300, blank=True)
    heads = models.PositiveSmallIntegerField("people")
    part_time = models.PositiveSmallIntegerField(default=0)
    fte = _fte()
    training_places = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    pounds = models.DecimalField(max_digits=11, decimal_places=2, default=0)
    points = _points()
    reason = models.TextField()
    donor_strength = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    donor_minimum = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    donor_gap_before = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    donor_gap_after = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    donor_chance_before = models.FloatField(null=True, blank=True)
    donor_chance_after = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["board_number", "pk"]
        constraints = [
            models.CheckConstraint(name="workforce_fillmove_cell_whole", condition=whole_or_none("donor")),
            models.CheckConstraint(name="workforce_fillmove_somebody", condition=Q(heads__gt=0, fte__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.heads} to {self.need}: {self.get_source_display()}"

    @property
    def donor(self) -> CellKey | None:
        return cell_of(self, "donor")


class FillChance(models.Model):
    """Chance of a gap in one cell that a plan touches, without the plan and with all of it, from the draws of
    the projection that the plan names. Written after the plan, as asking the projection takes seconds.
    """

    plan = models.ForeignKey(FillPlan, on_delete=models.CASCADE, related_name="chances")
    cell_rank = cell_part(Rank)
    cell_role = cell_part(Role)
    cell_location = cell_part(Location)
    cell_unit = cell_part(Unit)
    before = models.FloatField()
    after = models.FloatField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="workforce_fillchance_chances",
                condition=Q(cell_rank__isnull=False, before__range=(0, 1), after__range=(0, 1))
                & whole_or_none("cell"),
            ),
            models.UniqueConstraint(
                fields=["plan", "cell_rank", "cell_role", "cell_location", "cell_unit"],
                name="workforce_fillchance_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before:.0%}, {self.after:.0%}"

    @property
    def cell(self) -> CellKey | None:
        return cell_of(self, "cell")
