"""A plan in plain sentences: why each move, why something stays open, what one more would do."""

from collections.abc import Sequence

from workforce.boards.suggestions.calc.outcome import NeedOutcome, PlannedMove
from workforce.boards.suggestions.calc.problem import (
    SMALL,
    Facts,
    LimitKind,
    Option,
    Pin,
    Problem,
    Source,
)
from workforce.boards.suggestions.calc.solve import Price

# From here on a sentence says so: below, one decimal would read nought.
WORTH_SAYING = 0.05


def number(value: float) -> str:
    """One decimal, or two where one would read nought: 6 -> '6.0', 0.04 -> '0.04'."""
    return f"{value:.1f}" if abs(value) >= WORTH_SAYING or abs(value) < SMALL else f"{value:.2f}"


def people(heads: int) -> str:
    return "1 person" if heads == 1 else f"{heads} people"


def reason(move: PlannedMove, facts: Facts) -> str:
    """Why this move: what it gives, what it takes, how far, and what must be learnt."""
    parts = [_what_it_takes(move), *_how(move)]
    if move.heads_in_training:
        parts.append(
            f"{people(move.heads_in_training)} would need a training place for the skills of the role."
        )
    elif move.donor is not None and move.donor.key.role_id != move.need.cell.role_id:
        parts.append("Enough people there hold the skills of the role.")
    if move.part_time:
        parts.append(_part_time(move))
    if move.donor is not None and move.donor.weight < facts.cells[move.need.cell].weight:
        parts.append("A gap there weighs less.")
    return " ".join(parts)


def _part_time(move: PlannedMove) -> str:
    if move.heads == 1:
        return "This person works part-time."
    if move.part_time == move.heads:
        return "All of them work part-time."
    return (
        f"{people(move.part_time)} of these {move.heads} work{'s' if move.part_time == 1 else ''} part-time."
    )


def _what_it_takes(move: PlannedMove) -> str:
    if move.donor is None:
        return {
            Source.INTAKE: "The plan of intakes is changed for it.",
            Source.TRANSFEREE: "No cell of the force can give more at less cost.",
            Source.AGENCY: f"It covers the gap for {boards_words(move.lasts)} and leaves no gap elsewhere.",
            Source.CIVILIAN: f"Staff of {move.grade} may do this role; no officer is taken from another.",
        }[move.source]
    before, after = move.donor_gap_before, move.donor_gap_after
    if after <= WORTH_SAYING and before < -WORTH_SAYING:
        return f"It has {number(-before)} FTE above its establishment."
    if after <= WORTH_SAYING:
        return "It stays at its establishment."
    share = after / move.donor.establishment[move.board] if move.donor.establishment[move.board] else 1.0
    return f"It would be {number(after)} FTE short, {share:.0%} of its establishment."


def _how(move: PlannedMove) -> list[str]:
    if move.source == Source.ACTING:
        return ["Acting lasts 46 days at most; then it must become a temporary promotion."]
    if move.donor is None:
        return []
    if move.minutes is None:
        return ["How long the way takes is not known."]
    if move.minutes < 1:
        return ["It is at the same place."]
    return [f"It is about {move.minutes:.0f} minutes away."]


def boards_words(count: int | None) -> str:
    if count is None:
        return "good"
    return "1 board" if count == 1 else f"{count} boards"


def price_words(price: Price) -> str:
    """'One more training place would fill 0.8 FTE more (worth 64 points).'"""
    name = {
        LimitKind.MINIMUM: f"If {price.limit.label} could go 1 FTE lower, the plan",
        LimitKind.PEOPLE: f"With one more person to move in {price.limit.label}, the plan",
        LimitKind.LOCATION: f"One more move out of {price.limit.label}",
        LimitKind.TRAINING: "One more training place",
        LimitKind.BUDGET: "£1,000 more",
        LimitKind.SUPPLY: f"One more of “{price.limit.label}”",
    }[price.limit.kind]
    if abs(price.filled_fte) < WORTH_SAYING:
        return f"{name} would fill no more, but save {price.points:.0f} points."
    more, fte = ("more", price.filled_fte) if price.filled_fte > 0 else ("less", -price.filled_fte)
    return f"{name} would fill about {number(fte)} FTE {more} (worth {price.points:.0f} points)."


def why_open(problem: Problem, heads: Sequence[int], outcome: NeedOutcome, board: int = 0) -> str:
    """Why a need, or part of it, stays open at a board: no way at all, limits reached, or too dear."""
    facts = problem.facts
    index = facts.needs.index(outcome.need)
    left = outcome.open_fte(board)
    ways = problem.ways.get((index, board), [])
    if not ways:
        return (
            "There is no way to fill it: nobody of the rank, or the rank below, can be spared within "
            f"{facts.weighing.travel_limit:.0f} minutes, and no intake, transferee or agency serves it."
        )
    small = [place for place in ways if problem.options[place].fte <= left + SMALL]
    if not small:
        return f"The {number(left)} FTE left is less than anyone who could come works."
    used = _used(problem, heads)
    blocked = {place: _blocks(problem, used, place) for place in small}
    if free := [place for place, names in blocked.items() if not names]:
        cheapest = min((problem.options[place] for place in free), key=lambda each: each.costs.total)
        return (
            f"It could be filled ({_short(cheapest)}), but that would cost more elsewhere than it helps here."
        )
    names = sorted({name for names in blocked.values() for name in names})
    return "Every way to fill it meets a limit: " + _listed(names) + "."


def why_pin_fails(problem: Problem, heads: Sequence[int], pin: Pin) -> str:
    """Why a pinned move cannot be made in full."""
    places = problem.pinned(pin)
    if not places:
        return (
            "no such move is possible: the rank, the travel limit, a ban, tenure or the donor's minimum "
            "leaves nobody, or the need is met already"
        )
    used = _used(problem, heads)
    names = sorted({name for place in places for name in _blocks(problem, used, place)})
    return _listed(names) if names else "the need is smaller than what is pinned"


def _used(problem: Problem, heads: Sequence[int]) -> list[float]:
    return [
        sum(amount * heads[place] for place, amount in limit.uses.items() if heads[place])
        for limit in problem.limits
    ]


def _blocks(problem: Problem, used: Sequence[float], place: int) -> list[str]:
    """In words, the limits under which one more head of an option does not fit."""
    found = []
    for index, amount in problem.limits_of[place]:
        limit = problem.limits[index]
        if used[index] + amount > limit.most + SMALL:
            found.append(_LIMITS[limit.kind].format(label=limit.label, most=limit.most))
    return found


_LIMITS = {
    LimitKind.MINIMUM: "the minimum of cells that could give",
    LimitKind.PEOPLE: "the people who may be moved from them",
    LimitKind.LOCATION: "moves out of one place ({most:.0f})",
    LimitKind.TRAINING: "training places ({most:.0f})",
    LimitKind.BUDGET: "the budget (£{most:,.0f})",
    LimitKind.SUPPLY: "{label} ({most:.0f})",
}


def _short(option: Option) -> str:
    return {
        Source.MOVE: "by a move",
        Source.PROMOTION: "by promotion",
        Source.INTAKE: "from the intake",
        Source.TRANSFEREE: "by a transferee",
        Source.ACTING: "by acting up",
        Source.AGENCY: "through an agency",
        Source.CIVILIAN: "by staff",
    }[option.source]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
