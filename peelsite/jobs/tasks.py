"""Celery's side of jobs: one task runs any job; beat looks for lost ones."""

from celery import shared_task

from peelsite import walls
from peelsite.jobs.services import job_run, jobs_lost

# A requeued message that waits for longer is dropped: by then beat has queued another, and a site whose
# workers were away for a night does not wake to a thousand messages of the same job.
STALE_AFTER_SECONDS = 60


@shared_task
@walls.everything()
def job_task(job_id: int) -> None:
    """Find the job among those of all forces; its work is done within its own."""
    job_run(job_id=job_id)


@shared_task
@walls.everything()
def lost_jobs_requeue() -> None:
    """Jobs of every force whose worker was lost."""
    for job_id in jobs_lost():
        job_task.apply_async([job_id], expires=STALE_AFTER_SECONDS)
