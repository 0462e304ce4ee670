"""A force against all others, on every measure that the published tables hold for each of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peelsite.forces.models import Force
from peelsite.inspection.comparison.calc import THRESHOLD, Comparison, ForceStanding, compare
from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.indicators.calc import CATALOGUE, Indicator, change, share
from peelsite.inspection.indicators.selectors import base_day, strength_of_types
from peelsite.inspection.national.selectors import WorkforceTotals, published_days, published_workforce
from workforce.establishment.reports import workforce_by_type


@dataclass(frozen=True)
class MeasureComparison:
    """One measure: every force's standing, ours among them.

    `own_value` is computed from our own records and takes the place of the published figure of our force,
    which stays beside it in `published_value`; without records of ours the published figure stands and
    `from_records` is false. All values are unrounded proportions.
    """

    measure: Indicator
    comparison: Comparison | None
    own: ForceStanding | None
    own_value: Decimal | None
    from_records: bool
    published_value: Decimal | None
    exclusions: tuple[ComparisonExclusion, ...]
    as_at: date
    base_on: date | None

    @property
    def bounds(self) -> tuple[float, float]:
        """The range, in the unit of the measure, that counts as broadly in line."""
        if self.comparison is None:
            raise ValueError("there is no comparison")
        reach = THRESHOLD * self.comparison.sd
        return self.comparison.mean - reach, self.comparison.mean + reach


@dataclass(frozen=True)
class ForceComparisons:
    """All measures of one force; `as_at` is the published day used, None when no table is held."""

    as_at: date | None
    measures: tuple[MeasureComparison, ...]
    force_names: dict[str, str]

    def of(self, code: str) -> MeasureComparison | None:
        return next((line for line in self.measures if line.measure.code == code), None)


def comparisons(force: Force, day: date) -> ForceComparisons:
    """Compare on the latest published day that is not after `day`; a fixed number of queries."""
    as_at = next((held for held in published_days() if held <= day), None)
    if as_at is None:
        return ForceComparisons(None, (), {})
    base_on = base_day(force)
    published = published_workforce(as_at, base_on)
    own_now, own_base = (strength_of_types(workforce_by_type(force, each)) for each in (as_at, base_on))
    names = dict(Force.objects.filter(slug__in=published[as_at]).values_list("slug", "name"))
    exclusions = list(
        ComparisonExclusion.objects.filter(force=force).select_related("excluded", "decided_by")
    )
    lines = []
    for measure in (each for each in CATALOGUE.values() if each.compared):
        values = _values(measure, published[as_at], published[base_on])
        own_value = _value(measure, own_now, own_base)
        ours = [exclusion for exclusion in exclusions if exclusion.measure == measure.code]
        published_value = values.get(force.slug)
        if own_value is not None:
            values[force.slug] = own_value
        found = compare(values, left_out=frozenset(exclusion.excluded.slug for exclusion in ours))
        lines.append(
            MeasureComparison(
                measure=measure,
                comparison=found,
                own=found.of(force.slug) if found else None,
                own_value=values.get(force.slug),
                from_records=own_value is not None,
                published_value=published_value,
                exclusions=tuple(ours),
                as_at=as_at,
                base_on=base_on if measure.is_change else None,
            )
        )
    return ForceComparisons(as_at, tuple(lines), names)


def _values(
    measure: Indicator, now: dict[str, WorkforceTotals], base: dict[str, WorkforceTotals]
) -> dict[str, Decimal | None]:
    """slug -> published value; a force without a base figure has none of a change."""
    return {
        slug: _value(measure, _types(totals), _types(base[slug]) if slug in base else None)
        for slug, totals in now.items()
    }


def _types(totals: WorkforceTotals) -> dict[str, Decimal]:
    return {
        "officers": totals.officers,
        "staff": totals.staff,
        "pcsos": totals.pcsos,
        "total": totals.total,
    }


def _value(measure: Indicator, now: dict[str, Decimal], base: dict[str, Decimal] | None) -> Decimal | None:
    """A share or a change of one force; its type of worker is the middle word of the measure's code."""
    kind = measure.code.split("_")[1]
    if measure.is_change:
        return change(now[kind], base[kind]) if base else None
    return share(now[kind], now["total"])
