"""Projections as they were made: a run with all it rested on, and its lines. A finished run never changes."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, Location, OfForceQuerySet, Unit
from peelsite.history import tracked
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank, Role
from workforce.projection.calc.inputs import LineKey, LineKind
from workforce.projection.models.scenarios import Scenario


class ProjectionRunQuerySet(OfForceQuerySet):
    def done(self) -> "ProjectionRunQuerySet":
        return self.filter(done_at__isnull=False)

    def of_plan(self) -> "ProjectionRunQuerySet":
        """Runs of what is planned, not of a scenario."""
        return self.filter(is_of_plan=True)

    def newest_first(self) -> "ProjectionRunQuerySet":
        return self.order_by("-as_at", "-done_at", "-pk")


@tracked(exclude=("facts",))
class ProjectionRun(models.Model):
    """One projection: of which day, with which seed, on which inputs and assumptions, by which engine.

    `assumptions` holds every rate that was used, with its source; `changes` what its scenario changed, in
    words, as the scenario may be changed or removed afterwards. The same inputs and seed give the same lines.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="projection_runs")
    as_at = models.DateField("as at")
    scenario = models.ForeignKey(
        Scenario, on_delete=models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    is_of_plan = models.BooleanField(default=True)
    scenario_name = models.CharField(max_length=80, blank=True)
    months = models.PositiveSmallIntegerField(default=48)
    draws = models.PositiveIntegerField(default=1000)
    seed = models.BigIntegerField()
    threshold_fte = models.DecimalField(max_digits=6, decimal_places=4)
    engine_version = models.CharField(max_length=40, blank=True)
    inputs_digest = models.CharField(max_length=64, blank=True)
    assumptions = models.JSONField(default=list, blank=True)
    changes = models.JSONField(default=list, blank=True)
    # Counts, and how long each step took; of the machine, not of the force.
    facts = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectionRunQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-requested_at"]
        constraints = [
            models.CheckConstraint(
                name="workforce_projectionrun_done_with_its_facts",
                condition=Q(done_at__isnull=True) | (~Q(engine_version="") & ~Q(inputs_digest="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "as_at", "done_at"],
                name="workforce_projectionrun_plan",
                condition=Q(is_of_plan=True, done_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Projection of {self.as_at:%-d %B %Y}"

    def age_days(self, day: date) -> int:
        return (day - self.as_at).days


class ProjectionLine(models.Model):
    """One line of a run, month by month; `kind` is calc.inputs.LineKind, the ids are those of its LineKey.

    `series` and `flows` are float32 arrays, packed by `selectors.series`: one row for each measure and each
    flow, one column for the as-at day and each month after it. A row a line, not one a figure: some 900 rows
    of 3 KB in place of a million and a half.
    """

    run = models.ForeignKey(ProjectionRun, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in LineKind])
    category = models.CharField(max_length=12, blank=True)
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    threshold_fte = models.DecimalField(max_digits=8, decimal_places=4)
    series = models.BinaryField()
    flows = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "category", "rank", "role", "location", "unit"],
                name="workforce_projectionline_once_a_run",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of run {self.run_id}"

    @property
    def key(self) -> LineKey:
        """Which line of the engine it is."""
        kind = LineKind(self.kind)
        ids = (self.rank_id, self.role_id, self.location_id)
        of = {
            LineKind.CELL: CellKey(
                rank_id=self.rank_id,
                role_id=self.role_id,
                location_id=self.location_id,
                unit_id=self.unit_id,
            ),
            LineKind.RANK_ROLE_LOCATION: ids,
            LineKind.UNIT: self.unit_id,
            LineKind.RANK: self.rank_id,
            LineKind.CATEGORY: self.category,
        }
        return LineKey(kind, of.get(kind))


class BackTest(models.Model):
    """How projections of past days came out, each made as the run of today is from what was then known.

    `rows` holds a dict for each line, as-at day and months ahead: what was projected and what came.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="back_tests")
    as_at_days = models.JSONField(default=list)
    engine_version = models.CharField(max_length=40, blank=True)
    seed = models.BigIntegerField()
    draws = models.PositiveIntegerField(default=1000)
    rows = models.JSONField(default=list, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"Back-test of {self.requested_at:%-d %B %Y}"
