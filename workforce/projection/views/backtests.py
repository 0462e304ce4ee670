"""How projections of past days would have come out."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.jobs.models import Job
from peelsite.jobs.tasks import job_task
from peelsite.web import exports
from workforce.projection.models import BackTest
from workforce.projection.selectors.backtests import origins_possible
from workforce.projection.services.backtests import BACK_TEST_JOB, back_test_request
from workforce.projection.views.lists import progress_of, progress_response
from workforce.projection.views.words import crumb, may_edit, sections

KIND_WORDS = {
    "force": "Whole force",
    "category": "Worker types",
    "rank": "Ranks and grades",
    "unit": "Units",
    "rank_role_location": "Rank, role and location",
    "cell": "Cells",
}
CASE_COLUMNS = ("Line", "As at", "Months ahead", "Strength then", "P10", "Middle", "P90", "Came", "In range")


@require_safe
@force_page(Action.BOARD_VIEW)
def back_test(request: HttpRequest, force: Force) -> HttpResponse:
    """Bias and coverage of the newest back-test, and each case of the force, its worker types and ranks."""
    newest = BackTest.objects.of_force(force).filter(done_at__isnull=False).order_by("-done_at").first()
    waiting = BackTest.objects.of_force(force).filter(done_at__isnull=True).first()
    if newest and (asked := request.GET.get("download")) in ("csv", "xlsx"):
        respond = exports.csv_response if asked == "csv" else exports.xlsx_response
        return respond("Back-test of projections", CASE_COLUMNS, (_cells(row) for row in newest.rows))
    job = job_of(waiting) if waiting else None
    is_under_way = job is not None and not job.error
    context = {
        "heading": "Back-test",
        "breadcrumbs": [crumb(force)],
        "sections": sections(request, force, "back-test"),
        "test": newest,
        "scores": _scores(newest) if newest else [],
        "headline": _headline(newest) if newest else None,
        "cases": _cases(newest) if newest else [],
        "tested_from": [date.fromisoformat(day) for day in newest.as_at_days] if newest else [],
        "tested_to": date.fromisoformat(newest.summary["today"]) if newest else None,
        "job": job,
        "progress": progress_of(job) if is_under_way else None,
        "poll_url": reverse("projection:back-test-progress", args=[force.slug, waiting.pk])
        if waiting
        else "",
        "refresh_seconds": 3 if is_under_way else 0,
        "may_edit": may_edit(request, force),
        "days": origins_possible(force, opening_day(force)),
    }
    return render(request, "workforce/projection/back_test.html", context)


def _scores(test: BackTest) -> list[dict[str, Any]]:
    order = list(KIND_WORDS)
    scores = sorted(test.summary["scores"], key=lambda score: (order.index(score["kind"]), score["months"]))
    return [score | {"words": KIND_WORDS[score["kind"]]} for score in scores]


def _cases(test: BackTest) -> list[dict[str, Any]]:
    """Of the force and its worker types, line by line."""
    order = list(KIND_WORDS)
    rows = [row for row in test.rows if row["kind"] in ("force", "category")]
    rows.sort(key=lambda row: (order.index(row["kind"]), row["line"], row["months"], row["as_at"]))
    return [row | {"day": date.fromisoformat(row["as_at"])} for row in rows]


def _headline(test: BackTest) -> dict[str, Any] | None:
    """Over all lines and horizons: the share in range, weighed by cases."""
    scores = test.summary["scores"]
    cases = sum(score["cases"] for score in scores)
    if not cases:
        return None
    return {
        "cases": cases,
        "coverage": sum(score["coverage"] * score["cases"] for score in scores) / cases,
        "force": next((s for s in scores if s["kind"] == "force" and s["months"] == 12), None),
    }


def _cells(row: dict[str, Any]) -> list[Any]:
    return [
        row["line"],
        row["as_at"],
        row["months"],
        row["start"],
        row["p10"],
        row["p50"],
        row["p90"],
        row["actual"],
        row["inside"],
    ]


@require_POST
@force_page(Action.PROJECTION_EDIT)
def back_test_run(request: HttpRequest, force: Force) -> HttpResponse:
    try:
        _, job = back_test_request(force=force, requested_by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        job_task.delay_on_commit(job.pk)
    return redirect("projection:back-test", force.slug)


@require_safe
@force_page(Action.BOARD_VIEW)
def back_test_progress(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    test = get_object_or_404(BackTest.objects.of_force(force), pk=pk)
    return progress_response(request, job_of(test), is_done=test.done_at is not None)


def job_of(test: BackTest) -> Job | None:
    return Job.objects.filter(kind=BACK_TEST_JOB, subject_id=test.pk).order_by("-queued_at").first()
