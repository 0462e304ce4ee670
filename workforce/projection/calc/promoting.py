"""Promotions: a board fills vacancies of a rank from the rank below, which opens gaps there."""

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import Indexes, Levels, Purpose, name_number, salt, uniform
from workforce.projection.calc.inputs import NEVER, Inputs, Promotion
from workforce.projection.calc.results import Flow
from workforce.projection.calc.slots import LATER, Slots
from workforce.projection.calc.state import Cells, State

# Draws that may meet someone who cannot be promoted, before all who can are looked up.
TRIES = 10

# Marks those chosen at this board already; like AWAY and GONE no cell.
CHOSEN = -3


class Step:
    """One rule in a block of runs, and who may be promoted by it.

    The pool are the slots that belong to the lower rank from the start, in the order in which they will be
    ready; those who come to the rank later are kept by run.
    """

    def __init__(self, rule: Promotion, inputs: Inputs, slots: Slots, state: State, seed: int) -> None:
        self.rule, self.seed, self.number = rule, seed, name_number(rule.key)
        self.to_cells = np.array(rule.to_cells, np.int64)
        # By cell; AWAY, GONE and CHOSEN index the last three.
        self.is_from = np.zeros(len(inputs.cells) + 3, np.bool_)
        self.is_from[np.array(rule.from_cells, np.int64)] = True
        belongs = self.is_from[slots.home_cell]
        ready = np.maximum(rule.least_service - slots.service, slots.rank_since + rule.least_in_rank)
        # Who is acting, on temporary promotion or attached can be promoted when back.
        ready = np.where(slots.home_month == LATER, ready, np.maximum(ready, slots.home_month))
        pool = np.flatnonzero(belongs)
        self.pool = pool[np.argsort(ready[pool], kind="stable")]
        self.ready = ready[self.pool]
        self.in_pool = belongs
        self.came_at = np.zeros((8, state.runs), np.int64)
        self.came_ready = np.zeros((8, state.runs), np.int64)
        self.came_number = np.zeros(state.runs, np.int64)
        self.promoted = np.zeros(state.runs, np.int64)

    def is_on(self, month: int) -> bool:
        rule = self.rule
        return not (rule.paused_from != NEVER and rule.paused_from <= month < (rule.paused_to or month + 1))

    def came(
        self, state: State, at: Indexes, before: Cells, cell: Cells, served: Indexes, since: Indexes
    ) -> None:
        """Notes those of `at` who came to the lower rank: their months of service, and since when."""
        new = np.flatnonzero(self.is_from[cell] & ~self.is_from[before])
        slot = at[new] // state.runs
        first = slot < len(self.in_pool)
        # Who belongs to the rank from the start is in the pool already.
        first[first] = self.in_pool[slot[first]]
        new = new[~first]
        if not len(new):
            return
        at, served, since = at[new], served[new], since[new]
        run = at % state.runs
        order = np.argsort(run, kind="stable")
        at, run, served, since = at[order], run[order], served[order], since[order]
        place = self.came_number[run] + _rank_within(run)
        short = int(place.max()) + 1 - len(self.came_at)
        if short > 0:
            more = np.zeros((max(short, len(self.came_at)), state.runs), np.int64)
            self.came_at = np.concatenate([self.came_at, more])
            self.came_ready = np.concatenate([self.came_ready, more])
        self.came_at[place, run] = at
        ready = np.maximum(since + self.rule.least_in_rank, state.month + self.rule.least_service - served)
        self.came_ready[place, run] = ready
        self.came_number += np.bincount(run, minlength=state.runs)

    def promote(self, state: State, wanted: Levels) -> tuple[Indexes, Cells, Indexes]:
        """Fills vacancies; who was promoted, from which cell and to which."""
        cell, run, vacancy = state.vacancies(self.to_cells, wanted)
        chance = uniform(salt(self.seed, Purpose.FILLED, self.number, state.month), vacancy)
        filled = np.flatnonzero(chance < self.rule.share)
        # By chance, so that no cell is served first where there are too few to promote.
        filled = filled[np.argsort(chance[filled])]
        if self.rule.passed is not None:
            filled = filled[self._within_passed(run[filled], state.month)]
        cell, run, vacancy = cell[filled], run[filled], vacancy[filled]
        chosen = np.full(len(filled), -1, np.int64)
        before = np.full(len(filled), CHOSEN, np.int16)
        ready = int(np.searchsorted(self.ready, state.month, side="right"))
        total = ready + self.came_number[run]
        waiting = np.flatnonzero(total > 0)
        for attempt in range(TRIES):
            if not len(waiting):
                break
            start = salt(self.seed, Purpose.CHOSEN, self.number, state.month, attempt)
            draw = uniform(start, vacancy[waiting])
            at, fit = self._candidates(state, (draw * total[waiting]).astype(np.int64), run[waiting], ready)
            waiting = self._take(state, waiting, at, fit, chosen, before)
        if len(waiting):
            self._look_up(state, waiting, run, ready, chosen, before)
        done = chosen >= 0
        at, cell, before = chosen[done], cell[done], before[done]
        self.promoted += np.bincount(run[done], minlength=state.runs)
        state.cell[at] = before
        state.move(at, cell, Flow.PROMOTED_OUT, Flow.PROMOTED_IN)
        return at, before, cell

    def _within_passed(self, run: Indexes, month: int) -> Indexes:
        """Which of these vacancies, in their order, find someone left who passed for the rank."""
        passed = sum(number for since, number in self.rule.passed or () if since <= month)
        order = np.argsort(run, kind="stable")
        place = np.empty(len(run), np.int64)
        place[order] = _rank_within(run[order])
        return np.flatnonzero(place < passed - self.promoted[run])

    def _candidates(
        self, state: State, index: Indexes, run: Indexes, ready: int
    ) -> tuple[Indexes, NDArray[np.bool_]]:
        """Addresses of the people with these numbers in the pool and those who came, and who can be taken."""
        later = np.maximum(index - ready, 0)
        at = self.came_at[later, run]
        fit = self.came_ready[later, run] <= state.month
        if ready:
            pooled = index < ready
            at = np.where(pooled, self.pool[np.minimum(index, ready - 1)] * state.runs + run, at)
            fit |= pooled
        return at, fit & self.is_from[state.cell[at]]

    @staticmethod
    def _take(
        state: State,
        waiting: Indexes,
        at: Indexes,
        fit: NDArray[np.bool_],
        chosen: Indexes,
        before: NDArray[np.int16],
    ) -> Indexes:
        """Books those who fit, each once; the vacancies still open."""
        where = np.flatnonzero(fit)
        where = where[state.once(at[where])]
        booked, who = waiting[where], at[where]
        chosen[booked] = who
        before[booked] = state.cell[who]
        state.cell[who] = CHOSEN
        is_open = np.ones(len(waiting), np.bool_)
        is_open[where] = False
        return waiting[is_open]

    def _look_up(
        self,
        state: State,
        waiting: Indexes,
        run: Indexes,
        ready: int,
        chosen: Indexes,
        before: NDArray[np.int16],
    ) -> None:
        """Fills what several draws did not: from a list of all who can be promoted, in random order."""
        waiting = waiting[np.argsort(run[waiting], kind="stable")]
        runs = np.unique(run[waiting])
        most = ready + int(self.came_number[runs].max())
        index = np.repeat(np.arange(most), len(runs))
        each = np.tile(runs, most)
        real = index < ready + self.came_number[each]
        index, each = index[real], each[real]
        at, fit = self._candidates(state, index, each, ready)
        at, each = at[fit], each[fit]
        start = salt(self.seed, Purpose.CHOSEN, self.number, state.month, TRIES)
        draw = uniform(start, state.subject(at))
        order = np.lexsort((draw, each))
        at, each = at[order], each[order]
        place = np.searchsorted(each, run[waiting]) + _rank_within(run[waiting])
        able = place < np.searchsorted(each, run[waiting], side="right")
        at = at[place[able]]
        self._take(state, waiting[able], at, np.ones(len(at), np.bool_), chosen, before)


def _rank_within(ordered: Indexes) -> Indexes:
    """0, 1, 2 … within each group of equal neighbours."""
    return np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
