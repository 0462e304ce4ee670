"""Rates learnt from what was seen, drawn towards national ones as far as little was seen.

Leaving, by worker category and band of service: `d` leavers in `e` person-months are Poisson with hazard `h`,
and before they are seen h ~ Gamma with the mean of the prior and the weight of `k` leavers. So

    hazard = (k + d) / (k / prior + e),      leaving_seen = k + d

which is the prior where nothing was seen and d/e where much was. `k` is the one under which the counts of a
category's bands are most likely (empirical Bayes); with few leavers in all it is ASSUMED_WEIGHT. The prior is
a national shape by band at the level of the category as a whole, that level shrunk in the same way.

National leavers of officers by length of service are recorded (House of Lords answers HL9084 and HL10350,
years to 31 March 2024 and 2025). How many serve in each band is not, so their exposure is an assumption:
a force in balance, in which as many join as leave, scaled to the 147,434 officers in England and Wales that
the leavers came from. After the recruitment of 2019 to 2023 there are more of two to five years' service than
that, so the prior is too high there. For staff, PCSOs and designated officers no national figures by service
were found at all: their prior is assumed.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, log, sqrt

import numpy as np

from workforce.projection.calc.inputs import LEAVING, Floats, Leaving

BAND_STARTS = (0, 12, 24, 36, 48, 60, 120, 180, 240, 300, 360)

# Officers who left in England and Wales, by those bands.
NATIONAL_LEAVERS = {
    "year to March 2024": (1495, 1082, 606, 484, 297, 674, 393, 749, 1028, 1289, 1139),
    "year to March 2025": (930, 1011, 637, 446, 407, 839, 372, 760, 1235, 1202, 1148),
}
NATIONAL_OFFICERS = 147_434
# Assumed: those with 30 years or more stay three years on average.
BEYOND_LAST_YEARS = 3.0

# Assumed, a year and by band, where no national figures by service were found.
OTHER_YEARLY = (0.18, 0.15, 0.12, 0.11, 0.1, 0.08, 0.06, 0.06, 0.06, 0.08, 0.15)

# Leavers that a prior weighs where there are too few to tell, and how many are needed to tell.
ASSUMED_WEIGHT = 15.0
ENOUGH_TO_TELL = 40
WEIGHTS = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0)
# Leavers that the national level of a whole category weighs against the force's own.
LEVEL_WEIGHT = 20.0
# Leavers that the mix of kinds of the whole category weighs in one band.
KIND_WEIGHT = 5.0

# From one year to the next national leavers of a band moved by 0.20 in logs (root mean square, the years
# above), exposure and all: 0.14 for one year. Taken as what four years of counts would say.
NATIONAL_SHOCK_SD = 0.14
NATIONAL_SHOCK_YEARS = 4.0
# Assumed: a year like the last one is likelier than not; too few years are known to learn it.
SHOCK_PERSISTENCE = 0.5


class Source(StrEnum):
    """Where a figure mostly comes from."""

    OWN = "own"
    NATIONAL = "national"
    ASSUMED = "assumed"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A force's history: person-months and leavers, as whole people.

    `exposure` is [category, band], `leavers` [category, band, kind]; the yearly ones are [year, category].
    """

    categories: tuple[str, ...]
    exposure: Floats
    leavers: Floats
    yearly_exposure: Floats
    yearly_leavers: Floats


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """Hazards a month and how sure they are; [category, band, kind], [category, band] or [category]."""

    leaving: Floats
    seen: Floats
    # The prior of each band, and the part of the estimate that is the force's own (0 to 1).
    prior: Floats
    own_share: Floats
    # What the prior of each category is.
    prior_source: tuple[Source, ...]
    shock_sd: Floats
    shock_own_share: float
    shock_persistence: float

    def source(self, category: int, band: int) -> Source:
        """Own history where that weighs at least half, else what the prior is."""
        return Source.OWN if self.own_share[category, band] >= 0.5 else self.prior_source[category]


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One rate or share with its 80% range, and what it was learnt from."""

    value: float
    low: float
    high: float
    # Events that it rests on, prior and own.
    seen: float
    own_share: float
    source: Source


def learn(history: Seen) -> Learnt:
    """Rates of leaving of every category from a force's history; see the top of the module."""
    leavers = history.leavers.sum(axis=2)
    priors, sources, shares = [], [], []
    rows, seen, own = [], [], []
    for number, category in enumerate(history.categories):
        national, source = prior_of(category)
        expected = float((national * history.exposure[number]).sum())
        level = (float(leavers[number].sum()) + LEVEL_WEIGHT) / (expected + LEVEL_WEIGHT)
        prior = national * level
        weight = prior_weight(leavers[number], prior * history.exposure[number])
        hazard = (weight + leavers[number]) / (weight / prior + history.exposure[number])
        priors.append(prior)
        sources.append(source)
        rows.append(hazard)
        seen.append(weight + leavers[number])
        own.append(history.exposure[number] / (weight / prior + history.exposure[number]))
        shares.append(kind_shares(history.leavers[number]))
    sd, shock_own = shock_sd(history.yearly_leavers, history.yearly_exposure)
    return Learnt(
        leaving=np.array(rows)[:, :, None] * np.array(shares),
        seen=np.array(seen),
        prior=np.array(priors),
        own_share=np.array(own),
        prior_source=tuple(sources),
        shock_sd=np.full(len(history.categories), sd),
        shock_own_share=shock_own,
        shock_persistence=SHOCK_PERSISTENCE,
    )


def prior_of(category: str) -> tuple[Floats, Source]:
    """Hazards a month by band before anything is seen of the force, and where they are from."""
    if category == "officer":
        return national_hazards(), Source.NATIONAL
    return -np.log1p(-np.array(OTHER_YEARLY)) / 12, Source.ASSUMED


def national_hazards() -> Floats:
    """Officers' hazards a month by band: the mean of the years, on the exposure of a force in balance."""
    left = np.array(list(NATIONAL_LEAVERS.values()), np.float64).mean(axis=0)
    serving = left.sum() - np.concatenate([[0.0], np.cumsum(left)])
    width = np.diff(np.array(BAND_STARTS)) / 12
    years = np.append(width * (serving[:-2] + serving[1:-1]) / 2, left[-1] * BEYOND_LAST_YEARS)
    hazards: Floats = left / (years * NATIONAL_OFFICERS / years.sum() * 12)
    return hazards


def prior_weight(leavers: Floats, expected: Floats) -> float:
    """Leavers that the prior weighs: the most likely of WEIGHTS, as d ~ negative binomial in each band."""
    if leavers.sum() < ENOUGH_TO_TELL:
        return ASSUMED_WEIGHT

    def likelihood(weight: float) -> float:
        total = 0.0
        for band in range(len(leavers)):
            d, e = float(leavers[band]), float(expected[band])
            if e > 0:
                total += lgamma(weight + d) - lgamma(weight)
                total += weight * log(weight / (weight + e)) + d * log(e / (weight + e))
        return total

    return max(WEIGHTS, key=likelihood)


def kind_shares(leavers: Floats) -> Floats:
    """Share of each kind by band [band, kind], drawn towards that of the category's early and late bands.

    Retirement is what most leave for with 25 years of service and more, and few before: the mix is pooled on
    either side of that.
    """
    late = np.array(BAND_STARTS) >= 300
    shares = np.empty_like(leavers)
    for side in (late, ~late):
        mix = leavers[side].sum(axis=0) + default_mix(late=bool(side[-1]))
        mix = mix / mix.sum() * KIND_WEIGHT
        whole = leavers[side] + mix
        shares[side] = whole / whole.sum(axis=1, keepdims=True)
    return shares


def default_mix(*, late: bool) -> Floats:
    """Assumed mix of kinds where few left, as many as it weighs: 2 leavers."""
    mix = np.full(len(LEAVING), 0.05)
    mix[LEAVING.index(Leaving.RETIRED if late else Leaving.RESIGNED)] = 1.7
    return mix


def shock_sd(leavers: Floats, exposure: Floats) -> tuple[float, float]:
    """How far a year's rate lies off, in logs, beyond chance; and the part of it that is the force's own.

    Counts [year, category]. A year's count of mean m has variance m + m^2 sd^2; the years' excess over m is
    pooled over the categories and weighed against the national figure by years.
    """
    years = len(leavers)
    if years < 2 or leavers.sum() < ENOUGH_TO_TELL:
        return NATIONAL_SHOCK_SD, 0.0
    rate = leavers.sum(axis=0) / np.maximum(exposure.sum(axis=0), 1e-9)
    mean = exposure * rate
    free = years - 1
    excess = (((leavers - mean) ** 2).sum() * years / free - mean.sum()) / np.maximum((mean**2).sum(), 1e-9)
    national = NATIONAL_SHOCK_YEARS * NATIONAL_SHOCK_SD**2
    variance = (national + free * max(0.0, float(excess))) / (NATIONAL_SHOCK_YEARS + free)
    return sqrt(variance), free / (NATIONAL_SHOCK_YEARS + free)


def rate_of(
    events: float, exposure: float, *, prior: float, weight: float, prior_source: Source = Source.ASSUMED
) -> Estimate:
    """A rate a month (absence, return, recruitment): `events` in `exposure` months and a prior.

    The prior weighs `weight` events. ValueError where it is nought.
    """
    if not (prior > 0 and weight > 0):
        raise ValueError("A rate's prior and its weight must be above nought.")
    seen, months = weight + events, weight / prior + exposure
    own = exposure / months
    return Estimate(
        value=seen / months,
        low=gamma_quantile(seen, -1) / months,
        high=gamma_quantile(seen, 1) / months,
        seen=seen,
        own_share=own,
        source=Source.OWN if own >= 0.5 else prior_source,
    )


def share_of(
    taken: float, offered: float, *, prior: float, weight: float, prior_source: Source = Source.ASSUMED
) -> Estimate:
    """A share (vacancies filled at a board, seats taken): `taken` of `offered`, prior of `weight` cases."""
    seen = weight + offered
    value = (weight * prior + taken) / seen
    half = Z80 * sqrt(value * (1 - value) / seen)
    own = offered / seen
    return Estimate(
        value=value,
        low=max(0.0, value - half),
        high=min(1.0, value + half),
        seen=seen,
        own_share=own,
        source=Source.OWN if own >= 0.5 else prior_source,
    )


Z80 = 1.2816


def gamma_quantile(shape: float, side: int) -> float:
    """P10 (side -1) or P90 (1) of Gamma(shape, 1): Wilson and Hilferty's cube, within 1% from shape 2 on."""
    third = 1 / (9 * shape)
    return shape * max(0.0, 1 - third + side * Z80 * sqrt(third)) ** 3


def yearly(monthly: float) -> float:
    """Chance of leaving within a year at a constant hazard a month."""
    return 1 - exp(-12 * monthly)
