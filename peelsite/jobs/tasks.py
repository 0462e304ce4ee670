"""Celery's side of jobs: one task runs any job; beat looks for lost ones."""

from celery import shared_task

from peelsite.jobs.services import job_run, jobs_lost


@shared_task
def job_task(job_id: int) -> None:
    job_run(job_id=job_id)


@shared_task
def lost_jobs_requeue() -> None:
    for job_id in jobs_lost():
        job_task.delay(job_id)
