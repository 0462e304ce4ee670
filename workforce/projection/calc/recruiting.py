"""People taken on for single vacancies while a run goes on."""

import numpy as np

from workforce.projection.calc.draws import Indexes, Levels, Purpose, Singles, name_number, salt, uniform
from workforce.projection.calc.inputs import NEVER, Floats, Inputs, Recruitment
from workforce.projection.calc.leaving import exposure_of_one
from workforce.projection.calc.results import Flow
from workforce.projection.calc.slots import UNITS
from workforce.projection.calc.state import State

# Rows made at a time.
ROOM = 128


class Recruiter:
    """One rule in a block of runs. Whoever is taken on has a row; the j-th of a run is in `rows[j]`."""

    def __init__(self, rule: Recruitment, inputs: Inputs, state: State, factors: Singles, seed: int) -> None:
        self.rule, self.seed, self.factors = rule, seed, factors
        self.rates, self.months = inputs.rates, inputs.months
        self.cells = np.array(rule.cells, np.int64)
        self.number = name_number(rule.key)
        self.rows = np.zeros(0, np.int64)
        self.used = np.zeros(state.runs, np.int64)

    def is_on(self, month: int) -> bool:
        rule = self.rule
        paused = rule.paused_from != NEVER and rule.paused_from <= month < (rule.paused_to or month + 1)
        return month >= rule.first_month and not paused

    def take_on(self, state: State, wanted: Levels) -> tuple[Indexes, Indexes, Indexes]:
        """Fills vacancies; who was taken on, the cell of each, and in which month each leaves (0: stays)."""
        cell, run, vacancy = state.vacancies(self.cells, wanted)
        chance = uniform(salt(self.seed, Purpose.RECRUIT, self.number, state.month), vacancy)
        filled = np.flatnonzero(chance < self.rule.rate)
        if self.rule.most_a_month:
            # By chance, so that no cell is served first.
            filled = filled[np.argsort(chance[filled])]
        filled = filled[np.argsort(run[filled].astype(np.int16), kind="stable")]
        turn = np.arange(len(filled)) - np.searchsorted(run[filled], run[filled])
        if self.rule.most_a_month:
            filled, turn = filled[turn < self.rule.most_a_month], turn[turn < self.rule.most_a_month]
        cell, run, vacancy = cell[filled], run[filled], vacancy[filled]
        if not len(filled):
            return run, cell, run
        place = self.used[run] + turn
        short = int(place.max()) + 1 - len(self.rows)
        if short > 0:
            room = -(-short // ROOM) * ROOM
            first = state.add_slots(room, self.rule.category, UNITS)
            self.rows = np.concatenate([self.rows, np.arange(first, first + room)])
        at = self.rows[place] * state.runs + run
        self.used += np.bincount(run, minlength=state.runs)
        state.enter(at, cell, Flow.RECRUITED)
        start = salt(self.seed, Purpose.RECRUIT_LEAVES, self.number, state.month)
        return at, cell, self._leaves(state, run, uniform(start, vacancy))

    def _leaves(self, state: State, run: Indexes, chance: Floats) -> Indexes:
        rule = self.rule
        one = exposure_of_one(self.rates, self.months, rule.category, rule.service - state.month, state.month)
        lived = self.factors[one.group[0]] * (one.rate[0] * one.length[0])[:, None]
        # Hazard lived through by the end of each stretch, [stretch, run].
        ends = np.cumsum(lived, axis=0, dtype=np.float64)
        left = -np.log1p(-chance)
        month = np.zeros(len(run), np.int64)
        going = np.flatnonzero(left < ends[-1][run])
        left, run = left[going], run[going]
        stretch = (left >= ends[:, run]).sum(axis=0)
        length = one.length[0][stretch]
        # How far past the moment of leaving the stretch goes on, in months.
        past = (ends[stretch, run] - left) / lived[stretch, run] * length
        month[going] = one.last[0][stretch] - np.minimum(past, length - 1).astype(np.int64)
        return month
