"""What the pages of projections share: where they stand, how figures are said, and the chart."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from peelsite.accounts.permissions import Action
from peelsite.charts.calc import Chart, Fan, Timeline, Unit, fan_chart
from peelsite.forces.models import Force
from peelsite.web.templatetags import peelsite_web
from workforce.projection.calc.inputs import LineKey, LineKind
from workforce.projection.selectors.lines import slug_of
from workforce.projection.selectors.outlook import OutlookLine, Point

MONTHS_SHOWN = (6, 12, 24, 48)
FTE = Unit("FTE", 1)


def crumb(force: Force) -> tuple[str, str]:
    return ("Projection", reverse("projection:overview", args=[force.slug]))


def line_href(force: Force, key: LineKey) -> str:
    return reverse("projection:line", args=[force.slug, slug_of(key)])


def sections(request: HttpRequest, force: Force, current: str = "") -> list[dict[str, Any]]:
    """The pages of the room, for its own navigation."""
    names = (
        ("overview", "Answer"),
        ("lines", "Every line"),
        ("plans", "Plans"),
        ("assumptions", "Assumptions"),
        ("scenarios", "Scenarios"),
        ("runs", "Runs"),
        ("back-test", "Back-test"),
    )
    return [
        {
            "label": label,
            "href": reverse(f"projection:{name}", args=[force.slug]),
            "is_current": name == current,
        }
        for name, label in names
    ]


def may_edit(request: HttpRequest, force: Force) -> bool:
    return request.user.may(Action.PROJECTION_EDIT, force)


def gap_words(point: Point) -> str:
    """'284.0 FTE short, 8 times in 10 from 259.4 to 311.5' or '… over', 'level'."""
    if point.gap_low == point.gap_high:
        return side_words(point.gap)
    return f"{side_words(point.gap)}, 8 times in 10 from {range_words(point)}"


def range_words(point: Point) -> str:
    """'259.4 to 311.5', 'minus' as a sign."""
    low, high = peelsite_web.fte(point.gap_low), peelsite_web.fte(point.gap_high)
    return f"{low} to {high}" if low != high else low


def side_words(gap: float) -> str:
    text = peelsite_web.fte(abs(gap))
    if text == peelsite_web.fte(0):
        return "at establishment"
    return f"{text} FTE {'short' if gap > 0 else 'over'}"


def strength_chart(
    line: OutlookLine, *, title: str, fans: list[tuple[str, OutlookLine]] | None = None
) -> Chart:
    """Strength as a fan beside the establishment, and the budget-based figures as marks of their own."""
    shown = fans or [("Strength", line)]
    certain = [Timeline("Establishment", tuple(zip(line.days, line.establishment.tolist(), strict=True)))]
    for name, other in shown[1:]:
        if (other.establishment != line.establishment).any():
            certain.append(
                Timeline(
                    f"Establishment, {name}",
                    tuple(zip(other.days, other.establishment.tolist(), strict=True)),
                )
            )
    marks = [Timeline("Budget-based", line.budget)] if line.budget else []
    return fan_chart(
        title,
        [
            Fan(
                name,
                tuple(
                    zip(
                        each.days,
                        each.strength.p10.tolist(),
                        each.strength.p50.tolist(),
                        each.strength.p90.tolist(),
                        strict=True,
                    )
                ),
            )
            for name, each in shown
        ],
        unit=FTE,
        lines=certain[:2],
        marks=marks,
    )


def kind_words(key: LineKey) -> str:
    return {
        LineKind.FORCE: "Whole force",
        LineKind.CATEGORY: "Worker type",
        LineKind.UNIT: "Unit, with all below it",
        LineKind.RANK: "Rank or grade",
        LineKind.RANK_ROLE_LOCATION: "Rank, role and location",
        LineKind.CELL: "Rank, role, location and unit",
    }[key.kind]
