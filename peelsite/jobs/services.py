"""Queueing and running jobs: killed at any line and run again, a job has at most one effect.

How: a run holds a transaction-level advisory lock on the job's number and does all of its work, up to marking
the row done or failed, in that one transaction. A second runner cannot get the lock; a killed runner's
transaction is rolled back by PostgreSQL, which also frees the lock, so that the row is still unfinished and
can be taken up again. Progress is written through a connection of its own, so that it can be read meanwhile.
"""

import logging
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from peelsite import walls
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
    """Do the job unless it is finished or being done elsewhere. True when this call brought it to its end.

    A fault of the database itself (its connection, a deadlock) is raised and leaves the job unfinished, to be
    taken up again by `jobs_lost`.
    """
    with transaction.atomic():
        if not try_lock(LOCK_SPACE, job_id):
            return False
        job = Job.objects.unfinished().filter(pk=job_id).first()
        if job is None:
            return False
        try:
            # The inner transaction undoes the work of a job that fails; the outer one keeps the lock until
            # the failure is written, so that nobody takes the job up in between.
            with transaction.atomic():
                result = _do(job)
        except ValidationError as refused:
            _finish(job, JobState.FAILED, error=" ".join(refused.messages))
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:
            logger.exception("Job %s failed", job_id)
            _finish(job, JobState.FAILED, error=f"The site could not finish this: {type(fault).__name__}.")
        else:
            _finish(job, JobState.DONE, result=result)
    return True


def _do(job: Job) -> dict[str, Any]:
    if _note_start(job) > MOST_ATTEMPTS:
        raise ValidationError(
            f"Given up after {MOST_ATTEMPTS} attempts: the site stopped in the middle of each."
        )
    with _reach_of(job), pghistory.context(user=job.requested_by_id, job=job.pk, kind=job.kind):
        result = function_of(job.kind)(job)
        # Rules that PostgreSQL would check at commit are checked here, where a breach can still be told.
        connection.check_constraints()
    return result


def _reach_of(job: Job) -> AbstractContextManager[None]:
    """The job's force and no other; a job of no force is the site's own, and reaches all."""
    return walls.everything() if job.force_id is None else walls.within(job.force_id)


def jobs_lost() -> list[int]:
    """Ids of unfinished jobs that nobody is working on."""
    candidates = Job.objects.unfinished().filter(queued_at__lt=timezone.now() - LOST_AFTER)
    lost = []
    for job_id in candidates.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            if try_lock(LOCK_SPACE, job_id):
                lost.append(job_id)
    return lost


def progress_note(job: Job, *, done: int, total: int | None = None, note: str | None = None) -> None:
    """Show how far the job is, at once, whatever the job's own transaction does later."""
    with beside() as cursor:
        cursor.execute(
            "UPDATE jobs_job SET done = %s, total = COALESCE(%s, total), note = COALESCE(%s, note)"
            " WHERE id = %s",
            [done, total, None if note is None else note[:200], job.pk],
        )


def _note_start(job: Job) -> int:
    with beside() as cursor:
        cursor.execute(
            "UPDATE jobs_job SET state = 'running', attempts = attempts + 1, started_at = %s, done = 0,"
            " note = '' WHERE id = %s RETURNING attempts",
            [timezone.now(), job.pk],
        )
        row = cursor.fetchone()
    return row[0] if row else job.attempts + 1


def _finish(job: Job, state: str, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, result=result or {}, error=error, finished_at=timezone.now()
    )
