"""What roles and posts ask for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.skills import filters, forms, tables
from workforce.skills.models import SkillRequirement
from workforce.skills.views import crumbs


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW)
def requirements(request: HttpRequest, force: Force) -> HttpResponse:
    kwargs = {"default_day": opening_day(force)}
    may_edit = request.user.may(Action.SKILLS_EDIT, force)
    page = ListPage(
        request,
        table_class=tables.RequirementTable,
        queryset=SkillRequirement.objects.of_force(force)
        .with_labels()
        .order_by("skill__name", "role__name", "pk"),
        filterset_class=filters.RequirementFilter,
        title="Skill requirements",
        row_words="requirement,requirements",
        filterset_kwargs=kwargs,
        table_kwargs={"force": force, "day": kwargs["default_day"], "may_edit": may_edit},
    )
    context = {
        "heading": "Skill requirements",
        "places": crumbs.places(request, force),
        "breadcrumbs": [crumbs.top(force)],
        "list_page": page,
        "may_edit": may_edit,
    }
    return page.download() or render(request, "workforce/skills/requirements.html", context)


@form_methods
@force_page(Action.SKILLS_EDIT)
def create(request: HttpRequest, force: Force) -> HttpResponse:
    """`?what=4-2` chooses a skill and level beforehand."""
    return form_page(
        request,
        forms.RequirementCreateForm(
            request.POST or None,
            force=force,
            day=opening_day(force),
            initial={"what": request.GET.get("what", "")},
        ),
        heading="Ask for a skill",
        intro="Of several requirements that fit a person's post, the nearest counts: that of the post, then "
        "that of the role in the lowest unit, then that of the role everywhere.",
        back=crumbs.requirements(force),
        breadcrumbs=[crumbs.top(force)],
        done=lambda made: (crumbs.of_skill(made.skill, force)[1], f"{made} is asked: {made.how_many}."),
    )


def _requirement_form(
    form_class: Callable[..., Any], heading: str, said: str, **page: Any
) -> Callable[..., Any]:
    @form_methods
    @force_page(Action.SKILLS_EDIT)
    def changed(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        found = row_or_404(
            request,
            SkillRequirement.objects.of_force(force).with_labels(),
            lambda gone: gone.force_id == force.pk,
            pk=pk,
        )
        return form_page(
            request,
            form_class(request.POST or None, record=found),
            heading=heading,
            intro=f"{found}, {found.level_name}, {found.how_many}, {peelsite_web.daterange(found.during)}",
            back=crumbs.requirements(force),
            breadcrumbs=[crumbs.top(force)],
            done=lambda saved: (crumbs.requirements(force)[1], said),
            **page,
        )

    return changed


end = _requirement_form(forms.RequirementEndForm, "End a requirement", "The last day is saved.")
remove = _requirement_form(
    forms.RequirementRemoveForm,
    "Remove a requirement",
    "The requirement is removed.",
    warning="For one that should never have been there. One that is over has a last day.",
    button="Remove",
)
