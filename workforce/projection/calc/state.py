"""A block of runs as it stands in one month: who is where, and what that adds up to.

Arrays of people are [slot, run] and addressed flat: `at = slot * runs + run`. Levels are [cell, run] in
ten-thousandths of an FTE. Every change of strength goes through `enter`, `leave` or `move`, which keep the
levels, the flows and the cells in step; so flows add up to the change of strength whatever happens.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import Bits, Indexes, Levels, subject_of
from workforce.projection.calc.inputs import AWAY, Inputs
from workforce.projection.calc.results import FLOWS, Flow
from workforce.projection.calc.slots import UNITS, Slots

FLOW_NUMBER = {flow: number for number, flow in enumerate(FLOWS)}

# Not in strength: not come yet (AWAY), or gone for good.
GONE = -2

# Bits of `State.flags`.
ABSENT, LIMITED = 1, 2

Cells = NDArray[np.integer[Any]]


class State:
    """The month being worked on and everything that can differ from run to run."""

    def __init__(self, inputs: Inputs, slots: Slots, runs: int, first_run: int) -> None:
        self.runs, self.first_run, self.month = runs, first_run, 0
        self.cells, self.slots = len(inputs.cells), len(slots)
        self._run = np.arange(runs, dtype=np.int64)
        # By slot.
        self.fte, self.category, self.salt = slots.fte, slots.category, slots.salt
        self.learning = slots.independent > 0
        self._shares = (inputs.limited_share, inputs.not_independent_share)
        self._withheld = self._withhold()
        # By slot and run.
        # Room that is not used takes no memory, but making more copies all there is.
        spare = self.slots if inputs.recruitment else 0
        self.cell = np.empty((self.slots + spare) * runs, np.int16)
        self.cell[: self.slots * runs] = AWAY
        self.flags = np.zeros(len(self.cell), np.uint8)
        self._owner = np.empty(len(self.cell), np.int32)
        # By cell and run; `reserved` is kept for people known to come.
        self.strength: Levels = np.zeros(self.cells * runs, np.int32)
        # Of strength: on long-term absence; and what does not count as deployable, for whatever cause.
        self.absent: Levels = np.zeros(self.cells * runs, np.int32)
        self.withheld: Levels = np.zeros(self.cells * runs, np.int32)
        self.reserved: Levels = np.zeros(self.cells * runs, np.int32)
        # Sums over the runs.
        self.flows = np.zeros((inputs.months + 1, len(FLOWS) * self.cells))
        self.absences = np.zeros((inputs.months + 1, self.cells))
        self.absences_ended = np.zeros((inputs.months + 1, self.cells))

    def _withhold(self) -> Levels:
        """What of each slot's FTE does not count as deployable: [flags and learning, slot]."""
        limited, learning = self._shares
        withheld = np.tile(self.fte, (8, 1))
        withheld[0] = 0
        for code, share in (
            (1, learning),
            (2 * LIMITED, limited),
            (2 * LIMITED + 1, limited * learning),
        ):
            withheld[code] -= np.rint(self.fte * share).astype(np.int32)
        self._more = {bit: np.roll(withheld, -2 * bit, axis=0) - withheld for bit in (ABSENT, LIMITED)}
        return withheld

    def add_slots(self, number: int, category: int, fte: int) -> int:
        """Makes room for `number` more people of one kind; gives the first of their rows."""
        first = self.slots
        self.slots += number
        self.fte = np.concatenate([self.fte, np.full(number, fte, np.int32)])
        self.category = np.concatenate([self.category, np.full(number, category)])
        self.salt = np.concatenate([self.salt, -1 - np.arange(first, self.slots)])
        self.learning = np.concatenate([self.learning, np.zeros(number, np.bool_)])
        self._withheld = self._withhold()
        if self.slots * self.runs > len(self.cell):
            self._make_room(self.slots - first)
        self.cell[first * self.runs : self.slots * self.runs] = AWAY
        return first

    def _make_room(self, number: int) -> None:
        """At least a quarter more rows, so that what is known is seldom copied."""
        room = max(number, self.slots // 4) * self.runs
        self.cell = np.concatenate([self.cell, np.empty(room, np.int16)])
        self.flags = np.concatenate([self.flags, np.zeros(room, np.uint8)])
        self._owner = np.concatenate([self._owner, np.empty(room, np.int32)])

    def every_run(self, slots: Indexes) -> Indexes:
        """Flat addresses of some slots in every run."""
        return (slots[:, None] * self.runs + self._run).ravel()

    def subject(self, at: Indexes) -> Bits:
        """What random numbers of these people hang on: who it is and in which run."""
        slot = at // self.runs
        return subject_of(self.salt[slot], at - slot * self.runs + self.first_run)

    def once(self, at: Indexes) -> NDArray[np.bool_]:
        """True for one of each group of equal addresses."""
        order = np.arange(len(at), dtype=np.int32)
        self._owner[at] = order
        single: NDArray[np.bool_] = self._owner[at] == order
        return single

    def present(self, at: Indexes) -> Indexes:
        """Those of the addresses whose people are in strength."""
        return at[self.cell[at] >= 0]

    def place(self, slots: Indexes, cell: Indexes) -> None:
        """Puts people where they are on the day, the same in every run; no flow."""
        self.cell.reshape(-1, self.runs)[slots] = cell[:, None]
        flags = self.flags[slots * self.runs]
        fte = self.fte[slots]
        withheld = self._withheld[flags.astype(np.int64) * 2 + self.learning[slots], slots]
        levels = ((self.strength, fte), (self.absent, fte * (flags & ABSENT)), (self.withheld, withheld))
        for level, counts in levels:
            sums = np.bincount(cell, weights=counts, minlength=self.cells).astype(np.int32)
            level.reshape(self.cells, self.runs)[:] += sums[:, None]

    def enter(self, at: Indexes, cell: Cells, flow: Cells | Flow) -> None:
        """Takes people who are not in strength into cells."""
        self._count(at, flow, into=cell)
        self.cell[at] = cell

    def leave(self, at: Indexes, flow: Cells | Flow) -> None:
        """Takes people who are in strength out of it for good."""
        self._count(at, flow, out=self.cell[at])
        self.cell[at] = GONE

    def move(self, at: Indexes, cell: Cells, out: Flow, into: Flow) -> None:
        """Takes people who are in strength from their cells to others."""
        self._count(at, out, into, out=self.cell[at], into=cell)
        self.cell[at] = cell

    def _count(
        self, at: Indexes, *flows: Cells | Flow, out: Cells | None = None, into: Cells | None = None
    ) -> None:
        """Takes people from the cells `out`, and to the cells `into`; a flow for each that is given."""
        slot = at // self.runs
        run = at - slot * self.runs
        fte = self.fte[slot]
        flags = self.flags[at]
        # The few who are not fully deployable are taken along with their strength.
        code = flags * np.uint8(2) + self.learning[slot]
        some = np.flatnonzero(code)
        withheld = self._withheld[code[some], slot[some]]
        away = some[(flags[some] & ABSENT) > 0]
        sides = [(np.subtract.at, out, -1), (np.add.at, into, 1)]
        given = [(change, cell, sign) for change, cell, sign in sides if cell is not None]
        for flow, (change, cell, sign) in zip(flows, given, strict=True):
            here = cell.astype(np.int64)
            place = here * self.runs + run
            change(self.strength, place, fte)
            change(self.withheld, place[some], withheld)
            change(self.absent, place[away], fte[away])
            self._note_flow(flow, here, fte, sign)

    def _note_flow(self, flow: Cells | Flow, cell: Indexes, fte: Levels, sign: int) -> None:
        noted = self.flows[self.month]
        if isinstance(flow, Flow):
            first = FLOW_NUMBER[flow] * self.cells
            noted = noted[first : first + self.cells]
        else:
            cell = cell + flow * self.cells
        noted += sign * np.bincount(cell, weights=fte, minlength=len(noted))

    def flag(self, at: Indexes, bit: int, *, on: bool) -> None:
        """Sets or takes a flag of people who do not or do have it, each given once."""
        here = self.cell[at]
        flags = self.flags[at]
        self.flags[at] = flags ^ np.uint8(bit)
        there = here >= 0
        if not there.all():
            at, here, flags = at[there], here[there], flags[there]
        slot = at // self.runs
        place = here * np.int64(self.runs)
        place += at
        place -= slot * self.runs
        code = (flags & ~np.uint8(bit)) * np.uint8(2) + self.learning[slot]
        change = np.add.at if on else np.subtract.at
        change(self.withheld, place, self._more[bit].ravel()[code * np.int64(len(self.fte)) + slot])
        if bit == ABSENT:
            fte = self.fte[slot]
            change(self.absent, place, fte)
            sums = self.absences if on else self.absences_ended
            sums[self.month] += np.bincount(here, weights=fte, minlength=self.cells)

    def learned(self, slots: Indexes) -> None:
        """These slots reach independent patrol, in every run."""
        at = self.present(self.every_run(slots))
        slot = at // self.runs
        place = self.cell[at].astype(np.int64) * self.runs + (at - slot * self.runs)
        code = self.flags[at].astype(np.int64) * 2
        self.learning[slots] = False
        np.add.at(self.withheld, place, self._withheld[code, slot] - self._withheld[code + 1, slot])

    def reserve(self, at: Indexes, cell: Cells, sign: int) -> None:
        """Keeps vacancies for people known to come (sign 1), or gives them up (-1)."""
        slot = at // self.runs
        place = cell.astype(np.int64) * self.runs + (at - slot * self.runs)
        np.add.at(self.reserved, place, self.fte[slot] * np.int32(sign))

    def vacant(self, cells: Indexes, wanted: Levels) -> Levels:
        """Vacant ten-thousandths [cell, run] that nobody is known to come for; below nought where over.

        `wanted` is the establishment of every cell less what planned changes are about to fill.
        """
        rows: slice | Indexes = cells
        if len(cells) and len(cells) == cells[-1] - cells[0] + 1 and (np.diff(cells) == 1).all():
            # Neighbours are read where they stand.
            rows = slice(int(cells[0]), int(cells[-1]) + 1)
        strength, reserved = (
            level.reshape(self.cells, self.runs)[rows] for level in (self.strength, self.reserved)
        )
        free: Levels = wanted[rows, None] - strength
        free -= reserved
        return free

    def vacancies(self, cells: Indexes, wanted: Levels) -> tuple[Indexes, Indexes, Indexes]:
        """Each full vacant FTE: its cell, its run in the block, and what its random numbers hang on."""
        free = self.vacant(cells, wanted).ravel()
        open_at = np.flatnonzero(free >= UNITS)
        number = (free[open_at] // UNITS).astype(np.int64)
        place = np.repeat(open_at, number)
        ends = np.cumsum(number)
        which = np.arange(len(place)) - np.repeat(ends - number, number)
        row = place // self.runs
        cell, run = cells[row], place - row * self.runs
        return cell, run, (cell << 44) + ((run + self.first_run) << 20) + which
