"""Which skills a force is short of now and ahead, and where; each figure opens the people behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.charts.services import chart_figure
from peelsite.forces.models import Force, Unit
from peelsite.forces.selectors import opening_day
from peelsite.web.lists import ListPage
from workforce.skills import filters, reports, tables
from workforce.skills.calc import Figures
from workforce.skills.models import Skill
from workforce.skills.selectors import basis_of, courses_of
from workforce.skills.views import crumbs, words

SHOWN_SHORTAGES = 8


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def overview(request: HttpRequest, force: Force) -> HttpResponse:
    """The answer first: of which skills the force is short now, in 6 and in 12 months, and where."""
    asked, outlook = _asked(request, force)
    query = _query_of(asked)
    rows = reports.skill_rows(outlook, group=asked.group_chosen)
    page = ListPage(
        request,
        table_class=tables.CoverageTable,
        queryset=rows,
        title="Skills required and held",
        row_words="skill,skills",
        table_kwargs={"force": force, "day": asked.day, "query": query},
    )
    short = reports.shortage_rows(outlook, group=asked.group_chosen)
    context = {
        "heading": "Skills",
        "places": crumbs.places(request, force),
        "form": asked.form,
        "day": asked.day,
        "answer": words.answer(reports.subject(force, asked.chosen_unit), rows),
        "figures": words.key_figures(force, rows, query),
        "list_page": page,
        "shortages": short[:SHOWN_SHORTAGES],
        "shortages_count": len(short),
        "query": query,
    }
    return page.download() or render(request, "workforce/skills/overview.html", context)


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def shortages(request: HttpRequest, force: Force) -> HttpResponse:
    """Every department that is short of a skill now or within 12 months."""
    asked, outlook = _asked(request, force)
    page = ListPage(
        request,
        table_class=tables.ShortageTable,
        queryset=reports.shortage_rows(outlook, group=asked.group_chosen),
        title="Skill shortages",
        row_words="shortage,shortages",
        table_kwargs={"force": force, "day": asked.day, "query": crumbs.query(asked.day)},
    )
    context = {
        "heading": "Skill shortages",
        "places": crumbs.places(request, force),
        "breadcrumbs": [crumbs.top(force)],
        "form": asked.form,
        "day": asked.day,
        "list_page": page,
    }
    return page.download() or render(request, "workforce/skills/shortages.html", context)


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def matrix(request: HttpRequest, force: Force) -> HttpResponse:
    """Skills by unit: the commands, or what stands right below the unit chosen."""
    asked, outlook = _asked(request, force)
    now = outlook.now
    asked_for = {unit_id for _, unit_id in now.by_unit}
    below = (each for each in now.basis.units.values() if each.parent_id == _unit_pk(asked))
    columns = sorted((each for each in below if each.pk in asked_for), key=lambda each: each.name)
    rows = reports.skill_rows(outlook, group=asked.group_chosen)
    context = {
        "heading": "Skills by unit",
        "places": crumbs.places(request, force),
        "breadcrumbs": [crumbs.top(force)],
        "form": asked.form,
        "day": asked.day,
        "units": columns,
        "above": asked.chosen_unit,
        "query": crumbs.query(asked.day),
        "rows": [(row, [_cell(now, row.skill, unit) for unit in columns]) for row in rows],
    }
    return render(request, "workforce/skills/matrix.html", context)


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def unit(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One unit with all below it: every skill that is required there."""
    found = get_object_or_404(Unit.objects.of_force(force).select_related("area", "parent"), pk=pk)
    asked = filters.SkillCoverageFilter(request.GET, request=request, default_day=opening_day(force))
    asked.form.mark_optional = False
    for name in ("unit", "area"):
        del asked.form.fields[name]
    outlook = reports.outlook_of(basis_of(force, asked.day)).within(found)
    rows = reports.skill_rows(outlook)
    query = crumbs.query(asked.day, unit=found.pk)
    page = ListPage(
        request,
        table_class=tables.CoverageTable,
        queryset=rows,
        title=f"Skills of {found}",
        row_words="skill,skills",
        table_kwargs={"force": force, "day": asked.day, "query": query},
    )
    context = {
        "heading": f"Skills of {found}",
        "breadcrumbs": [crumbs.top(force)],
        "unit": found,
        "form": asked.form,
        "day": asked.day,
        "answer": words.answer(reports.subject(force, found), rows),
        "figures": words.key_figures(force, rows, query),
        "list_page": page,
        "query": crumbs.query(asked.day),
    }
    return page.download() or render(request, "workforce/skills/unit.html", context)


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def skill(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One skill: coverage by unit, month by month, who is asked, and the courses that give it."""
    found = get_object_or_404(Skill.objects.of_force(force), pk=pk)
    asked = filters.SkillCoverageFilter(request.GET, request=request, default_day=opening_day(force))
    asked.form.mark_optional = False
    basis = basis_of(force, asked.day, skill=found)
    area = asked.area_chosen
    chart = reports.skill_chart(basis, found, asked.chosen_unit, area.pk if area else None)
    outlook = _narrowed(reports.outlook_of(basis), asked)
    figures = [each.by_skill.get(found.pk, Figures()) for each in outlook.all]
    renewed = outlook.renewed.by_skill.get(found.pk, Figures())
    query = _query_of(asked)
    named = request.user.reach(Action.PEOPLE_VIEW, force)
    context = {
        "heading": str(found),
        "breadcrumbs": [crumbs.top(force)],
        "skill": found,
        "form": asked.form,
        "day": asked.day,
        "about": words.about(found),
        "answer": words.skill_answer(reports.subject(force, asked.chosen_unit), found, figures, renewed),
        "figures": words.skill_figures(force, found, figures[0], query, named=bool(named)),
        "chart": chart_figure(chart=chart),
        "has_requirements": any(each.required for each in figures),
        "unit_rows": _unit_rows(outlook, found),
        "requirements": found.requirements.as_at(asked.day).with_labels(),
        "courses": courses_of(force).filter(skill=found, during__endswith__gt=asked.day),
        "query": query,
        "named": named,
        "may_edit": request.user.may(Action.SKILLS_EDIT, force),
        "may_see_history": request.user.may(Action.HISTORY_VIEW, force),
    }
    return render(request, "workforce/skills/skill.html", context)


def _asked(request: HttpRequest, force: Force) -> tuple[filters.CoverageFilter, reports.Outlook]:
    asked = filters.CoverageFilter(request.GET, request=request, default_day=opening_day(force))
    asked.form.mark_optional = False
    return asked, _narrowed(reports.outlook_of(basis_of(force, asked.day)), asked)


def _narrowed(outlook: reports.Outlook, asked: filters.CoverageFilter) -> reports.Outlook:
    area = asked.area_chosen
    return outlook.within(asked.chosen_unit).of_area(area.pk if area else None)


def _query_of(asked: filters.CoverageFilter) -> str:
    area = asked.area_chosen
    return crumbs.query(asked.day, unit=_unit_pk(asked), area=area.pk if area else None)


def _unit_pk(asked: filters.CoverageFilter) -> int | None:
    return asked.chosen_unit.pk if asked.chosen_unit else None


def _cell(now: Any, skill: Skill, unit: Unit) -> tuple[Unit, Figures | None, bool]:
    """The unit, its figures, and whether it holds less than the threshold of the skill."""
    figures = now.by_unit.get((skill.pk, unit.pk))
    share = figures.share if figures else None
    return unit, figures, share is not None and share < float(skill.short_below)


def _unit_rows(outlook: reports.Outlook, skill: Skill) -> list[tuple[Unit, Figures, int, int, bool]]:
    """Departments: their figures, the gaps expected in 6 and 12 months, and whether they are short."""
    units = outlook.now.basis.units
    rows = []
    for (_, unit_id), figures in outlook.now.by_place.items():
        in_6, in_12 = (each.by_place.get((skill.pk, unit_id), Figures()) for each in outlook.later)
        is_short = figures.share is not None and figures.share < float(skill.short_below)
        rows.append((units[unit_id], figures, round(in_6.expected_gap), round(in_12.expected_gap), is_short))
    return sorted(rows, key=lambda row: (-row[1].gap, row[0].name))
