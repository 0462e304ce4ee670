"""The rows that publication freezes, as the records of the pack day give them: made, not saved."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from peelsite.web.context import MARKING
from workforce.boards.comparison.calc import Amounts, LineKey, cell_key_text
from workforce.boards.comparison.models import CompareDimension
from workforce.boards.comparison.selectors import last_published
from workforce.boards.decisions.models import BoardAction
from workforce.boards.meetings.models import Board
from workforce.boards.pack.calc import MONTHS_KEPT, year_end_after
from workforce.boards.pack.models import (
    CarriedAction,
    Dimension,
    ForecastDimension,
    PackEdition,
    PackForecast,
    PackLine,
)
from workforce.boards.pack.selectors.content import LINE_FIELDS
from workforce.establishment.calc import CellKey, Line
from workforce.establishment.selectors import establishment_as_at
from workforce.projection.calc.inputs import LineKind
from workforce.projection.selectors import Outlook, OutlookLine

FTE_PLACES = 4
_KINDS = {
    LineKind.FORCE: ForecastDimension.TOTAL,
    LineKind.CATEGORY: ForecastDimension.CATEGORY,
    LineKind.RANK: ForecastDimension.RANK,
    LineKind.UNIT: ForecastDimension.UNIT,
    LineKind.CELL: ForecastDimension.CELL,
}


def edition_to_freeze(board: Board, outlook: Outlook | None) -> PackEdition:
    """What the pack is made from. One query."""
    edition = PackEdition(
        board=board,
        marking=MARKING,
        compared_with=last_published(board),
        year_ends_on=year_end_after(board.pack_on),
    )
    if outlook is not None:
        edition.run_id, edition.run_as_at = outlook.run_id, outlook.as_at
        edition.run_seed, edition.run_draws = outlook.seed, outlook.draws
        edition.run_version, edition.run_scenario = outlook.engine_version, outlook.scenario
    return edition


def forecasts_to_freeze(
    board: Board, outlook: Outlook | None, agenda: Iterable[CellKey]
) -> list[PackForecast]:
    """Two years of the force, its worker types, ranks and units, and of the cells on the agenda. No query."""
    if outlook is None:
        return []
    told = set(agenda)
    rows = []
    for kind, dimension in _KINDS.items():
        lines = outlook.of_kind(kind)
        if kind == LineKind.CELL:
            lines = [line for line in lines if line.key.of in told]
        rows += [_forecast(board, dimension, place, line) for place, line in enumerate(lines, start=1)]
    return rows


def _forecast(board: Board, dimension: str, position: int, line: OutlookLine) -> PackForecast:
    kept = slice(0, MONTHS_KEPT + 1)

    def fte(figures: Iterable[float]) -> list[Decimal]:
        return [Decimal(str(round(float(each), FTE_PLACES))) for each in figures]

    of = line.key.of
    return PackForecast(
        board=board,
        dimension=dimension,
        key=cell_key_text(of) if isinstance(of, CellKey) else "" if of is None else str(of),
        position=position,
        label=line.label,
        days=list(line.days[kept]),
        establishment=fte(line.establishment[kept]),
        strength=fte(line.strength.p50[kept]),
        gap_low=fte(line.gap.p10[kept]),
        gap=fte(line.gap.p50[kept]),
        gap_high=fte(line.gap.p90[kept]),
        chance=fte(line.chance[kept]),
        threshold_fte=fte([line.threshold])[0],
    )


def lines_said(board: Board) -> dict[LineKey, Amounts]:
    """What a frozen pack says of the lines that packs are compared by. One query."""
    compared = set(CompareDimension.values) - {CompareDimension.CELL}
    return {
        LineKey(dimension=line.dimension, key=line.key): Amounts(
            establishment_fte=line.establishment_fte, strength_fte=line.strength_fte
        )
        for line in board.pack_lines.filter(dimension__in=compared)
        # People seconded out who have no post of their own stand on a line without a key, and in no figure.
        if line.key or line.dimension == Dimension.TOTAL
    }


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
