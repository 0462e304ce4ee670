"""What the force means to do: intakes, promotion pools, and changes decided but not yet done."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, Location, OfForceQuerySet, Unit
from peelsite.history import tracked
from workforce.establishment.models import Rank, Role

SHARE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))]


class IntakeQuerySet(OfForceQuerySet):
    def with_places(self) -> "IntakeQuerySet":
        return self.select_related("rank").prefetch_related(
            "places__role", "places__unit", "places__location"
        )


@tracked()
class Intake(models.Model):
    """New joiners who start together in a month; its places say where they go after training.

    They count in strength from their first month, and as deployable once `months_to_patrol` have passed.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="intakes")
    name = models.CharField(max_length=100)
    starts_on = models.DateField("month", help_text="The first day of the month.")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    show_rate = models.DecimalField(
        "share who start",
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.95"),
        validators=SHARE,
        help_text="Of those offered a place, the share who are there on the first day.",
    )
    months_to_patrol = models.PositiveSmallIntegerField(
        "months to independent patrol", default=9, validators=[MaxValueValidator(36)]
    )
    note = models.TextField(blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "starts_on", "name"], name="workforce_intake_name_once_a_month"
            ),
            models.CheckConstraint(
                name="workforce_intake_starts_with_a_month", condition=Q(starts_on__day=1)
            ),
            models.CheckConstraint(
                name="workforce_intake_show_rate_is_a_share",
                condition=Q(show_rate__gte=0, show_rate__lte=1),
            ),
            models.CheckConstraint(
                name="workforce_intake_months_to_patrol", condition=Q(months_to_patrol__lte=36)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> int:
        """Places, the offers made; fewer may start."""
        return sum(place.number for place in self.places.all())


class IntakePlaceQuerySet(models.QuerySet["IntakePlace"]):
    def of_force(self, force: Force) -> "IntakePlaceQuerySet":
        return self.filter(intake__force=force)


@tracked()
class IntakePlace(models.Model):
    """How many of an intake go to one role at one location in one unit."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="places")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(500)])

    objects = IntakePlaceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "role", "location", "unit"], name="workforce_intakeplace_cell_once"
            ),
            models.CheckConstraint(
                name="workforce_intakeplace_number", condition=Q(number__gte=1, number__lte=500)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} to {self.role}, {self.location}, {self.unit}"


@tracked()
class PromotionPool(models.Model):
    """People who passed for a rank and wait for a post, from the month in which they may be promoted.

    Where a rank has pools, no more are promoted into it than they hold; a rank without any has no such limit.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="promotion_pools")
    rank = models.ForeignKey(
        Rank, on_delete=models.PROTECT, related_name="+", help_text="The rank they passed for."
    )
    ready_on = models.DateField("ready from", help_text="The first day of the month.")
    number = models.PositiveSmallIntegerField("people waiting", validators=[MaxValueValidator(2000)])
    note = models.TextField(blank=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["ready_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "rank", "ready_on"], name="workforce_promotionpool_once_a_month"
            ),
            models.CheckConstraint(
                name="workforce_promotionpool_starts_with_a_month", condition=Q(ready_on__day=1)
            ),
            models.CheckConstraint(name="workforce_promotionpool_number", condition=Q(number__lte=2000)),
        ]

    def __str__(self) -> str:
        return f"{self.number} for {self.rank}"


class ChangeKind(models.TextChoices):
    """What a planned change does to strength or to establishment, and to which cells."""

    MOVE = "move", "Move within the force"
    PROMOTION = "promotion", "Promotion"
    INTAKE = "intake", "Place of an intake"
    TRANSFEREE = "transferee", "Transferee from another force"
    ACTING = "acting", "Acting or temporary"
    AGENCY = "agency", "Agency"
    LEAVE = "leave", "Leaving the force"
    POST_START = "post_start", "Posts start"
    POST_END = "post_end", "Posts end"


#: Kinds that need the cell people or posts go from, and those that need the cell they go to.
NEEDS_FROM = (ChangeKind.MOVE, ChangeKind.LEAVE, ChangeKind.POST_END)
NEEDS_TO = (
    ChangeKind.MOVE,
    ChangeKind.PROMOTION,
    ChangeKind.INTAKE,
    ChangeKind.TRANSFEREE,
    ChangeKind.ACTING,
    ChangeKind.AGENCY,
    ChangeKind.POST_START,
)


class ChangeState(models.TextChoices):
    PLANNED = "planned", "Planned"
    DONE = "done", "Done"


class PlannedChangeQuerySet(OfForceQuerySet):
    def planned(self) -> "PlannedChangeQuerySet":
        """Decided and not yet done: what a projection reads."""
        return self.filter(state=ChangeState.PLANNED)

    def of_origin(self, origin_kind: str, origin_id: int) -> "PlannedChangeQuerySet":
        return self.filter(origin_kind=origin_kind, origin_id=origin_id)

    def with_labels(self) -> "PlannedChangeQuerySet":
        return self.select_related(
            *(f"{side}_{part}" for side in ("from", "to") for part in ("rank", "role", "location", "unit"))
        )


def _cell_part(model: type[models.Model]) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


def _whole_or_none(side: str) -> Q:
    parts = [f"{side}_{part}" for part in ("rank", "role", "location", "unit")]
    whole, none = Q(), Q()
    for part in parts:
        whole &= Q(**{f"{part}__isnull": False})
        none &= Q(**{f"{part}__isnull": True})
    return whole | none


@tracked()
class PlannedChange(models.Model):
    """Something decided, not yet done, that changes who will be where, or which posts there will be.

    Written by the room that decided it, which `origin_kind` and `origin_id` name; a projection reads it and
    knows nothing else of that room. A move without `from` cell (a promotion from the pool, say) comes from
    wherever the projection's own rules take people of that sort.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="planned_changes")
    origin_kind = models.CharField(max_length=30)
    origin_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=ChangeKind)
    from_rank = _cell_part(Rank)
    from_role = _cell_part(Role)
    from_location = _cell_part(Location)
    from_unit = _cell_part(Unit)
    to_rank = _cell_part(Rank)
    to_role = _cell_part(Role)
    to_location = _cell_part(Location)
    to_unit = _cell_part(Unit)
    fte = models.DecimalField(
        "FTE", max_digits=8, decimal_places=4, validators=[MinValueValidator(Decimal("0.0001"))]
    )
    on_day = models.DateField("from", help_text="The first day on which it counts.")
    until = models.DateField(
        "until", null=True, blank=True, help_text="The first day on which it no longer counts."
    )
    state = models.CharField(max_length=8, choices=ChangeState, default=ChangeState.PLANNED)
    words = models.CharField(max_length=200, blank=True, help_text="What it is called where it was decided.")

    objects = PlannedChangeQuerySet.as_manager()

    class Meta:
        ordering = ["on_day", "pk"]
        constraints = [
            models.CheckConstraint(name="workforce_plannedchange_fte_above_zero", condition=Q(fte__gt=0)),
            models.CheckConstraint(
                name="workforce_plannedchange_from_a_whole_cell", condition=_whole_or_none("from")
            ),
            models.CheckConstraint(
                name="workforce_plannedchange_to_a_whole_cell", condition=_whole_or_none("to")
            ),
            models.CheckConstraint(
                name="workforce_plannedchange_has_its_cells",
                condition=(~Q(kind__in=NEEDS_FROM) | Q(from_rank__isnull=False))
                & (~Q(kind__in=NEEDS_TO) | Q(to_rank__isnull=False)),
            ),
            models.CheckConstraint(
                name="workforce_plannedchange_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=models.F("on_day")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "on_day"],
                name="workforce_plannedchange_open",
                condition=Q(state=ChangeState.PLANNED),
            ),
            models.Index(fields=["force", "origin_kind", "origin_id"], name="workforce_plannedchange_origin"),
        ]

    def __str__(self) -> str:
        return self.words or self.get_kind_display()
