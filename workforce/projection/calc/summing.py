"""Levels of cells added up to lines: each line once, from the largest lines already added up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import Indexes
from workforce.projection.calc.inputs import Line

# Two rows, and where their sum goes.
Addition = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True)
class Sums:
    """`row[line]` is where each line stands; rows from `cells` on are the sums of `parts`."""

    cells: int
    parts: tuple[Indexes, ...]
    row: Indexes

    @property
    def rows(self) -> int:
        return self.cells + len(self.parts)

    def additions(self, levels: NDArray[np.int32]) -> list[Addition]:
        """What `add_up` has to add in `levels` [row, …], whose rows after the cells it fills."""
        views = list(levels)
        found = []
        for row, part in enumerate(self.parts, self.cells):
            found.append((views[part[0]], views[part[1]], views[row]))
            found += [(views[row], views[each], views[row]) for each in part[2:]]
        return found

    def of_cells(self, by_cell: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sums of [..., cell] to [..., line]."""
        whole = np.zeros((*by_cell.shape[:-1], self.rows))
        whole[..., : self.cells] = by_cell
        for row, part in enumerate(self.parts, self.cells):
            whole[..., row] = whole[..., part].sum(axis=-1)
        return whole[..., self.row]


def add_up(additions: list[Addition]) -> None:
    """Adds one after the other; views are made once, as this is done every month."""
    for one, other, total in additions:
        np.add(one, other, out=total)


def sums_of(cells: int, lines: tuple[Line, ...]) -> Sums:
    """The cheapest way found to add up all lines; lines of the same cells share a row."""
    rows: dict[frozenset[int], int] = {frozenset((cell,)): cell for cell in range(cells)}
    parts: list[Indexes] = []
    sets = [frozenset(line.cells.tolist()) for line in lines]
    known: list[tuple[frozenset[int], int]] = []
    for members in sorted(set(sets), key=lambda each: (len(each), sorted(each))):
        if members in rows:
            continue
        rows[members] = cells + len(parts)
        parts.append(_cover(members, known))
        known.append((members, rows[members]))
    return Sums(cells, tuple(parts), np.array([rows[each] for each in sets], np.int64))


def _cover(members: frozenset[int], known: list[tuple[frozenset[int], int]]) -> Indexes:
    """Rows that add up to the members: large sums first, single cells for the rest."""
    left, chosen = set(members), []
    for each, row in reversed(known):
        if len(each) <= len(left) and each <= left:
            left -= each
            chosen.append(row)
    return np.array([*chosen, *sorted(left)], np.int64)
