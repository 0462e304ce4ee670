"""What a change would do to the gaps, fast enough to be asked before it is decided.

The projection as it stands is drawn once in fewer runs and kept; each what-if draws the same runs again with
the change in it, so that the difference is the change and not noise. Long-term absence and limited duties are
left out: they have random numbers of their own and no part in strength.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.engine import BLOCK, Prepared, prepare, range_places, runner_of
from workforce.projection.calc.inputs import AWAY, Change, ChangeKind, Floats, Inputs, LineKey
from workforce.projection.calc.results import Fan
from workforce.projection.calc.runner import Runner
from workforce.projection.calc.slots import UNITS

# Runs of a preview; its P10 is known within about 0.1 of a standard deviation.
PREVIEW_RUNS = 250


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One line before and after, by month. Gaps in FTE; `difference` is after less before, run by run."""

    key: LineKey
    before: Fan
    after: Fan
    chance_before: Floats
    chance_after: Floats
    difference: Floats
    difference_sd: Floats


class Preview:
    """A projection kept to ask what changes would do to it.

    Each what-if takes about as long as projecting `runs` runs without absence; see the benchmark.
    """

    def __init__(self, inputs: Inputs, runs: int = PREVIEW_RUNS, seed: int = 1) -> None:
        self.inputs, self.runs, self.seed = inputs.without_spells(), min(runs, BLOCK), seed
        self.prepared = prepare(self.inputs)
        runner = runner_of(self.prepared, runs=self.runs, seed=seed, block=0)
        self._leaving = runner.leaving
        self._before = self._run(runner, self.prepared)

    def effect(
        self,
        changes: Sequence[Change] = (),
        lines: Sequence[LineKey] | None = None,
        instead: Inputs | None = None,
    ) -> tuple[Effect, ...]:
        """Before and after of `lines`, or of every line that the changes touch.

        `changes` come on top of those planned; `instead` takes other inputs with the same cells and lines,
        for a scenario (an intake more, a pause). KeyError for a line that is not projected.
        """
        after = instead.without_spells() if instead is not None else self.inputs
        after = after.with_(changes=(*after.changes, *changes))
        prepared = prepare(after)
        number = {line.key: row for row, line in enumerate(self.inputs.lines)}
        asked = [number[key] for key in lines] if lines is not None else self._touched(changes)
        # Planned moves and posts change nothing of who leaves when; joiners and other inputs may.
        same = instead is None and all(change.kind is not ChangeKind.JOIN for change in changes)
        runner = runner_of(
            prepared, runs=self.runs, seed=self.seed, block=0, leaving=self._leaving if same else None
        )
        found = self._run(runner, prepared)
        return tuple(self._effect(line, found, prepared) for line in asked)

    def _touched(self, changes: Sequence[Change]) -> list[int]:
        people = self.inputs.people
        cells = {cell for change in changes for cell in (change.from_cell, change.to_cell)}
        for change in changes:
            if change.person != AWAY:
                cells |= {int(people.cell[change.person]), int(people.home_cell[change.person])}
        wanted = np.zeros(len(self.inputs.cells), np.bool_)
        wanted[list(cells - {AWAY})] = True
        return [row for row, line in enumerate(self.inputs.lines) if wanted[line.cells].any()]

    def _run(self, runner: Runner, prepared: Prepared) -> NDArray[np.int32]:
        """Strength [month, cell, run] in ten-thousandths."""
        months, cells = prepared.inputs.months, len(prepared.inputs.cells)
        kept = np.empty((months + 1, cells, self.runs), np.int32)
        for month in range(months + 1):
            if month:
                runner.step(month)
            kept[month] = runner.state.strength.reshape(cells, self.runs)
        return kept

    def _effect(self, line: int, after: NDArray[np.int32], prepared: Prepared) -> Effect:
        asked = self.inputs.lines[line]
        gaps = [
            each.establishment[:, asked.cells].sum(axis=1)[:, None] - strength[:, asked.cells].sum(axis=1)
            for each, strength in ((self.prepared, self._before), (prepared, after))
        ]
        threshold = self.inputs.thresholds.get(asked.key, self.inputs.threshold) * UNITS
        chances = [(gap > threshold).mean(axis=1) for gap in gaps]
        difference = (gaps[1] - gaps[0]) / UNITS
        return Effect(
            key=asked.key,
            before=_fan(gaps[0]),
            after=_fan(gaps[1]),
            chance_before=chances[0],
            chance_after=chances[1],
            difference=difference.mean(axis=1),
            difference_sd=difference.std(axis=1),
        )


def _fan(gaps: NDArray[np.int64]) -> Fan:
    ordered = np.sort(gaps, axis=1)
    low, middle, other, high = range_places(gaps.shape[1])
    return Fan(
        p10=ordered[:, low] / UNITS,
        p50=(ordered[:, middle] + ordered[:, other]) / (2 * UNITS),
        p90=ordered[:, high] / UNITS,
        mean=gaps.mean(axis=1) / UNITS,
    )
