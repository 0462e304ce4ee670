"""Plans worked out and kept, each with its moves, its needs and what it was made from."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.accounts.models import User
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.calc import words
from workforce.boards.suggestions.calc.digest import digest_of
from workforce.boards.suggestions.calc.options import problem_of
from workforce.boards.suggestions.calc.outcome import Outcome, PlannedMove, outcome_of
from workforce.boards.suggestions.calc.problem import LABELS, LimitKind, Problem
from workforce.boards.suggestions.calc.simple import simple_plan
from workforce.boards.suggestions.calc.solve import Solution, solve
from workforce.boards.suggestions.models import FillChance, FillMove, FillNeed, FillPlan, PlanKind
from workforce.boards.suggestions.models.rules import cell_columns
from workforce.boards.suggestions.selectors import facts_ahead, facts_of
from workforce.boards.suggestions.selectors.chances import (
    Chances,
    chances_of,
    outlook_for,
    quick_chances,
    worst_chance,
)
from workforce.boards.suggestions.selectors.facts import Asked
from workforce.boards.suggestions.services.rules import board_deciding
from workforce.projection.selectors import Outlook

# Within which a board's plan is sought, so that its page is there in two seconds; and a plan ahead, in a job.
SECONDS_FOR_A_BOARD = 1.0
SECONDS_AHEAD = 60.0


@transaction.atomic
def plan_make(*, board: Board, user: User | None, seconds: float = SECONDS_FOR_A_BOARD) -> FillPlan:
    """Work out where the people for a board's agenda could come from, and keep it.

    Two at once make two plans; the later one is shown. Raises ValidationError when nothing is short, and
    Overtaken when the board's minutes are approved.
    """
    board = board_deciding(board)
    asked = facts_of(board)
    if not asked.facts.needs:
        raise ValidationError(_nothing_asked(board))
    return _worked_out(PlanKind.BOARD, asked, outlook_for(asked), user, seconds)


@transaction.atomic
def plan_ahead_make(*, board: Board, user: User | None, seconds: float = SECONDS_AHEAD) -> FillPlan:
    """Work out a plan for this board and the next five of its series, from projected gaps, and keep it."""
    board = board_deciding(board)
    asked, outlook = facts_ahead(board)
    if not asked.facts.needs:
        raise ValidationError("No cell is short at any of these boards, so there is nothing to fill.")
    plan = _worked_out(PlanKind.AHEAD, asked, outlook, user, seconds)
    chances_make(plan=plan)
    return plan


@transaction.atomic
def chances_make(*, plan: FillPlan) -> int:
    """Ask the projection what a plan does to the chance of a gap, and keep the answers; how many there are.

    Once for a plan: asked again, what is kept stays.
    """
    FillPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if (kept := plan.chances.count()) > 0:
        return kept
    chances = chances_of(plan)
    return len(
        FillChance.objects.bulk_create(
            FillChance(plan=plan, before=before, after=chances.after[key], **cell_columns("cell", key))
            for key, before in chances.before.items()
        )
    )


def _worked_out(
    kind: str, asked: Asked, outlook: Outlook | None, user: User | None, seconds: float
) -> FillPlan:
    problem = problem_of(asked.facts)
    solution = solve(problem, seconds=seconds)
    outcome = outcome_of(problem, solution.heads)
    rule = outcome_of(problem, simple_plan(problem))
    chances = quick_chances(asked, outlook, outcome.moves)
    last = asked.facts.boards - 1
    plan = FillPlan.objects.create(
        force=asked.board.force,
        board=asked.board,
        kind=kind,
        day=asked.board.pack_on,
        boards_on=[day.isoformat() for day in asked.boards_on],
        run_id=chances.run_id,
        inputs_digest=digest_of(asked.facts),
        weighing=asdict(asked.facts.weighing) | {"from": asked.settings.starts_on.isoformat()},
        status=solution.status,
        objective=_decimal(solution.objective, 2),
        bound=min(_decimal(solution.bound, 2), _decimal(solution.objective, 2)),
        seconds=_decimal(solution.seconds, 3),
        variables=solution.variables,
        rows=solution.rows,
        asked_fte=_decimal(outcome.asked_fte(last)),
        filled_fte=min(_decimal(outcome.filled_fte(last)), _decimal(outcome.asked_fte(last))),
        heads=outcome.heads,
        summary={
            "plan": _whole(asked, outcome, chances),
            "rule": _whole(asked, rule, quick_chances(asked, outlook, rule.moves)),
            "by_source": _by_source(outcome),
            "by_board": _by_board(outcome, rule, asked.facts.boards),
            "prices": [words.price_words(price) for price in solution.prices],
            "missing": _missing(problem, solution),
            "limits": _limits(problem, solution.heads),
            "decided_fte": round(asked.decided_fte, 4),
            "read_on": chances.read_on.isoformat() if chances.read_on else "",
            "options": len(problem.options),
        },
        asked_by=user,
    )
    _rows_write(plan, asked, problem, solution.heads, outcome, chances)
    return plan


def _rows_write(
    plan: FillPlan,
    asked: Asked,
    problem: Problem,
    heads: Sequence[int],
    outcome: Outcome,
    chances: Chances,
) -> None:
    """Needs and moves, one statement each. Why something stays open is said of the plan's first board."""
    boards = range(asked.facts.boards)
    needs = FillNeed.objects.bulk_create(
        FillNeed(
            plan=plan,
            board_number=board,
            board_on=asked.boards_on[board],
            item=asked.items.get(each.need.cell),
            label=each.need.label,
            asked_fte=_decimal(each.need.fte[board]),
            filled_fte=_decimal(min(each.filled[board], each.need.fte[board])),
            why_open=words.why_open(problem, heads, each, board)
            if board == 0 and each.open_fte(board) > words.WORTH_SAYING
            else "",
            chance_before=chances.before.get(each.need.cell),
            chance_after=chances.after.get(each.need.cell),
            **cell_columns("need", each.need.cell),
        )
        for board in boards
        for each in outcome.needs
    )
    places = {each.need.cell: place for place, each in enumerate(outcome.needs)}
    FillMove.objects.bulk_create(
        _row(plan, asked, move, needs[move.board * len(places) + places[move.need.cell]], chances)
        for move in outcome.moves
    )


def _row(plan: FillPlan, asked: Asked, move: PlannedMove, need: FillNeed, chances: Chances) -> FillMove:
    donor = move.donor
    held: dict[str, Any] = {}
    if donor is not None:
        held = {
            "donor_label": donor.label,
            "donor_strength": _decimal(donor.strength[move.board]),
            "donor_minimum": _decimal(donor.minimum),
            "donor_gap_before": _decimal(move.donor_gap_before),
            "donor_gap_after": _decimal(move.donor_gap_after),
            "donor_chance_before": chances.before.get(donor.key),
            "donor_chance_after": chances.after.get(donor.key),
        }
    else:
        held = {"donor_label": _outside_label(asked, move)}
    return FillMove(
        plan=plan,
        need=need,
        board_number=move.board,
        board_on=asked.boards_on[move.board],
        source=move.source.value,
        heads=move.heads,
        part_time=move.part_time,
        fte=_decimal(move.fte),
        training_places=move.heads_in_training,
        minutes=None if move.minutes is None or donor is None else round(move.minutes),
        pounds=_decimal(move.pounds, 2),
        points=_decimal(move.costs.total, 2),
        reason=words.reason(move, asked.facts),
        **held,
        **cell_columns("donor", donor.key if donor else None),
    )


def _outside_label(asked: Asked, move: PlannedMove) -> str:
    """The intake or the grade of staff that people come from; else nothing beyond the source."""
    for intake in asked.facts.intakes:
        if move.supply == f"intake:{intake.key}":
            return intake.label
    return move.grade


def _whole(asked: Asked, outcome: Outcome, chances: Chances) -> dict[str, Any]:
    """The figures by which a plan and the simple rule are compared."""
    last = asked.facts.boards - 1
    points = outcome.points
    return {
        "filled_fte": round(outcome.filled_fte(last), 4),
        "open_fte": round(outcome.open_fte(last), 4),
        "people": outcome.heads,
        "pounds": round(outcome.pounds, 2),
        "training_places": outcome.training_places,
        "points": round(points.total, 2),
        "points_open": round(points.open + points.beyond, 2),
        "points_donors": round(points.donors, 2),
        "points_moves": round(points.moves.total, 2),
        "worst_chance": worst_chance(chances),
    }


def _by_source(outcome: Outcome) -> list[dict[str, Any]]:
    found: dict[str, list[float]] = {}
    for move in outcome.moves:
        total = found.setdefault(move.source, [0.0, 0])
        total[0] += move.fte
        total[1] += move.heads
    return [
        {
            "source": source.value,
            "label": label,
            "fte": round(found[source][0], 4),
            "people": found[source][1],
        }
        for source, label in LABELS.items()
        if source in found
    ]


def _by_board(outcome: Outcome, rule: Outcome, boards: int) -> list[dict[str, float]]:
    return [
        {
            "asked_fte": round(outcome.asked_fte(board), 4),
            "filled_fte": round(outcome.filled_fte(board), 4),
            "rule_filled_fte": round(rule.filled_fte(board), 4),
            "people": sum(move.heads for move in outcome.moves if move.board == board),
        }
        for board in range(boards)
    ]


def _missing(problem: Problem, solution: Solution) -> list[dict[str, Any]]:
    """Pins that cannot be held in full, each with why."""
    pins = {pin.key: pin for pin in problem.facts.pins}
    return [
        {"rule": key, "people": short, "why": words.why_pin_fails(problem, solution.heads, pins[key])}
        for key, short in sorted(solution.missing.items())
    ]


def _limits(problem: Problem, heads: Sequence[int]) -> list[dict[str, Any]]:
    """How much the plan uses of training places, budget, pools and moves out of a place, at its boards."""
    shown = (LimitKind.TRAINING, LimitKind.BUDGET, LimitKind.SUPPLY, LimitKind.LOCATION)
    return [
        {"kind": limit.kind.value, "label": limit.label, "used": round(used, 2), "most": limit.most}
        for limit in problem.limits
        if limit.kind in shown and limit.board == 0 and (used := _used(limit.uses, heads)) > 0
    ]


def _used(uses: Any, heads: Sequence[int]) -> float:
    return sum(amount * heads[place] for place, amount in uses.items() if heads[place])


def _decimal(value: float, places: int = 4) -> Decimal:
    return Decimal(str(round(value, places)))


def _nothing_asked(board: Board) -> str:
    if not board.items.on_agenda().exists():
        return "Nothing is on the agenda yet. Draw it up first."
    return "No item of the agenda has a gap that is not decided yet, so there is nothing to fill."
