"""Celery's side of projections: the functions of their jobs, and what beat repeats."""

import logging
from functools import partial
from typing import Any

from celery import shared_task
from django.utils import timezone

from peelsite import walls
from peelsite.forces.models import Force
from peelsite.jobs.models import Job
from peelsite.jobs.services import progress_note
from peelsite.jobs.tasks import job_task
from workforce.projection.services.backtests import back_test_make
from workforce.projection.services.runs import run_make, run_request, runs_purge

logger = logging.getLogger(__name__)


def run_job(job: Job) -> dict[str, Any]:
    """The job that makes a projection."""
    run = run_make(run_id=job.subject_id, note=partial(_note, job))
    return {"run": run.pk, **run.facts}


def back_test_job(job: Job) -> dict[str, Any]:
    """The job that makes a back-test."""
    test = back_test_make(back_test_id=job.subject_id, note=partial(_note, job))
    return {"back_test": test.pk}


def _note(job: Job, done: int, words: str) -> None:
    progress_note(job, done=done, note=words)


@shared_task
def projections_run() -> None:
    """Every night: project each force anew, and remove runs that were superseded long ago."""
    for force in Force.objects.filter(keeps_records=True):
        try:
            with walls.within(force.pk):
                _, job = run_request(force=force)
                runs_purge(force=force, today=timezone.localdate())
                job_task.delay_on_commit(job.pk)
        except Exception:
            # One force's fault is not to keep the others' projections back.
            logger.exception("The projection of %s could not be begun", force)
