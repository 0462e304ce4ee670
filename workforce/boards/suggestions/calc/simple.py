"""The rule of thumb that a plan is compared with: the largest gap first, from the largest surplus.

It obeys the same limits. From the widest gap left, it takes one head of the option whose donor has most above
its establishment; where no cell can give, it takes intake, promotion, transferee, agency, staff, acting in
this order. It looks at nothing else: not at travel, training or what the donor's gap costs.
"""

from workforce.boards.suggestions.calc.problem import SMALL, Option, Problem, Source
from workforce.establishment.calc import CellKey

AFTER_MOVES = (
    Source.MOVE,
    Source.INTAKE,
    Source.PROMOTION,
    Source.TRANSFEREE,
    Source.AGENCY,
    Source.CIVILIAN,
    Source.ACTING,
)


def simple_plan(problem: Problem) -> tuple[int, ...]:
    """Heads of each option by the rule. Pins are met first, in their order, as far as the limits allow."""
    return _Filling(problem).run()


class _Filling:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.heads = [0] * len(problem.options)
        self.left = [limit.most for limit in problem.limits]
        self.filled = [[0.0] * problem.facts.boards for _ in problem.facts.needs]
        self.given: dict[CellKey, float] = {}

    def run(self) -> tuple[int, ...]:
        for pin in self.problem.facts.pins:
            places = self.problem.pinned(pin)
            for _ in range(pin.heads):
                self._take(next((place for place in places if self._fits(place)), None))
        for board in range(self.problem.facts.boards):
            self._fill(board)
        return tuple(self.heads)

    def _fill(self, board: int) -> None:
        open_needs = set(range(len(self.problem.facts.needs)))
        while open_needs:
            number = max(open_needs, key=lambda each: (self._open(each, board), -each))
            if self._open(number, board) <= SMALL or not self._take(self._best(number, board)):
                open_needs.discard(number)

    def _open(self, number: int, board: int) -> float:
        """What is open of a need at a board, with what came at earlier boards and is still there."""
        return self.problem.facts.needs[number].fte[board] - self.filled[number][board]

    def _best(self, number: int, board: int) -> int | None:
        places = [place for place in self.problem.ways.get((number, board), ()) if self._fits(place)]
        return max(places, key=self._rank, default=None)

    def _rank(self, place: int) -> tuple[float, ...]:
        """Moves first, the largest surplus first; whole people before part-time ones; then in order."""
        option = self.problem.options[place]
        return (-AFTER_MOVES.index(option.source), self._surplus(option), option.fte, -place)

    def _surplus(self, option: Option) -> float:
        if option.donor is None:
            return 0.0
        cell = self.problem.facts.cells[option.donor]
        return -cell.gap(option.board) - self.given.get(option.donor, 0.0)

    def _fits(self, place: int) -> bool:
        option = self.problem.options[place]
        return (
            self.heads[place] < option.heads
            and self._open(option.need, option.board) >= option.fte - SMALL
            and all(self.left[limit] >= amount - SMALL for limit, amount in self.problem.limits_of[place])
        )

    def _take(self, place: int | None) -> bool:
        if place is None:
            return False
        option = self.problem.options[place]
        self.heads[place] += 1
        for limit, amount in self.problem.limits_of[place]:
            self.left[limit] -= amount
        for board in range(self.problem.facts.boards):
            if option.covers(board):
                self.filled[option.need][board] += option.fte
        if option.donor is not None and option.lasts is None:
            self.given[option.donor] = self.given.get(option.donor, 0.0) + option.fte
        return True
