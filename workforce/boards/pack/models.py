"""The frozen pack: the strength table and the actions carried, as they stood when it was published.

Agenda items are frozen where they are; see `workforce.boards.agenda.models`.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
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


@tracked()
class PackEdition(models.Model):
    """What a pack was made from: the pack it is compared with, and the projection that it shows.

    A board published before packs had one shows its strength table, agenda and actions alone.
    """

    board = models.OneToOneField(Board, on_delete=models.PROTECT, related_name="edition")
    marking = models.CharField(max_length=30)
    compared_with = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    year_ends_on = models.DateField(help_text="The last day of the forecast by month.")
    # The run of workforce.projection; not a foreign key, as runs may be removed and the pack stays.
    run_id = models.BigIntegerField(null=True, blank=True)
    run_as_at = models.DateField(null=True, blank=True)
    run_seed = models.BigIntegerField(null=True, blank=True)
    run_draws = models.PositiveIntegerField(null=True, blank=True)
    run_version = models.CharField(max_length=20, blank=True)
    run_scenario = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="workforce_packedition_run_all_or_none",
                condition=models.Q(
                    run_id__isnull=True,
                    run_as_at__isnull=True,
                    run_seed__isnull=True,
                    run_draws__isnull=True,
                    run_version="",
                )
                | (
                    models.Q(
                        run_id__isnull=False,
                        run_as_at__isnull=False,
                        run_seed__isnull=False,
                        run_draws__isnull=False,
                    )
                    & ~models.Q(run_version="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"pack of {self.board}"

    @property
    def has_projection(self) -> bool:
        return self.run_id is not None


class ForecastDimension(models.TextChoices):
    TOTAL = "total", "Whole force"
    CATEGORY = "category", "Worker category"
    RANK = "rank", "Rank"
    UNIT = "unit", "Unit"
    CELL = "cell", "Rank, role, location and unit"


def _months() -> ArrayField:
    return ArrayField(models.DecimalField(max_digits=12, decimal_places=4))


@tracked()
class PackForecast(models.Model):
    """One line of the projection as the pack shows it: a figure for each day of `days`, FTE.

    P10 to P90 hold four runs of five. A gap is establishment less strength.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="pack_forecasts")
    dimension = models.CharField(max_length=8, choices=ForecastDimension)
    key = models.CharField(max_length=90, blank=True)
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=420)
    days = ArrayField(models.DateField())
    establishment = _months()
    strength = _months()
    gap_low = _months()
    gap = _months()
    gap_high = _months()
    chance = _months()
    threshold_fte = _fte()

    class Meta:
        ordering = ["board_id", "dimension", "position"]
        constraints = [
            models.UniqueConstraint(fields=["board", "dimension", "key"], name="workforce_packforecast_once"),
            models.CheckConstraint(
                name="workforce_packforecast_a_figure_a_day",
                condition=models.Q(
                    days__len__gt=0,
                    establishment__len=models.F("days__len"),
                    strength__len=models.F("days__len"),
                    gap_low__len=models.F("days__len"),
                    gap__len=models.F("days__len"),
                    gap_high__len=models.F("days__len"),
                    chance__len=models.F("days__len"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label


@tracked()
class PackNote(models.Model):
    """Why a line is as it is, in words written before publication: why strength is above budget, for one."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="pack_notes")
    dimension = models.CharField(max_length=8, choices=Dimension)
    key = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=120)
    text = models.TextField("note", max_length=600)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["board_id", "dimension", "label", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "dimension", "key"], name="workforce_packnote_one_a_line"
            ),
            models.CheckConstraint(name="workforce_packnote_says_something", condition=~models.Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"
