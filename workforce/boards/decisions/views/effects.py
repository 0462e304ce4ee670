"""What a decision would do, for the page that asks for it: in words, in a table, and as fans."""

from typing import Any

from django.urls import reverse

from peelsite.charts.calc import Chart, Fan, Unit, fan_chart
from peelsite.charts.services import chart_figures
from peelsite.forces.models import Force
from workforce.boards.decisions.selectors import ShownEffect, ShownLine
from workforce.projection.calc.inputs import LineKind
from workforce.projection.models import ChangeKind
from workforce.projection.selectors import OutlookLine

FTE = Unit("FTE", 1)
# Further ahead the fans of a cell are wide, and a decision of today says little.
MONTHS_SHOWN, MONTHS_APART = 24, 3


def effect_context(shown: ShownEffect, force: Force) -> dict[str, Any]:
    """Sentences, lines and charts; `href` leads to the projections of the force."""
    cells = [line.effect for line in shown.lines if line.kind is LineKind.CELL]
    return {
        "as_at": shown.as_at,
        "unchanged": shown.unchanged.effect if shown.unchanged else None,
        "gains": [effect for effect in cells if not effect.gives],
        "gives": [effect for effect in cells if effect.gives],
        "lines": [line.effect for line in shown.lines],
        "leaves": _leaves(shown),
        "charts": chart_figures(charts={f"effect-{n}": _chart(line) for n, line in enumerate(shown.lines)}),
        "href": reverse("projection:overview", args=[force.slug]),
    }


def _chart(line: ShownLine) -> Chart:
    """The gap without the decision and with it, short of people above nought."""
    fans = [Fan("without", _points(line.before)), Fan("with the decision", _points(line.after))]
    return fan_chart(f"Gap, {line.before.label}", fans, unit=FTE)


def _points(line: OutlookLine) -> tuple:
    gap = line.gap
    months = range(0, min(MONTHS_SHOWN, len(line.days) - 1) + 1, MONTHS_APART)
    return tuple(
        (line.days[month], float(gap.p10[month]), float(gap.p50[month]), float(gap.p90[month]))
        for month in months
    )


def _leaves(shown: ShownEffect) -> str:
    """What it leaves behind where no cell of the force is named that gives."""
    kinds = {change.kind for change in shown.changes}
    if ChangeKind.PROMOTION in kinds:
        return (
            "No cell is named that gives. The projection takes people from the rank below, wherever they "
            "are: see the ranks in the table."
        )
    if ChangeKind.ACTING in kinds:
        return "No cell is named that gives, so what it leaves behind there is not known."
    return "Nobody leaves another post of the force for it."
