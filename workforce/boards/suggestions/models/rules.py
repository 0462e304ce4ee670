"""What a person holds fast for a board's plan: moves pinned, moves forbidden, donors spared."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Location, Unit
from peelsite.history import tracked
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.calc.problem import LABELS, Source
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank, Role

SourceKind = models.TextChoices("SourceKind", {each.name: (each.value, LABELS[each]) for each in Source})
CELL_PARTS = ("rank", "role", "location", "unit")


def cell_part(model: type[models.Model]) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


def cell_of(row: models.Model, side: str) -> CellKey | None:
    """The cell that a row's four columns of this side name, if they name one."""
    ids = {f"{part}_id": getattr(row, f"{side}_{part}_id") for part in CELL_PARTS}
    return None if ids["rank_id"] is None else CellKey(**ids)


def cell_columns(side: str, cell: CellKey | None) -> dict[str, int | None]:
    """The four columns of a side for a cell, or for none."""
    return {f"{side}_{part}_id": None if cell is None else getattr(cell, f"{part}_id") for part in CELL_PARTS}


def whole_or_none(side: str) -> Q:
    whole, none = Q(), Q()
    for part in CELL_PARTS:
        whole &= Q(**{f"{side}_{part}__isnull": False})
        none &= Q(**{f"{side}_{part}__isnull": True})
    return whole | none


class RuleKind(models.TextChoices):
    PIN = "pin", "Pinned"
    FORBID = "forbid", "Forbidden"
    SPARE = "spare", "Gives nobody"


class MoveRuleQuerySet(models.QuerySet["MoveRule"]):
    def holding(self) -> "MoveRuleQuerySet":
        return self.filter(lifted_at__isnull=True)


@tracked()
class MoveRule(models.Model):
    """A move pinned or forbidden, or a donor that gives nobody, for the plans of one board; who, and why.

    Kept when it is lifted. `need` is the cell that is filled, `donor` the one that gives; both by their ids.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="move_rules")
    kind = models.CharField(max_length=6, choices=RuleKind)
    source = models.CharField("from where", max_length=10, choices=SourceKind.choices, blank=True)
    donor_rank = cell_part(Rank)
    donor_role = cell_part(Role)
    donor_location = cell_part(Location)
    donor_unit = cell_part(Unit)
    need_rank = cell_part(Rank)
    need_role = cell_part(Role)
    need_location = cell_part(Location)
    need_unit = cell_part(Unit)
    heads = models.PositiveSmallIntegerField(
        "people",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text="Of a pin: at least so many",
    )
    label = models.CharField(max_length=400, help_text="The move in words, as it stood when this was set.")
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = MoveRuleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="workforce_moverule_cells_whole",
                condition=whole_or_none("donor") & whole_or_none("need"),
            ),
            models.CheckConstraint(
                name="workforce_moverule_says_what",
                condition=Q(kind="pin", need_rank__isnull=False, heads__isnull=False) & ~Q(source="")
                | Q(kind="forbid", need_rank__isnull=False, heads__isnull=True) & ~Q(source="")
                | Q(
                    kind="spare",
                    need_rank__isnull=True,
                    donor_rank__isnull=False,
                    heads__isnull=True,
                    source="",
                ),
            ),
            models.CheckConstraint(name="workforce_moverule_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="workforce_moverule_lifted_all_or_none",
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="workforce_moverule_once",
                fields=[
                    "board",
                    "kind",
                    "source",
                    *(f"{side}_{part}" for side in ("donor", "need") for part in CELL_PARTS),
                ],
                condition=Q(lifted_at__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"

    @property
    def donor(self) -> CellKey | None:
        return cell_of(self, "donor")

    @property
    def need(self) -> CellKey | None:
        return cell_of(self, "need")
