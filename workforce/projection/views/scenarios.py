"""Scenarios: what differs, and how they come out beside the plan."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.charts.services import chart_figure
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.jobs.tasks import job_task
from peelsite.web import exports
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from workforce.projection import forms
from workforce.projection.calc.inputs import FORCE_LINE
from workforce.projection.models import ProjectionRun, Scenario, ScenarioChange, ScenarioChangeKind
from workforce.projection.selectors.comparisons import (
    compared,
    lines_to_compare,
    newest_of,
    plan_run_like,
)
from workforce.projection.selectors.differences import difference_in_words
from workforce.projection.selectors.lines import key_from, slug_of
from workforce.projection.selectors.outlook import Outlook
from workforce.projection.selectors.runs import outlook_of_run
from workforce.projection.services import scenarios as services
from workforce.projection.services.runs import run_request
from workforce.projection.views.lists import job_of, progress_of
from workforce.projection.views.overview import months_asked
from workforce.projection.views.words import (
    MONTHS_SHOWN,
    crumb,
    line_href,
    may_edit,
    sections,
    strength_chart,
)

COLUMNS = (
    "Line",
    "Months ahead",
    "Gap in the plan (FTE)",
    "Gap in the scenario (FTE)",
    "Difference (FTE)",
    "Chance beyond the threshold in the plan",
    "Chance in the scenario",
)


@require_safe
@force_page(Action.BOARD_VIEW)
def scenarios(request: HttpRequest, force: Force) -> HttpResponse:
    """Every scenario with what it changes and when it was last run."""
    found = [
        {
            "scenario": scenario,
            "words": [difference_in_words(change) for change in scenario.changes.all()],
            "run": next(iter(sorted_runs(scenario)), None),
        }
        for scenario in Scenario.objects.of_force(force).with_all()
    ]
    context = {
        "heading": "Scenarios",
        "breadcrumbs": [crumb(force)],
        "sections": sections(request, force, "scenarios"),
        "found": found,
        "may_edit": may_edit(request, force),
    }
    return render(request, "workforce/projection/scenarios.html", context)


def sorted_runs(scenario: Scenario) -> list[ProjectionRun]:
    """Finished runs of a scenario read `with_all`, the newest first."""
    done = [run for run in scenario.runs.all() if run.done_at]
    return sorted(done, key=lambda run: (run.as_at, run.done_at), reverse=True)


@require_safe
@force_page(Action.BOARD_VIEW)
def scenario(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One scenario beside the plan: both fans, the differences, and what it changes."""
    found = get_object_or_404(Scenario.objects.of_force(force).with_all(), pk=pk)
    changes = list(found.changes.all())
    run = newest_of(found)
    context: dict[str, Any] = {
        "heading": found.name,
        "breadcrumbs": [crumb(force), _back(force)],
        "scenario": found,
        "changes": [(change, difference_in_words(change)) for change in changes],
        "kinds": ScenarioChangeKind.choices,
        "run": run,
        "may_edit": may_edit(request, force),
        **_waiting(force, found),
    }
    plan = plan_run_like(run) if run else None
    if run and plan:
        before, after = outlook_of_run(plan), outlook_of_run(run)
        keys = lines_to_compare(after, found)
        months = months_asked(request)
        rows = compared(before, after, keys, months)
        if (asked := request.GET.get("download")) in ("csv", "xlsx"):
            return _download(found, asked, before, after, keys)
        context |= _compared(request, force, found, before, after, keys)
        context |= {
            "rows": [(row, line_href(force, row.key)) for row in rows],
            "months": months,
            "months_choices": [(each, each == months) for each in MONTHS_SHOWN],
            "later": after.days[months],
            "plan": plan,
            "is_changed": run.changes != [words for _, words in context["changes"]],
        }
    return render(request, "workforce/projection/scenario.html", context)


def _compared(
    request: HttpRequest, force: Force, found: Scenario, before: Outlook, after: Outlook, keys: list
) -> dict[str, Any]:
    """The fans of one line in the plan, in this scenario, and in a third where one is asked for.

    Unless a line is asked for it is the one that the scenario changes most.
    """
    key = key_from(request.GET.get("line", ""))
    if key not in after.lines or key not in before.lines:
        rows = compared(before, after, keys, months_asked(request))
        key = max(rows, key=lambda row: abs(row.difference)).key
        key = key if key in before.lines else FORCE_LINE
    fans = [("Plan", before.lines[key]), (found.name[:24], after.lines[key])]
    others = [
        other
        for other in Scenario.objects.of_force(force).exclude(pk=found.pk).with_all()
        if any(run.as_at == after.as_at and run.seed == after.seed for run in sorted_runs(other))
    ]
    chosen = next((other for other in others if str(other.pk) == request.GET.get("with", "")), None)
    if chosen is not None:
        third = outlook_of_run(sorted_runs(chosen)[0], keys=[key])
        if key in third.lines and third.days == after.days:
            fans.append((chosen.name[:24], third.lines[key]))
    chart = strength_chart(
        before.lines[key], title=f"Strength of {after.lines[key].label}, side by side", fans=fans
    )
    return {
        "chart": chart_figure(chart=chart),
        "line_slug": slug_of(key),
        "line_choices": [(slug_of(each), after.lines[each].label) for each in keys],
        "others": [(other, other == chosen) for other in others],
    }


def _download(found: Scenario, asked: str, before: Outlook, after: Outlook, keys: list) -> HttpResponse:
    respond = exports.csv_response if asked == "csv" else exports.xlsx_response
    rows = (
        [
            row.label,
            months,
            round(row.plan, 4),
            round(row.scenario, 4),
            round(row.difference, 4),
            row.plan_chance,
            row.scenario_chance,
        ]
        for months in MONTHS_SHOWN
        for row in compared(before, after, keys, months)
    )
    return respond(f"Scenario {found.name}", COLUMNS, rows)


def _waiting(force: Force, found: Scenario) -> dict[str, Any]:
    """How far a run of the scenario, or of the plan beside it, is."""
    pending = ProjectionRun.objects.of_force(force).filter(done_at__isnull=True)
    waiting = pending.filter(scenario=found).first() or pending.of_plan().first()
    job = job_of(waiting) if waiting else None
    is_under_way = job is not None and not job.error
    return {
        "job": job,
        "progress": progress_of(job) if is_under_way else None,
        "poll_url": reverse("projection:run-progress", args=[force.slug, waiting.pk]) if waiting else "",
        "refresh_seconds": 3 if is_under_way else 0,
    }


@require_POST
@force_page(Action.PROJECTION_EDIT)
def scenario_run(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Project the plan and the scenario from the same records, so that they can be compared."""
    found = get_object_or_404(Scenario.objects.of_force(force), pk=pk)
    try:
        jobs = [run_request(force=force, requested_by=request.user)[1]]
        jobs.append(run_request(force=force, scenario=found, requested_by=request.user)[1])
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        for job in jobs:
            job_task.delay_on_commit(job.pk)
    return redirect("projection:scenario", force.slug, found.pk)


@form_methods
@force_page(Action.PROJECTION_EDIT)
def scenario_add(request: HttpRequest, force: Force) -> HttpResponse:
    return form_page(
        request,
        forms.ScenarioForm(request.POST or None, force=force),
        heading="Add a scenario",
        intro="Say what would be different on the next page.",
        button="Add",
        back=_back(force),
        breadcrumbs=[crumb(force)],
        done=lambda made: (_href(force, made), f"{made} is added. Add what is different in it."),
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def scenario_change(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _own(request, force, pk)
    return form_page(
        request,
        forms.ScenarioChangeForm(request.POST or None, record=found),
        heading=f"Change {found}",
        back=(str(found), _href(force, found)),
        breadcrumbs=[crumb(force), _back(force)],
        done=lambda saved: (_href(force, saved), f"{saved} is changed."),
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def scenario_remove(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _own(request, force, pk)
    form = forms.RemoveForm(
        request.POST or None,
        record=found,
        remove=lambda seen: services.scenario_remove(scenario=found, seen=seen),
    )
    return form_page(
        request,
        form,
        heading=f"Remove {found}",
        warning="What it changes goes with it. Projections made of it stay, under its name.",
        button="Remove",
        back=(str(found), _href(force, found)),
        breadcrumbs=[crumb(force), _back(force)],
        done=lambda saved: (_back(force)[1], f"{saved} is removed."),
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def difference_add(request: HttpRequest, force: Force, pk: int, difference: str) -> HttpResponse:
    found = _own(request, force, pk)
    if difference not in ScenarioChangeKind.values:
        raise Http404
    form = forms.DifferenceForm(request.POST or None, scenario=found, kind=difference, day=opening_day(force))
    return form_page(
        request,
        form,
        heading=f"{found}: {ScenarioChangeKind(difference).label.lower()}",
        button="Add",
        back=(str(found), _href(force, found)),
        breadcrumbs=[crumb(force), _back(force)],
        done=lambda made: (_href(force, found), f"Added: {difference_in_words(made)}"),
    )


@form_methods
@force_page(Action.PROJECTION_EDIT)
def difference_remove(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    rows = ScenarioChange.objects.with_labels().select_related("scenario__force")
    found = row_or_404(
        request,
        rows.filter(scenario__force=force),
        lambda gone: gone.scenario.force_id == force.pk,
        pk=pk,
    )
    form = forms.RemoveForm(
        request.POST or None,
        record=found,
        remove=lambda seen: services.difference_remove(change=found, seen=seen),
    )
    words = difference_in_words(found)
    href = _href(force, found.scenario)
    return form_page(
        request,
        form,
        heading="Remove what is different",
        intro=words,
        button="Remove",
        back=(str(found.scenario), href),
        breadcrumbs=[crumb(force), _back(force)],
        done=lambda saved: (href, f"Removed: {words}"),
    )


def _own(request: HttpRequest, force: Force, pk: int) -> Scenario:
    rows = Scenario.objects.of_force(force).select_related("force")
    return row_or_404(request, rows, lambda gone: gone.force_id == force.pk, pk=pk)


def _back(force: Force) -> tuple[str, str]:
    return ("Scenarios", reverse("projection:scenarios", args=[force.slug]))


def _href(force: Force, found: Scenario) -> str:
    return reverse("projection:scenario", args=[force.slug, found.pk])
