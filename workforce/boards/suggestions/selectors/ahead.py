"""What a plan of the boards ahead is made from: the middle of the projected gaps at each board."""

from datetime import date

from peelsite.forces.selectors import opening_day
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.calc.problem import SMALL, Facts, Need
from workforce.boards.suggestions.selectors.cells import cells_on, groups_in
from workforce.boards.suggestions.selectors.facts import (
    Asked,
    background_of,
    decided_fte,
    plan_cell,
    priority_of,
    rules_of,
)
from workforce.projection.selectors import Outlook, outlook_of

BOARDS_AHEAD = 6


def boards_ahead(board: Board, count: int = BOARDS_AHEAD) -> list[Board]:
    """This board and those of its series that follow, as many as are scheduled, up to a number. One query."""
    later = Board.objects.filter(series=board.series, held_on__gte=board.held_on).order_by("held_on")
    return list(later[:count])


def facts_ahead(board: Board) -> tuple[Asked, Outlook | None]:
    """The facts of a plan of this board and the next five, with the projection that they are from.

    Strength, establishment and gap at each board are the projection's middle (P50); without one, those of the
    pack day stay as they are. What the projection has already, intakes and decisions among it, is not asked
    for again, and intakes are not places to give: they arrive where they are planned. A cell has a need where
    it is on the agenda of this board, or where its gap at one of the boards is as large as the series asks.
    """
    day, force = board.pack_on, board.force
    boards_on = tuple(each.held_on for each in boards_ahead(board))
    background = background_of(force, day, boards_on)
    cells = cells_on(force, day)
    outlook = outlook_of(force, max(day, opening_day(force)))
    figures = {
        key: _figures(outlook, key, boards_on, cell.establishment, cell.strength)
        for key, cell in cells.items()
    }
    # The projection knows what is decided; without it, that is taken from the needs here.
    decided = {} if outlook else decided_fte(board, day)
    items = {item.cell: item for item in board.items.on_agenda() if item.has_cell and item.cell in cells}
    threshold = float(board.series.gap_threshold_fte)
    wanted = []
    for key in cells:
        gaps = [
            max(0.0, round(posts - people - decided.get(key, 0.0), 4))
            for posts, people in zip(*figures[key], strict=True)
        ]
        widest = max(gaps)
        if widest > SMALL and (key in items or widest >= threshold):
            wanted.append((key, tuple(gaps)))
    wanted.sort(key=lambda each: (each[0] not in items, -max(each[1]), cells[each[0]].label))
    first = float(background.settings.first_priority)
    needs = tuple(
        Need(cell=key, label=cells[key].label, fte=gaps, priority=priority_of(place, len(wanted), first))
        for place, (key, gaps) in enumerate(wanted)
    )
    groups = groups_in(cells, [need.cell for need in needs], day)
    pins, forbidden = rules_of(board)
    facts = Facts(
        cells={key: plan_cell(cell, background, groups[key], *figures[key]) for key, cell in cells.items()},
        needs=needs,
        weighing=background.settings.weighing,
        minutes=background.minutes,
        pairs=background.pairs,
        pins=pins,
        forbidden=forbidden,
        unit_minimums=background.minimums,
        pools=background.pools,
        boards=len(boards_on),
        location_names={cell.key.location_id: cell.location for cell in cells.values()},
        rank_names={cell.key.rank_id: cell.rank for cell in cells.values()},
    )
    asked = Asked(facts=facts, board=board, settings=background.settings, items=items, boards_on=boards_on)
    return asked, outlook


def _figures(
    outlook: Outlook | None, key, boards_on: tuple[date, ...], establishment: float, strength: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Establishment and strength of a cell at each board."""
    line = outlook.cell(key) if outlook else None
    if line is None:
        return (establishment,) * len(boards_on), (strength,) * len(boards_on)
    points = [line.on(on) for on in boards_on]
    return (
        tuple(point.establishment for point in points),
        tuple(point.establishment - point.gap for point in points),
    )
