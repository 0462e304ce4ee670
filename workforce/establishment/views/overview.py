"""Pages of the establishment: its figures as at a day, and the lists that each figure opens."""

import calendar
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force, Unit
from peelsite.forces.selectors import opening_day
from peelsite.web.templatetags import peelsite_web
from workforce.establishment import filters, reports, selectors
from workforce.establishment.calc import (
    ACTING_LIMIT_DAYS,
    EstablishmentTables,
    without_small_health,
)
from workforce.establishment.tables import figures
from workforce.people.models import LONG_TERM_AFTER_DAYS
from workforce.people.selectors import names_by_id

SHOWN_ROWS = 8
MONTHS_AHEAD = (3, 6, 12)


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW, narrows=True)
def overview(request: HttpRequest, force: Force) -> HttpResponse:
    """The answer first: how short, where, and since when; each figure opens its rows."""
    asked = filters.OverviewFilter(request.GET, request=request, default_day=opening_day(force))
    asked.form.mark_optional = False
    day, place = asked.day, asked.place
    shows_health = request.user.may(Action.HEALTH_VIEW, force)
    found = selectors.establishment_as_at(force, day, filters=place)
    if not shows_health:
        found = without_small_health(found)
    vacancies = reports.VacancyReport(day=day, vacancies=selectors.vacancies_as_at(force, day, filters=place))
    acting = reports.acting_past_limit(force, day) if place.is_empty else ()
    names = {}
    if named := request.user.reach(Action.PEOPLE_VIEW, force):
        names = names_by_id(force, (spell.person_id for spell in acting[:SHOWN_ROWS]), named, day)
    query = _query_of(asked)
    links = figures.FigureLinks(force, query, shows_health=shows_health)
    dimension = figures.DIMENSIONS.get(request.GET.get("by", ""), figures.DIMENSIONS["rank"])
    context = {
        "heading": "Establishment",
        "form": asked.form,
        "day": day,
        "total": found.total,
        "answer": _answer(_subject(force, asked.chosen_unit), found, vacancies),
        "figures": _key_figures(found, vacancies, links),
        "dimensions": [(each, each is dimension) for each in figures.DIMENSIONS.values()],
        "figure_tables": [
            links.table(found, dimension, figures.FTE_MEASURES, "Full-time equivalent (FTE)"),
            links.table(found, dimension, figures.PEOPLE_MEASURES, "People (headcount)"),
        ],
        "is_by_unit": dimension.name == "unit",
        "shows_health": shows_health,
        "vacancies": vacancies,
        "oldest": vacancies.vacancies[:SHOWN_ROWS],
        "acting": [(spell, names.get(spell.person_id, "")) for spell in acting[:SHOWN_ROWS]],
        "acting_count": len(acting),
        "acting_limit": ACTING_LIMIT_DAYS,
        "long_term_after": LONG_TERM_AFTER_DAYS,
        "ahead": selectors.establishment_ahead(force, day, [_months_after(day, n) for n in MONTHS_AHEAD])
        if place.is_empty
        else [],
        "vacancies_href": _href("vacancies", force, query),
        "gaps_href": _href("gaps", force, query),
        "may_edit": request.user.may(Action.ESTABLISHMENT_EDIT, force),
        "sees_projection": request.user.may(Action.BOARD_VIEW, force),
    }
    return render(request, "workforce/establishment/overview.html", context)


def _query_of(asked: filters.PlaceFilter) -> dict[str, str]:
    """The day and the place of a page, for its links."""
    query = {"on": asked.day.isoformat()}
    if asked.place.unit_id:
        query["unit"] = str(asked.place.unit_id)
    if asked.place.worker_type:
        query["type"] = asked.place.worker_type
    return query


def _href(page: str, force: Force, query: dict[str, str]) -> str:
    joined = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse(f'establishment:{page}', args=[force.slug])}?{joined}"


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _subject(force: Force, unit: Unit | None) -> str:
    """What the answer is about: 'Hertfordshire', or 'Custody, Hertfordshire,'."""
    return f"{unit.name}, {force.name}," if unit else force.name


def _answer(subject: str, found: EstablishmentTables, vacancies: reports.VacancyReport) -> str:
    """One plain sentence or two: how short, and how long the oldest vacancy has stood."""
    total = found.total
    if not total.posts:
        return f"No posts stand in the establishment on {peelsite_web.day(found.day)}."
    share = abs(total.gap_fte) / total.establishment_fte
    if total.gap_fte > 0:
        state = (
            f"{peelsite_web.fte(total.gap_fte)} FTE short of establishment ({peelsite_web.percent(share)})"
        )
    elif total.gap_fte < 0:
        state = f"{peelsite_web.fte(-total.gap_fte)} FTE over establishment ({peelsite_web.percent(share)})"
    else:
        state = "exactly at establishment"
    sentence = (
        f"On {peelsite_web.day(found.day)} {subject} was {state}: "
        f"{peelsite_web.fte(total.strength_fte)} FTE in {peelsite_web.fte(total.establishment_fte)} FTE of "
        "posts."
    )
    if not vacancies.count:
        return f"{sentence} No post was vacant."
    longest = vacancies.longest_empty
    since = f", the longest empty since {peelsite_web.day(longest.since)}" if longest else ""
    return (
        f"{sentence} {peelsite_web.counted(vacancies.count, 'post was,posts were')} vacant in whole or "
        f"part{since}."
    )


def _key_figures(
    found: EstablishmentTables, vacancies: reports.VacancyReport, links: figures.FigureLinks
) -> list[dict[str, Any]]:
    total = found.total
    measures = {measure.name: measure for measure in figures.FTE_MEASURES}

    def figure(name: str, label: str, note: str, **extra: Any) -> dict[str, Any]:
        measure = measures[name]
        href = links.href(measure) if getattr(total, name) else ""
        return {"label": label, "value": measure.text(total), "note": note, "href": href} | extra

    absent = peelsite_web.fte(total.long_term_absent_fte)
    tiles = [
        figure("establishment_fte", "Establishment (FTE)", peelsite_web.counted(total.posts, "post,posts")),
        figure(
            "strength_fte",
            "Strength (FTE)",
            peelsite_web.counted(total.headcount, "person in post,people in post"),
        ),
        figure(
            "gap_fte",
            "Gap, net (FTE)",
            f"{peelsite_web.fte(total.under_fte)} under less {peelsite_web.fte(total.over_fte)} over",
            kind="warning" if total.gap_fte > 0 else None,
        ),
        figure("vacant_fte", "Vacant posts (FTE)", _vacancy_note(vacancies)),
    ]
    if found.hides_health:
        tiles.append(
            {"label": "Available for duty (FTE)", "value": "not shown", "note": figures.FEWER + " absent"}
        )
    else:
        tiles.append(
            figure("available_fte", "Available for duty (FTE)", f"strength less {absent} long-term absent")
        )
    return tiles


def _vacancy_note(vacancies: reports.VacancyReport) -> str:
    if not vacancies.count:
        return "none"
    posts = peelsite_web.counted(vacancies.count, "post,posts")
    return f"{posts}, half older than {_median_age(vacancies)} days"


def _median_age(vacancies: reports.VacancyReport) -> Decimal | int:
    ages = sorted(vacancy.age_days for vacancy in vacancies.vacancies)
    return ages[len(ages) // 2]
