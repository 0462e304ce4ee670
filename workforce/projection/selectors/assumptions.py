"""Every rate and figure that a projection uses, each with its source and what it rests on. No queries."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from peelsite.forces.models import Force, WorkerCategory
from workforce.projection.calc.inputs import LEAVING, Floats, Rates
from workforce.projection.calc.rates import BAND_STARTS, Learnt, learn, rate_of, yearly
from workforce.projection.models import Assumption
from workforce.projection.selectors.figures import ASSUMED, BY_CODE, FIGURES, NATIONAL, SET, figures_of
from workforce.projection.selectors.history import Observed
from workforce.projection.selectors.reading import Recorded

LEAVING_GROUP = "Leaving"
# A chance of one has no rate.
MOST_A_YEAR = 0.99


@dataclass(frozen=True, kw_only=True)
class AssumptionRow:
    """One rate or figure as used: `value` in its unit, and what it would be without the force's own setting.

    `evidence` says what it was learnt from. Rates of leaving are chances of leaving within a
    year: 0.06 is 6 of 100.
    """

    code: str
    group: str
    label: str
    unit: str
    value: float
    source: str
    learnt: float
    learnt_source: str
    evidence: str
    category: str = ""
    reason: str = ""
    set_on: str = ""
    set_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """The figures and rates of a projection, and the rows that show them."""

    figures: Mapping[str, float]
    rates: Rates
    rows: tuple[AssumptionRow, ...]

    def kept(self) -> list[dict[str, Any]]:
        """As kept with a run."""
        return [asdict(row) for row in self.rows]


def leaving_code(category: str, band: int) -> str:
    return f"leave.{category}.{BAND_STARTS[band]}"


def band_label(band: int) -> str:
    """'under 1 year', '5 to 10 years', '30 years and more'."""
    first = BAND_STARTS[band] // 12
    if band + 1 == len(BAND_STARTS):
        return f"{first} years and more"
    last = BAND_STARTS[band + 1] // 12
    return "under 1 year" if first == 0 else f"{first} to {last} years"


def known_codes(force: Force) -> dict[str, tuple[float, float]]:
    """Codes that the force may set, with the least and the most that each may be."""
    figures = {figure.code: (figure.least, figure.most) for figure in FIGURES}
    leaving = {
        leaving_code(category, band): (0.0, MOST_A_YEAR)
        for category in force.worker_categories
        for band in range(len(BAND_STARTS))
    }
    health = {
        f"{what}.{name}.{category}": (0.0, 1.0)
        for what in HEALTH_LABELS
        for name in ("begin", "end")
        for category in force.worker_categories
    }
    return figures | leaving | health


def assumed_of(recorded: Recorded, observed: Observed) -> Assumed:
    """What is learnt from the force's history, with what the force set itself in its place."""
    figures = figures_of(recorded.assumptions)
    learnt = learn(observed.seen)
    rows = [_figure_row(code, recorded.assumptions.get(code)) for code in BY_CODE]
    leaving = learnt.leaving.copy()
    for number, category in enumerate(observed.seen.categories):
        for band in range(len(BAND_STARTS)):
            code = leaving_code(category, band)
            row = _leaving_row(code, category, number, band, learnt, observed, recorded.assumptions.get(code))
            rows.append(row)
            if row.source == SET:
                leaving[number, band] = _rescaled(learnt.leaving[number, band], -np.log1p(-row.value) / 12)
    absence = _health_of("absence", observed, recorded.assumptions)
    limited = _health_of("limited", observed, recorded.assumptions)
    rates = Rates(
        band_starts=np.array(BAND_STARTS, np.int64),
        leaving=leaving,
        leaving_seen=learnt.seen,
        shock_sd=learnt.shock_sd,
        shock_persistence=learnt.shock_persistence,
        absence=absence.begin,
        absence_end=absence.end,
        absence_seen=absence.seen,
        limited=limited.begin,
        limited_end=limited.end,
        limited_seen=limited.seen,
        return_rate=figures["return.open"],
    )
    return Assumed(figures=figures, rates=rates, rows=(*rows, *absence.rows, *limited.rows))


def _rescaled(hazards: Floats, total: float) -> Floats:
    """The kinds in their shares, with another total."""
    held = hazards.sum()
    shares = hazards / held if held else np.full(len(LEAVING), 1 / len(LEAVING))
    return shares * total


HEALTH_GROUP = "Absence and limited duties"
# Assumed where little is seen, hazards a month, and the spells that each assumption weighs.
HEALTH_PRIORS = {"absence": (0.004, 0.15), "limited": (0.005, 0.08)}
HEALTH_WEIGHT = 10.0
HEALTH_LABELS = {
    "absence": ("going on long-term absence", "coming back from long-term absence"),
    "limited": ("going on limited duties", "coming back to full duties"),
}


@dataclass(frozen=True, kw_only=True)
class _Health:
    """Rates of one sort of spell by category, and the rows that show them."""

    begin: Floats
    end: Floats
    seen: Floats
    rows: list[AssumptionRow]


def _health_of(what: str, observed: Observed, held: Mapping[str, Assumption]) -> _Health:
    spells, categories = getattr(observed, what), observed.seen.categories
    served = observed.seen.exposure.sum(axis=1)
    begin, end, seen = (np.zeros(len(categories)) for _ in range(3))
    rows = []
    for number, category in enumerate(categories):
        pairs = (
            (begin, "begin", spells.begun[number], max(0.0, served[number] - spells.months[number])),
            (end, "end", spells.ended[number], spells.months[number]),
        )
        for place, (target, name, events, months) in enumerate(pairs):
            learnt = rate_of(events, months, prior=HEALTH_PRIORS[what][place], weight=HEALTH_WEIGHT)
            code = f"{what}.{name}.{category}"
            setting = held.get(code)
            target[number] = float(setting.value) if setting else learnt.value
            seen[number] = learnt.seen
            rows.append(
                AssumptionRow(
                    code=code,
                    group=HEALTH_GROUP,
                    label=f"{WorkerCategory(category).label}, {HEALTH_LABELS[what][place]}",
                    unit="a month",
                    value=float(target[number]),
                    source=SET if setting else learnt.source.value,
                    learnt=learnt.value,
                    learnt_source=learnt.source.value,
                    evidence=f"{events:,.0f} in {months / 12:,.0f} years served since "
                    f"{observed.since:%-d %B %Y}.",
                    category=category,
                    **_setting(setting),
                )
            )
    return _Health(begin=begin, end=end, seen=seen, rows=rows)


def _figure_row(code: str, held: Assumption | None) -> AssumptionRow:
    figure = BY_CODE[code]
    return AssumptionRow(
        code=code,
        group=figure.group,
        label=figure.label,
        unit=figure.unit,
        value=float(held.value) if held else figure.value,
        source=SET if held else ASSUMED,
        learnt=figure.value,
        learnt_source=ASSUMED,
        evidence=figure.why,
        **_setting(held),
    )


def _leaving_row(
    code: str,
    category: str,
    number: int,
    band: int,
    learnt: Learnt,
    observed: Observed,
    held: Assumption | None,
) -> AssumptionRow:
    rate = yearly(float(learnt.leaving[number, band].sum()))
    years = observed.seen.exposure[number, band] / 12
    left = observed.seen.leavers[number, band].sum()
    source = learnt.source(number, band).value
    prior = yearly(float(learnt.prior[number, band]))
    before = "National rate" if learnt.prior_source[number] == NATIONAL else "Assumed before"
    return AssumptionRow(
        code=code,
        group=LEAVING_GROUP,
        label=f"{WorkerCategory(category).label}, {band_label(band)}",
        unit="a year",
        value=float(held.value) if held else rate,
        source=SET if held else source,
        learnt=rate,
        learnt_source=source,
        evidence=f"{left:,.0f} left in {years:,.0f} years served since {observed.since:%-d %B %Y}, "
        f"{learnt.own_share[number, band]:.0%} of the rate. {before} {prior:.1%}.",
        category=category,
        **_setting(held),
    )


def _setting(held: Assumption | None) -> dict[str, str]:
    if held is None:
        return {}
    return {
        "reason": held.reason,
        "set_on": held.set_on.isoformat(),
        "set_by": held.set_by.name if held.set_by else "",
    }
