"""Strength of every force from the yearly national table: a top-down projection beside the one by person.

A force's growth from one year to the next (in logs) is that of all forces together and a part of its own.
Money and policy move all forces at once and for years on end; a force's own part is soon over. So from the
last growth seen

    log strength(t + h) = log strength(t) + national(t) * sum phi^k + own(t) * sum psi^k,   k = 1 … h

`phi` is learnt from a handful of yearly changes and so is not known: every value from 0 to 1 is weighed by
how likely it makes them (uniform beforehand, spread integrated out). `psi` is the one with the least absolute
error one year ahead, over all forces. The range has the shocks of both parts, the national one common to all
forces and its spread known from a few years only (so Student's t), and what is not known of `phi`; it is
widened where it held less than 80% of the years fitted, and never narrowed, as those outcomes hang together.
No driver is in it: not the budget, not a programme of recruitment.
"""

from dataclasses import dataclass, replace

import numpy as np

from workforce.projection.calc.inputs import Floats

NATIONAL_DAMPING = np.linspace(0.0, 1.0, 41)
OWN_DAMPING = np.linspace(0.0, 1.0, 21)

# Years needed before a projection; from so many of the years fitted on each is tried as the last.
FEWEST_YEARS = 4

# How many years of other forces' spread a force's own spread is weighed with.
SPREAD_WEIGHT = 6.0

Z80 = 1.2816


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learnt from the years fitted. Spreads are standard deviations of yearly growth, in logs."""

    # How likely each of NATIONAL_DAMPING is.
    national_weights: Floats
    own_damping: float
    national_spread: float
    # Yearly changes that the national spread was learnt from.
    national_years: int
    own_spread: Floats
    # What the range is widened by, so that it holds at least 80% of the years fitted.
    widening: float = 1.0

    @property
    def national_damping(self) -> float:
        """The mean of what it may be."""
        return float((self.national_weights * NATIONAL_DAMPING).sum())


@dataclass(frozen=True, kw_only=True)
class Projected:
    """FTE [force, year ahead], the first a year after the last one known."""

    p10: Floats
    p50: Floats
    p90: Floats


def growth(strength: Floats) -> tuple[Floats, Floats]:
    """Yearly growth in logs of all forces together [year], and what each force's lies above it."""
    whole = np.diff(np.log(strength.sum(axis=0)))
    return whole, np.diff(np.log(strength), axis=1) - whole


def fit(strength: Floats) -> Model:
    """Learns from FTE [force, year] of consecutive years. ValueError with too few years or an empty force."""
    years = strength.shape[1]
    if years < FEWEST_YEARS + 1:
        raise ValueError(f"At least {FEWEST_YEARS + 1} years are needed, not {years}.")
    if not (strength > 0).all():
        raise ValueError("Every force needs a strength above nought in every year.")
    whole, own = growth(strength)
    shocks = whole[1:] - NATIONAL_DAMPING[:, None] * whole[:-1]
    squares = (shocks**2).sum(axis=1)
    number = len(whole) - 1
    weights = (squares.min() / squares) ** (number / 2)
    weights /= weights.sum()
    off = [float(np.abs(own[:, 1:] - damping * own[:, :-1]).mean()) for damping in OWN_DAMPING]
    own_damping = float(OWN_DAMPING[int(np.argmin(off))])
    left = own[:, 1:] - own_damping * own[:, :-1]
    pooled = float((left**2).mean())
    spread = np.sqrt((SPREAD_WEIGHT * pooled + (left**2).sum(axis=1)) / (SPREAD_WEIGHT + number))
    model = Model(
        national_weights=weights,
        own_damping=own_damping,
        national_spread=float(np.sqrt((weights * squares).sum() / number)),
        national_years=number,
        own_spread=spread,
    )
    return replace(model, widening=max(1.0, _needed(model, strength)))


def project(model: Model, strength: Floats, ahead: int) -> Projected:
    """Ranges for `ahead` years after the last of `strength` [force, year]."""
    whole, own = growth(strength)
    steps = np.arange(1, ahead + 1)
    paths = np.cumsum(NATIONAL_DAMPING[:, None] ** steps, axis=1)
    path = model.national_weights @ paths
    unsure = np.sqrt(model.national_weights @ (paths - path) ** 2) * abs(whole[-1])
    of_own = own[:, -1:] * np.cumsum(model.own_damping**steps)
    p50: Floats = strength[:, -1:] * np.exp(whole[-1] * path + of_own)
    shocks = np.array([lasting(damping, ahead) ** 2 for damping in NATIONAL_DAMPING])
    national = model.national_spread * np.sqrt(model.national_weights @ shocks)
    known = student_80(model.national_years) * np.sqrt(national**2 + unsure**2)
    alone = Z80 * model.own_spread[:, None] * lasting(model.own_damping, ahead)
    half = model.widening * np.sqrt(known**2 + alone**2)
    return Projected(p10=p50 * np.exp(-half), p50=p50, p90=p50 * np.exp(half))


def lasting(damping: float, ahead: int) -> Floats:
    """Sd of the level after 1 to `ahead` years, where a shock of sd 1 hits growth in each of them."""
    effect = np.cumsum(damping ** np.arange(ahead))
    sd: Floats = np.sqrt(np.cumsum(effect**2))
    return sd


def student_80(free: int) -> float:
    """P90 of Student's t: Cornish and Fisher's expansion, within 1% from 3 degrees of freedom on."""
    z = Z80
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / free + second / free**2 + third / free**3


def _needed(model: Model, strength: Floats) -> float:
    """By how much the range would have to be widened to hold 80% of the years fitted."""
    needed = []
    for last in range(FEWEST_YEARS, strength.shape[1]):
        made = project(model, strength[:, :last], strength.shape[1] - last)
        off = np.abs(np.log(strength[:, last:] / made.p50))
        needed.append((off / np.log(made.p90 / made.p50)).ravel())
    return float(np.quantile(np.concatenate(needed), 0.8))
