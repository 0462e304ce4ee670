"""Which projected gap comes before a board: the month within the horizon in which it is most likely."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import NormalDist

from workforce.boards.agenda.calc.words import chance_words, fte_words, gap_words, range_words
from workforce.establishment.calc import CellKey

_PLACES = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class ProjectedMonth:
    """A cell's gap in one month, FTE, short above nought; `chance` that it is greater than the threshold."""

    on: date
    p10: float
    p50: float
    p90: float
    mean: float
    sd: float
    chance: float


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
    the same mean and standard deviation, which is within some hundredths of what the draws give.
    """
    if abs(known - threshold) < 1e-6:
        return month.chance
    if month.sd <= 0:
        return float(month.mean > threshold)
    return 1 - NormalDist(month.mean, month.sd).cdf(threshold)


def projected_gap(cell: ProjectedCell, *, threshold: Decimal, until: date) -> ProjectedGap | None:
    """The month up to `until` in which a gap beyond `threshold` is most likely; None where there is none.

    Of months equally likely the one with the widest middle estimate, then the earliest.
    """
    found = [
        (chance_beyond(month, cell.threshold, float(threshold)), month)
        for month in cell.months
        if month.on <= until
    ]
    if not found:
        return None
    likely, month = max(found, key=lambda each: (round(each[0], 4), each[1].p50, -each[1].on.toordinal()))
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
