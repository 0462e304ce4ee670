"""How long a plan takes, and what it is worth beside the simple rule.

    python -m tests.benchmarks.suggestions_speed

An invented force of about 3,400 posts: 300 cells, some 157 FTE short in nearly a hundred of them, five ranks
and grades at twelve places, two kinds of skill in a cell. One board, solved again with a move pinned, with it
forbidden and with a setting changed; then six boards, with a limit of 60 seconds. Seeded, and no database.
"""

import os
import platform
import random
from dataclasses import dataclass, replace
from time import perf_counter, process_time

import numpy
import scipy
import scipy.optimize

from workforce.boards.suggestions.calc.options import problem_of
from workforce.boards.suggestions.calc.outcome import Outcome, breaches, outcome_of
from workforce.boards.suggestions.calc.problem import (
    CivilianPair,
    Facts,
    Forbidden,
    Group,
    Intake,
    Need,
    Pin,
    PlanCell,
    Source,
)
from workforce.boards.suggestions.calc.simple import simple_plan
from workforce.boards.suggestions.calc.solve import Solution, solve
from workforce.establishment.calc import CellKey

CELLS, SHORT_FTE, PLACES, ROLES = 300, 157, 12, 25
# (category, order, share of the cells)
RANKS = (("officer", 1, 45), ("officer", 2, 20), ("officer", 3, 10), ("staff", 1, 15), ("staff", 2, 10))
WITHIN_SECONDS = 2.0


def invented(seed: int, boards: int) -> Facts:
    """A force with one board or more ahead; at later boards leavers have widened the gaps."""
    dice = random.Random(seed)
    cells = {}
    for number in range(CELLS):
        category, order, _ = dice.choices(RANKS, weights=[each[2] for each in RANKS])[0]
        key = CellKey(
            rank_id=order + (10 if category == "staff" else 0),
            role_id=dice.randrange(ROLES),
            location_id=dice.randrange(PLACES),
            unit_id=number,
        )
        posts = float(dice.randint(3, 19))
        people = (
            posts - max(0, round(dice.gauss(0.6, 1.2)))
            if dice.random() < 0.75
            else posts + dice.randint(0, 1)
        )
        leaving = dice.random() * 0.3
        full = max(0, int(people * 0.75))
        learnt = frozenset(dice.sample(range(ROLES), 4)) | {key.role_id}
        cells[key] = (
            category,
            order,
            posts,
            people,
            leaving,
            full,
            learnt,
            dice.choice([0.7, 1.0, 1.0, 1.5]),
        )
    short: list[CellKey] = []
    total = 0.0
    for key, (_, _, posts, people, *_rest) in cells.items():
        if posts > people and total < SHORT_FTE:
            short.append(key)
            total += posts - people
    return Facts(
        cells={key: _cell(key, *row, boards, short) for key, row in cells.items()},
        needs=tuple(
            Need(
                cell=key,
                label=f"Cell {key.unit_id}",
                fte=tuple(
                    round(cells[key][2] - cells[key][3] + cells[key][4] * board, 4) for board in range(boards)
                ),
                priority=1.5 - 0.5 * place / len(short),
            )
            for place, key in enumerate(short)
        ),
        minutes={(a, b): float(dice.randint(10, 80)) for a in range(PLACES) for b in range(a)},
        intakes=(Intake(key="1", label="Intake of May", rank_id=1, places=12),),
        pairs=(CivilianPair(rank_id=1, role_id=3, staff_rank_id=11, staff_rank="Investigator"),),
        boards=boards,
        location_names={place: f"Place {place}" for place in range(PLACES)},
        rank_names={1: "Constable", 2: "Sergeant", 3: "Inspector"},
    )


def _cell(key, category, order, posts, people, leaving, full, learnt, weight, boards, short) -> PlanCell:
    def fits(roles: frozenset[int]) -> frozenset[CellKey]:
        return frozenset(need for need in short if need.role_id in roles)

    groups = [
        Group(fte=1.0, heads=full - full // 2, fits=fits(frozenset({key.role_id}))),
        Group(fte=1.0, heads=full // 2, fits=fits(learnt)),
        Group(fte=0.6, heads=1, fits=fits(frozenset({key.role_id}))),
    ]
    return PlanCell(
        key=key,
        label=f"Cell {key.unit_id}",
        rank=f"Rank {key.rank_id}",
        unit=f"Unit {key.unit_id}",
        category=category,
        rank_order=order,
        establishment=(posts,) * boards,
        strength=tuple(max(0.0, people - leaving * board) for board in range(boards)),
        minimum=0.9 * posts,
        weight=weight,
        groups=tuple(group for group in groups if group.heads),
    )


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and those of a processor: what an idle machine would take."""

    clock: float
    processor: float


def timed(facts: Facts, seconds: float, priced: int = 4) -> tuple[Took, Solution, Outcome, Outcome]:
    """Seconds from facts to a plan with its outcome, prices and the rule's plan beside it."""
    began, worked = perf_counter(), process_time()
    problem = problem_of(facts)
    solution = solve(problem, seconds=seconds, priced=priced)
    outcome = outcome_of(problem, solution.heads)
    heads = simple_plan(problem)
    rule = outcome_of(problem, heads)
    took = Took(perf_counter() - began, process_time() - worked)
    assert not breaches(problem, solution.heads), "the plan goes beyond a limit"
    assert not breaches(problem, heads), "the rule goes beyond a limit"
    assert not solution.missing, "a pin is not met"
    return took, solution, outcome, rule


def line(name: str, took: Took, solution: Solution, outcome: Outcome, rule: Outcome, board: int = 0) -> None:
    print(
        f"| {name} | {len(solution.heads):,} | {took.clock:.2f} | {took.processor:.2f} | {solution.gap:.2%} "
        f"| {outcome.filled_fte(board):.1f} of {outcome.asked_fte(board):.1f} | {outcome.points.total:,.0f} "
        f"| {outcome.heads} | {rule.filled_fte(board):.1f} | {rule.points.total:,.0f} | {rule.heads} |"
    )


def main() -> None:
    print(
        f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, "
        f"numpy {numpy.__version__}, scipy {scipy.__version__}"
    )
    posts = sum(cell.establishment[0] for cell in invented(1, 1).cells.values())
    print(f"{posts:,.0f} posts in {CELLS} cells; plan beside the simple rule under the same limits\n")
    print(
        "| Case | Ways | Seconds | of a processor | From best | Filled, FTE | Points | People "
        "| Rule: FTE | points | people |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    clock = processor = 0.0
    for seed in (1, 2, 3):
        facts = invented(seed, 1)
        took, solution, outcome, rule = timed(facts, 1.0)
        line(f"One board, force {seed}", took, solution, outcome, rule)
        move = next(each for each in outcome.moves if each.source == Source.MOVE and each.donor)
        pin = Pin(key=1, source=Source.MOVE, donor=move.donor.key, need=move.need.cell, heads=move.heads)
        ban = Forbidden(key=2, donor=move.donor.key, need=move.need.cell, source=Source.MOVE)
        again = {
            "a move pinned": replace(facts, pins=(pin,)),
            "it forbidden": replace(facts, forbidden=(ban,)),
            "24 training places": replace(facts, weighing=replace(facts.weighing, training_places=24)),
        }
        clock, processor = max(clock, took.clock), max(processor, took.processor)
        for name, changed in again.items():
            took, solution, outcome, rule = timed(changed, 1.0)
            line(f"- {name}", took, solution, outcome, rule)
            clock, processor = max(clock, took.clock), max(processor, took.processor)
    took, solution, outcome, rule = timed(invented(1, 6), 60.0, priced=0)
    line("Six boards, force 1", took, solution, outcome, rule, 5)
    print(
        f"\nSlowest plan of one board: {clock:.2f} s by the clock, {processor:.2f} s of a processor; "
        f"{WITHIN_SECONDS:.0f} s is the limit on a machine that does nothing else."
    )


if __name__ == "__main__":
    main()
