"""What a board is asked about: one item for each rank, role, location and unit, and those added by hand."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Location, Unit
from peelsite.history import tracked
from workforce.boards.agenda.calc import Raised
from workforce.boards.meetings.models import Board
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank, Role

RAISED_CHOICES = [(each.value, each.label) for each in Raised]


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def on_agenda(self) -> "AgendaItemQuerySet":
        return self.filter(removed_at__isnull=True)

    def with_cell(self) -> "AgendaItemQuerySet":
        return self.select_related("rank", "role", "location", "unit")


@tracked()
class AgendaItem(models.Model):
    """One question to the board, with the reason it is asked and its figures on the pack day.

    The cell (rank, role, location, unit) is whole or absent. What people did by hand is kept apart from what
    the figures raised, so that drawing the agenda up again loses none of it: an item taken off stays off.
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

    establishment_fte = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    strength_fte = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    vacant_fte = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    vacant_posts = models.PositiveIntegerField(null=True, blank=True)
    longest_vacant_days = models.PositiveIntegerField(null=True, blank=True)
    acting_past_limit = models.PositiveIntegerField(null=True, blank=True)
    funding_ends_on = models.DateField(null=True, blank=True)

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
            models.CheckConstraint(
                name="workforce_agendaitem_cell_whole_or_absent",
                condition=Q(
                    rank__isnull=False, role__isnull=False, location__isnull=False, unit__isnull=False
                )
                | Q(rank__isnull=True, role__isnull=True, location__isnull=True, unit__isnull=True),
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
