"""A series of boards, and each board with its state: scheduled, published, approved."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked


def default_pack_days() -> int:
    """The pack reaches the members six days before the meeting."""
    return 6


@tracked()
class BoardSeries(models.Model):
    """A force's establishment board: how often it meets, and what puts a gap on its agenda.

    "Bi-monthly" is twice a month to some and every two months to others, so the interval is in months.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="board_series")
    name = models.CharField(max_length=100, default="Establishment board")
    interval_months = models.PositiveSmallIntegerField(
        "months between meetings",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    first_meeting_on = models.DateField("first meeting")
    pack_days_before = models.PositiveSmallIntegerField(
        "days from pack to meeting",
        default=default_pack_days,
        validators=[MaxValueValidator(60)],
        help_text="The pack counts the figures of this many days before the meeting.",
    )
    gap_threshold_fte = models.DecimalField(
        "gap that raises an item (FTE)",
        max_digits=6,
        decimal_places=2,
        default=Decimal("2.00"),
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text="Short or over by this much in one rank, role, location and unit.",
    )
    vacancy_days = models.PositiveSmallIntegerField(
        "days vacant that raise an item",
        default=180,
        validators=[MinValueValidator(1)],
        help_text="A post vacant for longer than this is on the agenda whatever the gap.",
    )
    funding_months = models.PositiveSmallIntegerField(
        "months of notice of funding that ends",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )
    projected_gap_fte = models.DecimalField(
        "projected gap that raises an item (FTE)",
        max_digits=6,
        decimal_places=2,
        default=Decimal("2.00"),
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text="Projected under establishment by more than this in one rank, role, location and unit.",
    )
    projected_chance = models.PositiveSmallIntegerField(
        "chance that raises an item (per cent)",
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="How likely the projected gap must be.",
    )
    projection_months = models.PositiveSmallIntegerField(
        "months looked ahead",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
        help_text="Projected gaps and shortages of skills within this time.",
    )
    temporary_days = models.PositiveSmallIntegerField(
        "days of temporary promotion that raise an item",
        default=365,
        validators=[MinValueValidator(1)],
    )
    secondment_months = models.PositiveSmallIntegerField(
        "months of notice of secondments that end",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )
    closed_on = models.DateField(
        "closed from",
        null=True,
        blank=True,
        help_text="First day on which no board of this series meets any more.",
    )

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        verbose_name_plural = "board series"
        constraints = [
            models.UniqueConstraint("force", Lower("name"), name="workforce_boardseries_name_once_a_force"),
            models.CheckConstraint(
                name="workforce_boardseries_interval_in_months", condition=Q(interval_months__range=(1, 12))
            ),
            models.CheckConstraint(
                name="workforce_boardseries_thresholds_above_zero",
                condition=Q(gap_threshold_fte__gt=0, vacancy_days__gte=1, funding_months__gte=1),
            ),
            models.CheckConstraint(
                name="workforce_boardseries_looks_ahead",
                condition=Q(
                    projected_gap_fte__gt=0,
                    projected_chance__range=(1, 100),
                    projection_months__range=(1, 48),
                    temporary_days__gte=1,
                    secondment_months__gte=1,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BoardState(models.TextChoices):
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Pack published"
    APPROVED = "approved", "Minutes approved"


class BoardQuerySet(OfForceQuerySet):
    def with_frozen_pack(self) -> "BoardQuerySet":
        return self.exclude(state=BoardState.SCHEDULED)

    def before(self, board: "Board") -> "BoardQuerySet":
        """Earlier boards of the same series."""
        return self.filter(series=board.series_id, held_on__lt=board.held_on)

    def pack_due_on(self, day: date) -> "BoardQuerySet":
        """Boards whose pack counts the figures of `day`: six days before the meeting unless told."""
        return self.filter(pack_on=day)


@tracked()
class Board(models.Model):
    """One meeting. Its pack is frozen when published, its minutes when approved (triggers of migration
    `board_rules`): what PostgreSQL refuses then, it refuses whoever writes.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="boards")
    series = models.ForeignKey(BoardSeries, on_delete=models.PROTECT, related_name="boards")
    # The day by the interval; `held_on` differs from it where the meeting was moved.
    nominal_on = models.DateField(editable=False)
    held_on = models.DateField("meeting")
    pack_on = models.DateField("pack day", help_text="The day whose figures the pack counts.")
    state = models.CharField(max_length=10, choices=BoardState, default=BoardState.SCHEDULED)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 over the canonical form of everything in the pack.
    pack_digest = models.CharField(max_length=64, blank=True, editable=False)
    attended = models.TextField("present", blank=True)
    notes = models.TextField("other business", blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True, editable=False)
    minutes_digest = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(fields=["series", "nominal_on"], name="workforce_board_once_an_interval"),
            models.UniqueConstraint(fields=["series", "held_on"], name="workforce_board_once_a_day"),
            models.CheckConstraint(
                name="workforce_board_pack_not_after_meeting",
                condition=Q(pack_on__lte=models.F("held_on")),
            ),
            models.CheckConstraint(
                name="workforce_board_published_all_or_none",
                condition=Q(
                    state=BoardState.SCHEDULED,
                    published_by__isnull=True,
                    published_at__isnull=True,
                    pack_digest="",
                )
                | (
                    Q(published_by__isnull=False, published_at__isnull=False)
                    & ~Q(state=BoardState.SCHEDULED)
                    & ~Q(pack_digest="")
                ),
            ),
            models.CheckConstraint(
                name="workforce_board_approved_all_or_none",
                condition=(
                    Q(
                        approved_by__isnull=True,
                        approved_at__isnull=True,
                        minutes="",
                        minutes_digest="",
                    )
                    & ~Q(state=BoardState.APPROVED)
                )
                | (
                    Q(state=BoardState.APPROVED, approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(minutes="")
                    & ~Q(minutes_digest="")
                ),
            ),
        ]
        indexes = [models.Index(fields=["force", "held_on"], name="workforce_board_force_day")]

    def __str__(self) -> str:
        return f"{self.series}, {self.held_on:%-d %B %Y}"

    @property
    def is_scheduled(self) -> bool:
        return self.state == BoardState.SCHEDULED

    @property
    def is_published(self) -> bool:
        """Published and not yet approved: decisions are taken now."""
        return self.state == BoardState.PUBLISHED

    @property
    def is_approved(self) -> bool:
        return self.state == BoardState.APPROVED
