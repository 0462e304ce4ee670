"""Strength of every force from the yearly national table: a top-down projection beside the one by person.

A force's growth from one year to the next (in logs) is that of all forces together and a part of its own.
Money and policy move all forces at once and for years on end; a force's own part is soon over. What the last
growth seen leads to expect,

    national(t) * sum phi^k + own(t) * sum psi^k,   k = 1 … h,

is combined with no change in equal shares (SHARE). `phi` is learnt from a handful of yearly changes and so is
not known: every value from 0 to 1 is weighed by how likely it makes them (uniform beforehand, spread
integrated out). `psi` is the one with the least absolute error one year ahead, over all forces.

What was chosen, and on what. Each choice rests on the years fitted alone (2007 to 2016) and was written down
before this method was judged; two methods before it had been judged on 2017 to 2022 (decision 0014):

- Equal shares of a damped trend and no change are what the literature of forecasting would choose before
  seeing any data (the combination that M4 held its entrants against, and many before it). In 2007 to 2016,
  projected from every year since 2008, which takes in the turn of 2010, the share hardly matters: mean
  absolute error 216.0 at a half, 214.5 at one, 223.5 at none. The even split is the safer for a next turn.
- The range takes growth for as large as it has been in the years fitted, not for as large as the step from
  one year's growth to the next: policy may turn at once and then lasts, so the sd of the level grows almost
  with the years ahead. Spreads from few years: Student's t with as many degrees as national changes seen.
- The national part, on which all forces err together, is widened until the range holds 80% of the years
  fitted, and never narrowed. A force's own part is left as measured.

No driver is in it: not the budget, not a programme of recruitment.
"""

from dataclasses import dataclass, replace

import numpy as np

from workforce.projection.calc.inputs import Floats

NATIONAL_DAMPING = np.linspace(0.0, 1.0, 41)
OWN_DAMPING = np.linspace(0.0, 1.0, 21)

# Of the growth expected that is projected; the rest is no change.
SHARE = 0.5

# Years needed before a projection; from so many of the years fitted on each is tried as the last.
FEWEST_YEARS = 4

# How many years of other forces' spread a force's own spread is weighed with.
SPREAD_WEIGHT = 6.0

Z80 = 1.2816


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learnt from the years fitted. Sizes are root mean squares of yearly growth, in logs."""

    # How likely each of NATIONAL_DAMPING is.
    national_weights: Floats
    own_damping: float
    national_size: float
    # Yearly changes that the national size was learnt from.
    national_years: int
    own_size: Floats
    # What the national part of the range is widened by, so that it holds at least 80% of the years fitted.
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
    weights = (squares.min() / squares) ** ((len(whole) - 1) / 2)
    off = [float(np.abs(own[:, 1:] - damping * own[:, :-1]).mean()) for damping in OWN_DAMPING]
    pooled = float((own**2).mean())
    model = Model(
        national_weights=weights / weights.sum(),
        own_damping=float(OWN_DAMPING[int(np.argmin(off))]),
        national_size=float(np.sqrt((whole**2).mean())),
        national_years=len(whole),
        own_size=np.sqrt((SPREAD_WEIGHT * pooled + (own**2).sum(axis=1)) / (SPREAD_WEIGHT + len(whole))),
    )
    return replace(model, widening=max(1.0, _needed(model, strength)))


def project(model: Model, strength: Floats, ahead: int) -> Projected:
    """Ranges for `ahead` years after the last of `strength` [force, year]."""
    whole, own = growth(strength)
    paths = _paths(NATIONAL_DAMPING, ahead)
    path = whole[-1] * (model.national_weights @ paths) + own[:, -1:] * _paths(_one(model.own_damping), ahead)
    p50: Floats = strength[:, -1:] * np.exp(SHARE * path)
    national, alone = halves(model, ahead)
    half = np.sqrt((model.widening * national) ** 2 + alone**2)
    return Projected(p10=p50 * np.exp(-half), p50=p50, p90=p50 * np.exp(half))


def halves(model: Model, ahead: int) -> tuple[Floats, Floats]:
    """Half the range in logs that all share [year], not widened, and that of each alone [force, year]."""
    national = off_by(NATIONAL_DAMPING, model.national_weights, ahead) * model.national_size
    own = off_by(_one(model.own_damping), np.ones(1), ahead) * model.own_size[:, None]
    return student_80(model.national_years) * national, Z80 * own


def off_by(damping: Floats, weights: Floats, ahead: int) -> Floats:
    """Sd of the level about what is projected, after 1 to `ahead` years, where growth has size 1.

    Growth is damped towards nought by one of `damping`, `weights` say how likely each is; the last growth is
    as large as any other. With G the growth over h years and p what is expected of it for each unit of the
    last, var G = sum over i, j <= h of damping^|i - j|, and the mean square of G - SHARE * p * last is
    var G - 2 SHARE p E(G last) + (SHARE p)^2.
    """
    apart = np.abs(np.subtract.outer(np.arange(ahead), np.arange(ahead)))
    steps = damping[:, None, None] ** apart
    whole = np.array([steps[:, :h, :h].sum(axis=(1, 2)) for h in range(1, ahead + 1)]).T
    paths = _paths(damping, ahead)
    projected = SHARE * (weights @ paths)
    sd: Floats = np.sqrt(weights @ (whole - 2 * projected * paths + projected**2))
    return sd


def _paths(damping: Floats, ahead: int) -> Floats:
    """Growth over 1 to `ahead` years for each unit of the last year's, [damping, year]."""
    path: Floats = np.cumsum(damping[:, None] ** np.arange(1, ahead + 1), axis=1)
    return path


def _one(damping: float) -> Floats:
    return np.array([damping])


def student_80(free: int) -> float:
    """P90 of Student's t: Cornish and Fisher's expansion, within 1% from 3 degrees of freedom on."""
    z = Z80
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / free + second / free**2 + third / free**3


def _needed(model: Model, strength: Floats) -> float:
    """By how much the national part would have to be widened to hold 80% of the years fitted."""
    needed = []
    for last in range(FEWEST_YEARS, strength.shape[1]):
        ahead = strength.shape[1] - last
        off = np.log(strength[:, last:] / project(model, strength[:, :last], ahead).p50)
        national, alone = halves(model, ahead)
        needed.append((np.sqrt(np.maximum(off**2 - alone**2, 0.0)) / national).ravel())
    return float(np.quantile(np.concatenate(needed), 0.8))
