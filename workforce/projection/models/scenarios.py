"""A named set of differences from what is planned and assumed."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from peelsite.forces.models import Force, Location, OfForceQuerySet, Unit, WorkerCategory
from peelsite.history import tracked
from workforce.establishment.models import Rank, Role


class ScenarioQuerySet(OfForceQuerySet):
    def with_all(self) -> "ScenarioQuerySet":
        """With what each changes, in words, and its runs."""
        changes = ScenarioChange.objects.with_labels()
        return self.prefetch_related(models.Prefetch("changes", queryset=changes), "runs")


@tracked()
class Scenario(models.Model):
    """What would be if: the plan with some things changed. It changes nothing itself."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("force", Lower("name"), name="workforce_scenario_name_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.name


class ScenarioChangeKind(models.TextChoices):
    INTAKE = "intake", "An extra intake"
    NO_INTAKE = "no_intake", "An intake does not happen"
    PROMOTION_PAUSE = "pause", "Promotions pause"
    LEAVING = "leaving", "Another rate of leaving"
    ESTABLISHMENT = "posts", "More or fewer posts"


_CELL = ("rank", "role", "location", "unit")


class ScenarioChangeQuerySet(models.QuerySet["ScenarioChange"]):
    def with_labels(self) -> "ScenarioChangeQuerySet":
        return self.select_related("intake", "rank", "role", "location", "unit")


@tracked()
class ScenarioChange(models.Model):
    """One difference. Which fields it needs depends on its kind; PostgreSQL holds which.

    An extra intake: month, cell, number. An intake that does not happen: the intake. A pause: month, last
    month, and a rank or every rank. Another rate of leaving: `factor` (1.2 is a fifth more), of a worker type
    or of all. More or fewer posts: month, cell, FTE (below nought: fewer).
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ScenarioChangeKind)
    starts_on = models.DateField("from", null=True, blank=True, help_text="The first day of the month.")
    ends_on = models.DateField("until", null=True, blank=True, help_text="The first day of the month after.")
    intake = models.ForeignKey(
        "workforce.Intake", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField(
        "people", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    fte = models.DecimalField("FTE", max_digits=8, decimal_places=4, null=True, blank=True)
    category = models.CharField("worker type", max_length=12, choices=WorkerCategory, blank=True)
    factor = models.DecimalField(
        max_digits=5,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(10))],
    )

    objects = ScenarioChangeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workforce_scenariochange_has_what_it_needs",
                condition=Q(
                    kind=ScenarioChangeKind.INTAKE,
                    starts_on__isnull=False,
                    number__isnull=False,
                    **{f"{part}__isnull": False for part in _CELL},
                )
                | Q(kind=ScenarioChangeKind.NO_INTAKE, intake__isnull=False)
                | Q(kind=ScenarioChangeKind.PROMOTION_PAUSE, starts_on__isnull=False, ends_on__isnull=False)
                | Q(kind=ScenarioChangeKind.LEAVING, factor__isnull=False)
                | (
                    Q(
                        kind=ScenarioChangeKind.ESTABLISHMENT,
                        starts_on__isnull=False,
                        fte__isnull=False,
                        **{f"{part}__isnull": False for part in _CELL},
                    )
                    & ~Q(fte=0)
                ),
            ),
            models.CheckConstraint(
                name="workforce_scenariochange_starts_with_a_month",
                condition=(Q(starts_on__isnull=True) | Q(starts_on__day=1))
                & (Q(ends_on__isnull=True) | Q(ends_on__day=1, ends_on__gt=models.F("starts_on"))),
            ),
            models.CheckConstraint(
                name="workforce_scenariochange_factor",
                condition=Q(factor__isnull=True) | Q(factor__gte=0, factor__lte=10),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
