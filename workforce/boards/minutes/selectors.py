"""Reads of minutes: approved ones as they are kept, others as the decisions give them now."""

from workforce.boards.agenda.calc import ProjectedGap, Raised
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.models import BoardAction, Decision
from workforce.boards.decisions.selectors import words_of
from workforce.boards.meetings.models import Board
from workforce.boards.minutes.calc import (
    Minuted,
    MinutedAction,
    MinutedItem,
    MinutesFacts,
    minutes_text,
)
from workforce.boards.pack.selectors import pack_of


def minutes_of(board: Board) -> str:
    """The minutes as text. Approved: as kept. Else: drafted from what is decided so far; seven queries."""
    return board.minutes or minutes_text(facts_of(board))


def facts_of(board: Board) -> MinutesFacts:
    """What the minutes of a published board are written from. Seven queries."""
    pack = pack_of(board)
    by_hand = BoardAction.objects.filter(board=board, decision__isnull=True).select_related("owner")
    returned: dict[int, list[str]] = {}
    for each in board.returned_decisions.all():
        returned.setdefault(each.item_id, []).append(each.happened)
    return MinutesFacts(
        force=board.force.name,
        series=board.series.name,
        held_on=board.held_on,
        pack_on=board.pack_on,
        pack_digest=board.pack_digest,
        attended=board.attended,
        notes=board.notes,
        last_board_on=pack.last_board_on,
        last_time=pack.last_time,
        items=[
            MinutedItem(
                title=item.title,
                gap_fte=item.gap_fte,
                decisions=[_minuted(decision) for decision in item.decisions.all()],
                returned=returned.get(item.pk, []),
                projected=_projected(item),
            )
            for item in pack.items
        ],
        actions=[
            MinutedAction(text=action.text, owner=action.owner.name, due_on=action.due_on)
            for action in by_hand
        ],
    )


def _minuted(decision: Decision) -> Minuted:
    return Minuted(
        words=words_of(decision),
        decided_by=decision.decided_by.name,
        owner=decision.owner.name,
        due_on=decision.due_on,
        reason=decision.reason,
        review_on=decision.review_on if decision.review_on != decision.due_on else None,
    )


def _projected(item: AgendaItem) -> str:
    """What was projected, of items that this raised; frozen with the pack."""
    if Raised.PROJECTED not in item.raised_by:
        return ""
    return ProjectedGap(
        on=item.projected_on,
        p10=item.projected_p10,
        p50=item.projected_p50,
        p90=item.projected_p90,
        chance=item.projected_chance,
        threshold=item.projected_threshold,
    ).sentence
