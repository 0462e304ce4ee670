"""Reads of what a force goes by when it moves people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force
from workforce.boards.matching.models import MatchingSettings, MinimumStrength
from workforce.boards.matching.models.rules import ANSWER_DAYS, MINIMUM_TENURE_MONTHS

# (unit id, rank id), or (unit id, None) for everyone in the unit together.
MinimumKey = tuple[int, int | None]


def minimum_strengths(force: Force, day: date) -> dict[MinimumKey, Decimal]:
    """FTE below which each unit, or one rank in it, must not fall on `day`. One query.

    A key is (unit id, None) for everyone posted in the unit itself, or (unit id, rank id) for one rank of
    them. Units without a setting are not in it: their strength may fall to nothing. Teams below a unit are
    not counted in it and have settings of their own.
    """
    rows = MinimumStrength.objects.of_force(force).as_at(day).order_by()
    return {(row[0], row[1]): row[2] for row in rows.values_list("unit_id", "rank_id", "fte")}


def minimums_of(force: Force, day: date) -> QuerySet[MinimumStrength]:
    """Settings that hold on `day` or begin later, by unit."""
    rows = MinimumStrength.objects.of_force(force).from_day(day).select_related("unit", "rank")
    return rows.order_by("unit__name", "rank__order", "during")


def minimums_reach(user, force: Force) -> Reach:
    """In which units the user sets minimum strength: HR in all, a unit head in theirs and those below."""
    whole = user.reach(Action.ESTABLISHMENT_EDIT, force)
    return whole if whole.is_whole else user.reach(Action.POST_MATCH, force)


@dataclass(frozen=True)
class MatchingNumbers:
    """The force's own numbers, or the defaults."""

    minimum_tenure_months: int
    answer_days: int


def matching_numbers(force: Force) -> MatchingNumbers:
    """One query."""
    own = MatchingSettings.objects.filter(force=force).first()
    if own is None:
        return MatchingNumbers(MINIMUM_TENURE_MONTHS, ANSWER_DAYS)
    return MatchingNumbers(own.minimum_tenure_months, own.answer_days)
