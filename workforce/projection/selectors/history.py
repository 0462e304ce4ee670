"""What the force's own records say of leaving: person-months served and leavers, by service. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from workforce.projection.calc.inputs import LEAVING, Floats
from workforce.projection.calc.rates import BAND_STARTS, Seen
from workforce.projection.selectors.reading import Recorded, Row

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, kw_only=True)
class Spells:
    """Long-term absences, or limited duties, in the time observed: begun, ended and person-months in them."""

    begun: Floats
    ended: Floats
    months: Floats


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What was seen between `since` and `until`; spells are [category]."""

    since: date
    until: date
    seen: Seen
    absence: Spells
    limited: Spells


def observed_in(recorded: Recorded, categories: Sequence[str]) -> Observed:
    """Exposure and leavers in the time observed. Someone still serving has no leaving in it.

    A leaver's last day is in the records as the day before the first that no longer counts.
    """
    rows = [row for row in recorded.employments if row["category"] in categories]
    since, until = recorded.observed_from, recorded.day
    bands = len(BAND_STARTS)
    joined = np.array([row["joined"].toordinal() for row in rows], np.int64)
    category = np.array([categories.index(row["category"]) for row in rows], np.int64)
    left = np.array([row["left_on"].toordinal() if row["left_on"] else 0 for row in rows], np.int64)
    gone = (left > since.toordinal()) & (left <= until.toordinal())
    first = np.maximum(joined, since.toordinal())
    last = np.where(left > 0, np.minimum(left, until.toordinal()), until.toordinal())
    edges = np.array([*BAND_STARTS, 10_000]) * DAYS_A_MONTH
    exposure = np.zeros((len(categories), bands))
    for band in range(bands):
        low = np.maximum(first, joined + edges[band])
        high = np.minimum(last, joined + edges[band + 1])
        served = np.maximum(0.0, high - low) / DAYS_A_MONTH
        exposure[:, band] = np.bincount(category, weights=served, minlength=len(categories))
    kinds = [str(kind) for kind in LEAVING]
    kind = np.array([kinds.index(row["reason"]) if row["reason"] in kinds else 0 for row in rows], np.int64)
    band_of = np.searchsorted(edges, left - joined, side="right") - 1
    leavers = np.zeros((len(categories), bands, len(kinds)))
    np.add.at(leavers, (category[gone], band_of[gone], kind[gone]), 1.0)
    yearly = [_year(joined, left, category, len(categories), *span) for span in _years(since, until)]
    of_person = {row["person_id"]: categories.index(row["category"]) for row in rows}
    return Observed(
        since=since,
        until=until,
        seen=Seen(
            categories=tuple(categories),
            exposure=exposure,
            leavers=leavers,
            yearly_exposure=np.array([each[0] for each in yearly]).reshape(-1, len(categories)),
            yearly_leavers=np.array([each[1] for each in yearly]).reshape(-1, len(categories)),
        ),
        absence=_spells(recorded, "absence", of_person, len(categories)),
        limited=_spells(recorded, "limited", of_person, len(categories)),
    )


def _spells(recorded: Recorded, what: str, of_person: dict[int, int], number: int) -> Spells:
    begun, ended, months = np.zeros(number), np.zeros(number), np.zeros(number)
    for row in recorded.spells:
        category = of_person.get(row["person_id"])
        if row["what"] != what or category is None:
            continue
        begun[category] += row["starts"] > recorded.observed_from
        ended[category] += row["ends"] is not None
        months[category] += _days_in(row, recorded) / DAYS_A_MONTH
    return Spells(begun=begun, ended=ended, months=months)


def _days_in(row: Row, recorded: Recorded) -> int:
    return ((row["ends"] or recorded.day) - max(row["starts"], recorded.observed_from)).days


def _years(since: date, until: date) -> list[tuple[int, int]]:
    """Whole years up to the day, as ordinals, the earliest first."""
    spans, last = [], until.toordinal()
    while last - 365 >= since.toordinal():
        spans.append((last - 365, last))
        last -= 365
    return spans[::-1]


def _year(
    joined: np.ndarray, left: np.ndarray, category: np.ndarray, number: int, first: int, last: int
) -> tuple[np.ndarray, np.ndarray]:
    ends = np.where(left > 0, np.minimum(left, last), last)
    served = np.maximum(0, ends - np.maximum(joined, first)) / DAYS_A_MONTH
    gone = (left > first) & (left <= last)
    return (
        np.bincount(category, weights=served, minlength=number),
        np.bincount(category[gone], minlength=number).astype(np.float64),
    )
