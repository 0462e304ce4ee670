"""Plans as pages and programs read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from workforce.boards.agenda.models import AgendaItem
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.models import (
    FillMove,
    FillNeed,
    FillPlan,
    MoveRule,
    PlanKind,
)

CELL = ("rank", "role", "location", "unit")


@dataclass(frozen=True, kw_only=True)
class PlanRead:
    """A plan with its needs, the widest first as on the agenda, and the moves of each."""

    plan: FillPlan
    needs: Sequence[FillNeed]
    moves: Sequence[FillMove]

    def by_board(self) -> list[tuple[str, list[FillNeed], list[FillMove]]]:
        """(day, needs, moves) of each board in turn."""
        return [
            (
                day,
                [need for need in self.needs if need.board_number == number],
                [move for move in self.moves if move.board_number == number],
            )
            for number, day in enumerate(self.plan.boards_on)
        ]


@dataclass(frozen=True, kw_only=True)
class ItemSuggestions:
    """What the newest plan of its board has for one item; `need` is None where it asks nothing."""

    plan: FillPlan
    need: FillNeed | None
    moves: Sequence[FillMove]


def newest_plan(board: Board, kind: str = PlanKind.BOARD) -> FillPlan | None:
    """One query."""
    return FillPlan.objects.newest(board, kind)


def plan_read(plan: FillPlan) -> PlanRead:
    """Three queries."""
    needs = list(plan.needs.select_related("item"))
    by_id = {need.pk: need for need in needs}
    moves = list(plan.moves.all())
    for move in moves:
        move.need = by_id[move.need_id]
        move.plan = plan
    _take_chances(plan, needs, moves)
    return PlanRead(plan=plan, needs=needs, moves=moves)


def _take_chances(plan: FillPlan, needs: Sequence[FillNeed], moves: Sequence[FillMove]) -> None:
    """Put chances from the projection's draws in place of the quick reading, if they are there. One query."""
    drawn = {chance.cell: chance for chance in plan.chances.all()}
    for need in needs:
        need.plan = plan
        if (chance := drawn.get(need.cell)) is not None:
            need.chance_before, need.chance_after = chance.before, chance.after
    for move in moves:
        if (chance := drawn.get(move.donor)) is not None:
            move.donor_chance_before, move.donor_chance_after = chance.before, chance.after
    plan.is_drawn = bool(drawn)


def suggestions_of_item(item: AgendaItem) -> ItemSuggestions | None:
    """None while no plan was made for the item's board. Four queries."""
    plan = newest_plan(item.board)
    if plan is None:
        return None
    need = plan.needs.filter(item=item).first()
    moves = list(need.moves.all()) if need else []
    for move in moves:
        move.need = need
        move.plan = plan
    _take_chances(plan, [need] if need else [], moves)
    return ItemSuggestions(plan=plan, need=need, moves=moves)


def rules_held(board: Board) -> Sequence[MoveRule]:
    """Pins and bans of a board that hold, and those lifted, the newest first. One query."""
    return list(MoveRule.objects.filter(board=board).select_related("made_by", "lifted_by").order_by("-pk"))
