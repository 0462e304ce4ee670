"""Decisions taken and not yet done: moves and departures with a date."""

from collections.abc import Callable

import numpy as np

from workforce.projection.calc.draws import Indexes, Purpose, name_number, salt, uniform
from workforce.projection.calc.inputs import AWAY, Change, ChangeKind, Inputs
from workforce.projection.calc.results import Flow
from workforce.projection.calc.state import Cells, State

Came = Callable[[Indexes, Cells, Cells], None]


class Planner:
    """Makes the moves and departures of each month; planned joiners are slots and posts establishment."""

    def __init__(self, inputs: Inputs, seed: int) -> None:
        self.seed = seed
        self.by_month: dict[int, list[Change]] = {}
        for change in inputs.changes:
            if change.kind in (ChangeKind.MOVE, ChangeKind.LEAVE):
                self.by_month.setdefault(change.month, []).append(change)

    def make(self, state: State, month: int, came: Came, give_up: Callable[[Indexes], None]) -> None:
        """Makes the month's changes in the order given; where a cell has run empty fewer people go.

        `came` is told who came to a cell, `give_up` who is not to come home any more.
        """
        for change in self.by_month.get(month, []):
            at = self._who(state, change)
            if change.kind is ChangeKind.LEAVE:
                state.leave(at, Flow.PLANNED_LEFT)
                give_up(at)
                continue
            before = state.cell[at].copy()
            cell = np.full(len(at), change.to_cell)
            state.move(at, cell, Flow.MOVED_OUT, Flow.MOVED_IN)
            came(at, before, cell)

    def _who(self, state: State, change: Change) -> Indexes:
        if change.person != AWAY:
            return state.present(state.every_run(np.array([change.person])))
        at = np.flatnonzero(state.cell[: state.slots * state.runs] == change.from_cell)
        run = at % state.runs
        start = salt(self.seed, Purpose.PLANNED, name_number(change.key))
        order = np.lexsort((uniform(start, state.subject(at)), run))
        at, run = at[order], run[order]
        place = np.arange(len(run)) - np.searchsorted(run, run)
        return at[place < max(1, round(change.fte))]
