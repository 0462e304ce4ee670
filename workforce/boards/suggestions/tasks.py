"""The job that works out a plan for the boards ahead."""

from typing import Any

from peelsite.jobs.models import Job
from peelsite.jobs.services import progress_note
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.services import plan_ahead_make

AHEAD_JOB = "suggestions.ahead"


def plan_ahead_do(job: Job) -> dict[str, Any]:
    """Make the plan of the board that the job names; all of it is one transaction, the job's own."""
    board = Board.objects.get(pk=job.subject_id)
    progress_note(job, done=0, note="The solver may take a minute")
    plan = plan_ahead_make(board=board, user=job.requested_by)
    return {"plan": plan.pk}
