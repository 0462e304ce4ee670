"""The jobs: a plan for the boards ahead, and what a plan does to the chances of a gap."""

from typing import Any

from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue, progress_note
from peelsite.jobs.tasks import job_task
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.models import FillPlan
from workforce.boards.suggestions.services import chances_make, plan_ahead_make

AHEAD_JOB = "suggestions.ahead"
CHANCES_JOB = "suggestions.chances"


def plan_ahead_do(job: Job) -> dict[str, Any]:
    """Make the plan of the board that the job names; all of it is one transaction, the job's own."""
    board = Board.objects.get(pk=job.subject_id)
    progress_note(job, done=0, note="The solver may take a minute")
    plan = plan_ahead_make(board=board, user=job.requested_by)
    return {"plan": plan.pk}


def chances_do(job: Job) -> dict[str, Any]:
    """Chances of the plan that the job names."""
    plan = FillPlan.objects.select_related("force", "board__series").get(pk=job.subject_id)
    return {"cells": chances_make(plan=plan)}


def chances_ask(plan: FillPlan | None) -> None:
    """Have the chances of a plan worked out after commit; a plan without projection has none."""
    if plan is None or plan.run_id is None:
        return
    job = job_queue(
        kind=CHANCES_JOB, subject_id=plan.pk, force=plan.force, requested_by=plan.asked_by, total=1
    )
    job_task.delay_on_commit(job.pk)
