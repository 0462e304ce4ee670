"""The lines that every force is shown by, from the keys of its cells."""

from collections.abc import Mapping, Sequence

import numpy as np

from workforce.establishment.calc import CellKey
from workforce.projection.calc.inputs import FORCE_LINE, Line, LineKey, LineKind


def standard_lines(
    cells: Sequence[CellKey], unit_paths: Mapping[int, Sequence[int]], category_of_rank: Mapping[int, str]
) -> tuple[Line, ...]:
    """Each cell, rank x role x location, unit with all under it, rank, worker category and the force.

    `unit_paths` has the ids from the top down to the unit itself of every unit that holds a cell.
    """
    members: dict[LineKey, list[int]] = {}
    for index, cell in enumerate(cells):
        for key in _keys(cell, unit_paths[cell.unit_id], category_of_rank[cell.rank_id]):
            members.setdefault(key, []).append(index)
    order = list(LineKind)
    keys = sorted(members, key=lambda key: order.index(key.kind))
    return tuple(Line(key=key, cells=np.array(members[key], np.int64)) for key in keys)


def _keys(cell: CellKey, path: Sequence[int], category: str) -> list[LineKey]:
    return [
        LineKey(LineKind.CELL, cell),
        LineKey(LineKind.RANK_ROLE_LOCATION, (cell.rank_id, cell.role_id, cell.location_id)),
        *(LineKey(LineKind.UNIT, unit) for unit in path),
        LineKey(LineKind.RANK, cell.rank_id),
        LineKey(LineKind.CATEGORY, category),
        FORCE_LINE,
    ]
