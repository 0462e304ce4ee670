"""Random numbers that stay with what they decide.

A scenario is compared with its baseline run by run, so each chance hangs on what it is about (this person,
that vacancy, this intake) and not on how many numbers were drawn before it. Large draws come from a numpy
generator of their own for each purpose, name and block of runs; single decisions from a counter-based
generator: a mix of the bits (splitmix64, Steele, Lea and Flood 2014) of seed, purpose, run and subject.
"""

from enum import IntEnum
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.inputs import Rates

Bits = NDArray[np.uint64]
Indexes = NDArray[np.int64]
Levels = NDArray[np.int32]
Singles = NDArray[np.float32]

YEAR = 12


class Purpose(IntEnum):
    RATES = 1
    LEAVING = 2
    KIND = 3
    SHOW = 4
    RETURN = 5
    ABSENCE = 6
    LIMITED = 7
    FILLED = 8
    CHOSEN = 9
    RECRUIT = 10
    RECRUIT_LEAVES = 11
    PLANNED = 12
    SPELL_NOW = 13


def name_number(name: str) -> int:
    """A number that a name always gives (hash() of a str differs from process to process)."""
    return crc32(name.encode())


def generator(seed: int, purpose: Purpose, block: int, name: int = 0) -> np.random.Generator:
    """The generator of one purpose, block of runs and name."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, int(purpose), block, name])))


_GOLDEN, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ALL = (1 << 64) - 1


def salt(seed: int, purpose: Purpose, *numbers: int) -> np.uint64:
    """Starting bits of one purpose; mixed one number after the other, so that their order matters."""
    bits = seed & _ALL
    for number in (int(purpose), *numbers):
        bits = (bits + _GOLDEN * (number + 1)) & _ALL
        bits = ((bits ^ bits >> 30) * _MIX_1) & _ALL
        bits = ((bits ^ bits >> 27) * _MIX_2) & _ALL
        bits ^= bits >> 31
    return np.uint64(bits)


def subject_of(salts: Indexes, run: Indexes) -> Bits:
    """One number for each pair of someone's salt and a run."""
    return salts.astype(np.uint64) + run.astype(np.uint64) * np.uint64(_MIX_2)


def uniform(start: np.uint64, *subjects: NDArray[Any]) -> NDArray[np.float64]:
    """Numbers in [0, 1), one for each combination of whole-numbered subjects (arrays of one shape)."""
    bits: Bits = np.empty(subjects[0].shape, np.uint64)
    spare = np.empty_like(bits)
    bits[...] = start
    for subject in subjects:
        np.add(subject.astype(np.uint64), np.uint64(1), out=spare)
        spare *= np.uint64(_GOLDEN)
        bits += spare
        for shift, factor in ((30, _MIX_1), (27, _MIX_2)):
            np.right_shift(bits, np.uint64(shift), out=spare)
            bits ^= spare
            bits *= np.uint64(factor)
        np.right_shift(bits, np.uint64(31), out=spare)
        bits ^= spare
    bits >>= np.uint64(11)
    return bits.astype(np.float64) * 2.0**-53


def multipliers(rates: Rates, months: int, runs: int, rng: np.random.Generator) -> Singles:
    """What a run makes of each hazard: [category x band x year, run], mean 1."""
    categories, bands = rates.leaving_seen.shape
    years = -(-months // YEAR)
    sure = gamma_of(rates.leaving_seen.ravel(), runs, rng)
    shock = year_shocks(years, runs, rates.shock_persistence, rng)
    sd = rates.shock_sd[:, None, None]
    year = np.exp(sd * shock[None] - sd**2 / 2)
    whole = sure.reshape(categories, bands, 1, runs) * year[:, None]
    return whole.reshape(categories * bands * years, runs).astype(np.float32)


def gamma_of(seen: NDArray[np.float64], runs: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Gamma(L, 1/L) for each L, [len(seen), runs]; ones where L is infinite."""
    if not (seen > 0).all():
        raise ValueError("A rate must have been learnt from something: the events seen must be above nought.")
    known = np.isinf(seen)
    shape = np.where(known, 1.0, seen)[:, None]
    drawn = rng.standard_gamma(np.broadcast_to(shape, (len(seen), runs))) / shape
    drawn[known] = 1.0
    return drawn


def year_shocks(years: int, runs: int, persistence: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Standard normal shocks [year, run], each year correlated with the year before."""
    fresh = rng.standard_normal((years, runs))
    for year in range(1, years):
        fresh[year] = persistence * fresh[year - 1] + np.sqrt(1 - persistence**2) * fresh[year]
    return fresh
