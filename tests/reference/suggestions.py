"""The best plan by trying every one: for instances so small that all can be counted."""

from collections.abc import Iterator
from itertools import product

from workforce.boards.suggestions.calc.outcome import breaches, outcome_of
from workforce.boards.suggestions.calc.problem import Problem

MOST_PLANS = 300_000


def every_plan(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Heads of each option, in every way that breaches nothing and meets every pin."""
    counts = [range(option.heads + 1) for option in problem.options]
    total = 1
    for count in counts:
        total *= len(count)
    if total > MOST_PLANS:
        raise ValueError(f"{total} plans are too many to try.")
    for heads in product(*counts):
        if not breaches(problem, heads) and all(
            sum(heads[place] for place in problem.pinned(pin)) >= pin.heads for pin in problem.facts.pins
        ):
            yield heads


def least_points(problem: Problem) -> float:
    """What the best of all plans costs."""
    return min(outcome_of(problem, heads).points.total for heads in every_plan(problem))
