"""What a force goes by when it moves people: minimum strength of units, tenure, days to answer."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from peelsite.forces.models import Force, OfForceQuerySet, Unit
from peelsite.forces.ranges import OneValueRange
from peelsite.history import tracked
from workforce.establishment.models import Rank

MINIMUM_TENURE_MONTHS = 12
ANSWER_DAYS = 5


class MinimumStrengthQuerySet(OfForceQuerySet):
    def as_at(self, day) -> "MinimumStrengthQuerySet":
        return self.filter(during__contains=day)

    def from_day(self, day) -> "MinimumStrengthQuerySet":
        """Those that hold on `day` or begin later."""
        return self.filter(Q(during__endswith__gt=day) | Q(during__upper_inf=True))


@tracked()
class MinimumStrength(models.Model):
    """FTE below which a unit must not fall, of all in it or of one rank, while `during` runs.

    People posted in the unit itself are counted where they really are; teams below it have their own.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="minimum_strengths")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="minimum_strengths")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fte = models.DecimalField(
        "FTE", max_digits=8, decimal_places=4, validators=[MinValueValidator(Decimal("0.0001"))]
    )
    during = DateRangeField()
    reason = models.CharField(
        max_length=200, help_text="What it is reckoned from, for example a shift roster."
    )

    objects = MinimumStrengthQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "during"]
        constraints = [
            models.CheckConstraint(name="workforce_minimumstrength_above_zero", condition=Q(fte__gt=0)),
            models.CheckConstraint(
                name="workforce_minimumstrength_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
            ExclusionConstraint(
                name="workforce_minimumstrength_one_a_unit",
                expressions=[
                    (OneValueRange(F("unit_id")), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(rank__isnull=True),
            ),
            ExclusionConstraint(
                name="workforce_minimumstrength_one_a_rank",
                expressions=[
                    (OneValueRange(F("unit_id")), RangeOperators.OVERLAPS),
                    (OneValueRange(F("rank_id")), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(rank__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.rank}" if self.rank_id else str(self.unit)


@tracked()
class MatchingSettings(models.Model):
    """The force's own numbers for matching; a force without a row goes by the defaults."""

    force = models.OneToOneField(Force, on_delete=models.PROTECT, related_name="matching_settings")
    minimum_tenure_months = models.PositiveSmallIntegerField(
        default=MINIMUM_TENURE_MONTHS, validators=[MaxValueValidator(120)]
    )
    answer_days = models.PositiveSmallIntegerField(
        default=ANSWER_DAYS, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )

    objects = OfForceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matching settings"
        constraints = [
            models.CheckConstraint(
                name="workforce_matchingsettings_sensible",
                condition=Q(minimum_tenure_months__lte=120, answer_days__range=(1, 60)),
            )
        ]

    def __str__(self) -> str:
        return f"Matching in {self.force}"
