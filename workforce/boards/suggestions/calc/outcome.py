"""What a plan comes to: its moves, what each need gets, what each donor is left with, and what it costs.

Worked out from the heads alone, without the solver, so that the rule of thumb is judged by the same measure
and the solver's own figure can be checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workforce.boards.suggestions.calc.giving import giving_points
from workforce.boards.suggestions.calc.problem import (
    BEYOND_POINTS,
    POINTS_OF_A_GAP,
    SMALL,
    Costs,
    Need,
    Option,
    PlanCell,
    Problem,
    Source,
)
from workforce.establishment.calc import CellKey

# Options with the heads that a plan takes of them.
Chosen = list[tuple[Option, int]]


@dataclass(frozen=True, kw_only=True)
class PlannedMove:
    """Heads from one source and donor to one need at one board. Gaps are FTE under establishment.

    `donor_gap_after` is with everything the whole plan does by that board. `heads_in_training` of the heads
    need a training place. `minutes` is None where travel is not known.
    """

    source: Source
    need: Need
    board: int
    donor: PlanCell | None
    heads: int
    part_time: int
    fte: float
    heads_in_training: int
    minutes: float | None
    pounds: float
    costs: Costs
    lasts: int | None = None
    grade: str = ""
    supply: str = ""
    donor_gap_before: float = 0.0
    donor_gap_after: float = 0.0


@dataclass(frozen=True, kw_only=True)
class NeedOutcome:
    """What a need gets at each board: `filled` of `need.fte`, the rest stays open."""

    need: Need
    filled: tuple[float, ...]

    def open_fte(self, board: int) -> float:
        return max(0.0, self.need.fte[board] - self.filled[board])


@dataclass(frozen=True, kw_only=True)
class Points:
    """The plan's cost, by part; their sum is what the programme makes least, but for missing pins."""

    moves: Costs
    donors: float
    beyond: float
    open: float

    @property
    def total(self) -> float:
        return self.moves.total + self.donors + self.beyond + self.open


@dataclass(frozen=True, kw_only=True)
class Outcome:
    moves: tuple[PlannedMove, ...]
    needs: tuple[NeedOutcome, ...]
    points: Points
    heads: int
    pounds: float
    training_places: int

    def asked_fte(self, board: int = 0) -> float:
        return sum(each.need.fte[board] for each in self.needs)

    def filled_fte(self, board: int = 0) -> float:
        """FTE filled of what is asked at a board; what goes beyond a need that shrank does not count."""
        return sum(min(each.filled[board], each.need.fte[board]) for each in self.needs)

    def open_fte(self, board: int = 0) -> float:
        return sum(each.open_fte(board) for each in self.needs)

    def filled_by(self, board: int = 0) -> dict[Source, float]:
        """FTE of those who come at a board, by where from, in the order of the sources."""
        return {
            source: total
            for source in Source
            if (total := sum(move.fte for move in self.moves if (move.source, move.board) == (source, board)))
        }


def outcome_of(problem: Problem, heads: Sequence[int]) -> Outcome:
    """What a plan comes to, by the heads of each option."""
    chosen = _chosen(problem, heads)
    boards = range(problem.facts.boards)
    needs = tuple(
        NeedOutcome(need=need, filled=tuple(_fte(chosen, board, need=number) for board in boards))
        for number, need in enumerate(problem.facts.needs)
    )
    return Outcome(
        moves=_moves(problem, chosen),
        needs=needs,
        points=_points(problem, chosen, needs),
        heads=sum(count for _, count in chosen),
        pounds=sum(option.pounds * count for option, count in chosen),
        training_places=sum(count for option, count in chosen if option.needs_training),
    )


def breaches(problem: Problem, heads: Sequence[int]) -> list[str]:
    """Labels of limits, options and needs that a plan goes beyond; none for every plan that is offered."""
    found = [
        f"{limit.kind}: {limit.label}"
        for limit in problem.limits
        if sum(amount * heads[place] for place, amount in limit.uses.items()) > limit.most + SMALL
    ]
    found += [
        f"heads: {option.source}"
        for option, count in zip(problem.options, heads, strict=True)
        if not 0 <= count <= option.heads
    ]
    chosen = _chosen(problem, heads)
    found += [
        f"need: {each.label}"
        for number, each in enumerate(problem.facts.needs)
        for board in range(problem.facts.boards)
        if _fte(chosen, board, need=number) > each.most(board) + SMALL
    ]
    return found


def _chosen(problem: Problem, heads: Sequence[int]) -> Chosen:
    return [(option, count) for option, count in zip(problem.options, heads, strict=True) if count]


def _fte(chosen: Chosen, board: int, *, need: int | None = None, donor: CellKey | None = None) -> float:
    """FTE that a need has got, or a donor given, by a board and that is there, or missing, at it."""
    return sum(
        option.fte * count
        for option, count in chosen
        if option.covers(board) and (option.need == need if donor is None else option.donor == donor)
    )


def _moves(problem: Problem, chosen: Chosen) -> tuple[PlannedMove, ...]:
    together: dict[tuple[object, ...], Chosen] = {}
    for option, count in chosen:
        key = (option.board, option.need, option.source, option.donor, option.supply, option.grade)
        together.setdefault(key, []).append((option, count))
    return tuple(_move(problem, chosen, parts) for parts in together.values())


def _move(problem: Problem, chosen: Chosen, parts: Chosen) -> PlannedMove:
    first = parts[0][0]
    donor = problem.facts.cells[first.donor] if first.donor else None
    before = donor.gap(first.board) if donor else 0.0
    given = _fte(chosen, first.board, donor=donor.key) if donor else 0.0
    return PlannedMove(
        source=first.source,
        need=problem.facts.needs[first.need],
        board=first.board,
        donor=donor,
        heads=sum(count for _, count in parts),
        part_time=sum(count for option, count in parts if option.fte < 1 - SMALL),
        fte=sum(option.fte * count for option, count in parts),
        heads_in_training=sum(count for option, count in parts if option.needs_training),
        minutes=first.minutes,
        pounds=sum(option.pounds * count for option, count in parts),
        costs=_costs_sum(parts),
        lasts=first.lasts,
        grade=first.grade,
        supply=first.supply,
        donor_gap_before=before,
        donor_gap_after=before + given,
    )


def _costs_sum(parts: Chosen) -> Costs:
    return Costs(
        travel=sum(option.costs.travel * count for option, count in parts),
        training=sum(option.costs.training * count for option, count in parts),
        disruption=sum(option.costs.disruption * count for option, count in parts),
        money=sum(option.costs.money * count for option, count in parts),
    )


def _points(problem: Problem, chosen: Chosen, needs: tuple[NeedOutcome, ...]) -> Points:
    facts = problem.facts
    left_open = beyond = donors = 0.0
    for each in needs:
        weight = facts.cells[each.need.cell].weight
        for board in range(facts.boards):
            left_open += POINTS_OF_A_GAP * weight * each.need.priority * each.open_fte(board)
            beyond += BEYOND_POINTS * weight * max(0.0, each.filled[board] - each.need.fte[board])
    for key in {option.donor for option, _ in chosen if option.donor is not None}:
        cell = facts.cells[key]
        for board in range(facts.boards):
            donors += giving_points(cell, facts.weighing, board, _fte(chosen, board, donor=key))
    return Points(moves=_costs_sum(chosen), donors=donors, beyond=beyond, open=left_open)
