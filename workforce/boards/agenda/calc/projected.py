"""Which projected gap comes before a board: the widest within the horizon that is likely enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import NormalDist

from workforce.boards.agenda.calc.words import chance_words, fte_words, gap_words, range_words
from workforce.establishment.calc import CellKey

_PLACES = Decimal("0.0001")
# P90 less P10 of a normal distribution, in standard deviations.
_TENTHS_APART = 2 * NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, kw_only=True)
class ProjectedMonth:
    """A cell's gap in one month, FTE, short above nought; `chance` that it is greater than the threshold."""

    on: date
    p10: float
    p50: float
    p90: float
    mean: float
    chance: float

    @property
    def sd(self) -> float:
        """Standard deviation, from the range: that of a normal distribution with these P10 and P90."""
        return (self.p90 - self.p10) / _TENTHS_APART


@dataclass(frozen=True, kw_only=True)
class ProjectedCell:
    """A cell's months ahead, with the threshold in FTE that its chances are about."""

    key: CellKey
    label: str
    threshold: float
    months: Sequence[ProjectedMonth]


@dataclass(frozen=True, kw_only=True)
class ProjectedGap:
    """The gap that raises an item, as the item keeps it: four places, `chance` a share."""

    on: date
    p10: Decimal
    p50: Decimal
    p90: Decimal
    chance: Decimal
    threshold: Decimal

    @property
    def sentence(self) -> str:
        return (
            f"Projected for {self.on:%-d %B %Y}: {gap_words(self.p50)}, with 80% certainty "
            f"{range_words(self.p10, self.p90)}; the chance of more than {fte_words(self.threshold)} FTE "
            f"under is {chance_words(float(self.chance))}."
        )


def chance_beyond(month: ProjectedMonth, known: float, threshold: float) -> float:
    """The chance that the month's gap is greater than `threshold` FTE.

    Where the projection was asked about another threshold, `known`, it is that of a normal distribution with
    the same mean and range, which is within some hundredths of what the draws give.
    """
    if abs(known - threshold) < 1e-6:
        return month.chance
    if month.sd <= 0:
        return float(month.mean > threshold)
    return 1 - NormalDist(month.mean, month.sd).cdf(threshold)


def projected_gap(
    cell: ProjectedCell, *, threshold: Decimal, chance: float, until: date
) -> ProjectedGap | None:
    """The widest gap projected up to `until`; None where no month is projected until then.

    That is the month with the widest middle estimate of those in which a gap beyond `threshold` has at least
    this chance, else the one in which it is most likely; of equal ones the earliest.
    """
    found = [
        (chance_beyond(month, cell.threshold, float(threshold)), month)
        for month in cell.months
        if month.on <= until
    ]
    if not found:
        return None
    beyond = [each for each in found if each[0] >= chance]
    if beyond:
        likely, month = max(beyond, key=lambda each: (each[1].p50, -each[1].on.toordinal()))
    else:
        likely, month = max(found, key=lambda each: (each[0], -each[1].on.toordinal()))
    return ProjectedGap(
        on=month.on,
        p10=_fte(month.p10),
        p50=_fte(month.p50),
        p90=_fte(month.p90),
        chance=_fte(likely),
        threshold=threshold,
    )


def _fte(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES)
