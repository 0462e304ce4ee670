"""The people behind a figure of a skill: only those within the reader's reach."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.lists import ListPage
from workforce.skills import filters, reports, tables
from workforce.skills.models import PersonSkill, Skill
from workforce.skills.selectors import SHOWS, basis_of, people_behind
from workforce.skills.views import crumbs


@require_safe
@force_page(Action.PEOPLE_VIEW, narrows=True)
def behind(request: HttpRequest, force: Force) -> HttpResponse:
    """Those asked for a skill (`?skill=4`, else the first), or the part of them that a figure counts."""
    asked = filters.BehindFilter(request.GET, request=request, default_day=opening_day(force))
    asked.form.mark_optional = False
    skill = asked.cleaned.get("skill") or Skill.objects.of_force(force).order_by("name").first()
    if skill is None:
        raise Http404
    basis = basis_of(force, asked.day, skill=skill)
    people = people_behind(
        basis,
        asked.day,
        skill_id=skill.pk,
        unit=asked.cleaned.get("unit"),
        area_id=asked.area_chosen.pk if asked.area_chosen else None,
        show=asked.shown,
    )
    rows = reports.person_rows(basis, skill, people, request.reach)
    page = ListPage(
        request,
        table_class=tables.PeopleBehindTable,
        queryset=rows,
        title=f"{skill}: {SHOWS[asked.shown][0]}",
        row_words="person,people",
        table_kwargs={"force": force, "day": asked.day},
    )
    context = {
        "heading": f"{skill}: people",
        "breadcrumbs": [crumbs.top(force), crumbs.of_skill(skill, force)],
        "skill": skill,
        "form": asked.form,
        "day": asked.day,
        "shown": SHOWS[asked.shown][0],
        "hidden": len(people) - len(rows),
        "list_page": page,
    }
    return page.download() or render(request, "workforce/skills/people.html", context)


@require_safe
@force_page(Action.PEOPLE_VIEW, narrows=True)
def holders(request: HttpRequest, force: Force) -> HttpResponse:
    """Every record of skills in date on a day, asked for or not."""
    kwargs = {"default_day": opening_day(force)}
    page = ListPage(
        request,
        table_class=tables.HolderTable,
        queryset=PersonSkill.objects.of_force(force)
        .within(request.reach, opening_day(force))
        .with_labels()
        .order_by("person__family_name", "person__given_names", "pk"),
        filterset_class=filters.HolderFilter,
        title="Records of skills",
        row_words="record,records",
        filterset_kwargs=kwargs,
        table_kwargs={"force": force, "day": opening_day(force)},
    )
    context = {
        "heading": "Records of skills",
        "breadcrumbs": [crumbs.top(force)],
        "list_page": page,
    }
    return page.download() or render(request, "workforce/skills/holders.html", context)
