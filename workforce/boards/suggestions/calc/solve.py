"""The best plan by mixed-integer programming (HiGHS), and what one more of each limit would be worth.

    minimise   points of moves + weight x gap opened at donors + weight x priority x what stays open
    such that  filled by a board + open - beyond = need at it           (each need, each board)
               given by a donor by a board <= steps of one FTE each     (each dearer than the one before)
               every limit: minimum, people, location, training, budget, supply
               heads are whole; pins are met, or what is missing of them costs more than anything else

"Beyond" is allowed only as far as a need shrinks by itself after it was filled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import floor
from time import perf_counter
from typing import Any

import numpy as np

from workforce.boards.suggestions.calc.giving import giving_points, steps
from workforce.boards.suggestions.calc.outcome import outcome_of
from workforce.boards.suggestions.calc.problem import (
    BEYOND_POINTS,
    POINTS_OF_A_GAP,
    SMALL,
    Facts,
    Limit,
    LimitKind,
    Option,
    Problem,
)
from workforce.boards.suggestions.calc.simple import simple_plan
from workforce.establishment.calc import CellKey

PIN_POINTS = 100_000.0
GAP_TOLERANCE = 1e-4
# How far above its optimum the programme without whole heads is searched first.
NEAR_POINTS = 20.0
# The first search, among a tenth of the options, has this long even on a machine that does much else; a
# second one, that proves how good its plan is, only begins with this much of the limit left.
FIRST_SECONDS = 2.0
WORTH_SECONDS = 0.1
WIDER = 5.0
# Points under which one more of a limit is not worth a sentence.
WORTH_POINTS = 1.0
# How many of the dearest limits are tried with one more.
PRICED = 4


@dataclass(frozen=True, kw_only=True)
class Price:
    """A limit that holds the plan back: points saved, and FTE more filled, with `more` of it."""

    limit: Limit
    more: float
    points: float
    filled_fte: float


@dataclass(frozen=True, kw_only=True)
class Solution:
    """`heads` of each option. `bound` is what no plan can cost less than; `gap` the share between the two.

    `status` is 'optimal', or 'time' when the time limit came first; `missing` are heads short of each pin.
    """

    heads: tuple[int, ...]
    objective: float
    bound: float
    gap: float
    status: str
    seconds: float
    missing: Mapping[int, int]
    prices: tuple[Price, ...] = ()
    variables: int = 0
    rows: int = 0


class _Model:
    """Columns: options, then of each need and board open and beyond, donors' steps, pins."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.costs: list[float] = [option.costs.total for option in problem.options]
        pinned = {place for pin in problem.facts.pins for place in problem.pinned(pin)}
        self.upper: list[float] = [
            float(option.heads) if place in pinned or may_pay(problem.facts, option) else 0.0
            for place, option in enumerate(problem.options)
        ]
        self.whole: list[int] = [1] * len(problem.options)
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._values: list[float] = []
        self.lower_rows: list[float] = []
        self.upper_rows: list[float] = []
        self._needs()
        self._donors()
        self.first_limit = len(self.upper_rows)
        for limit in problem.limits:
            self._row(limit.uses, -np.inf, limit.most)
        self.first_pin = len(self.costs)
        self._pins()
        self._whole_heads()

    def _column(self, cost: float, upper: float, whole: int = 0) -> int:
        self.costs.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.costs) - 1

    def _row(self, uses: Mapping[int, float], low: float, high: float) -> None:
        row = len(self.upper_rows)
        for column, value in uses.items():
            self._rows.append(row)
            self._columns.append(column)
            self._values.append(value)
        self.lower_rows.append(low)
        self.upper_rows.append(high)

    def _needs(self) -> None:
        facts = self.problem.facts
        of_need: dict[int, list[int]] = {}
        for place, option in enumerate(self.problem.options):
            of_need.setdefault(option.need, []).append(place)
        for number, need in enumerate(facts.needs):
            weight = facts.cells[need.cell].weight
            for board in range(facts.boards):
                asked = need.fte[board]
                uses = {
                    place: self.problem.options[place].fte
                    for place in of_need.get(number, ())
                    if self.problem.options[place].covers(board)
                }
                open_fte = self._column(POINTS_OF_A_GAP * weight * need.priority, asked)
                beyond = self._column(BEYOND_POINTS * weight, need.most(board) - asked)
                self._row(uses | {open_fte: 1.0, beyond: -1.0}, asked, asked)

    def _donors(self) -> None:
        facts = self.problem.facts
        of_donor: dict[CellKey, list[int]] = {}
        for place, option in enumerate(self.problem.options):
            if option.donor is not None:
                of_donor.setdefault(option.donor, []).append(place)
        for key, places in of_donor.items():
            cell = facts.cells[key]
            for board in range(facts.boards):
                uses = {
                    place: self.problem.options[place].fte
                    for place in places
                    if self.problem.options[place].covers(board)
                }
                if uses:
                    given = {
                        self._column(points, 1.0): -1.0
                        for points in steps(cell, facts.weighing, board, cell.spare(board))
                    }
                    self._row(uses | given, -np.inf, 0.0)

    def _pins(self) -> None:
        for pin in self.problem.facts.pins:
            missing = self._column(PIN_POINTS, float(pin.heads), 1)
            uses = dict.fromkeys(self.problem.pinned(pin), 1.0)
            self._row(uses | {missing: 1.0}, float(pin.heads), np.inf)

    def _whole_heads(self) -> None:
        """Rows that whole heads obey by themselves; they bring the bound nearer and rule out no plan."""
        options = self.problem.options

        def full_time(places: Iterable[int]) -> dict[int, float]:
            return {place: 1.0 for place in places if options[place].fte > 1 - SMALL}

        for (number, board), places in self.problem.ways.items():
            if self.problem.facts.boards == 1 and (uses := full_time(places)):
                self._row(uses, -np.inf, floor(self.problem.facts.needs[number].fte[board] + SMALL))
        for limit in self.problem.limits:
            if limit.kind == LimitKind.MINIMUM and (uses := full_time(limit.uses)):
                self._row(uses, -np.inf, floor(limit.most + SMALL))

    def matrix(self) -> Any:
        from scipy.sparse import csr_array

        shape = (len(self.upper_rows), len(self.costs))
        return csr_array((self._values, (self._rows, self._columns)), shape=shape)


def may_pay(facts: Facts, option: Option) -> bool:
    """False where a head costs at least what it can save, whatever else the plan does: no best plan needs it.

    What one FTE less costs a donor grows with what it has given already, so the first FTE is the cheapest.
    """
    need = facts.needs[option.need]
    weight = POINTS_OF_A_GAP * facts.cells[need.cell].weight * need.priority
    saved = spent = 0.0
    for board in filter(option.covers, range(facts.boards)):
        saved += weight * min(option.fte, need.fte[board])
        if option.donor is not None:
            donor = facts.cells[option.donor]
            spent += giving_points(donor, facts.weighing, board, option.fte)
    return saved > option.costs.total + spent


def solve(problem: Problem, *, seconds: float = 1.2, priced: int = PRICED) -> Solution:
    """The best plan within a time limit, of a problem with at least one need. The same problem gives the same
    plan unless time ran out.

    The programme without whole heads comes first. An option whose reduced cost is more than `margin` is in
    no plan that costs less than that programme's optimum + `margin`, so the whole heads are sought among the
    others; where the plan found is dearer than that, once more with the margin that it proves enough.
    """
    # Loading the solver takes a second in a process that has not used it yet, and is no time of the search.
    import_module("scipy.optimize")

    began = perf_counter()
    model = _Model(problem)
    matrix = model.matrix()
    plain = relaxed(model, matrix, {})
    search = _Search(problem, model, float(plain.fun))
    margin, reduced = NEAR_POINTS, np.array(plain.lower.marginals)
    while True:
        left = seconds - (perf_counter() - began)
        is_first = margin == NEAR_POINTS
        # All but options stay in: what is open, beyond, given and missing belongs to any plan.
        chosen = (reduced <= margin) | (np.arange(len(reduced)) >= len(problem.options))
        search.look(matrix, chosen, margin, max(left, FIRST_SECONDS) if is_first else left)
        spent = perf_counter() - began
        if search.gap <= GAP_TOLERANCE or spent + WORTH_SECONDS > seconds or margin > search.above:
            break
        margin = min(search.above + 1.0, margin * WIDER)
    return Solution(
        heads=search.heads,
        objective=search.objective,
        bound=min(search.bound, search.objective),
        gap=search.gap,
        status="optimal" if search.gap <= GAP_TOLERANCE else "time",
        missing=missing_of(problem, search.heads),
        prices=prices(problem, model, matrix, plain, priced),
        variables=len(model.costs),
        rows=len(model.upper_rows),
        seconds=perf_counter() - began,
    )


class _Search:
    """The best plan so far, and what no plan can cost less than. The rule of thumb is where it starts."""

    def __init__(self, problem: Problem, model: _Model, floor_points: float) -> None:
        self.problem, self.model = problem, model
        self.floor = self.bound = floor_points
        self.heads = simple_plan(problem)
        self.objective = points_of(problem, self.heads)

    @property
    def above(self) -> float:
        """Points between the best plan and the programme without whole heads."""
        return self.objective - self.floor

    @property
    def gap(self) -> float:
        return max(0.0, self.objective - self.bound) / max(abs(self.objective), SMALL)

    def look(self, matrix: Any, chosen: Any, margin: float, seconds: float) -> None:
        found, low = _among(self.model, matrix, chosen, seconds)
        self.bound = max(self.bound, min(low, self.floor + margin))
        if found is None:
            return
        heads = tuple(round(value) for value in found[: len(self.problem.options)].tolist())
        objective = points_of(self.problem, heads)
        if objective < self.objective:
            self.heads, self.objective = heads, objective


def missing_of(problem: Problem, heads: Sequence[int]) -> dict[int, int]:
    """Heads short of each pin that is not met in full."""
    return {
        pin.key: short
        for pin in problem.facts.pins
        if (short := pin.heads - sum(heads[place] for place in problem.pinned(pin))) > 0
    }


def points_of(problem: Problem, heads: Sequence[int]) -> float:
    """What the programme makes least: the plan's points, and what is missing of pins."""
    return outcome_of(problem, heads).points.total + PIN_POINTS * sum(missing_of(problem, heads).values())


def _among(model: _Model, matrix: Any, chosen: Any, seconds: float) -> tuple[Any, float]:
    """The best values with whole heads among some columns, None if there was no time; and their bound."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    columns = np.flatnonzero(chosen & (np.array(model.upper) > 0))
    found = milp(
        c=np.array(model.costs)[columns],
        integrality=np.array(model.whole)[columns],
        bounds=Bounds(np.zeros(len(columns)), np.array(model.upper)[columns]),
        constraints=LinearConstraint(
            matrix[:, columns], np.array(model.lower_rows), np.array(model.upper_rows)
        ),
        options={"time_limit": seconds, "mip_rel_gap": GAP_TOLERANCE / 2},
    )
    bound = float(found.mip_dual_bound) if found.mip_dual_bound is not None else 0.0
    if found.x is None:
        return None, bound
    values = np.zeros(len(model.costs))
    values[columns] = found.x
    return values, bound


def relaxed(model: _Model, matrix: Any, more: Mapping[int, float], columns: Any = None) -> Any:
    """The same without whole heads, and with more of some rows: scipy's result, with a dual of each row.

    `columns` leaves out all others. Rows that equal are given apart from those that bound from above; pins
    are turned round for that.
    """
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    if columns is None:
        columns = np.arange(len(model.costs))
    low, high = np.array(model.lower_rows), np.array(model.upper_rows)
    for row, by in more.items():
        high[row] += by
    equal, pins = low == high, ~np.isfinite(high)
    bounded = ~pins & ~equal
    rows = matrix[:, columns]
    return linprog(
        np.array(model.costs)[columns],
        A_ub=vstack([rows[bounded], -rows[pins]]),
        b_ub=np.concatenate([high[bounded], -low[pins]]),
        A_eq=rows[equal],
        b_eq=high[equal],
        bounds=np.column_stack([np.zeros(len(columns)), np.array(model.upper)[columns]]),
        method="highs",
    )


def prices(problem: Problem, model: _Model, matrix: Any, plain: Any, count: int) -> tuple[Price, ...]:
    """The limits that hold the plan back most, by the linear programme's duals, each tried with one more.

    One more is a head, an FTE or a place; of the budget, a thousand pounds. The trials are made among the
    columns near the optimum, so that four of them take no longer than the plan itself.
    """
    high = np.array(model.upper_rows)
    bounded = np.flatnonzero(np.isfinite(high) & (np.array(model.lower_rows) != high))
    dual = dict(zip(bounded.tolist(), (-plain.ineqlin.marginals[: len(bounded)]).tolist(), strict=True))
    held = []
    for place, limit in enumerate(problem.limits):
        worth = dual.get(model.first_limit + place, 0.0) * one_more(limit)
        if worth >= WORTH_POINTS:
            held.append((worth, place))
    held.sort(key=lambda each: (-each[0], each[1]))
    reduced = np.array(plain.lower.marginals)
    near = np.flatnonzero((reduced <= NEAR_POINTS) | (np.arange(len(reduced)) >= len(problem.options)))
    base = filled_in(problem, plain.x)
    tried = []
    for _, place in held[:count]:
        limit, more = problem.limits[place], one_more(problem.limits[place])
        again = relaxed(model, matrix, {model.first_limit + place: more}, near)
        values = np.zeros(len(model.costs))
        values[near] = again.x
        tried.append(
            Price(
                limit=limit,
                more=more,
                points=float(plain.fun - again.fun),
                filled_fte=filled_in(problem, values) - base,
            )
        )
    tried = [price for price in tried if price.points >= WORTH_POINTS]
    return tuple(sorted(tried, key=lambda each: (-each.points, each.limit.label)))


def one_more(limit: Limit) -> float:
    return 1000.0 if limit.kind == LimitKind.BUDGET else 1.0


def filled_in(problem: Problem, values: Any) -> float:
    """FTE filled at the last board, by heads of each option, whole or not."""
    last = problem.facts.boards - 1
    return float(
        sum(
            option.fte * value
            for option, value in zip(problem.options, values, strict=False)
            if option.covers(last)
        )
    )
