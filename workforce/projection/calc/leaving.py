"""In which month each slot leaves, in every run.

A slot leaves once the hazard it has lived through exceeds a standard exponential number drawn for it: exact
for its own length of service, and a higher hazard can only bring the month forward, so that scenarios with
other rates are compared draw by draw. Hazards are constant within a band of service and a year of the run,
and each multiplied by what the run makes of it (draws.multipliers); a slot passes some four to eight such
stretches.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import YEAR, Bits, Indexes, Purpose, Singles, generator, salt, uniform
from workforce.projection.calc.inputs import NEVER, Rates
from workforce.projection.calc.slots import Block, Slots

# Rows worked at once: their draws stay in the processor's cache.
ROWS = 96

Months = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """The stretches of constant hazard of each slot, [slot, stretch]; unused stretches have no weight.

    `group` is a row of the multipliers (category x band x year), `rate` the hazard a month without them.
    """

    group: Indexes
    rate: Singles
    length: Singles
    # Last month of the stretch.
    last: NDArray[np.int16]


def exposure(slots: Slots, rates: Rates, months: int) -> Exposure:
    """Those who gave notice stay until then, and then go: no hazard works on them."""
    none = slots.leave_month != NEVER
    return _stretches(slots.category, slots.service, slots.exposed_after, none, rates, months)


def exposure_of_one(rates: Rates, months: int, category: int, service: int, joined: int) -> Exposure:
    """The stretches of someone who joins in month `joined` and had `service` months at month 0."""
    one = np.ones(1, np.int64)
    return _stretches(category * one, service * one, joined * one, np.zeros(1, np.bool_), rates, months)


def _stretches(
    category: Indexes,
    service: Indexes,
    after: Indexes,
    none: NDArray[np.bool_],
    rates: Rates,
    months: int,
) -> Exposure:
    month = np.arange(1, months + 1)
    years = -(-months // YEAR)
    band = rates.band(service[:, None] + month - 1)
    grid = (category[:, None] * len(rates.band_starts) + band) * years + (month - 1) // YEAR
    grid[(month <= after[:, None]) | none[:, None]] = -1
    number = len(grid)
    begins = np.ones(grid.shape, np.bool_)
    begins[:, 1:] = grid[:, 1:] != grid[:, :-1]
    order = np.cumsum(begins, axis=1) - 1
    stretches = int(order.max(initial=0)) + 1
    row, column = np.nonzero(begins)
    group = np.full((number, stretches), -1, np.int64)
    group[row, order[row, column]] = grid[row, column]
    place = np.arange(number)[:, None] * stretches + order
    length = np.bincount(place.ravel(), minlength=number * stretches).reshape(number, stretches)
    total = rates.leaving.sum(axis=2).ravel()
    rate = np.where(group >= 0, total[np.maximum(group, 0) // years], 0.0)
    return Exposure(
        group=np.maximum(group, 0),
        rate=rate.astype(np.float32),
        length=length.astype(np.float32),
        last=np.cumsum(length, axis=1).astype(np.int16),
    )


def months_of_leaving(
    slots: Slots,
    blocks: tuple[Block, ...],
    exposed: Exposure,
    factors: Singles,
    *,
    seed: int,
    block: int,
) -> Months:
    """Month in which each slot leaves, [slot, run]; 0 where it stays to the end. Notice is kept to."""
    runs = factors.shape[1]
    leaves = np.zeros((len(slots), runs), np.uint8)
    for each in blocks:
        rng = generator(seed, Purpose.LEAVING, block, each.number)
        for first in range(each.first, each.last, ROWS):
            rows = slice(first, min(first + ROWS, each.last))
            _sample(leaves[rows], exposed, rows, factors, rng)
    notice = np.flatnonzero(slots.leave_month != NEVER)
    leaves[notice] = slots.leave_month[notice, None]
    return leaves


def _sample(
    leaves: Months, exposed: Exposure, rows: slice, factors: Singles, rng: np.random.Generator
) -> None:
    left = rng.standard_exponential(leaves.shape, dtype=np.float32)
    runs = leaves.shape[1]
    flat, out = left.ravel(), leaves.ravel()
    buffer = np.empty_like(left)
    for stretch in range(exposed.group.shape[1]):
        rate = exposed.rate[rows, stretch]
        if not rate.any():
            continue
        group = exposed.group[rows, stretch]
        length = exposed.length[rows, stretch]
        np.take(factors, group, axis=0, out=buffer, mode="clip")
        buffer *= (rate * length)[:, None]
        left -= buffer
        gone = np.flatnonzero(flat < 0)
        row = gone // runs
        # How far past the moment of leaving the stretch went on, in months.
        past = -flat[gone] / buffer.ravel()[gone] * length[row]
        out[gone] = exposed.last[rows, stretch][row] - np.minimum(past, length[row] - 1).astype(np.int16)
        flat[gone] = np.inf


@dataclass(frozen=True)
class Kinds:
    """Which kind of leaver someone is, by category and band of service at the time."""

    rates: Rates
    # Cumulative shares [kind, category x band].
    shares: NDArray[np.float64]
    start: np.uint64

    @classmethod
    def of(cls, rates: Rates, seed: int) -> "Kinds":
        flat = rates.leaving.reshape(-1, rates.leaving.shape[2])
        summed = np.cumsum(flat, axis=1).T.copy()
        summed = np.divide(summed, summed[-1], out=np.ones_like(summed), where=summed[-1] > 0)
        return cls(rates, summed, salt(seed, Purpose.KIND))

    def pick(self, category: Indexes, service: Indexes, subject: Bits) -> Indexes:
        """Index into LEAVING for each leaver; `subject` is what the draw hangs on."""
        column = category * len(self.rates.band_starts) + self.rates.band(service)
        chance = uniform(self.start, subject)
        kind = np.zeros(len(chance), np.int64)
        for upper in self.shares[:-1]:
            kind += chance >= upper[column]
        return kind


def chance_of_staying(slots: Slots, exposed: Exposure, factors: Singles, month: int) -> NDArray[np.float64]:
    """Chance that each slot has not left by the end of `month`, averaged over what runs make of the rates."""
    begun = exposed.last - exposed.length
    lived = np.clip(month - begun, 0, exposed.length) * exposed.rate
    total = np.zeros((len(slots), factors.shape[1]), np.float32)
    for stretch in range(exposed.group.shape[1]):
        total += factors[exposed.group[:, stretch]] * lived[:, stretch, None]
    stays: NDArray[np.float64] = np.exp(-total).mean(axis=1, dtype=np.float64)
    noticed = slots.leave_month != NEVER
    stays[noticed] = slots.leave_month[noticed] > month
    return stays
