"""What a person would like, what was agreed with them about their hours, and whether they may be promoted."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force, Location, OfForceQuerySet, Unit
from peelsite.forces.ranges import OneValueRange
from peelsite.history import tracked
from workforce.establishment.models import Rank, Role
from workforce.people.models import Person


@tracked()
class MovePreference(models.Model):
    """Whether a person would like to move, and from when. The remarks are for them and for HR only."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="move_preferences")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="move_preference")
    wants_move = models.BooleanField("would like to move", default=False)
    not_before = models.DateField(null=True, blank=True)
    remarks = models.TextField(blank=True)

    history_action = Action.PEOPLE_VIEW
    history_subject = "person"

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["person_id"]

    def __str__(self) -> str:
        return f"{self.person}: preferences"


@tracked()
class Wish(models.Model):
    """One role, location or unit that a person would like to work in."""

    preference = models.ForeignKey(MovePreference, on_delete=models.CASCADE, related_name="wishes")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(
                name="workforce_wish_of_one_thing",
                condition=Q(role__isnull=False, location__isnull=True, unit__isnull=True)
                | Q(role__isnull=True, location__isnull=False, unit__isnull=True)
                | Q(role__isnull=True, location__isnull=True, unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["preference", "role", "location", "unit"],
                name="workforce_wish_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.role or self.location or self.unit)


class FlexiblePattern(models.TextChoices):
    PART_TIME = "part_time", "Part-time"
    COMPRESSED = "compressed", "Compressed hours"
    FIXED = "fixed", "Fixed hours or shifts"
    STAGGERED = "staggered", "Staggered hours"
    TERM_TIME = "term_time", "Term-time"
    JOB_SHARE = "job_share", "Job share"
    HOME = "home", "Working from home"


@tracked()
class FlexibleWorking(models.Model):
    """A flexible working agreement while `during` runs, with the day on which it is looked at again."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="flexible_workings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="flexible_workings")
    pattern = models.CharField(max_length=12, choices=FlexiblePattern)
    hours = models.CharField(
        max_length=200, help_text="The agreed hours in words, for example Monday to Thursday."
    )
    fte = models.DecimalField(
        "FTE",
        max_digits=5,
        decimal_places=4,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.0001")), MaxValueValidator(Decimal(1))],
    )
    during = DateRangeField()
    review_on = models.DateField("review date")

    history_action = Action.PEOPLE_VIEW
    history_subject = "person"

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="workforce_flexibleworking_one_at_a_time",
                expressions=[
                    (OneValueRange(F("person_id")), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="workforce_flexibleworking_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
            models.CheckConstraint(
                name="workforce_flexibleworking_fte_within_one", condition=Q(fte__gt=0, fte__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_pattern_display()}"


class PromotionStanding(models.TextChoices):
    """National Police Promotion Framework: step 2 passed, or selected by a promotion board and waiting."""

    QUALIFIED = "qualified", "Qualified for temporary promotion"
    POOL = "pool", "In the promotion pool"


@tracked()
class PromotionPlace(models.Model):
    """That a person may be promoted to a rank, while `during` runs: passes and pools expire."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="promotion_places")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="promotion_places")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=PromotionStanding)
    during = DateRangeField()

    history_action = Action.PEOPLE_VIEW
    history_subject = "person"

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="workforce_promotionplace_one_at_a_time",
                expressions=[
                    (OneValueRange(F("person_id")), RangeOperators.OVERLAPS),
                    (OneValueRange(F("rank_id")), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="workforce_promotionplace_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_standing_display()}, {self.rank}"
