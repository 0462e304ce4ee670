"""A board's plan, what is held fast for it, and the plan of the boards ahead."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.jobs.models import Job, JobState
from peelsite.jobs.services import job_queue
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.pages import form_methods, form_page
from workforce.boards.decisions.calc import day_words
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb
from workforce.boards.suggestions.forms import RuleForm
from workforce.boards.suggestions.models import FillMove, MoveRule, PlanKind, RuleKind
from workforce.boards.suggestions.selectors import newest_plan, plan_read
from workforce.boards.suggestions.selectors.ahead import boards_ahead
from workforce.boards.suggestions.selectors.reading import rules_held
from workforce.boards.suggestions.services import move_label, plan_make, rule_lift
from workforce.boards.suggestions.tasks import AHEAD_JOB, chances_ask
from workforce.boards.suggestions.views import shown

RULES = {
    RuleKind.PIN: (
        "Pin this move",
        "The plan will hold at least so many people in this move, and is worked out again around it.",
        "Pin and work out again",
    ),
    RuleKind.FORBID: (
        "Forbid this move",
        "The plan will not use this move, and is worked out again without it.",
        "Forbid and work out again",
    ),
    RuleKind.SPARE: (
        "Let this place give nobody",
        "No plan of this board takes anybody from it, and the plan is worked out again.",
        "Spare it and work out again",
    ),
}


def may_plan(user: User, force: Force) -> bool:
    """Those who prepare boards and those who decide on them work plans out and hold moves fast."""
    return user.may(Action.BOARD_PREPARE, force) or user.may(Action.BOARD_DECIDE, force)


def planner_required(request: HttpRequest, force: Force) -> None:
    if not may_plan(request.user, force):
        raise PermissionDenied


def _plan_href(board: Board, name: str = "suggestions") -> str:
    return reverse(f"boards:{name}", args=[board.force.slug, board.pk])


@require_safe
@force_page(Action.BOARD_VIEW)
def suggestions(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    plan = newest_plan(board)
    may_decide = request.user.may(Action.BOARD_DECIDE, force) and board.is_published
    context: dict[str, Any] = {
        "heading": "Where people could come from",
        "breadcrumbs": [boards_crumb(force), board_crumb(board, force)],
        "board": board,
        "plan": plan,
        "may_plan": may_plan(request.user, force) and not board.is_approved,
    }
    if plan is not None:
        rules = rules_held(board)
        missing = {each["rule"]: each for each in plan.summary["missing"]}
        context |= {
            "figures": shown.figures(plan),
            "sources": shown.sources_words(plan),
            "quality": shown.quality_words(plan),
            "comparison": shown.comparison(plan),
            "needs": shown.needs_shown(force, plan_read(plan), may_decide=may_decide),
            "rules": [(rule, missing.get(rule.pk)) for rule in rules if rule.lifted_at is None],
            "lifted": [rule for rule in rules if rule.lifted_at is not None],
        }
    return render(request, "workforce/boards/suggestions/board.html", context)


@require_POST
@force_page(Action.BOARD_VIEW)
def work_out(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    planner_required(request, force)
    try:
        plan = plan_make(board=board, user=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        chances_ask(plan)
        messages.success(request, f"The plan is worked out, from the figures of {day_words(plan.day)}.")
    return redirect(_plan_href(board))


@form_methods
@force_page(Action.BOARD_VIEW)
def rule_add(request: HttpRequest, force: Force, pk: int, rule: str) -> HttpResponse:
    """Pin or forbid a suggested move, or spare its donor."""
    planner_required(request, force)
    moves = FillMove.objects.filter(plan__force=force).select_related("plan__board__force", "need")
    move = get_object_or_404(moves, pk=pk)
    if rule not in RuleKind.values or (rule == RuleKind.SPARE and move.donor is None):
        raise Http404
    heading, intro, button = RULES[RuleKind(rule)]
    board = move.plan.board
    what = move.donor_label if rule == RuleKind.SPARE else move_label(move)
    back = ("Where people could come from", _plan_href(board))

    def done(made: MoveRule) -> tuple[str, str]:
        chances_ask(newest_plan(board))
        return back[1], f"{made.get_kind_display()}: {made.label}. The plan is new."

    return form_page(
        request,
        RuleForm(request.POST or None, move=move, kind=rule, user=request.user),
        heading=heading,
        intro=f"{what}. {intro}",
        back=back,
        breadcrumbs=[boards_crumb(force), board_crumb(board, force)],
        done=done,
        button=button,
    )


@require_POST
@force_page(Action.BOARD_VIEW)
def rule_end(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Lift a pin or a ban, and work the plan out again."""
    planner_required(request, force)
    rules = MoveRule.objects.filter(board__force=force).select_related("board__force")
    rule = get_object_or_404(rules, pk=pk)
    try:
        rule_lift(rule=rule, user=request.user)
        plan = plan_make(board=rule.board, user=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        chances_ask(plan)
        messages.success(request, f"Lifted: {rule.label}. The plan is new.")
    return redirect(_plan_href(rule.board))


@require_safe
@force_page(Action.BOARD_VIEW)
def ahead(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The plan of this board and the next five."""
    board = board_or_404(request, force, pk)
    plan = newest_plan(board, PlanKind.AHEAD)
    job = _ahead_job(board)
    is_under_way = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    context: dict[str, Any] = {
        "heading": "The boards ahead",
        "breadcrumbs": [
            boards_crumb(force),
            board_crumb(board, force),
            ("Where people could come from", _plan_href(board)),
        ],
        "board": board,
        "days": [each.held_on for each in boards_ahead(board)],
        "plan": plan,
        "job": job,
        "is_under_way": is_under_way,
        "may_plan": may_plan(request.user, force) and not board.is_approved,
    }
    if is_under_way:
        context |= {
            "progress": _progress(job),
            "poll_url": _plan_href(board, "ahead-progress"),
            "refresh_seconds": 5,
        }
    if plan is not None:
        read = plan_read(plan)
        context |= {
            "figures": shown.figures(plan),
            "sources": shown.sources_words(plan),
            "quality": shown.quality_words(plan),
            "comparison": shown.comparison(plan),
            "by_board": [
                (needs[0].board_on, totals, shown.moves_shown(force, moves, may_decide=False))
                for (_, needs, moves), totals in zip(read.by_board(), plan.summary["by_board"], strict=True)
            ],
        }
    return render(request, "workforce/boards/suggestions/ahead.html", context)


@require_POST
@force_page(Action.BOARD_VIEW)
def ahead_work_out(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    planner_required(request, force)
    if board.is_approved:
        messages.error(request, "The minutes of this board are approved. Open the next board.")
    else:
        job = job_queue(kind=AHEAD_JOB, subject_id=board.pk, force=force, requested_by=request.user, total=1)
        job_task.delay_on_commit(job.pk)
    return redirect(_plan_href(board, "ahead"))


@require_safe
@force_page(Action.BOARD_VIEW)
def ahead_progress(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The progress part alone, for the page to ask again; tells it to reload once the work has ended."""
    job = _ahead_job(board_or_404(request, force, pk))
    if job is None:
        raise Http404
    context = {"progress": _progress(job), "poll_url": request.path}
    response = render(request, "components/progress.html", context)
    if job.finished_at is not None:
        response["HX-Refresh"] = "true"
    return response


def _ahead_job(board: Board) -> Job | None:
    return Job.objects.filter(kind=AHEAD_JOB, subject_id=board.pk).order_by("-pk").first()


def _progress(job: Job) -> dict[str, Any]:
    return {
        "label": "Working out a plan for the boards ahead",
        "done": job.done,
        "total": 0,
        "percent": 0,
        "finished": job.finished_at is not None,
        "note": job.note,
    }
