"""A comparison in words and as a picture, for pages and summaries."""

from peelsite.charts.calc import Chart, strip_chart
from peelsite.charts.calc import Unit as ChartUnit
from peelsite.forces.models import Force
from peelsite.inspection.comparison.calc import Standing
from peelsite.inspection.comparison.selectors import MeasureComparison
from peelsite.inspection.indicators.calc import PLACES, Unit, shown

WORDS = {
    Standing.HIGHER: "higher than",
    Standing.LOWER: "lower than",
    Standing.IN_LINE: "broadly in line with",
}


def standing_sentence(line: MeasureComparison, force: Force) -> str:
    """'Hertfordshire, 56.8%, is broadly in line with the mean of 43 forces, 58.9%.'"""
    unit = line.measure.unit
    if line.comparison is None:
        return "Fewer than five forces have a value, so nothing is compared."
    mean = f"the mean of {len(line.comparison.forces)} forces, {shown(unit, line.comparison.mean)}"
    if line.own is None:
        return f"No value is held for {force}; {mean}."
    return f"{force}, {shown(unit, line.own.value)}, is {WORDS[line.own.standing]} {mean}."


def comparison_chart(line: MeasureComparison, force: Force, names: dict[str, str]) -> Chart | None:
    """All forces on one scale with ours marked; None when nothing is compared."""
    if line.comparison is None:
        return None
    low, high = line.bounds
    percent = line.measure.unit is Unit.PERCENT
    return strip_chart(
        f"{line.measure.name}, {line.as_at:%-d %B %Y}",
        [(names.get(standing.key, standing.key), standing.value) for standing in line.comparison.forces],
        marked=force.name,
        mean=line.comparison.mean,
        low=low,
        high=high,
        unit=ChartUnit(decimals=PLACES.get(line.measure.unit, 0), percent=percent),
    )
