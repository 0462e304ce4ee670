"""What it costs a cell to give people away: nothing from its surplus, little at first, then the full price.

Reckoned by whole FTE: the second FTE that a cell gives costs what two cost less what one costs, and somebody
part-time the same share of it. So a plan of whole people has the same price as the programme gives it.
"""

from itertools import pairwise
from math import ceil

from workforce.boards.suggestions.calc.problem import POINTS_OF_A_GAP, SMALL, PlanCell, Weighing


def _opened(cell: PlanCell, weighing: Weighing, board: int, fte: float) -> float:
    """Points of the gap that giving this FTE opens: light as long as few of the cell's posts are open."""
    opened = max(0.0, fte - cell.surplus(board))
    already = max(0.0, cell.gap(board))
    light = min(opened, max(0.0, weighing.light_share * cell.establishment[board] - already))
    return POINTS_OF_A_GAP * cell.weight * (light * weighing.light_factor + opened - light)


def steps(cell: PlanCell, weighing: Weighing, board: int, fte: float) -> list[float]:
    """Points of the first, the second, … FTE given, as many as `fte` needs; never fewer than before."""
    whole = ceil(fte - SMALL)
    totals = [_opened(cell, weighing, board, float(count)) for count in range(whole + 1)]
    return [after - before for before, after in pairwise(totals)]


def giving_points(cell: PlanCell, weighing: Weighing, board: int, fte: float) -> float:
    """Points of giving this FTE by a board."""
    return sum(step * min(1.0, fte - place) for place, step in enumerate(steps(cell, weighing, board, fte)))
