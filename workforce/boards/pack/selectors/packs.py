"""Reads of a pack: as frozen, or as it would be frozen now."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from peelsite.forces.models import WORKFORCE_TYPES
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.comparison.calc import cell_key_text
from workforce.boards.comparison.models import PackCell, PackChange
from workforce.boards.comparison.selectors import cells_to_freeze, changes_to_freeze
from workforce.boards.decisions.calc import ActionCounts, action_counts
from workforce.boards.decisions.models import Decision
from workforce.boards.meetings.models import Board
from workforce.boards.pack.models import (
    CarriedAction,
    Dimension,
    ForecastDimension,
    PackEdition,
    PackForecast,
    PackLine,
    PackNote,
)
from workforce.boards.pack.selectors.content import pack_digest
from workforce.boards.pack.selectors.freezing import (
    actions_to_carry,
    edition_to_freeze,
    forecasts_to_freeze,
    lines_said,
    lines_to_freeze,
)
from workforce.projection.selectors import outlook_of

CELLS_THAT_MATTER = 6


@dataclass(frozen=True, kw_only=True)
class Pack:
    """Everything a pack shows. Of a board that was published before packs had an edition, that is None."""

    board: Board
    edition: PackEdition | None
    lines: list[PackLine]
    items: list[AgendaItem]
    removed: list[AgendaItem]
    carried: list[CarriedAction]
    notes: list[PackNote]
    forecasts: list[PackForecast]
    cells: list[PackCell]
    changes: list[PackChange]

    @property
    def is_draft(self) -> bool:
        return self.board.is_scheduled

    @cached_property
    def digest(self) -> str:
        """Over its rows as they were read; of a frozen pack equal to `board.pack_digest` if untouched."""
        return pack_digest(self)

    @property
    def is_intact(self) -> bool:
        return self.is_draft or self.digest == self.board.pack_digest

    @cached_property
    def _forecasts(self) -> dict[tuple[str, str], PackForecast]:
        return {(each.dimension, each.key): each for each in self.forecasts}

    @cached_property
    def _notes(self) -> dict[tuple[str, str], PackNote]:
        return {(each.dimension, each.key): each for each in self.notes}

    @cached_property
    def _changes(self) -> dict[tuple[str, str], list[PackChange]]:
        found: dict[tuple[str, str], list[PackChange]] = {}
        for change in sorted(self.changes, key=lambda each: each.position):
            found.setdefault((change.dimension, change.key), []).append(change)
        return found

    @property
    def forecast(self) -> PackForecast | None:
        """Of the whole force."""
        return self._forecasts.get((ForecastDimension.TOTAL, ""))

    def forecast_of_line(self, line: PackLine) -> PackForecast | None:
        """Of a line of the strength table; None for roles, locations and types of several categories."""
        if line.dimension == Dimension.TYPE:
            categories = WORKFORCE_TYPES.get(line.key, (line.key,))
            held = [self._forecasts.get((ForecastDimension.CATEGORY, each)) for each in categories]
            known = [each for each in held if each is not None]
            return known[0] if len(known) == 1 else None
        return self._forecasts.get((line.dimension, line.key))

    def forecast_of_item(self, item: AgendaItem) -> PackForecast | None:
        if not item.has_cell:
            return None
        return self._forecasts.get((ForecastDimension.CELL, cell_key_text(item.cell)))

    def note_of(self, line: PackLine) -> PackNote | None:
        return self._notes.get((line.dimension, line.key))

    def changes_of(self, dimension: str, key: str = "") -> list[PackChange]:
        """What the last pack said of a line, then every part; empty where nothing is compared."""
        return self._changes.get((dimension, key), [])

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

    Nine queries for a frozen pack, twenty-two for one that is not published.
    """
    decisions = Prefetch("decisions", Decision.objects.with_labels())
    items = list(board.items.with_cell().select_related("removed_by", "moved_by").prefetch_related(decisions))
    on_agenda = [item for item in items if item.removed_at is None]
    removed = [item for item in items if item.removed_at is not None]
    if board.is_scheduled:
        return draft_of(board, on_agenda, removed)
    return frozen_of(board, on_agenda, removed)


def frozen_of(board: Board, items: list[AgendaItem], removed: list[AgendaItem]) -> Pack:
    """The frozen rows. Seven queries, three for a board whose pack has no edition."""
    edition = PackEdition.objects.filter(board=board).select_related("compared_with").first()
    return Pack(
        board=board,
        edition=edition,
        lines=list(board.pack_lines.all()),
        items=items,
        removed=removed,
        carried=list(board.carried_actions.select_related("action")),
        notes=list(board.pack_notes.all()) if edition else [],
        forecasts=list(board.pack_forecasts.all()) if edition else [],
        cells=list(board.pack_cells.all()) if edition else [],
        changes=list(board.pack_changes.all()) if edition else [],
    )


def draft_of(board: Board, items: list[AgendaItem], removed: list[AgendaItem]) -> Pack:
    """The pack as publication would freeze it now, with these items; nothing of it is saved."""
    outlook = outlook_of(board.force, board.pack_on)
    edition = edition_to_freeze(board, outlook)
    cells = [item.cell for item in [*items, *removed] if item.has_cell]
    last = edition.compared_with
    return Pack(
        board=board,
        edition=edition,
        lines=lines_to_freeze(board),
        items=items,
        removed=removed,
        carried=actions_to_carry(board),
        notes=list(board.pack_notes.all()),
        forecasts=forecasts_to_freeze(board, outlook, cells),
        cells=cells_to_freeze(board),
        changes=changes_to_freeze(board, last, lines_said(last), cells) if last else [],
    )


def digest_now(board: Board) -> str:
    """The digest of the frozen rows as they are in the database; equal to `board.pack_digest` if untouched.

    Nine queries.
    """
    return pack_of(board).digest
