"""Long-term absence and limited duties: spells that begin and end while people stay where they are.

Those now away or limited come back on their date, or at the rate of their category. New spells begin at the
category's rate, multiplied in each run by what the run makes of it; nobody begins one within another.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import Indexes, Purpose, gamma_of, generator, salt, uniform
from workforce.projection.calc.inputs import NEVER, Inputs
from workforce.projection.calc.slots import Block, Slots
from workforce.projection.calc.state import ABSENT, State


@dataclass(frozen=True)
class Pool:
    """Slots of one category that draw from one stream of random numbers."""

    slots: Indexes
    category: int
    first: int
    rng: np.random.Generator


class Spells:
    """One kind of spell in a block of runs: `bit` is ABSENT or LIMITED."""

    def __init__(
        self,
        inputs: Inputs,
        slots: Slots,
        blocks: tuple[Block, ...],
        state: State,
        bit: int,
        seed: int,
        block: int,
    ) -> None:
        rates, people = inputs.rates, inputs.people
        self.bit, self.months, self.seed = bit, inputs.months, seed
        self.purpose = Purpose.ABSENCE if bit == ABSENT else Purpose.LIMITED
        self.begins = rates.absence if bit == ABSENT else rates.limited
        self.ends_at = rates.absence_end if bit == ABSENT else rates.limited_end
        seen = rates.absence_seen if bit == ABSENT else rates.limited_seen
        self.factor = gamma_of(seen, state.runs, generator(seed, self.purpose, block))
        self.block = block
        self.pools: dict[tuple[int, int], Pool] = {}
        for each in blocks:
            inside = np.arange(each.first, each.last)
            for category in range(len(seen)):
                members = inside[slots.category[inside] == category]
                if len(members):
                    first = 1 if each.key == "people" else int(slots.enters[members].min())
                    self.add(each.number, category, members, first)
        self.due: list[list[Indexes]] = [[] for _ in range(inputs.months + 1)]
        now = np.flatnonzero(people.absent if bit == ABSENT else people.limited)
        if len(now):
            at = state.every_run(now)
            known = (people.absent_to if bit == ABSENT else people.limited_to)[at // state.runs]
            chance = uniform(salt(seed, Purpose.SPELL_NOW, bit), state.subject(at))
            until = np.where(known != NEVER, known, self._length(chance, state.category[at // state.runs]))
            state.flags[at] |= bit
            self._note(at, until)

    def _length(self, chance: NDArray[np.float64], category: Indexes) -> Indexes:
        """Months until the end, at least one."""
        rate = np.maximum(self.ends_at[category], 1e-9)
        return 1 + np.minimum(-np.log1p(-chance) / rate, self.months).astype(np.int64)

    def _note(self, at: Indexes, until: Indexes) -> None:
        within = until <= self.months
        at, until = at[within], until[within].astype(np.uint8)
        order = np.argsort(until, kind="stable")
        at = at[order]
        edges = np.cumsum(np.bincount(until, minlength=self.months + 1))
        for month in np.flatnonzero(np.diff(edges, prepend=0)):
            self.due[month].append(at[edges[month - 1] : edges[month]])

    def end(self, state: State) -> None:
        """Gives back those whose spell is over this month."""
        if self.due[state.month]:
            state.flag(np.concatenate(self.due[state.month]), self.bit, on=False)
            self.due[state.month] = []

    def begin(self, state: State) -> None:
        """Begins the month's new spells."""
        found = []
        for pool in self.pools.values():
            if pool.first > state.month:
                continue
            expected = self.factor[pool.category] * (self.begins[pool.category] * len(pool.slots))
            number = pool.rng.poisson(expected)
            chosen = pool.slots[(pool.rng.random(int(number.sum())) * len(pool.slots)).astype(np.int64)]
            found.append(chosen * state.runs + np.repeat(np.arange(state.runs), number))
        if not found:
            return
        # In order, as memory is read faster that way; and each once.
        at = np.concatenate(found)
        at.sort()
        able = (state.cell[at] >= 0) & (state.flags[at] & self.bit == 0)
        able[1:] &= at[1:] != at[:-1]
        at = at[able]
        state.flag(at, self.bit, on=True)
        chance = uniform(salt(self.seed, self.purpose, state.month), state.subject(at))
        self._note(at, state.month + self._length(chance, state.category[at // state.runs]))

    def add(self, number: int, category: int, slots: Indexes, first: int) -> None:
        """Lets these slots take spells from month `first`; they replace those of the same number before."""
        if not len(slots) or not self.begins[category] > 0:
            return
        known = self.pools.get((number, category))
        rng = known.rng if known else generator(self.seed, self.purpose, self.block, number + 1 + category)
        self.pools[number, category] = Pool(slots, category, first, rng)
