"""What a plan goes by: the force's own numbers, each from a day on. Without a row the defaults hold."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked
from workforce.boards.suggestions.calc.problem import Weighing
from workforce.establishment.models import Rank, Role

_DEFAULTS = {each.name: each.default for each in fields(Weighing)}
LONGEST_TRAVEL = 240
MOST_POINTS = 1000


def _points(name: str, label: str, help_text: str, places: int = 2) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=8,
        decimal_places=places,
        default=Decimal(str(_DEFAULTS[name])),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(MOST_POINTS))],
        help_text=help_text,
    )


def _share(name: str, label: str, help_text: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=4,
        default=Decimal(str(_DEFAULTS[name])),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=help_text,
    )


def _count(name: str, label: str, help_text: str, largest: int = 500) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=_DEFAULTS[name], validators=[MaxValueValidator(largest)], help_text=help_text
    )


def _pounds(name: str, label: str, help_text: str) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=11,
        decimal_places=2,
        default=Decimal(str(_DEFAULTS[name])),
        validators=[MinValueValidator(Decimal(0))],
        help_text=help_text,
    )


class SuggestionSettingsQuerySet(OfForceQuerySet):
    def on(self, force: Force, day: date) -> "SuggestionSettings":
        """The settings that hold on a day: the force's own, else the defaults, unsaved. One query."""
        own = self.of_force(force).filter(starts_on__lte=day).order_by("-starts_on").first()
        return own or SuggestionSettings(force=force, starts_on=day)


@tracked()
class SuggestionSettings(models.Model):
    """Limits and prices of a plan from a day on. 100 points is one FTE of weight 1 open for one board."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="suggestion_settings")
    starts_on = models.DateField("from")
    minimum_share = _share(
        "minimum_share",
        "Share of its posts that a cell keeps",
        "No cell that gives people falls below this share of its establishment; 0.9 is nine of ten. "
        "Minimum strengths of units hold beside it",
    )
    travel_limit = models.PositiveSmallIntegerField(
        "Longest travel between places, minutes",
        default=int(_DEFAULTS["travel_limit"]),
        validators=[MaxValueValidator(LONGEST_TRAVEL)],
        help_text="Nobody is moved further than this from where they work now",
    )
    location_moves = _count(
        "location_moves",
        "Moves out of one place at one board",
        "Moves, promotions and acting up that take people away from one location",
    )
    training_places = _count(
        "training_places",
        "Training places for one board",
        "For people who lack skills that the role asks for",
    )
    promotions = _count(
        "promotions",
        "Promotions into one rank at one board",
        "Used for ranks of which no promotion pool is recorded",
    )
    transferees = _count("transferees", "Transferees at one board", "Officers from other forces")
    civilians = _count(
        "civilians",
        "Staff in place of officers at one board",
        "Only in the roles listed under “Staff in officers' roles”",
    )
    intake_months = models.PositiveSmallIntegerField(
        "Months ahead from which an intake counts",
        default=4,
        validators=[MaxValueValidator(24)],
        help_text="Intakes that start within this time of the board may fill its gaps",
    )
    budget = _pounds(
        "budget", "Budget for one board, £", "For agency, transferees and staff in officers' roles"
    )
    transferee_cost = _pounds("transferee_cost", "Cost of a transferee, £", "Recruitment and moving, once")
    civilian_cost = _pounds(
        "civilian_cost", "Cost of staff in an officer's role, £", "Recruitment and training, once"
    )
    agency_cost = _pounds("agency_cost", "Cost of an agency worker, £", "For one FTE, as long as they stay")
    agency_boards = models.PositiveSmallIntegerField(
        "Boards that an agency worker covers",
        default=_DEFAULTS["agency_boards"],
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="3 is six months where boards meet every two months",
    )
    travel_points = _points("travel_points", "Points a minute of travel", "One way, for each person moved")
    training_points = _points(
        "training_points", "Points a training place", "Weeks away from the old role and the new one"
    )
    disruption_points = _points(
        "disruption_points", "Points a move or promotion", "What any change costs, however near"
    )
    acting_points = _points(
        "acting_points", "Points a person acting up", "More than a move, as it ends after 46 days"
    )
    money_points = _points("money_points", "Points for £1,000", "So that money can be weighed against gaps")
    first_priority = _points(
        "first_priority",
        "Weight of the first item",
        "1.5 counts its gap half as much again as that of the last item; those between in steps",
    )
    light_share = _share(
        "light_share",
        "Share of posts whose gap is light",
        "A cell that gives people may have this share of its posts open at a lower price",
    )
    light_factor = _share("light_factor", "Price of a light gap", "0.5 is half of the full price")
    reason = models.CharField(max_length=300, help_text="Why these numbers")

    objects = SuggestionSettingsQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name_plural = "suggestion settings"
        constraints = [
            models.UniqueConstraint(
                fields=["force", "starts_on"], name="workforce_suggestionsettings_once_a_day"
            ),
            models.CheckConstraint(
                name="workforce_suggestionsettings_shares",
                condition=Q(
                    minimum_share__range=(0, 1), light_share__range=(0, 1), light_factor__range=(0, 1)
                ),
            ),
            models.CheckConstraint(
                name="workforce_suggestionsettings_first_priority_counts_more",
                condition=Q(first_priority__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"Settings of suggestions from {self.starts_on:%-d %B %Y}"

    @property
    def weighing(self) -> Weighing:
        values: dict[str, Any] = {}
        for name, default in _DEFAULTS.items():
            value = getattr(self, name)
            values[name] = value if isinstance(default, int) else float(value)
        return Weighing(**values)


#: Names of the numbers, in the order in which pages show them.
NUMBERS = tuple(
    each.name
    for each in SuggestionSettings._meta.concrete_fields
    if each.name not in ("id", "force", "starts_on", "reason")
)


class RoleWeightQuerySet(OfForceQuerySet):
    def on(self, force: Force, day: date) -> dict[int, float]:
        """role id -> weight on a day; roles that are not in it weigh 1. One query."""
        rows = self.of_force(force).filter(starts_on__lte=day).order_by("starts_on")
        return {role: float(weight) for role, weight in rows.values_list("role_id", "weight")}


@tracked()
class RoleWeight(models.Model):
    """What a gap in a role costs from a day on, as a multiple of a gap elsewhere."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="role_weights")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="weights")
    starts_on = models.DateField("from")
    weight = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(10))],
        help_text="2 counts a gap in this role twice; roles without a weight count once",
    )
    reason = models.CharField(max_length=300)

    objects = RoleWeightQuerySet.as_manager()

    class Meta:
        ordering = ["role__name", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["role", "starts_on"], name="workforce_roleweight_once_a_day"),
            models.CheckConstraint(name="workforce_roleweight_range", condition=Q(weight__range=("0.1", 10))),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.weight}"


@tracked()
class CivilianRole(models.Model):
    """An officer's role, at a rank, that staff of a grade may do instead."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="civilian_roles")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+", verbose_name="officer's rank")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    staff_rank = models.ForeignKey(
        Rank, on_delete=models.PROTECT, related_name="+", verbose_name="grade of the staff"
    )
    reason = models.CharField(max_length=300)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["role__name", "rank__order"]
        constraints = [
            models.UniqueConstraint(fields=["force", "rank", "role"], name="workforce_civilianrole_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.rank}: {self.staff_rank}"
