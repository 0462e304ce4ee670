"""Force in numbers: every indicator, its definition, its rows and its comparison."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.inspection.comparison.selectors import comparisons
from peelsite.inspection.indicators.calc import CATALOGUE, IndicatorValue, Question
from peelsite.inspection.indicators.forms import DayForm
from peelsite.inspection.indicators.selectors import indicator_values
from peelsite.inspection.national.selectors import workforce_table

# The list that holds the rows of an indicator: url name and query beside the day.
ROWS: dict[str, tuple[str, str]] = {
    "establishment_fte": ("establishment:posts", ""),
    "vacancy_fte": ("establishment:vacancies", ""),
    "vacancy_rate": ("establishment:vacancies", ""),
    "vacant_posts": ("establishment:vacancies", ""),
    "vacancy_longest_days": ("establishment:vacancies", ""),
    "board_actions_overdue": ("boards:actions", ""),
}
KEY_FIGURES = (
    "workforce_total_fte",
    "workforce_total_change",
    "vacancy_fte",
    "vacant_posts",
    "board_actions_overdue",
)


def rows_url(force: Force, value: IndicatorValue) -> str:
    """The page that lists what the figure counts."""
    name, query = ROWS.get(value.indicator.code, ("establishment:overview", ""))
    return f"{reverse(name, args=[force.slug])}?on={value.as_at.isoformat()}{query}"


def day_asked(request, force: Force) -> tuple[date, DayForm]:
    """The day in the address, else the force's opening day; the form is bound only when a day was asked."""
    opening = opening_day(force)
    if not any(key == "on" or key.startswith("on_") for key in request.GET):
        return opening, DayForm(initial={"on": opening})
    form = DayForm(request.GET)
    return (form.cleaned_data["on"] if form.is_valid() else opening), form


@require_safe
@force_page(Action.SUMMARY_VIEW)
def overview(request, force):
    day, form = day_asked(request, force)
    values = indicator_values(force, day)
    context = {
        "heading": "Inspection",
        "form": form,
        "day": day,
        "key_figures": [
            {
                "label": values[code].indicator.name,
                "value": values[code].shown,
                "note": f"since {values[code].base_on:%-d %B %Y}" if values[code].base_on else "",
                "href": reverse("inspection:indicator", args=[force.slug, code]) + f"?on={day.isoformat()}",
            }
            for code in KEY_FIGURES
        ],
        "groups": [
            (question.value, [value for value in values.values() if value.indicator.question is question])
            for question in Question
        ],
        "comparisons": comparisons(force, day),
    }
    return render(request, "inspection/overview.html", context)


@require_safe
@force_page(Action.SUMMARY_VIEW)
def indicator(request, force, code):
    if code not in CATALOGUE:
        raise Http404
    day, form = day_asked(request, force)
    value = indicator_values(force, day)[code]
    context = {
        "heading": value.indicator.name,
        "breadcrumbs": [("Inspection", reverse("inspection:overview", args=[force.slug]))],
        "form": form,
        "day": day,
        "value": value,
        "rows_url": rows_url(force, value),
        "table": workforce_table() if value.indicator.compared else None,
    }
    return render(request, "inspection/indicator.html", context)
