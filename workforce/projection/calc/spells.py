"""Long-term absence and limited duties: spells that begin and end while people stay where they are.

Those now away or limited come back on their date, or at the rate of their category. New spells begin at the
category's rate, multiplied in each run by what the run makes of it; nobody begins one within another.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import Indexes, Purpose, gamma_of, generator, salt, uniform
from workforce.projection.calc.inputs import NEVER, Inputs
from workforce.projection.calc.slots import Block, Slots
from workforce.projection.calc.state import ABSENT, State

# A key is a month, an address of at most AT_BITS bits and a length of LENGTH_BITS, from left to right.
AT_BITS, LENGTH_BITS = 40, 8
LONGEST = (1 << LENGTH_BITS) - 1


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
        self.growing: dict[int, tuple[int, Indexes, np.random.Generator]] = {}
        self.chances = self._chances(slots, blocks, state)
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
            at = np.concatenate(self.due[state.month])
            at.sort()
            state.flag(at, self.bit, on=False)
            self.due[state.month] = []

    def _chances(self, slots: Slots, blocks: tuple[Block, ...], state: State) -> list[Indexes]:
        """Keys by month of the spells that may begin, if the person is there and in none; in order.

        These come to each slot at the rate of its category whatever happens to it, so they can be drawn for
        all months at once, with how long each lasts.
        """
        found = [np.zeros(0, np.int64)]
        for each in blocks:
            inside = np.arange(each.first, each.last)
            first = 1 if each.key == "people" else int(slots.enters[inside].min(initial=self.months + 1))
            months = self.months - first + 1
            for category in np.unique(slots.category[inside]).tolist():
                pool = inside[slots.category[inside] == category]
                rng = generator(self.seed, self.purpose, self.block, each.number + 1 + category)
                found.append(self._drawn(pool, category, first, months, state.runs, rng))
        # Sorted whole numbers: by month, and in a month by address, as memory is read faster in order.
        keys = np.concatenate(found)
        keys.sort()
        edges = np.searchsorted(keys, np.arange(self.months + 2) << AT_BITS + LENGTH_BITS)
        keys &= (1 << AT_BITS + LENGTH_BITS) - 1
        return [keys[low:high] for low, high in pairwise(edges)]

    def _drawn(
        self, pool: Indexes, category: int, first: int, months: int, runs: int, rng: np.random.Generator
    ) -> Indexes:
        """Keys of spells that may begin in a pool in `months` from `first` on."""
        number = rng.poisson(self.factor[category] * (self.begins[category] * len(pool) * months))
        total = int(number.sum())
        keys = rng.integers(first, first + months, total)
        keys <<= AT_BITS
        keys += pool[rng.integers(len(pool), size=total)] * runs
        keys += np.repeat(np.arange(runs), number)
        keys <<= LENGTH_BITS
        length = rng.standard_exponential(total, np.float32) / np.float32(max(self.ends_at[category], 1e-9))
        keys += 1 + np.minimum(length, LONGEST - 1).astype(np.int64)
        return keys

    def begin(self, state: State) -> None:
        """Begins the month's new spells."""
        keys = self.chances[state.month]
        more = [
            self._drawn(rows, category, 0, 1, state.runs, rng)
            for category, rows, rng in self.growing.values()
        ]
        if more:
            keys = np.sort(np.concatenate([keys, *more]))
        at = keys >> LENGTH_BITS
        able = state.cell[at] >= 0
        able &= state.flags[at] & self.bit == 0
        able[1:] &= at[1:] != at[:-1]
        chosen = np.flatnonzero(able)
        at = at[chosen]
        state.flag(at, self.bit, on=True)
        self._note(at, state.month + (keys[chosen] & LONGEST))

    def grow(self, number: int, category: int, rows: Indexes) -> None:
        """Lets people taken on by rule `number` take spells; `rows` replace those told before."""
        if len(rows) and self.begins[category] > 0:
            known = self.growing.get(number)
            rng = known[2] if known else generator(self.seed, self.purpose, self.block, number)
            self.growing[number] = (category, rows, rng)
