"""Every line of a run, the runs themselves, and one run with what it rested on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.jobs.models import Job
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.projection.filters import LineFilter, RunFilter
from workforce.projection.models import ProjectionRun
from workforce.projection.selectors.assumptions import AssumptionRow
from workforce.projection.selectors.runs import outlook_of_run
from workforce.projection.services.runs import RUN_JOB
from workforce.projection.tables import AssumptionTable, LineTable, RunTable, line_rows
from workforce.projection.views.overview import run_asked
from workforce.projection.views.words import crumb, sections


@require_safe
@force_page(Action.BOARD_VIEW)
def lines(request: HttpRequest, force: Force) -> HttpResponse:
    """Gaps by rank, role, location and unit, now and in a month; each line has its page."""
    run = run_asked(request, force)
    if run is None:
        raise Http404
    outlook = outlook_of_run(run)
    asked = LineFilter(request.GET, request=request, outlook=outlook)
    rows = line_rows(asked.qs, asked.month)
    page = ListPage(
        request,
        table_class=LineTable,
        queryset=rows,
        title=f"Projected gaps from {peelsite_web.day(run.as_at)}",
        row_words="line,lines",
        table_kwargs={"force": force},
    )
    asked.form.mark_optional = False
    page.filterset = asked
    context = {
        "heading": "Projected gaps, every line",
        "breadcrumbs": [crumb(force)],
        "sections": sections(request, force, "lines"),
        "list_page": page,
        "run": run,
        "later": outlook.days[asked.month],
    }
    return page.download() or render(request, "workforce/projection/lines.html", context)


@require_safe
@force_page(Action.BOARD_VIEW)
def runs(request: HttpRequest, force: Force) -> HttpResponse:
    """Every projection that was asked for, with its seed, inputs and engine."""
    page = ListPage(
        request,
        table_class=RunTable,
        queryset=ProjectionRun.objects.of_force(force).select_related("requested_by"),
        filterset_class=RunFilter,
        title="Projections made",
        row_words="projection,projections",
        table_kwargs={"force": force},
    )
    context = {
        "heading": "Projections made",
        "breadcrumbs": [crumb(force)],
        "sections": sections(request, force, "runs"),
        "list_page": page,
        "intro": "Each keeps the assumptions it rested on and never changes. The same inputs, seed and "
        "engine give the same figures.",
    }
    return page.download() or render(request, "workforce/projection/list.html", context)


@require_safe
@force_page(Action.BOARD_VIEW)
def run(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One projection: how far it is, or what it rested on."""
    found = get_object_or_404(ProjectionRun.objects.of_force(force).select_related("requested_by"), pk=pk)
    job = job_of(found)
    is_under_way = found.done_at is None and job is not None and not job.error
    kept = [AssumptionRow(**row) for row in found.assumptions]
    page = ListPage(
        request,
        table_class=AssumptionTable,
        queryset=kept,
        title=f"Assumptions of the projection of {peelsite_web.day(found.as_at)}",
        row_words="assumption,assumptions",
        table_kwargs={"force": force, "may_edit": False},
    )
    context = {
        "heading": f"{found}{f': {found.scenario_name}' if found.scenario_name else ''}",
        "breadcrumbs": [crumb(force), ("Runs", reverse("projection:runs", args=[force.slug]))],
        "run": found,
        "job": job,
        "progress": progress_of(job) if is_under_way else None,
        "poll_url": reverse("projection:run-progress", args=[force.slug, found.pk]),
        "refresh_seconds": 3 if is_under_way else 0,
        "rows": _facts(found),
        "list_page": page,
    }
    return page.download() or render(request, "workforce/projection/run.html", context)


@require_safe
@force_page(Action.BOARD_VIEW)
def run_progress(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The part that a page under way asks for; reloads the page when the run is done or has failed."""
    found = get_object_or_404(ProjectionRun.objects.of_force(force), pk=pk)
    return progress_response(request, job_of(found), is_done=found.done_at is not None)


def job_of(found: ProjectionRun) -> Job | None:
    return Job.objects.filter(kind=RUN_JOB, subject_id=found.pk).order_by("-queued_at").first()


def progress_of(job: Job) -> dict[str, Any]:
    return {
        "label": job.note or "Waiting to start",
        "done": job.done,
        "total": job.total,
        "percent": job.percent,
        "finished": False,
        "note": "",
    }


def progress_response(request: HttpRequest, job: Job | None, *, is_done: bool) -> HttpResponse:
    """The progress of a job; tells the page to load anew once it is over."""
    if job is None:
        raise Http404
    response = render(
        request, "components/progress.html", {"progress": progress_of(job), "poll_url": request.path}
    )
    if is_done or job.error:
        response["HX-Refresh"] = "true"
    return response


def _facts(found: ProjectionRun) -> list[dict[str, Any]]:
    seconds = found.facts.get("seconds", {})
    steps = ", ".join(f"{name} {took} s" for name, took in seconds.items())
    rows = [
        ("As at", peelsite_web.day(found.as_at)),
        ("Of", found.scenario_name or "The plan"),
        ("Months", found.months),
        ("Runs", f"{found.draws:,}"),
        ("Seed", found.seed),
        ("Engine", found.engine_version or peelsite_web.NOTHING),
        ("Digest of the inputs", found.inputs_digest or peelsite_web.NOTHING),
        ("Asked for by", found.requested_by or "The site, every night, or a command"),
        ("Made", peelsite_web.day(found.done_at) if found.done_at else "Not done yet"),
    ]
    if steps:
        counts = f"{found.facts['people']:,} people, {found.facts['cells']:,} cells, "
        rows.append(("Worked on", f"{counts}{found.facts['lines']:,} lines: {steps}"))
    rows += [("What is changed", words) for words in found.changes]
    return [{"term": term, "value": value} for term, value in rows]
