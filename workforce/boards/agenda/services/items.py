"""Writes of the agenda, all before the pack is published: drawn up from figures, mended by hand."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.web.editing.records import EditConflict, Overtaken, Seen, moment
from peelsite.web.editing.turns import in_turn
from workforce.boards.agenda.calc import (
    DrawnItem,
    EarlierItem,
    Raised,
    UnitKey,
    draw_up,
    figures_by_cell,
)
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.agenda.selectors import Late, cell_figures, facts_of, key_of_late, thresholds_of
from workforce.boards.decisions.calc import late_sentence
from workforce.boards.decisions.models import ReturnedDecision
from workforce.boards.decisions.selectors import late_decisions
from workforce.boards.meetings.models import Board
from workforce.establishment.calc import CellKey

_FIGURES = (
    "establishment_fte",
    "strength_fte",
    "vacant_fte",
    "vacant_posts",
    "longest_vacant_days",
    "acting_past_limit",
    "funding_ends_on",
)
_PROJECTED = {
    "projected_on": "on",
    "projected_p10": "p10",
    "projected_p50": "p50",
    "projected_p90": "p90",
    "projected_chance": "chance",
    "projected_threshold": "threshold",
}
_DRAWN_FIELDS = ("title", "raised_by", "reason", *_FIGURES, *_PROJECTED)


@in_turn
def agenda_draw_up(*, board: Board) -> list[AgendaItem]:
    """Draw the agenda up from the figures of the pack day, and return the items on it in order.

    What was done by hand stays: items added or taken off, and the order once anyone has changed it. An item
    that was moved and is no longer raised stays with a sentence that says so.
    """
    board = scheduled_for_update(board)
    late = late_decisions(board, board.pack_on)
    facts = facts_of(board, late)
    drawn = {item.key: item for item in draw_up(facts, thresholds_of(board.series, board.pack_on))}
    figures = figures_by_cell(facts)
    kept: list[AgendaItem] = []
    board.returned_decisions.all().delete()
    for item in board.items.all():
        if item.key is None:
            kept.append(item)
            continue
        found = drawn.pop(item.key, None)
        if found is None and not item.is_touched:
            item.delete()
            continue
        _take_figures(item, found, figures.get(item.key))
        kept.append(item)
    new = [_new_item(board, item) for item in drawn.values()]
    is_ordered_by_hand = any(item.moved_by_id for item in kept)
    ordered = kept + new if is_ordered_by_hand else sorted(kept + new, key=_by_gap)
    for position, item in enumerate(ordered, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(kept, ["position", *_DRAWN_FIELDS])
    AgendaItem.objects.bulk_create(new)
    on_agenda = [item for item in ordered if item.removed_at is None]
    _bring_back(board, on_agenda, late)
    return on_agenda


def _bring_back(board: Board, items: list[AgendaItem], late: list[Late]) -> None:
    """Note which late decisions come back by which item, with how they stand."""
    by_key = {item.key: item for item in items if item.key is not None}
    ReturnedDecision.objects.bulk_create(
        ReturnedDecision(
            board=board,
            item=by_key[key_of_late(decision)],
            decision=decision,
            happened=late_sentence(followed, board.pack_on),
        )
        for decision, followed in late
        if key_of_late(decision) in by_key
    )


@in_turn
def item_add(
    *, board: Board, title: str = "", reason: str, cell: CellKey | None = None, user: User
) -> AgendaItem:
    """Add an item by hand: a question in words, or a cell with its figures. It goes to the end."""
    board = scheduled_for_update(board)
    item = AgendaItem(
        board=board,
        title=title,
        raised_by=[Raised.HAND.value],
        reason=reason,
        added_by=user,
        position=(board.items.order_by("-position").values_list("position", flat=True).first() or 0) + 1,
    )
    if cell is not None:
        _put_on_cell(item, cell)
    if not item.title:
        raise ValidationError(
            {"title": "Enter what the board is asked, or choose rank, role, location and unit."}
        )
    item.full_clean(exclude=["raised_by"])
    item.save()
    return item


@in_turn
def item_remove(*, item: AgendaItem, reason: str, user: User, seen: Seen | None = None) -> AgendaItem:
    """Take an item off the agenda, with the reason; it stays off when the agenda is drawn up again.

    Raises Overtaken when it is off already or no longer what was `seen`.
    """
    item = _item_for_update(item)
    if item.removed_at:
        raise Overtaken(
            f"{item.removed_by} took {item.title} off the agenda at {moment(item.removed_at)}, with the "
            f"reason: {item.removed_reason}"
        )
    if seen is not None:
        seen.check(item)
    item.removed_by, item.removed_at, item.removed_reason = user, timezone.now(), _stated(reason)
    item.save(update_fields=["removed_by", "removed_at", "removed_reason"])
    return item


@in_turn
def item_restore(*, item: AgendaItem) -> AgendaItem:
    """Put an item that was taken off back onto the agenda."""
    item = _item_for_update(item)
    if item.removed_at is None:
        raise Overtaken(f"{item.title} is on the agenda already.")
    item.removed_by, item.removed_at, item.removed_reason = None, None, ""
    item.save(update_fields=["removed_by", "removed_at", "removed_reason"])
    return item


@in_turn
def item_move(
    *, item: AgendaItem, position: int, reason: str, user: User, seen: Seen | None = None
) -> AgendaItem:
    """Put an item at a place on the agenda (1 is first), with the reason.

    Raises EditConflict when it is no longer what was `seen`, at another place for example.
    """
    item = _item_for_update(item)
    if seen is not None:
        seen.check(item)
    others = [each for each in item.board.items.on_agenda() if each.pk != item.pk]
    if not 1 <= position <= len(others) + 1:
        raise ValidationError({"position": f"Position must be between 1 and {len(others) + 1}."})
    item.moved_by, item.moved_reason = user, _stated(reason)
    ordered = [*others[: position - 1], item, *others[position - 1 :]]
    ordered += list(item.board.items.exclude(removed_at=None))
    for place, each in enumerate(ordered, start=1):
        each.position = place
    AgendaItem.objects.bulk_update(ordered, ["position"])
    item.save(update_fields=["moved_by", "moved_reason"])
    return item


def scheduled_for_update(board: Board) -> Board:
    """The board's row, locked. Raises Overtaken when its pack is published already, or it is gone."""
    board = (
        Board.objects.select_for_update(of=("self",), no_key=True)
        .select_related("series__force", "force", "published_by")
        .filter(pk=board.pk)
        .first()
    )
    if board is None:
        raise EditConflict(None)
    if not board.is_scheduled:
        raise Overtaken(
            f"The pack of the board of {board.held_on:%-d %B %Y} is published, and nothing in it can change: "
            f"{board.published_by} published it at {moment(board.published_at)}."
        )
    return board


def _item_for_update(item: AgendaItem) -> AgendaItem:
    """The item under the lock of its board, which every change of the agenda takes first."""
    board = scheduled_for_update(item.board)
    items = AgendaItem.objects.select_related("board", "removed_by")
    found = items.filter(pk=item.pk, board=board).first()
    if found is None:
        raise EditConflict(None)
    return found


def _stated(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Enter the reason."})
    return reason.strip()


def _new_item(board: Board, drawn: DrawnItem) -> AgendaItem:
    item = AgendaItem(board=board)
    match drawn.key:
        case CellKey():
            item.rank_id, item.role_id = drawn.key.rank_id, drawn.key.role_id
            item.location_id, item.unit_id = drawn.key.location_id, drawn.key.unit_id
        case UnitKey(unit_id):
            item.unit_id = unit_id
        case EarlierItem(item_id):
            item.follows_id = item_id
    _take_figures(item, drawn, drawn)
    return item


def _take_figures(item: AgendaItem, raised: DrawnItem | None, figures: DrawnItem | None) -> None:
    """Figures of the day, and the reason they give; one written by hand is never overwritten."""
    source = raised or figures
    for name in _FIGURES:
        setattr(item, name, getattr(source, name) if source else None)
    projected = source.projected if source else None
    for column, name in _PROJECTED.items():
        setattr(item, column, getattr(projected, name) if projected else None)
    if source is None and item.has_cell:
        item.establishment_fte = item.strength_fte = 0
    if item.added_by_id:
        return
    item.title = source.title if source else item.title
    item.raised_by = [each.value for each in raised.raised_by] if raised else item.raised_by
    item.reason = raised.reason if raised else "The figures no longer raise this; it was kept by hand."


def _put_on_cell(item: AgendaItem, cell: CellKey) -> None:
    board = item.board
    if board.items.filter(
        rank_id=cell.rank_id, role_id=cell.role_id, location_id=cell.location_id, unit_id=cell.unit_id
    ).exists():
        raise ValidationError(
            "This rank, role, location and unit already has an item, on the agenda or taken off it. "
            "Open that one instead."
        )
    figures = cell_figures(board.series, board.pack_on).get(cell)
    if figures is None:
        raise ValidationError(
            f"No post or person is in this rank, role, location and unit on {board.pack_on:%-d %B %Y}. "
            "Choose others, or leave all four empty."
        )
    item.rank_id, item.role_id = cell.rank_id, cell.role_id
    item.location_id, item.unit_id = cell.location_id, cell.unit_id
    item.title = item.title or figures.title
    for name in _FIGURES:
        setattr(item, name, getattr(figures, name))


def _by_gap(item: AgendaItem) -> tuple:
    """The widest gap first, now or projected; then items without figures, and those added by hand."""
    gap = item.gap_fte
    width = 0 if gap is None else max(abs(gap), item.projected_p50 or 0)
    return (item.added_by_id is not None, gap is None, -width, item.title)
