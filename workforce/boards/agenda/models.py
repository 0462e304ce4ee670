"""What a board is asked about: one item for each rank, role, location and unit, and those added by hand."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, Location, OfForceQuerySet, Unit
from peelsite.history import tracked
from workforce.boards.agenda.calc import MATTER_KINDS, EarlierItem, ItemKey, Raised, UnitKey
from workforce.boards.meetings.models import Board
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank, Role

RAISED_CHOICES = [(each.value, each.label) for each in Raised]
MATTER_CHOICES = [(each.value, each.label) for each in MATTER_KINDS]

_CELL_WHOLE = Q(rank__isnull=False, role__isnull=False, location__isnull=False, unit__isnull=False)
_NO_RANK_ROLE_OR_PLACE = Q(rank__isnull=True, role__isnull=True, location__isnull=True)


def _fte_column() -> models.DecimalField:
    return models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def on_agenda(self) -> "AgendaItemQuerySet":
        return self.filter(removed_at__isnull=True)

    def with_cell(self) -> "AgendaItemQuerySet":
        return self.select_related("rank", "role", "location", "unit")


@tracked()
class AgendaItem(models.Model):
    """One question to the board, with the reason it is asked and its figures on the pack day.

    It is about a cell (rank, role, location, unit), about a whole unit, or about neither. What people did by
    hand is kept apart from what the figures raised, so that drawing the agenda up again loses none of it: an
    item taken off stays off.
    """

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raised_by = ArrayField(models.CharField(max_length=10, choices=RAISED_CHOICES), default=list)
    reason = models.TextField(help_text="Why the board is asked, in words.")

    establishment_fte = _fte_column()
    strength_fte = _fte_column()
    vacant_fte = _fte_column()
    vacant_posts = models.PositiveIntegerField(null=True, blank=True)
    longest_vacant_days = models.PositiveIntegerField(null=True, blank=True)
    acting_past_limit = models.PositiveIntegerField(null=True, blank=True)
    funding_ends_on = models.DateField(null=True, blank=True)
    # The month within the horizon with the widest gap likely enough, and its range.
    projected_on = models.DateField(null=True, blank=True)
    projected_p10 = _fte_column()
    projected_p50 = _fte_column()
    projected_p90 = _fte_column()
    projected_chance = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    projected_threshold = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    # The earlier item, without a unit of its own, whose late decision comes back by this one.
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_reason = models.CharField(max_length=300, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=300, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "rank", "role", "location", "unit"],
                name="workforce_agendaitem_cell_once_a_board",
                condition=Q(rank__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["board", "unit"],
                name="workforce_agendaitem_unit_once_a_board",
                condition=Q(rank__isnull=True, unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["board", "follows"], name="workforce_agendaitem_follows_once_a_board"
            ),
            models.CheckConstraint(
                name="workforce_agendaitem_cell_unit_or_neither",
                condition=_CELL_WHOLE | _NO_RANK_ROLE_OR_PLACE,
            ),
            models.CheckConstraint(
                name="workforce_agendaitem_follows_without_a_unit",
                condition=Q(follows__isnull=True) | Q(unit__isnull=True),
            ),
            models.CheckConstraint(
                name="workforce_agendaitem_projected_all_or_none",
                condition=Q(
                    projected_on__isnull=False,
                    projected_p10__isnull=False,
                    projected_p50__gte=models.F("projected_p10"),
                    projected_p90__gte=models.F("projected_p50"),
                    projected_chance__range=(0, 1),
                    projected_threshold__gt=0,
                )
                | Q(
                    projected_on__isnull=True,
                    projected_p10__isnull=True,
                    projected_p50__isnull=True,
                    projected_p90__isnull=True,
                    projected_chance__isnull=True,
                    projected_threshold__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="workforce_agendaitem_removed_all_or_none",
                condition=(Q(removed_by__isnull=False, removed_at__isnull=False) & ~Q(removed_reason=""))
                | Q(removed_by__isnull=True, removed_at__isnull=True, removed_reason=""),
            ),
            models.CheckConstraint(
                name="workforce_agendaitem_moved_with_a_reason",
                condition=Q(moved_by__isnull=True, moved_reason="")
                | (Q(moved_by__isnull=False) & ~Q(moved_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_cell(self) -> bool:
        return self.rank_id is not None

    @property
    def cell(self) -> CellKey:
        return CellKey(
            rank_id=self.rank_id, role_id=self.role_id, location_id=self.location_id, unit_id=self.unit_id
        )

    @property
    def key(self) -> ItemKey | None:
        """What it is about; None where it is a question in words that this board asks first."""
        if self.has_cell:
            return self.cell
        if self.unit_id is not None:
            return UnitKey(self.unit_id)
        return None if self.follows_id is None else EarlierItem(self.follows_id)

    @property
    def is_of_unit(self) -> bool:
        """Whether it is about a whole unit."""
        return self.rank_id is None and self.unit_id is not None

    @property
    def gap_fte(self):
        """Establishment less strength on the pack day; above nought is short of people."""
        return None if self.establishment_fte is None else self.establishment_fte - self.strength_fte

    @property
    def is_touched(self) -> bool:
        """Whether a person added, moved or took it off: kept when the agenda is drawn up again."""
        return any((self.added_by_id, self.moved_by_id, self.removed_by_id))

    @property
    def raised_labels(self) -> list[str]:
        return [Raised(each).label for each in self.raised_by]

    @property
    def is_projected(self) -> bool:
        """Whether the pack has a projection for it."""
        return self.projected_on is not None


class MatterQuerySet(OfForceQuerySet):
    def open_at(self, day: date) -> "MatterQuerySet":
        """Raised on or before `day` and not settled by then."""
        return self.filter(raised_on__lte=day).filter(Q(settled_on__isnull=True) | Q(settled_on__gt=day))

    def with_cell(self) -> "MatterQuerySet":
        return self.select_related("rank", "role", "location", "unit")


@tracked()
class Matter(models.Model):
    """What another room puts before the boards: leave or overtime pressure, a business case approved.

    It is about a cell or a whole unit, from `raised_on` until the day before `settled_on`. The room names its
    own row by `origin_kind` and `origin_id`, and raising the same again changes this row: there is one.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="board_matters")
    kind = models.CharField(max_length=10, choices=MATTER_CHOICES)
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(help_text="One sentence, which the item shows.")
    origin_kind = models.CharField(max_length=40)
    origin_id = models.BigIntegerField()
    raised_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["raised_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "origin_kind", "origin_id"], name="workforce_matter_once_an_origin"
            ),
            models.CheckConstraint(
                name="workforce_matter_cell_or_unit", condition=_CELL_WHOLE | _NO_RANK_ROLE_OR_PLACE
            ),
            models.CheckConstraint(
                name="workforce_matter_says_why", condition=~Q(reason="") & ~Q(origin_kind="")
            ),
            models.CheckConstraint(
                name="workforce_matter_kind_known",
                condition=Q(kind__in=[each.value for each in MATTER_KINDS]),
            ),
            models.CheckConstraint(
                name="workforce_matter_settled_after_raised",
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=models.F("raised_on")),
            ),
        ]
        indexes = [models.Index(fields=["force", "raised_on"], name="workforce_matter_force_day")]

    def __str__(self) -> str:
        return self.reason

    @property
    def key(self) -> ItemKey:
        if self.rank_id is None:
            return UnitKey(self.unit_id)
        return CellKey(
            rank_id=self.rank_id, role_id=self.role_id, location_id=self.location_id, unit_id=self.unit_id
        )

    @property
    def place(self) -> str:
        """What an item about it is called: the cell, or the unit."""
        parts = (self.rank, self.role, self.location, self.unit) if self.rank else (self.unit,)
        return ", ".join(part.name for part in parts)
