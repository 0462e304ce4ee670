"""Reads of a pack: as frozen, or as it would be frozen now, with what moved since beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from peelsite.forces.models import Force
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import ActionCounts, action_counts
from workforce.boards.decisions.models import BoardAction, Decision
from workforce.boards.meetings.models import Board
from workforce.boards.pack.calc import digest
from workforce.boards.pack.models import CarriedAction, Dimension, PackLine
from workforce.establishment.calc import CellKey, Figures, GapCell, Line
from workforce.establishment.selectors import establishment_as_at, gaps_by_cell

CELLS_THAT_MATTER = 6

LINE_FIELDS = (
    "posts",
    "establishment_fte",
    "strength_fte",
    "headcount",
    "under_fte",
    "over_fte",
    "vacant_fte",
    "vacant_posts",
    "supernumerary_fte",
    "acting_fte",
    "acting_heads",
    "seconded_out_fte",
    "seconded_out_heads",
    "long_term_absent_fte",
    "long_term_absent_heads",
    "limited_heads",
)
_LABEL_FIELDS = ("dimension", "position", "key", "label", "code", "category", "depth")
_ITEM_FIELDS = (
    "position",
    "title",
    "rank_id",
    "role_id",
    "location_id",
    "unit_id",
    "raised_by",
    "reason",
    "establishment_fte",
    "strength_fte",
    "vacant_fte",
    "vacant_posts",
    "longest_vacant_days",
    "acting_past_limit",
    "funding_ends_on",
    "removed_reason",
)
_CARRIED_FIELDS = (
    "position",
    "action_id",
    "agreed_on",
    "is_of_last_board",
    "text",
    "owner_name",
    "due_on",
    "state",
    "closed_on",
    "is_late",
)


@dataclass(frozen=True, kw_only=True)
class MovedCell:
    """An item's gap on the pack day beside its gap on the day looked at."""

    item: AgendaItem
    now_fte: Decimal

    @property
    def moved_fte(self) -> Decimal:
        return self.now_fte - self.item.gap_fte


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What the records say on a later day, beside the frozen figures."""

    day: date
    total: Figures
    cells: tuple[MovedCell, ...]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """Everything a pack page shows."""

    board: Board
    lines: list[PackLine]
    items: list[AgendaItem]
    removed: list[AgendaItem]
    carried: list[CarriedAction]

    @property
    def total(self) -> PackLine | None:
        return next((line for line in self.lines if line.dimension == Dimension.TOTAL), None)

    @property
    def tables(self) -> list[tuple[str, list[PackLine]]]:
        """Heading and lines of each table after the total."""
        return [
            (dimension.label, found)
            for dimension in Dimension
            if dimension != Dimension.TOTAL
            and (found := [line for line in self.lines if line.dimension == dimension])
        ]

    @property
    def matters(self) -> list[AgendaItem]:
        """The cells with the widest gaps."""
        cells = [item for item in self.items if item.gap_fte]
        return sorted(cells, key=lambda item: (-abs(item.gap_fte), item.position))[:CELLS_THAT_MATTER]

    @property
    def last_time(self) -> ActionCounts:
        return action_counts([(each.state, each.is_late) for each in self.carried if each.is_of_last_board])

    @property
    def last_board_on(self) -> date | None:
        return next((each.agreed_on for each in self.carried if each.is_of_last_board), None)


def pack_of(board: Board) -> Pack:
    """The pack of a board: the frozen rows, or what publication would freeze now.

    Four queries for a frozen pack, seven for one that is not published.
    """
    decisions = Prefetch("decisions", Decision.objects.with_labels())
    items = list(board.items.with_cell().select_related("removed_by", "moved_by").prefetch_related(decisions))
    frozen = not board.is_scheduled
    return Pack(
        board=board,
        lines=list(board.pack_lines.all()) if frozen else lines_to_freeze(board),
        items=[item for item in items if item.removed_at is None],
        removed=[item for item in items if item.removed_at is not None],
        carried=list(board.carried_actions.select_related("action")) if frozen else actions_to_carry(board),
    )


def lines_to_freeze(board: Board) -> list[PackLine]:
    """Strength table of the pack day, not saved. Two queries."""
    tables = establishment_as_at(board.force, board.pack_on)
    total = Line(key="", label=board.force.name, figures=tables.total)
    groups = (
        (Dimension.TOTAL, (total,)),
        (Dimension.TYPE, tables.by_type),
        (Dimension.RANK, tables.by_rank),
        (Dimension.ROLE, tables.by_role),
        (Dimension.LOCATION, tables.by_location),
        (Dimension.UNIT, tables.by_unit),
    )
    return [
        PackLine(
            board=board,
            dimension=dimension,
            position=position,
            key="" if line.key is None else str(line.key),
            label=line.label,
            code=line.code,
            category=line.category,
            depth=line.depth,
            **{name: getattr(line.figures, name) for name in LINE_FIELDS},
        )
        for dimension, lines in groups
        for position, line in enumerate(lines, start=1)
    ]


def actions_to_carry(board: Board) -> list[CarriedAction]:
    """Every action of the last board and those of earlier ones still open on the pack day, not saved.

    Two queries.
    """
    earlier = Board.objects.before(board).with_frozen_pack().order_by("-held_on")
    last = earlier.first()
    if last is None:
        return []
    day = board.pack_on
    actions = (
        BoardAction.objects.filter(board__in=earlier)
        .with_labels()
        .order_by("-board__held_on", "due_on", "pk")
    )
    carried = [
        CarriedAction(
            board=board,
            action=action,
            agreed_on=action.board.held_on,
            is_of_last_board=action.board_id == last.pk,
            text=action.text,
            owner_name=action.owner.name,
            due_on=action.due_on,
            state="open" if _open_on(action, day) else action.state,
            closed_on=None if _open_on(action, day) else action.closed_on,
            is_late=_open_on(action, day) and action.due_on < day,
        )
        for action in actions
        if action.board_id == last.pk or _open_on(action, day)
    ]
    for position, each in enumerate(carried, start=1):
        each.position = position
    return carried


def _open_on(action: BoardAction, day: date) -> bool:
    return action.closed_on is None or action.closed_on > day


def movement_since(pack: Pack, day: date) -> Movement:
    """What the records say on `day` about what the pack froze. Four queries."""
    force = pack.board.force
    now = gap_of_cells(force, day)
    moved = [
        MovedCell(item=item, now_fte=now[item.cell].gap_fte if item.cell in now else Decimal(0))
        for item in pack.items
        if item.has_cell
    ]
    return Movement(
        day=day,
        total=establishment_as_at(force, day).total,
        cells=tuple(cell for cell in moved if cell.moved_fte),
    )


def gap_of_cells(force: Force, day: date) -> dict[CellKey, GapCell]:
    return {cell.key: cell for cell in gaps_by_cell(force, day)}


def pack_content(
    board: Board, lines: list[PackLine], items: list[AgendaItem], carried: list[CarriedAction]
) -> dict[str, Any]:
    """What the digest is taken over. The meeting's own date is not in it, as a meeting may be put off."""
    return {
        "force": board.force.code,
        "series": board.series_id,
        "board": board.pk,
        "pack_on": board.pack_on,
        "lines": [_values(line, _LABEL_FIELDS + LINE_FIELDS) for line in lines],
        "items": [_values(item, _ITEM_FIELDS) for item in items],
        "carried": [_values(each, _CARRIED_FIELDS) for each in carried],
    }


def digest_now(board: Board) -> str:
    """The digest of the frozen rows as they are in the database; equal to `board.pack_digest` if untouched.

    Three queries.
    """
    return digest(
        pack_content(
            board,
            list(board.pack_lines.order_by("dimension", "position")),
            list(board.items.order_by("position", "pk")),
            list(board.carried_actions.order_by("position")),
        )
    )


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
