"""The projection: 48 months of strength in many runs, person by person.

Who leaves when is drawn for everyone at the start (leaving). Then each block of runs goes from month to
month, all its runs at once, and only what happens is worked on. In a month, in this order: spells end and
independent patrol is reached; people leave; others come back and intakes join; temporary postings end;
training ends; planned changes are made; a board promotes; single vacancies are recruited to; spells begin.

The answer depends on inputs, runs and seed alone: blocks have random numbers of their own, so it is the same
with one thread or several. The first runs of a longer projection are those of a shorter one.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.checking import check
from workforce.projection.calc.draws import Levels
from workforce.projection.calc.inputs import ChangeKind, Inputs
from workforce.projection.calc.leaving import Exposure, exposure
from workforce.projection.calc.results import FLOWS, LOW, MODEL_VERSION, Fan, Result
from workforce.projection.calc.runner import Runner
from workforce.projection.calc.slots import UNITS, Block, Slots, slots_of, units
from workforce.projection.calc.summing import Sums, sums_of

# Runs worked at once.
BLOCK = 250

STRENGTH, AVAILABLE, DEPLOYABLE = range(3)


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What all blocks of a projection share; worked out once from the inputs."""

    inputs: Inputs
    slots: Slots
    blocks: tuple[Block, ...]
    exposed: Exposure
    # [month, cell]: establishment with planned posts, and that less what later planned changes will fill.
    establishment: Levels
    wanted: Levels
    sums: Sums


def prepare(inputs: Inputs) -> Prepared:
    """Works out what the runs share. ValueError where the inputs contradict each other."""
    check(inputs)
    slots, blocks = slots_of(inputs)
    establishment = units(inputs.establishment)
    coming = np.zeros_like(establishment)
    for change in inputs.changes:
        fte = round(change.fte * UNITS)
        if change.kind is ChangeKind.POSTS:
            establishment[change.month :, change.to_cell] += fte
        elif change.kind in (ChangeKind.MOVE, ChangeKind.JOIN):
            coming[: change.month, change.to_cell] += fte
    return Prepared(
        inputs=inputs,
        slots=slots,
        blocks=blocks,
        exposed=exposure(slots, inputs.rates, inputs.months),
        establishment=establishment,
        wanted=establishment - coming,
        sums=sums_of(len(inputs.cells), inputs.lines),
    )


@dataclass(frozen=True)
class Draws:
    """Every run of a projection: levels [row, month, run] in ten-thousandths, and sums of flows by cell."""

    strength: NDArray[np.int32]
    available: NDArray[np.int32]
    deployable: NDArray[np.int32]
    # Sums over the runs [flow, month, cell] and [began or ended, month, cell].
    flows: NDArray[np.float64]
    absences: NDArray[np.float64]


def draw(prepared: Prepared, runs: int, seed: int, workers: int = 2) -> Draws:
    """All runs of every row of the sums (cells first), with `workers` threads."""
    inputs, cells = prepared.inputs, len(prepared.inputs.cells)
    shape = (prepared.sums.rows, inputs.months + 1, runs)
    levels: list[NDArray[np.int32]] = [np.empty(shape, np.int32) for _ in range(3)]

    def work(block: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        first = block * BLOCK
        last = min(first + BLOCK, runs)
        runner = Runner(
            inputs,
            prepared.slots,
            prepared.blocks,
            prepared.exposed,
            prepared.wanted,
            runs=last - first,
            seed=seed,
            block=block,
            first_run=first,
        )
        state = runner.state
        for month in range(inputs.months + 1):
            if month:
                runner.step(month)
            for level, now in zip(levels, (state.strength, state.available, state.deployable), strict=True):
                level[:cells, month, first:last] = now.reshape(cells, -1)
        for level in levels:
            prepared.sums.add_up(level[:, :, first:last])
        flows = state.flows.reshape(inputs.months + 1, len(FLOWS), cells).transpose(1, 0, 2)
        return flows, np.stack([state.absences, state.absences_ended])

    blocks = range(-(-runs // BLOCK))
    with ThreadPoolExecutor(workers) as pool:
        sums = list(pool.map(work, blocks))
    flows = np.sum([each for each, _ in sums], axis=0)
    absences = np.sum([each for _, each in sums], axis=0)
    strength, available, deployable = levels
    return Draws(strength, available, deployable, flows, absences)


def simulate(inputs: Inputs, runs: int = 1000, seed: int = 1, workers: int = 2) -> Result:
    """Projects `inputs` in `runs` runs. The same inputs, runs and seed give the same answer.

    ValueError where the inputs contradict each other (checking), with what is wrong.
    """
    began = perf_counter()
    prepared = prepare(inputs)
    draws = draw(prepared, runs, seed, workers)
    return summarise(prepared, draws, runs, seed, workers, began)


def summarise(prepared: Prepared, draws: Draws, runs: int, seed: int, workers: int, began: float) -> Result:
    """Ranges, chances and mean flows of the draws, whose arrays are sorted and so used up."""
    inputs, sums = prepared.inputs, prepared.sums
    establishment = sums.of_cells(prepared.establishment.astype(np.float64)).T
    threshold = np.array([inputs.thresholds.get(line.key, inputs.threshold) for line in inputs.lines])
    bound = establishment - threshold[:, None] * UNITS
    with ThreadPoolExecutor(workers) as pool:
        chance = np.empty(bound.shape)

        def count(line: int) -> None:
            below = draws.strength[sums.row[line]] < bound[line][:, None]
            chance[line] = np.count_nonzero(below, axis=1) / runs

        list(pool.map(count, range(len(bound))))
        strength, available, deployable = (
            _fan(values, pool, sums.row) for values in (draws.strength, draws.available, draws.deployable)
        )
    whole = establishment / UNITS
    return Result(
        version=MODEL_VERSION,
        runs=runs,
        seed=seed,
        months=inputs.months,
        lines=tuple(line.key for line in inputs.lines),
        establishment=whole,
        strength=strength,
        gap=Fan(
            p10=whole - strength.p90,
            p50=whole - strength.p50,
            p90=whole - strength.p10,
            mean=whole - strength.mean,
        ),
        available=available,
        deployable=deployable,
        threshold=threshold,
        chance=chance,
        flows=sums.of_cells(draws.flows / (runs * UNITS)).transpose(0, 2, 1),
        absences=sums.of_cells(draws.absences[0] / (runs * UNITS)).T,
        absences_ended=sums.of_cells(draws.absences[1] / (runs * UNITS)).T,
        seconds=perf_counter() - began,
    )


def _fan(values: NDArray[np.int32], pool: ThreadPoolExecutor, row: NDArray[np.int64]) -> Fan:
    """Fan of values [row, month, run] by line; sorts them in place."""
    runs = values.shape[-1]
    # Symmetric, so that the P10 of a gap is establishment less the P90 of strength.
    low, middle, high = round(LOW * (runs - 1)), (runs - 1) // 2, runs - 1 - round(LOW * (runs - 1))
    mean = np.empty(values.shape[:-1])

    def work(first: int) -> None:
        part = values[first : first + 16]
        np.divide(part.sum(axis=-1, dtype=np.int64), runs * UNITS, out=mean[first : first + 16])
        part.sort(axis=-1)

    list(pool.map(work, range(0, len(values), 16)))

    def at(index: int) -> NDArray[np.float64]:
        picked: NDArray[np.float64] = values[..., index][row] / UNITS
        return picked

    return Fan(p10=at(low), p50=(at(middle) + at(runs - 1 - middle)) / 2, p90=at(high), mean=mean[row])
