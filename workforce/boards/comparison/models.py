"""What a pack keeps of its comparison with the last one: every cell, and every part of each difference."""

from django.db import models

from peelsite.history import tracked
from workforce.boards.comparison.calc import Kind
from workforce.boards.meetings.models import Board
from workforce.establishment.models import Rank, Role


class CompareDimension(models.TextChoices):
    TOTAL = "total", "Whole force"
    TYPE = "type", "Worker type"
    RANK = "rank", "Rank"
    UNIT = "unit", "Unit"
    CELL = "cell", "Rank, role, location and unit"


def _fte() -> models.DecimalField:
    return models.DecimalField(max_digits=12, decimal_places=4)


@tracked()
class PackCell(models.Model):
    """Establishment and strength of one cell on the pack day, so that the next pack can compare each of them.

    Never changed: PostgreSQL refuses it once the board is published.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="pack_cells")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey("forces.Location", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("forces.Unit", on_delete=models.PROTECT, related_name="+")
    establishment_fte = _fte()
    strength_fte = _fte()

    class Meta:
        ordering = ["board_id", "rank_id", "role_id", "location_id", "unit_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "rank", "role", "location", "unit"], name="workforce_packcell_once_a_pack"
            ),
        ]

    def __str__(self) -> str:
        return f"cell {self.rank_id}-{self.role_id}-{self.location_id}-{self.unit_id}"


@tracked()
class PackChange(models.Model):
    """One part of the difference between the last pack and this one, on one line. Signed FTE.

    What the last pack said of a line and all its parts add up to what this pack says of it.
    """

    THEN = "then"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="pack_changes")
    dimension = models.CharField(max_length=8, choices=CompareDimension)
    # As on the strength table; of a cell its ids, "rank-role-location-unit".
    key = models.CharField(max_length=90, blank=True)
    position = models.PositiveSmallIntegerField(help_text="0 is what the last pack said.")
    kind = models.CharField(
        max_length=24, choices=[(THEN, "The last pack"), *((kind.value, kind.label) for kind in Kind)]
    )
    establishment_fte = _fte()
    strength_fte = _fte()
    count = models.PositiveIntegerField(help_text="People, or posts for the kinds about posts.")

    class Meta:
        ordering = ["board_id", "dimension", "key", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "dimension", "key", "kind"], name="workforce_packchange_kind_once_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()} {self.key}: {self.get_kind_display()}"

    @property
    def gap_fte(self):
        return self.establishment_fte - self.strength_fte

    @property
    def group(self) -> str:
        return "" if self.kind == self.THEN else Kind(self.kind).group

    @property
    def about(self) -> str:
        """What can be listed behind it: 'posts', 'people', or ''."""
        return "" if self.kind == self.THEN else Kind(self.kind).about
