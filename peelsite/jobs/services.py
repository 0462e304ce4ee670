"""Queueing and running jobs: killed at any line and run again, a job has at most one effect.

How: a run holds a transaction-level advisory lock on the job's number and does all of its work, up to marking
the row done, in that one transaction. A second runner cannot get the lock; a killed runner's transaction is
rolled back by PostgreSQL, which also frees the lock, so that the row is still unfinished and can be taken up
again. Progress is written through a connection of its own, so that it can be read meanwhile.
"""

import logging
from datetime import timedelta
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from peelsite.forces.models import Force
from peelsite.jobs.locks import beside, try_lock
from peelsite.jobs.models import Job, JobState
from peelsite.jobs.registry import function_of

logger = logging.getLogger(__name__)

LOCK_SPACE = 7001
MOST_ATTEMPTS = 5
# A queued message is picked up at once; one older than this is taken to be lost with Redis or a worker.
LOST_AFTER = timedelta(seconds=30)


@transaction.atomic
def job_queue(*, kind: str, subject_id: int, force: Force | None, requested_by=None, total: int = 0) -> Job:
    """Write the job's row, or return the unfinished one of this subject. The caller enqueues after commit."""
    job, _ = Job.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        state__in=[JobState.QUEUED, JobState.RUNNING],
        defaults={"force": force, "requested_by": requested_by, "total": total, "state": JobState.QUEUED},
    )
    return job


def job_run(*, job_id: int) -> bool:
    """Do the job unless it is finished or being done elsewhere. True when this call did it."""
    try:
        with transaction.atomic():
            if not try_lock(LOCK_SPACE, job_id):
                return False
            job = Job.objects.get(pk=job_id)
            if job.state not in (JobState.QUEUED, JobState.RUNNING):
                return False
            attempts = _note_start(job)
            if attempts > MOST_ATTEMPTS:
                raise ValidationError(f"Given up after {MOST_ATTEMPTS} attempts: each ended without a word.")
            with pghistory.context(user=job.requested_by_id, job=job.pk, kind=job.kind):
                result = function_of(job.kind)(job)
            _finish(job_id, JobState.DONE, result=result)
    except ValidationError as refused:
        _finish(job_id, JobState.FAILED, error=" ".join(refused.messages))
    except Exception as fault:
        logger.exception("Job %s failed", job_id)
        _finish(job_id, JobState.FAILED, error=f"The site could not finish this: {type(fault).__name__}.")
    return True


def jobs_lost() -> list[int]:
    """Ids of unfinished jobs that nobody is working on."""
    candidates = Job.objects.unfinished().filter(queued_at__lt=timezone.now() - LOST_AFTER)
    lost = []
    for job_id in candidates.values_list("pk", flat=True):
        with transaction.atomic():
            if try_lock(LOCK_SPACE, job_id):
                lost.append(job_id)
    return lost


def progress_note(job: Job, *, done: int, total: int | None = None, note: str | None = None) -> None:
    """Show how far the job is, at once, whatever the job's own transaction does later."""
    changes: dict[str, Any] = {"done": done}
    if total is not None:
        changes["total"] = total
    if note is not None:
        changes["note"] = note[:200]
    with beside() as cursor:
        assignments = ", ".join(f"{column} = %s" for column in changes)
        cursor.execute(
            f"UPDATE jobs_job SET {assignments} WHERE id = %s",  # noqa: S608 - column names are ours
            [*changes.values(), job.pk],
        )


def _note_start(job: Job) -> int:
    with beside() as cursor:
        cursor.execute(
            "UPDATE jobs_job SET state = 'running', attempts = attempts + 1, started_at = %s, done = 0"
            " WHERE id = %s RETURNING attempts",
            [timezone.now(), job.pk],
        )
        row = cursor.fetchone()
    return row[0] if row else job.attempts + 1


def _finish(job_id: int, state: str, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    # Only an unfinished row: a runner that failed late must not overwrite another's success.
    Job.objects.unfinished().filter(pk=job_id).update(
        state=state, result=result or {}, error=error, finished_at=timezone.now()
    )
