"""The catalogue of skills."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.lists import ListPage
from workforce.skills import filters, forms, tables
from workforce.skills.models import Skill
from workforce.skills.views import crumbs


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def skills(request: HttpRequest, force: Force) -> HttpResponse:
    day = opening_day(force)
    in_date = Q(holders__during__contains=day, holders__state="confirmed")
    rows = Skill.objects.of_force(force).annotate(
        requirements_count=Count("requirements", filter=Q(requirements__during__contains=day), distinct=True),
        holders_count=Count("holders", filter=in_date, distinct=True),
    )
    page = ListPage(
        request,
        table_class=tables.SkillTable,
        queryset=rows.order_by("group", "name"),
        filterset_class=filters.SkillFilter,
        title="Skill catalogue",
        row_words="skill,skills",
        table_kwargs={"force": force, "day": day},
    )
    context = {
        "heading": "Skill catalogue",
        "places": crumbs.places(request, force),
        "breadcrumbs": [crumbs.top(force)],
        "list_page": page,
        "day": day,
        "may_edit": request.user.may(Action.SKILLS_EDIT, force),
    }
    return page.download() or render(request, "workforce/skills/catalogue.html", context)


@form_methods
@force_page(Action.SKILLS_EDIT)
def create(request: HttpRequest, force: Force) -> HttpResponse:
    return form_page(
        request,
        forms.SkillCreateForm(request.POST or None, force=force),
        heading="Add a skill",
        button="Add",
        back=crumbs.catalogue(force),
        breadcrumbs=[crumbs.top(force)],
        done=lambda made: (crumbs.of_skill(made, force)[1], f"{made} is added. Say next who must hold it."),
    )


def _skill_form(form_class: Callable[..., Any], heading: str, said: str, **page: Any) -> Callable[..., Any]:
    """A page with a form about one skill, named in its heading and in what is said afterwards."""

    @form_methods
    @force_page(Action.SKILLS_EDIT)
    def changed(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        skill = row_or_404(
            request, Skill.objects.of_force(force), lambda gone: gone.force_id == force.pk, pk=pk
        )
        is_removal = form_class is forms.SkillRemoveForm
        top, rows, own = crumbs.top(force), crumbs.catalogue(force), crumbs.of_skill(skill, force)
        return form_page(
            request,
            form_class(request.POST or None, record=skill),
            heading=heading.format(skill),
            back=own,
            breadcrumbs=[top],
            done=lambda saved: (rows[1] if is_removal else own[1], said.format(saved)),
            **page,
        )

    return changed


change = _skill_form(
    forms.SkillChangeForm,
    "Change {}",
    "{} is changed.",
    intro="What people hold already keeps its dates. Levels are told apart by their place in the list.",
)
retire = _skill_form(
    forms.SkillRetireForm,
    "Retire {}",
    "The day is saved.",
    intro="Nobody is asked for a retired skill, and nobody can say they have it. What people hold stays.",
)
remove = _skill_form(
    forms.SkillRemoveForm,
    "Remove {}",
    "{} is removed.",
    warning="For a skill that was added by mistake. One that was ever held, required or taught is retired.",
    button="Remove",
)
