"""Seconds of a projection of one force, and of England and Wales, beside a person-by-person simulation.

    python -m tests.benchmarks.projection_speed            one force, and a what-if
    python -m tests.benchmarks.projection_speed all        43 forces, 235,000 people, as two worker processes

Invented forces with everything the projection knows of. The other simulation is the same model with a draw
for each person, month and run (of leaving, of absence, of limited duties), vectorised with numpy, and takes
everything that is rare in both (intakes, promotions, recruitment, moves) from the same code.
"""

import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from tests.workforce.projection.made import made_force
from workforce.projection.calc.engine import Projection, Summary, prepare, simulate
from workforce.projection.calc.inputs import FORCE_LINE, Change, ChangeKind, Inputs
from workforce.projection.calc.preview import Preview
from workforce.projection.calc.runner import Runner
from workforce.projection.calc.spells import Spells
from workforce.projection.calc.state import State

RUNS = 1000
FORCES, PEOPLE = 43, 5_465


class MonthlySpells(Spells):
    """Each month everyone who is able is drawn for, and everyone in a spell for its end."""

    def end(self, state: State) -> None:
        flagged = np.flatnonzero(state.flags[: state.slots * state.runs] & self.bit)
        rate = self.ends_at[state.category[flagged // state.runs]]
        over = self.rng.random(len(flagged), np.float32) < -np.expm1(-rate)
        state.flag(flagged[over], self.bit, on=False)

    def begin(self, state: State) -> None:
        people = slice(0, state.slots * state.runs)
        rate = -np.expm1(-self.begins[:, None] * self.factor).astype(np.float32)
        chance = rate[state.category].ravel()
        drawn = self.rng.random(len(chance), np.float32) < chance
        able = (state.cell[people] >= 0) & (state.flags[people] & self.bit == 0)
        state.flag(np.flatnonzero(drawn & able), self.bit, on=True)

    @property
    def rng(self) -> np.random.Generator:
        if not hasattr(self, "_rng"):
            self._rng = np.random.Generator(np.random.SFC64([self.seed, self.bit, self.block]))
        return self._rng


class Monthly(Runner):
    """Each month everyone is drawn for."""

    spells_of = MonthlySpells

    def _draw_leavers(self, blocks, exposed, factors, block) -> None:
        self.factors = factors
        self.leaving = [np.zeros(0, np.int64)] * (self.inputs.months + 1)
        self.hazard = self.inputs.rates.leaving.sum(axis=2).ravel().astype(np.float32)
        self.rng = np.random.Generator(np.random.SFC64([self.seed, 77, block]))

    def _leave(self, month: int) -> None:
        state, slots, rates = self.state, self.slots, self.inputs.rates
        years = -(-self.inputs.months // 12)
        bands = slots.category * len(rates.band_starts) + rates.band(slots.service + month - 1)
        rate = np.where((month > slots.exposed_after) & (slots.leave_month == 0), self.hazard[bands], 0)
        chance = self.factors[bands * years + (month - 1) // 12] * rate[:, None]
        np.expm1(-chance, out=chance)
        drawn = self.rng.random(chance.shape, np.float32) < -chance
        drawn |= (slots.leave_month == month)[:, None]
        at = np.flatnonzero(drawn.ravel() & (state.cell[: len(slots) * state.runs] != -2))
        slot = at // state.runs
        kind = self.kinds.pick(slots.category[slot], slots.service[slot] + month - 1, state.subject(at))
        self.leavers[month].append((at, kind))
        super()._leave(month)


def person_by_person(inputs: Inputs, runs: int, seed: int) -> tuple[float, np.ndarray]:
    """Seconds, and the force's mean strength by month."""
    began = time.perf_counter()
    prepared = prepare(inputs)
    summary = Summary(prepared, runs)
    with ThreadPoolExecutor(2) as pool:
        projection = Projection(prepared, runs, seed, pool, Monthly)
        summary.take(0, projection.levels, pool)
        for month in range(1, inputs.months + 1):
            projection.go_to(month)
            summary.take(month, projection.levels, pool)
    row = [line.key for line in inputs.lines].index(FORCE_LINE)
    return time.perf_counter() - began, summary.fan(0).mean[row]


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_force() -> None:
    inputs = made_force()
    simulate(inputs, 20)
    took, cpu = [], []
    for _ in range(5):
        before, began = time.process_time(), time.perf_counter()
        result = simulate(inputs, RUNS)
        took.append(time.perf_counter() - began)
        cpu.append(time.process_time() - before)
    people, cells, lines = len(inputs.people), len(inputs.cells), len(inputs.lines)
    print(
        f"One force: {people:,} people, {cells} cells, {lines} lines, 48 months, {RUNS:,} runs in one block"
    )
    print(f"  seconds: best {min(took):.2f}, median {sorted(took)[2]:.2f}; of processor {min(cpu):.2f}")
    print(f"  peak memory of the process {peak_mb():.0f} MB")
    before = time.process_time()
    slow, strength = person_by_person(inputs, RUNS, 1)
    cpu_slow = time.process_time() - before
    print(f"  person by person: {slow:.2f} seconds, of processor {cpu_slow:.2f}")
    print(f"  ratio {slow / min(took):.1f} in seconds, {cpu_slow / min(cpu):.1f} in processor time")
    ours = result.of("strength").mean
    print(f"  mean strength at month 48: {ours[48]:.2f}, person by person {strength[48]:.2f}")
    print(f"  one second kept: {'yes' if min(took) <= 1 else 'NO'}; load average {os.getloadavg()[0]:.1f}")


def what_if() -> None:
    inputs = made_force()
    preview = Preview(inputs)
    move = Change(key="move", kind=ChangeKind.MOVE, month=3, from_cell=0, to_cell=140)
    took, cpu = [], []
    for _ in range(5):
        before, began = time.process_time(), time.perf_counter()
        effects = preview.effect([move])
        took.append(time.perf_counter() - began)
        cpu.append(time.process_time() - before)
    print(f"What-if of one move, {preview.runs} runs, {len(effects)} lines touched")
    print(f"  seconds: best {min(took):.2f}, median {sorted(took)[2]:.2f}; of processor {min(cpu):.2f}")


def force_number(number: int, strength_only: bool) -> tuple[float, float, float]:
    inputs = made_force(PEOPLE, 300, seed=number)
    began, before = time.perf_counter(), time.process_time()
    simulate(inputs, RUNS, workers=1, strength_only=strength_only)
    return time.perf_counter() - began, time.process_time() - before, peak_mb()


def england_and_wales(*, strength_only: bool) -> None:
    began = time.perf_counter()
    asked = [(number, strength_only) for number in range(FORCES)]
    with get_context("spawn").Pool(2) as pool:
        done = pool.starmap(force_number, asked, chunksize=1)
    whole = time.perf_counter() - began
    peak = max(each[2] for each in done)
    print(
        f"{FORCES} forces of {PEOPLE:,} people ({FORCES * PEOPLE:,}), 48 months, {RUNS:,} runs, 2 processes, "
        f"{'strength, gaps and flows' if strength_only else 'availability and deployability too'}"
    )
    print(f"  seconds {whole:.1f} with starting up and making the forces; projecting took")
    print(
        f"  {sum(each[0] for each in done) / 2:.1f} on each, {sum(each[1] for each in done):.1f} of processor"
    )
    print(f"  peak memory {peak:.0f} MB a process, {2 * peak:.0f} MB for both")
    print(f"  30 seconds kept: {'yes' if whole <= 30 else 'NO'}; load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    if "all" in sys.argv:
        england_and_wales(strength_only=False)
        england_and_wales(strength_only=True)
    else:
        one_force()
        what_if()
