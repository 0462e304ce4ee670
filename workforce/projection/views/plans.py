"""What the force means to do: intakes, promotion pools, the budget beside them, and what is decided."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.lists import ListPage
from workforce.projection import forms
from workforce.projection.models import BudgetLine, Intake, PlannedChange, PromotionPool
from workforce.projection.services import records
from workforce.projection.tables import IntakeTable
from workforce.projection.views.words import crumb, may_edit, sections


@require_safe
@force_page(Action.BOARD_VIEW)
def plans(request: HttpRequest, force: Force) -> HttpResponse:
    """Intakes first; pools, budget and decisions below them."""
    edits = may_edit(request, force)
    page = ListPage(
        request,
        table_class=IntakeTable,
        queryset=Intake.objects.of_force(force).with_places(),
        title="Intakes planned",
        row_words="intake,intakes",
        table_kwargs={"force": force, "day": opening_day(force), "may_edit": edits},
    )
    pools = list(PromotionPool.objects.of_force(force).select_related("rank"))
    pools.sort(key=lambda pool: (-pool.rank.order, pool.ready_on))
    context = {
        "heading": "Plans",
        "breadcrumbs": [crumb(force)],
        "sections": sections(request, force, "plans"),
        "list_page": page,
        "pools": pools,
        "budget": list(BudgetLine.objects.of_force(force)),
        "changes": list(PlannedChange.objects.of_force(force).planned().with_labels()[:200]),
        "may_edit": edits,
    }
    return page.download() or render(request, "workforce/projection/plans.html", context)


def _back(force: Force) -> tuple[str, str]:
    return ("Plans", reverse("projection:plans", args=[force.slug]))


def _page(
    request: HttpRequest, force: Force, form: Any, heading: str, said: str, **page: Any
) -> HttpResponse:
    back = _back(force)
    return form_page(
        request,
        form,
        heading=heading,
        back=back,
        breadcrumbs=[crumb(force)],
        done=lambda saved: (back[1], f"{saved} {said}."),
        **page,
    )


INTAKE_INTRO = (
    "They count in strength from their first month. A projection sends them to these places, and shows "
    "them as deployable once they are on independent patrol."
)


@form_methods
@force_page(Action.PROJECTION_EDIT)
def intake_add(request: HttpRequest, force: Force) -> HttpResponse:
    form = forms.IntakeForm(request.POST or None, force=force, day=opening_day(force))
    return _page(request, force, form, "Plan an intake", "is planned", button="Plan it", intro=INTAKE_INTRO)


@form_methods
@force_page(Action.PROJECTION_EDIT)
def intake(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _row(request, force, Intake.objects.select_related("force"), pk)
    form = forms.IntakeChangeForm(request.POST or None, record=found, day=opening_day(force))
    return _page(
        request,
        force,
        form,
        f"Change {found}",
        "is changed",
        intro=INTAKE_INTRO,
        context=_removable("intake", force, found),
        template="workforce/projection/form_page.html",
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def intake_remove(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _row(request, force, Intake.objects.all(), pk)
    form = forms.RemoveForm(
        request.POST or None,
        record=found,
        remove=lambda seen: records.intake_remove(intake=found, seen=seen),
    )
    return _page(request, force, form, f"Remove {found}", "is removed", **_REMOVAL)


_REMOVAL = {
    "button": "Remove",
    "warning": "Projections made from now on are without it. Those made before stay as they are.",
}


@form_methods
@force_page(Action.PROJECTION_EDIT)
def pool_add(request: HttpRequest, force: Force) -> HttpResponse:
    form = forms.PoolForm(request.POST or None, force=force)
    intro = "Where a rank has pools, no more are promoted into it than they hold together."
    return _page(request, force, form, "Add a promotion pool", "are noted", button="Add", intro=intro)


@form_methods
@force_page(Action.PROJECTION_EDIT)
def pool(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _row(request, force, PromotionPool.objects.select_related("force", "rank"), pk)
    form = forms.PoolChangeForm(request.POST or None, record=found)
    return _page(
        request,
        force,
        form,
        f"Change the pool: {found}",
        "are noted",
        context=_removable("pool", force, found),
        template="workforce/projection/form_page.html",
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def pool_remove(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _row(request, force, PromotionPool.objects.select_related("rank"), pk)
    form = forms.RemoveForm(
        request.POST or None, record=found, remove=lambda seen: records.pool_remove(pool=found, seen=seen)
    )
    return _page(request, force, form, f"Remove the pool: {found}", "are removed", **_REMOVAL)


@form_methods
@force_page(Action.PROJECTION_EDIT)
def budget_add(request: HttpRequest, force: Force) -> HttpResponse:
    form = forms.BudgetForm(request.POST or None, force=force)
    intro = "Budget-based figures are shown beside a projection and never go into it."
    return _page(request, force, form, "Add a budget figure", "is noted", button="Add", intro=intro)


@form_methods
@force_page(Action.PROJECTION_EDIT)
def budget(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _row(request, force, BudgetLine.objects.all(), pk)
    form = forms.BudgetChangeForm(request.POST or None, record=found)
    return _page(
        request,
        force,
        form,
        f"Change the budget figure: {found}",
        "is noted",
        context=_removable("budget", force, found),
        template="workforce/projection/form_page.html",
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def budget_remove(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _row(request, force, BudgetLine.objects.all(), pk)
    form = forms.RemoveForm(
        request.POST or None, record=found, remove=lambda seen: records.budget_remove(line=found, seen=seen)
    )
    return _page(request, force, form, f"Remove the budget figure: {found}", "is removed", **_REMOVAL)


def _row(request: HttpRequest, force: Force, rows: models.QuerySet, pk: int) -> Any:
    return row_or_404(request, rows.filter(force=force), lambda gone: gone.force_id == force.pk, pk=pk)


def _removable(name: str, force: Force, found: models.Model) -> dict[str, Any]:
    return {"remove_href": reverse(f"projection:{name}-remove", args=[force.slug, found.pk])}
