"""The frozen pack: the strength table and the actions carried, as they stood when it was published.

Agenda items are frozen where they are; see `workforce.boards.agenda.models`.
"""

from django.db import models

from peelsite.history import tracked
from workforce.boards.decisions.models import ActionState, BoardAction
from workforce.boards.meetings.models import Board


class Dimension(models.TextChoices):
    TOTAL = "total", "Whole force"
    TYPE = "type", "Worker type"
    RANK = "rank", "Rank"
    ROLE = "role", "Role"
    LOCATION = "location", "Location"
    UNIT = "unit", "Unit"


def _fte() -> models.DecimalField:
    return models.DecimalField(max_digits=12, decimal_places=4)


@tracked()
class PackLine(models.Model):
    """One line of the strength table on the pack day: `workforce.establishment.calc.Line`, kept as a row.

    Never changed: PostgreSQL refuses it once the board is published.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="pack_lines")
    dimension = models.CharField(max_length=8, choices=Dimension)
    position = models.PositiveIntegerField()
    # Id of the rank, role, location or unit, or the name of a worker type; empty for the total.
    key = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=120)
    code = models.CharField(max_length=30, blank=True)
    category = models.CharField(max_length=12, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    posts = models.PositiveIntegerField()
    establishment_fte = _fte()
    strength_fte = _fte()
    headcount = models.PositiveIntegerField()
    under_fte = _fte()
    over_fte = _fte()
    vacant_fte = _fte()
    vacant_posts = models.PositiveIntegerField()
    supernumerary_fte = _fte()
    acting_fte = _fte()
    acting_heads = models.PositiveIntegerField()
    seconded_out_fte = _fte()
    seconded_out_heads = models.PositiveIntegerField()
    long_term_absent_fte = _fte()
    long_term_absent_heads = models.PositiveIntegerField()
    limited_heads = models.PositiveIntegerField()

    class Meta:
        ordering = ["board_id", "dimension", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "dimension", "position"], name="workforce_packline_place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()}: {self.label}"

    @property
    def gap_fte(self):
        return self.establishment_fte - self.strength_fte

    @property
    def available_fte(self):
        """Available for duty = strength - long-term absent (Home Office)."""
        return self.strength_fte - self.long_term_absent_fte


@tracked()
class CarriedAction(models.Model):
    """An action as it stood on the pack day: each of the last board, and those of earlier ones still open.

    Names and words are copied, so that a pack reads the same for ever.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="carried_actions")
    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    agreed_on = models.DateField(help_text="The meeting that agreed it.")
    is_of_last_board = models.BooleanField()
    text = models.TextField()
    owner_name = models.CharField(max_length=150)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ActionState)
    closed_on = models.DateField(null=True, blank=True)
    is_late = models.BooleanField(help_text="Open on the pack day and due before it.")

    class Meta:
        ordering = ["board_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["board", "action"], name="workforce_carriedaction_once_a_pack"),
        ]

    def __str__(self) -> str:
        return self.text
