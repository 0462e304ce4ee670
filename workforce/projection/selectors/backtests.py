"""What a projection of a past day would have started from, and what came of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from peelsite.forces.models import Force
from workforce.establishment.calc import CellKey
from workforce.projection import statements
from workforce.projection.calc.backtest import Origin
from workforce.projection.calc.inputs import NEVER, Inputs, Intake
from workforce.projection.selectors.inputs import Basis, basis_in
from workforce.projection.selectors.months import month_ends, month_of
from workforce.projection.selectors.reading import Row, cell_of, recorded_at, rows_of

HORIZONS = (6, 12, 24, 36, 48)
OBSERVED_MONTHS = 60
#: What a projection needs at the least to learn from, and what must have come since.
LEAST_HISTORY_MONTHS, LEAST_AHEAD_MONTHS = 12, 12

# Beyond every day.
LATE = 10**7

Strength = dict[date, dict[CellKey, float]]


def origins_possible(force: Force, today: date) -> tuple[date, ...]:
    """The 31 Marches to stand at: after a year of recorded leavers, and at least a year ago. One query."""
    first = rows_of(statements.FIRST_LEAVER, force, today)[0]["min"]
    if first is None:
        return ()
    marches = [date(year, 3, 31) for year in range(first.year, today.year + 1)]
    return tuple(
        day
        for day in marches
        if (day - first).days >= LEAST_HISTORY_MONTHS * 30 and (today - day).days >= LEAST_AHEAD_MONTHS * 30
    )


def origin_of(force: Force, day: date, today: date, months: int) -> tuple[Origin, Basis]:
    """A past day with what its records tell, and the strength that came up to today.

    Leavers, people and postings are those of the records up to that day. Nothing that lies ahead of it is
    known, but what the force itself decided: its posts, and who joined, when and where. What the force set
    by hand is left out. So this judges leaving, promotion, absence and return, and not the plans.
    """
    recorded = recorded_at(force, day, observed_months=OBSERVED_MONTHS)
    blank = replace(recorded, postings_ahead=[], intakes=[], pools=[], changes=[], assumptions={})
    ends = month_ends(day, months)
    joiners = rows_of(statements.JOINERS, force, day, until=ends[-1])
    came = [end for end in ends if end <= today]
    strength = strength_on(force, came)
    extra = [cell_of(row) for row in joiners]
    extra += [cell for of_day in strength.values() for cell in of_day]
    basis = basis_in(
        blank,
        months=months,
        knows_ahead=False,
        more_cells=extra,
        joined=lambda number, category: joined_as(joiners, ends, number, category),
        recruits=False,
    )
    return Origin(inputs=basis.inputs, actual=_actual(basis.inputs, ends, strength)), basis


def joined_as(joiners: Sequence[Row], ends: Sequence[date], number, category) -> list[Intake]:
    """Those who joined, by month and cell, each certain to come."""
    groups: dict[tuple[int, CellKey], list[float]] = defaultdict(list)
    for row in joiners:
        groups[month_of(row["joined"], ends), cell_of(row)].append(row["fte"])
    return [
        Intake(
            key=f"joined {month} {number(cell)}",
            month=month,
            seats=len(fte),
            category=category(cell.rank_id),
            cells=(number(cell),),
            weights=(1.0,),
            fte=sum(fte) / len(fte),
        )
        for (month, cell), fte in groups.items()
        if NEVER < month < len(ends)
    ]


def strength_on(force: Force, days: Sequence[date]) -> Strength:
    """FTE by cell on each day, everyone where they really are. One query."""
    if not days:
        return {}
    rows = rows_of(statements.POSTINGS_WITHIN, force, min(days), until=max(days))
    person = np.array([row["person_id"] for row in rows], np.int64)
    away = np.array([row["is_away"] for row in rows], np.bool_)
    first = np.array([row["starts"].toordinal() for row in rows], np.int64)
    last = np.array([row["ends"].toordinal() if row["ends"] else LATE for row in rows], np.int64)
    cells = [cell_of(row) for row in rows]
    found: Strength = {}
    for day in days:
        runs = (first <= day.toordinal()) & (day.toordinal() < last)
        elsewhere = np.isin(person, person[runs & away])
        of_day: dict[CellKey, float] = {}
        for number in np.flatnonzero(runs & (away | ~elsewhere)).tolist():
            if (cell := cells[number]) is not None:
                of_day[cell] = of_day.get(cell, 0.0) + rows[number]["fte"]
        found[day] = of_day
    return found


def _actual(inputs: Inputs, ends: Sequence[date], strength: Strength) -> np.ndarray:
    """Strength by line and month, NaN for months that have not come."""
    numbers = {cell: number for number, cell in enumerate(inputs.cells)}
    by_cell = np.full((len(inputs.cells), inputs.months + 1), np.nan)
    for month, end in enumerate(ends):
        if end in strength:
            by_cell[:, month] = 0.0
            for cell, fte in strength[end].items():
                by_cell[numbers[cell], month] = fte
    return np.array([by_cell[line.cells].sum(axis=0) for line in inputs.lines])
