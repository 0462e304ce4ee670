"""What earlier projections said, held against what came."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workforce.projection.calc.engine import simulate
from workforce.projection.calc.inputs import Floats, Inputs, LineKey, LineKind
from workforce.projection.calc.results import MODEL_VERSION


@dataclass(frozen=True, kw_only=True)
class Origin:
    """An earlier day with what was known on it, and the strength that came.

    `actual[line, month]` is FTE by line of the inputs, NaN where it is not known (yet); month 0 is the day.
    """

    inputs: Inputs
    actual: Floats


@dataclass(frozen=True, kw_only=True)
class Score:
    """How lines of one kind did `months` ahead, over all origins.

    `bias` is the mean of actual less projected (P50) strength in FTE, `error` the mean absolute error,
    `unchanged` that of saying that strength stays as it is. `coverage` is the share of outcomes from P10 to
    P90, both included; it should be near 80%, and above it where strength comes in whole people.
    """

    kind: LineKind
    months: int
    cases: int
    bias: float
    error: float
    unchanged: float
    coverage: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Case:
    """One line at one origin and horizon."""

    key: LineKey
    origin: int
    months: int
    p10: float
    p50: float
    p90: float
    actual: float
    start: float

    @property
    def is_inside(self) -> bool:
        return self.p10 - 1e-6 <= self.actual <= self.p90 + 1e-6


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """`scores` by kind of line and horizon; `cases` of the force's line and of ranks, for a page to show."""

    version: str
    runs: int
    seed: int
    origins: int
    scores: tuple[Score, ...]
    cases: tuple[Case, ...]

    def score(self, kind: LineKind, months: int) -> Score:
        """KeyError where no line of the kind was judged at that horizon."""
        for each in self.scores:
            if each.kind is kind and each.months == months:
                return each
        raise KeyError((kind, months))


SHOWN = (LineKind.FORCE, LineKind.CATEGORY, LineKind.RANK)


def backtest(
    origins: Sequence[Origin],
    horizons: Sequence[int] = (6, 12, 24),
    runs: int = 1000,
    seed: int = 1,
    workers: int = 2,
) -> Backtest:
    """Projects each origin from what was known then and compares. Horizons beyond what came are left out."""
    cases: list[Case] = []
    for number, origin in enumerate(origins):
        if origin.actual.shape != (len(origin.inputs.lines), origin.inputs.months + 1):
            raise ValueError("What came must be given for every line of the inputs and every month.")
        result = simulate(origin.inputs, runs, seed, workers)
        for months in horizons:
            if months > origin.inputs.months:
                continue
            known = np.flatnonzero(~np.isnan(origin.actual[:, months]))
            for row in known.tolist():
                fan = result.of("strength", result.lines[row])
                cases.append(
                    Case(
                        key=result.lines[row],
                        origin=number,
                        months=months,
                        p10=float(fan.p10[months]),
                        p50=float(fan.p50[months]),
                        p90=float(fan.p90[months]),
                        actual=float(origin.actual[row, months]),
                        start=float(fan.mean[0]),
                    )
                )
    groups: dict[tuple[LineKind, int], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.key.kind, case.months), []).append(case)
    return Backtest(
        version=MODEL_VERSION,
        runs=runs,
        seed=seed,
        origins=len(origins),
        scores=tuple(_score(kind, months, group) for (kind, months), group in groups.items()),
        cases=tuple(case for case in cases if case.key.kind in SHOWN),
    )


def _score(kind: LineKind, months: int, cases: Sequence[Case]) -> Score:
    error = np.array([case.actual - case.p50 for case in cases])
    change = np.array([case.actual - case.start for case in cases])
    return Score(
        kind=kind,
        months=months,
        cases=len(cases),
        bias=float(error.mean()),
        error=float(np.abs(error).mean()),
        unchanged=float(np.abs(change).mean()),
        coverage=float(np.mean([case.is_inside for case in cases])),
        width=float(np.mean([case.p90 - case.p10 for case in cases])),
    )
