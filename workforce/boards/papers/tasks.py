"""Celery's side of papers: ids in, one service called, safe to run twice."""

from typing import Any

from celery import shared_task

from peelsite import walls
from peelsite.jobs.models import Job
from peelsite.jobs.services import progress_note
from peelsite.jobs.tasks import job_task
from workforce.boards.meetings.models import Board
from workforce.boards.papers.selectors import KIND_OF_JOB, papers_missing
from workforce.boards.papers.services import STEPS, paper_request, paper_write


def write_job(job: Job) -> dict[str, Any]:
    """The job that writes a paper, of any kind."""
    progress_note(job, done=1, total=STEPS, note="Drawing the charts and setting the pages")
    paper = paper_write(board_id=job.subject_id, kind=KIND_OF_JOB[job.kind])
    return {"paper": paper.pk, "digest": paper.digest}


@shared_task
@walls.everything()
def missing_papers_write() -> None:
    """Papers of every force that were published where no worker was told, by a command for example."""
    for board_id, kind in papers_missing():
        board = Board.objects.select_related("force").get(pk=board_id)
        with walls.within(board.force_id):
            job = paper_request(board=board, kind=kind)
            if job is not None:
                job_task.delay_on_commit(job.pk)
