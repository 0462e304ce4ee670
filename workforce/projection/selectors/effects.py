"""What changes would do, and who will still serve: worked out now, from the same inputs as a run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

import numpy as np

from peelsite.forces.models import Force
from workforce.projection.calc.draws import Purpose, generator, multipliers
from workforce.projection.calc.engine import prepare, simulate
from workforce.projection.calc.inputs import FORCE_LINE, Inputs, LineKey, LineKind
from workforce.projection.calc.leaving import chance_of_staying
from workforce.projection.calc.results import Fan, Flow, Result
from workforce.projection.selectors.figures import figures_of
from workforce.projection.selectors.inputs import basis_in
from workforce.projection.selectors.outlook import Change, Effect, EffectLine, OutlookLine
from workforce.projection.selectors.reading import Recorded, assumptions_set, recorded_at
from workforce.projection.selectors.runs import Labels, newest_run

# Fewer than a stored run has, and so with draws of their own; the same ones before and after.
QUICK_DRAWS = 250
# Draws over which a chance of staying is averaged: they differ by how sure the rates are, not by luck.
RATE_DRAWS = 200


def effect_of(
    force: Force, day: date, changes: Sequence[Change], *, without: tuple[str, int] | None = None
) -> Effect | None:
    """The lines that `changes` touch, without them and with them; none while there is no run up to `day`.

    `without` names an origin whose planned changes are left out of both: that of what these replace.

    From what is recorded and planned now, as at the newest run's day. Before and after come from the same
    250 draws, so that the difference is the changes' own. Absence is left out, so that available
    and deployable are not told here: they stand as strength. Cells come first, then rank with role
    and location, units from the smallest, ranks, and the force.
    """
    began = perf_counter()
    run = newest_run(force, day)
    if run is None:
        return None
    recorded = _recorded(force, run.as_at)
    if without is not None:
        kept = [each for each in recorded.changes if (each.origin_kind, each.origin_id) != without]
        recorded = replace(recorded, changes=kept)
    before = basis_in(recorded)
    after = basis_in(recorded, asked=changes, like=before)
    # One set of cells for both, or what a new cell holds would have no before.
    keys = _touched(recorded, changes)
    known = {line.key for line in before.inputs.lines}
    first_result, second_result = (
        simulate(_only(each.inputs, keys), QUICK_DRAWS, run.seed, 1, strength_only=True)
        for each in (before, after)
    )
    labels = Labels(force)
    lines = []
    for key in keys:
        threshold = after.inputs.thresholds.get(key, after.inputs.threshold)
        second = _line(second_result, key, before.days, labels, threshold)
        first = _line(first_result, key, before.days, labels, threshold) if key in known else _nothing(second)
        lines.append(EffectLine(before=first, after=second, difference=second.gap.mean - first.gap.mean))
    return Effect(as_at=run.as_at, days=before.days, lines=tuple(lines), seconds=perf_counter() - began)


def _recorded(force: Force, day: date) -> Recorded:
    observed = int(figures_of(assumptions_set(force))["rates.observed"])
    return recorded_at(force, day, observed_months=observed)


def _touched(recorded: Recorded, changes: Iterable[Change]) -> list[LineKey]:
    cells = list(
        dict.fromkeys(
            cell for change in changes for cell in (change.to_cell, change.from_cell) if cell is not None
        )
    )
    places = [
        LineKey(LineKind.RANK_ROLE_LOCATION, (cell.rank_id, cell.role_id, cell.location_id)) for cell in cells
    ]
    units = [unit for cell in cells for unit in reversed(recorded.unit_paths[cell.unit_id])]
    keys = [
        *(LineKey(LineKind.CELL, cell) for cell in cells),
        *places,
        *(LineKey(LineKind.UNIT, unit) for unit in units),
        *(LineKey(LineKind.RANK, cell.rank_id) for cell in cells),
        FORCE_LINE,
    ]
    return list(dict.fromkeys(keys))


def _only(inputs: Inputs, keys: Iterable[LineKey]) -> Inputs:
    wanted = set(keys)
    return inputs.with_(lines=tuple(line for line in inputs.lines if line.key in wanted))


def _line(
    result: Result, key: LineKey, days: tuple[date, ...], labels: Labels, threshold: float
) -> OutlookLine:
    row = result.index[key]
    flows: Mapping[Flow, np.ndarray] = {
        flow: values[row] for flow, values in zip(Flow, result.flows, strict=True) if values[row].any()
    }
    return OutlookLine(
        key=key,
        label=labels.of(key),
        days=days,
        threshold=threshold,
        establishment=result.establishment[row],
        chance=result.chance[row],
        flows=flows,
        gap=result.of("gap", key),
        **dict.fromkeys(("strength", "available", "deployable"), result.of("strength", key)),
    )


def _nothing(line: OutlookLine) -> OutlookLine:
    """A cell in which there was nothing before."""
    nought = np.zeros(len(line.days))
    fan = Fan(p10=nought, p50=nought, p90=nought, mean=nought)
    return OutlookLine(
        key=line.key,
        label=line.label,
        days=line.days,
        threshold=line.threshold,
        establishment=nought,
        strength=fan,
        gap=fan,
        available=fan,
        deployable=fan,
        chance=nought,
        flows={},
    )


def stay_chances(force: Force, day: date, on: date) -> dict[int, float]:
    """The chance, by id of each person employed on `day`, that they still serve on the later day `on`.

    By the rates of leaving of their worker type and length of service; 0 from the day on which someone who
    has given notice is gone, 1 before it. At most 48 months ahead: later days are as the last. Sixteen
    queries.
    """
    recorded = _recorded(force, day)
    if on <= day or not recorded.people:
        return {row["person_id"]: 1.0 for row in recorded.people}
    basis = basis_in(recorded)
    ends = basis.days
    last = min(next((m for m, end in enumerate(ends) if end >= on), len(ends) - 1), len(ends) - 1)
    staying = [_staying(basis.inputs, month) for month in (last - 1, last)]
    part = min(1.0, (on - ends[last - 1]).days / (ends[last] - ends[last - 1]).days)
    chances = staying[0] + (staying[1] - staying[0]) * part
    found = dict(zip(basis.person_ids, chances.tolist(), strict=True))
    # Those without a posting stand in no arrays: as the others do on average.
    mean = float(chances.mean()) if len(chances) else 1.0
    for row in recorded.people:
        if row["left_on"] is not None:
            found[row["person_id"]] = float(row["left_on"] > on)
        else:
            found.setdefault(row["person_id"], mean)
    return found


def _staying(inputs: Inputs, month: int) -> np.ndarray:
    """By person: the chance to be there at the end of a month."""
    number = len(inputs.people)
    if month == 0:
        return np.ones(number)
    prepared = prepare(inputs)
    factors = multipliers(inputs.rates, inputs.months, RATE_DRAWS, generator(1, Purpose.RATES, 0))
    return chance_of_staying(prepared.slots, prepared.exposed, factors, month)[:number]
