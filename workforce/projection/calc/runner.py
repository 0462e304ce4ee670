"""One block of runs, taken from month to month."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import (
    Indexes,
    Levels,
    Purpose,
    Singles,
    generator,
    multipliers,
    name_number,
    salt,
    uniform,
)
from workforce.projection.calc.inputs import AWAY, NEVER, Inputs, Intake
from workforce.projection.calc.leaving import Exposure, Kinds, months_of_leaving
from workforce.projection.calc.planned import Planner
from workforce.projection.calc.promoting import Step
from workforce.projection.calc.recruiting import Recruiter
from workforce.projection.calc.results import Flow
from workforce.projection.calc.slots import LATER, Block, Slots
from workforce.projection.calc.spells import Spells
from workforce.projection.calc.state import ABSENT, FLOW_NUMBER, GONE, LIMITED, Cells, State


class Runner:
    """Brings `state` from one month to the next."""

    spells_of = Spells

    def __init__(
        self,
        inputs: Inputs,
        slots: Slots,
        blocks: tuple[Block, ...],
        exposed: Exposure,
        wanted: Levels,
        *,
        runs: int,
        seed: int,
        block: int,
        first_run: int,
        leaving: list[Indexes] | None = None,
    ) -> None:
        """`leaving` are the leavers by month of another block with the same people, rates and seed."""
        self.inputs, self.slots, self.wanted, self.seed = inputs, slots, wanted, seed
        self.state = state = State(inputs, slots, runs, first_run)
        factors = multipliers(inputs.rates, inputs.months, runs, generator(seed, Purpose.RATES, block))
        self.kinds = Kinds.of(inputs.rates, seed)
        # Those recruited on the way who leave, with the kind; the others are in `leaving`.
        self.leavers: list[list[tuple[Indexes, Indexes]]] = [[] for _ in range(inputs.months + 1)]
        if leaving is None:
            self._draw_leavers(blocks, exposed, factors, block)
        else:
            self.leaving = leaving
        self.spells = [
            self.spells_of(inputs, slots, blocks, state, bit, seed, block)
            for bit, begins in ((ABSENT, inputs.rates.absence), (LIMITED, inputs.rates.limited))
            if begins.any() or (inputs.people.absent if bit == ABSENT else inputs.people.limited).any()
        ]
        self._start(state)
        self.steps = [Step(rule, inputs, slots, state, seed) for rule in inputs.promotions]
        # Rules whose lower rank some cells belong to: who comes there is told to them.
        self.below = {
            id(step): [s for s in self.steps if s.is_from[step.to_cells].any()] for step in self.steps
        }
        self.recruiters = [Recruiter(rule, inputs, state, factors, seed) for rule in inputs.recruitment]
        self.planner = Planner(inputs, seed)
        self.show = {each.key: _chances(each, seed, block, runs) for each in inputs.intakes}
        self.seats = {each.key: block_of for each, block_of in zip(inputs.intakes, blocks[1:], strict=False)}
        self.is_seat = slots.enter_flow == FLOW_NUMBER[Flow.JOINED]

    def _draw_leavers(
        self, blocks: tuple[Block, ...], exposed: Exposure, factors: Singles, block: int
    ) -> None:
        """Draws everyone's month of leaving, and sorts them by month."""
        leaves = months_of_leaving(self.slots, blocks, exposed, factors, seed=self.seed, block=block).ravel()
        at = np.flatnonzero(leaves)
        month = leaves[at]
        at = at[np.argsort(month, kind="stable")]
        edges = np.cumsum(np.bincount(month, minlength=self.inputs.months + 1))
        self.leaving = [at[low:high] for low, high in pairwise([0, *edges.tolist()])]

    def _kinds(self, at: Indexes, month: int) -> Indexes:
        """Kind of leaving of those who leave in a month."""
        slots = self.slots
        slot = at // self.state.runs
        kind = self.kinds.pick(slots.category[slot], slots.service[slot] + month - 1, self.state.subject(at))
        noticed = slots.leave_month[slot] != NEVER
        return np.where(noticed, slots.leave_kind[slot], kind)

    def _note_by_month(self, at: Indexes, month: Cells, kind: Indexes) -> None:
        order = np.argsort(month.astype(np.uint8), kind="stable")
        at, kind = at[order], kind[order]
        edges = np.cumsum(np.bincount(month, minlength=self.inputs.months + 1))
        for each in np.flatnonzero(np.diff(edges)) + 1:
            here = slice(edges[each - 1], edges[each])
            self.leavers[each].append((at[here], kind[here]))

    def _start(self, state: State) -> None:
        """Puts everyone where they are on the day."""
        people = self.inputs.people
        here = np.flatnonzero(people.cell != AWAY)
        state.place(here, people.cell[here])
        slots = self.slots
        returns = (slots.enters > 0) & (slots.enter_flow == FLOW_NUMBER[Flow.RETURNED])
        self.pending = ((slots.home_month != LATER) | returns) & (slots.home_cell >= 0)
        coming = np.flatnonzero(self.pending)
        if len(coming):
            at = state.every_run(coming)
            state.reserve(at, slots.home_cell[at // state.runs], 1)
        self.open_returns = self._open_returns(np.flatnonzero(slots.open_return))

    def _open_returns(self, away: Indexes) -> tuple[Indexes, Indexes]:
        """Address and month of return of those away without a date."""
        at = self.state.every_run(away)
        rate = max(self.inputs.rates.return_rate, 1e-9)
        chance = uniform(salt(self.seed, Purpose.RETURN), self.state.subject(at))
        return at, 1 + np.minimum(-np.log1p(-chance) / rate, LATER).astype(np.int64)

    def step(self, month: int) -> None:
        """Everything that happens in one month, in the order that the model keeps (engine)."""
        state = self.state
        state.month = month
        learned = np.flatnonzero(state.learning[: len(self.slots)] & (self.slots.independent <= month))
        if len(learned):
            state.learned(learned)
        for spells in self.spells:
            spells.end(state)
        self._leave(month)
        self._arrive(month)
        self._go_home(month)
        self._place(month)
        self.planner.make(state, month, self._came, self._give_up)
        if month in self.inputs.board_months:
            self._board(month)
        self._recruit(month)
        for spells in self.spells:
            spells.begin(state)

    def _leave(self, month: int) -> None:
        state = self.state
        at = self.leaving[month]
        recruits = self.leavers[month]
        kind = np.concatenate([self._kinds(at, month), *(each for _, each in recruits)])
        at = np.concatenate([at, *(each for each, _ in recruits)])
        self.leavers[month] = []
        here = state.cell[at] >= 0
        state.leave(at[here], kind[here])
        # Who leaves while away does not come back.
        waiting = at[~here]
        waiting = waiting[state.cell[waiting] == AWAY]
        state.cell[waiting] = GONE
        self._give_up(np.concatenate([at[here], waiting]))

    def _give_up(self, at: Indexes) -> None:
        """No vacancy is kept any longer for those among `at` who were to come to one."""
        if not self.pending.any():
            return
        slot = at // self.state.runs
        first = slot < len(self.pending)
        at, slot = at[first], slot[first]
        waited = self.pending[slot]
        if waited.any():
            self.state.reserve(at[waited], self.slots.home_cell[slot[waited]], -1)

    def _arrive(self, month: int) -> None:
        state, slots = self.state, self.slots
        for intake in self.inputs.intakes:
            if intake.month == month:
                self._join(intake)
        due = np.flatnonzero((slots.enters == month) & ~self.is_seat)
        at = state.every_run(due)
        at = at[state.cell[at] == AWAY]
        shown = (
            uniform(salt(self.seed, Purpose.SHOW), state.subject(at)) < slots.enter_chance[at // state.runs]
        )
        state.cell[at[~shown]] = GONE
        self._give_up(at)
        self.pending[due] = False
        came = at[shown]
        late, when = self.open_returns
        late = late[when == month]
        came = np.concatenate([came, late[state.cell[late] == AWAY]])
        if len(came):
            slot = came // state.runs
            state.enter(came, slots.enter_cell[slot], slots.enter_flow[slot])

    def _join(self, intake: Intake) -> None:
        state, slots = self.state, self.slots
        block = self.seats[intake.key]
        at = state.every_run(np.arange(block.first, block.last))
        draw = uniform(salt(self.seed, Purpose.SHOW), state.subject(at))
        at = at[draw < self.show[intake.key][at % state.runs]]
        cell = slots.enter_cell[at // state.runs]
        if intake.training_cell == AWAY or not intake.training_months:
            cell = self._largest_gaps(at, cell, intake)
        state.enter(at, cell, Flow.JOINED)

    def _largest_gaps(self, at: Indexes, cell: Indexes, intake: Intake) -> Indexes:
        """Where seats go to the largest vacancy, that cell for each, one seat after the other."""
        if intake.weights or not len(at):
            return cell
        state = self.state
        cells = np.array(intake.cells, np.int64)
        free = np.ascontiguousarray(state.vacant(cells, self.wanted[state.month]).T)
        slot = at // state.runs
        chosen = np.empty_like(at)
        edges = np.flatnonzero(np.diff(slot, prepend=-1, append=-1))
        for low, high in pairwise(edges):
            run = at[low:high] - slot[low] * state.runs
            largest = free.argmax(axis=1)[run]
            free[run, largest] -= state.fte[slot[low]]
            chosen[low:high] = cells[largest]
        self._came(at, np.full(len(at), AWAY, np.int16), chosen, self.slots.rank_since[slot])
        return chosen

    def _go_home(self, month: int) -> None:
        state, slots = self.state, self.slots
        due = np.flatnonzero(slots.home_month == month)
        if not len(due):
            return
        at = state.present(state.every_run(due))
        self._give_up(at)
        self.pending[due] = False
        home = slots.home_cell[at // state.runs]
        state.leave(at[home == AWAY], Flow.SECONDMENT_ENDED)
        state.move(at[home >= 0], home[home >= 0], Flow.HOME_OUT, Flow.HOME_IN)

    def _place(self, month: int) -> None:
        state, slots = self.state, self.slots
        for intake in self.inputs.intakes:
            if intake.training_cell == AWAY or intake.month + intake.training_months != month:
                continue
            block = self.seats[intake.key]
            if slots.placed_month[block.first] != month:
                continue
            at = state.present(state.every_run(np.arange(block.first, block.last)))
            cell = self._largest_gaps(at, slots.placed_cell[at // state.runs], intake)
            state.move(at, cell, Flow.TRAINED_OUT, Flow.TRAINED_IN)

    def _board(self, month: int) -> None:
        state = self.state
        for step in self.steps:
            if not step.is_on(month):
                continue
            at, before, cell = step.promote(state, self.wanted[month])
            if len(at):
                self._came(at, before, cell, steps=self.below[id(step)])

    def _came(
        self,
        at: Indexes,
        before: Cells,
        cell: Cells,
        since: Indexes | None = None,
        steps: list[Step] | None = None,
    ) -> None:
        """Tells every rule who came to a cell from another, so that they can be promoted in time.

        `since` is when they came to their rank, now where it is not given.
        """
        slot = at // self.state.runs
        served = np.zeros(len(at), np.int64)
        own = slot < len(self.slots)
        served[own] = self.slots.service[slot[own]] + self.state.month
        if since is None:
            since = np.full(len(at), self.state.month)
        for step in self.steps if steps is None else steps:
            step.came(self.state, at, before, cell, served, since)

    def _recruit(self, month: int) -> None:
        state = self.state
        for recruiter in self.recruiters:
            if not recruiter.is_on(month):
                continue
            at, cell, leaves = recruiter.take_on(state, self.wanted[month])
            served = np.full(len(at), recruiter.rule.service)
            nowhere = np.full(len(at), AWAY, np.int16)
            for step in self.steps:
                if step.is_from[recruiter.cells].any():
                    step.came(state, at, nowhere, cell, served, np.full(len(at), month))
            going = np.flatnonzero(leaves)
            at, leaves = at[going], leaves[going]
            category = np.full(len(at), recruiter.rule.category)
            served = recruiter.rule.service + leaves - month - 1
            self._note_by_month(at, leaves, self.kinds.pick(category, served, state.subject(at)))
            for spells in self.spells:
                spells.grow(recruiter.number, recruiter.rule.category, recruiter.rows)


def _chances(intake: Intake, seed: int, block: int, runs: int) -> NDArray[np.float64]:
    """Chance by run that a seat is taken."""
    if not intake.show_seen or intake.show in (0.0, 1.0):
        return np.full(runs, intake.show)
    rng = generator(seed, Purpose.SHOW, block, name_number(f"intake {intake.key}"))
    return rng.beta(intake.show * intake.show_seen, (1 - intake.show) * intake.show_seen, runs)
