"""The projection: 48 months of strength in many runs, person by person.

Who leaves when is drawn for everyone at the start (leaving). Then each block of runs goes from month to
month, all its runs at once, and only what happens is worked on. In a month, in this order: spells end and
independent patrol is reached; people leave; others come back and intakes join; temporary postings end;
training ends; planned changes are made; a board promotes; single vacancies are recruited to; spells begin.

The answer depends on inputs, runs, seed and the size of blocks alone: blocks have random numbers of their
own, so it is the same with one thread or several. Two answers with as many runs, one seed and one size can be
compared run by run.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.checking import check
from workforce.projection.calc.draws import Indexes, Levels
from workforce.projection.calc.inputs import ChangeKind, Floats, Inputs
from workforce.projection.calc.leaving import Exposure, exposure
from workforce.projection.calc.results import FLOWS, LOW, MODEL_VERSION, Fan, Result
from workforce.projection.calc.runner import Runner
from workforce.projection.calc.slots import UNITS, Block, Slots, slots_of, units
from workforce.projection.calc.summing import Sums, add_up, sums_of

# Runs worked at once. Most steps are too short for two threads to share the interpreter: one block of a
# thousand takes less time than two threads with five hundred each.
BLOCK = 1000

MEASURES = ("strength", "available", "deployable")


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


def runner_of(
    prepared: Prepared,
    *,
    runs: int,
    seed: int,
    block: int,
    size: int = BLOCK,
    kind: type[Runner] = Runner,
    leaving: list[Indexes] | None = None,
) -> Runner:
    """One of the blocks of at most `size` runs that make up `runs`, at month 0."""
    return kind(
        prepared.inputs,
        prepared.slots,
        prepared.blocks,
        prepared.exposed,
        prepared.wanted,
        runs=min(size, runs - block * size),
        seed=seed,
        block=block,
        first_run=block * size,
        leaving=leaving,
    )


class Projection:
    """A projection under way: its blocks of runs, month by month together.

    `levels` [row, measure, run] has the month's `measures` in ten-thousandths, the cells' rows first; it is
    overwritten every month.
    """

    def __init__(
        self,
        prepared: Prepared,
        runs: int,
        seed: int,
        pool: ThreadPoolExecutor,
        kind: type[Runner] = Runner,
        measures: Sequence[str] = MEASURES,
        size: int = BLOCK,
    ) -> None:
        self.prepared, self.runs, self.pool = prepared, runs, pool
        number = range(-(-runs // size))

        def start(block: int) -> Runner:
            return runner_of(prepared, runs=runs, seed=seed, block=block, size=size, kind=kind)

        self.runners = list(pool.map(start, number))
        self.levels = np.empty((prepared.sums.rows, len(measures), runs), np.int32)
        # Each block has its own columns, and its own sums to do.
        self._columns = [
            self.levels[..., runner.state.first_run : runner.state.first_run + runner.state.runs]
            for runner in self.runners
        ]
        self._additions = [prepared.sums.additions(columns) for columns in self._columns]
        list(pool.map(self._show, number))

    def go_to(self, month: int) -> None:
        """Takes every block through `month`, the one after the last."""

        def step(block: int) -> None:
            self.runners[block].step(month)
            self._show(block)

        list(self.pool.map(step, range(len(self.runners))))

    def _show(self, block: int) -> None:
        """Writes how the block stands to its columns of `levels`."""
        state, columns = self.runners[block].state, self._columns[block]
        cells = len(self.prepared.inputs.cells)
        strength, absent, withheld = (
            level.reshape(cells, state.runs) for level in (state.strength, state.absent, state.withheld)
        )
        columns[:cells, 0] = strength
        for measure, less in zip(range(1, columns.shape[1]), (absent, withheld), strict=False):
            np.subtract(strength, less, out=columns[:cells, measure])
        add_up(self._additions[block])


def simulate(
    inputs: Inputs,
    runs: int = 1000,
    seed: int = 1,
    workers: int = 2,
    *,
    strength_only: bool = False,
    size: int = BLOCK,
) -> Result:
    """Projects `inputs` in `runs` runs. The same inputs, runs, seed and size of blocks give one answer.

    With `strength_only` absence and limited duties are left out, and strength, gaps, chances and flows are
    the same: they have random numbers of their own. ValueError where the inputs contradict each other
    (checking), with what is wrong.
    """
    began = perf_counter()
    prepared = prepare(inputs.without_spells() if strength_only else inputs)
    sums = prepared.sums
    measures = MEASURES[:1] if strength_only else MEASURES
    summary = Summary(prepared, runs, measures)
    with ThreadPoolExecutor(workers) as pool:
        projection = Projection(prepared, runs, seed, pool, measures=measures, size=size)
        summary.take(0, projection.levels, pool)
        for month in range(1, inputs.months + 1):
            projection.go_to(month)
            summary.take(month, projection.levels, pool)
    states = [runner.state for runner in projection.runners]
    share = 1 / (runs * UNITS)
    flows = np.sum([state.flows for state in states], axis=0) * share
    by_flow = flows.reshape(inputs.months + 1, len(FLOWS), -1).transpose(1, 0, 2)
    return Result(
        version=MODEL_VERSION,
        runs=runs,
        seed=seed,
        months=inputs.months,
        lines=tuple(line.key for line in inputs.lines),
        establishment=summary.establishment,
        strength=summary.fan(0),
        gap=summary.gap(),
        available=None if strength_only else summary.fan(1),
        deployable=None if strength_only else summary.fan(2),
        threshold=summary.threshold,
        chance=summary.chance(),
        flows=sums.of_cells(by_flow).transpose(0, 2, 1),
        absences=sums.of_cells(np.sum([state.absences for state in states], axis=0) * share).T,
        absences_ended=sums.of_cells(np.sum([state.absences_ended for state in states], axis=0) * share).T,
        seconds=perf_counter() - began,
    )


def histories(inputs: Inputs, runs: int, seed: int = 1, workers: int = 2) -> NDArray[np.int32]:
    """Every run of every line: [line, measure, month, run] in ten-thousandths; measures as in MEASURES.

    Needs 4 bytes for each; for a whole force rather ask for fewer lines.
    """
    prepared = prepare(inputs)
    kept = np.empty((len(inputs.lines), len(MEASURES), inputs.months + 1, runs), np.int32)
    with ThreadPoolExecutor(workers) as pool:
        projection = Projection(prepared, runs, seed, pool)
        kept[:, :, 0] = projection.levels[prepared.sums.row]
        for month in range(1, inputs.months + 1):
            projection.go_to(month)
            kept[:, :, month] = projection.levels[prepared.sums.row]
    return kept


def range_places(runs: int) -> list[int]:
    """Where P10, both middles and P90 stand among sorted runs.

    Symmetric, so that the P10 of a gap is establishment less the P90 of strength.
    """
    low, middle = round(LOW * (runs - 1)), (runs - 1) // 2
    return [low, middle, runs - 1 - middle, runs - 1 - low]


class Summary:
    """Ranges, means and chances, taken month by month from the runs of every row."""

    def __init__(self, prepared: Prepared, runs: int, measures: Sequence[str] = MEASURES) -> None:
        inputs, sums = prepared.inputs, prepared.sums
        self.runs, self.row = runs, sums.row
        months = inputs.months + 1
        whole = sums.of_cells(prepared.establishment.astype(np.float64)).T
        self.establishment = whole / UNITS
        given = [inputs.thresholds.get(line.key, inputs.threshold) for line in inputs.lines]
        self.threshold = np.array(given, np.float64)
        bound = np.ceil(whole - self.threshold[:, None] * UNITS).astype(np.int32)
        # Lines of the same cells and threshold have the same chance.
        asked = np.stack([sums.row, self.threshold * UNITS])
        _, first, same = np.unique(asked, axis=1, return_index=True, return_inverse=True)
        self._rows, self._bound, self._same = sums.row[first], bound[first], same.ravel()
        self._below = np.empty((months, len(first)))
        self.places = range_places(runs)
        self.ranges = np.empty((months, sums.rows, len(measures), 4), np.int32)
        self.means = np.empty((months, sums.rows, len(measures)))

    def take(self, month: int, levels: NDArray[np.int32], pool: ThreadPoolExecutor) -> None:
        """Notes a month. Sorts `levels` in place."""

        def part(rows: slice) -> None:
            here = levels[rows]
            self.means[month, rows] = here.sum(axis=-1, dtype=np.int64)
            here.sort(axis=-1)
            self.ranges[month, rows] = here[..., self.places]

        cut = len(levels) // 2
        list(pool.map(part, (slice(0, cut), slice(cut, None))))
        below = levels[self._rows, 0] < self._bound[:, month, None]
        self._below[month] = below.sum(axis=1, dtype=np.int32)

    def fan(self, measure: int) -> Fan:
        p10, low, high, p90 = (self.ranges[..., measure, place].T[self.row] / UNITS for place in range(4))
        mean = self.means[..., measure].T[self.row] / (self.runs * UNITS)
        return Fan(p10=p10, p50=(low + high) / 2, p90=p90, mean=mean)

    def chance(self) -> Floats:
        """Share of the runs in which the gap is greater than the threshold, [line, month]."""
        share: Floats = self._below.T[self._same] / self.runs
        return share

    def gap(self) -> Fan:
        strength, whole = self.fan(0), self.establishment
        return Fan(
            p10=whole - strength.p90,
            p50=whole - strength.p50,
            p90=whole - strength.p10,
            mean=whole - strength.mean,
        )
