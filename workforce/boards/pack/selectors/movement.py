"""What moved since the pack was frozen."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peelsite.forces.models import Force
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.pack.selectors.packs import Pack
from workforce.establishment.calc import CellKey, Figures, GapCell
from workforce.establishment.selectors import establishment_as_at, gaps_by_cell


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
