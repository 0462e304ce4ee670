"""Celery's side of summaries: ids in, one service called, safe to run twice."""

import logging
from functools import partial
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from peelsite import walls
from peelsite.forces.models import Force
from peelsite.forces.selectors import site_now
from peelsite.inspection.summaries.models import Delivery
from peelsite.inspection.summaries.selectors import deliveries_open, issues_due
from peelsite.inspection.summaries.services import delivery_attempt, summary_request, summary_write
from peelsite.jobs.models import Job
from peelsite.jobs.services import progress_note
from peelsite.jobs.tasks import STALE_AFTER_SECONDS, job_task

logger = logging.getLogger(__name__)


def write_job(job: Job) -> dict[str, Any]:
    """The job that writes an issue; its messages are enqueued when it has committed."""
    progress_note(job, done=1, total=3, note="Computing the figures and writing the PDF")
    summary = summary_write(summary_id=job.subject_id)
    waiting = list(summary.deliveries.values_list("pk", flat=True))
    # Robust: the issue is written whether Redis answers or not, and beat takes up what is not enqueued.
    transaction.on_commit(partial(_enqueue, waiting), robust=True)
    return {"summary": summary.pk, "messages": len(waiting)}


def _enqueue(delivery_ids: list[int]) -> None:
    for delivery_id in delivery_ids:
        delivery_task.delay(delivery_id)


@shared_task
@walls.everything()
def delivery_task(delivery_id: int) -> None:
    """Find out whose message it is; it is handed over within that force."""
    force_id = Delivery.objects.filter(pk=delivery_id).values_list("summary__force", flat=True).first()
    if force_id is not None:
        with walls.within(force_id):
            delivery_attempt(delivery_id=delivery_id)


@shared_task
@walls.everything()
def deliveries_resume() -> None:
    """Messages of every force whose retry is due, or whose worker was lost."""
    for delivery_id in deliveries_open(timezone.now()).values_list("pk", flat=True):
        delivery_task.apply_async([delivery_id], expires=STALE_AFTER_SECONDS)


@shared_task
def due_summaries_run() -> None:
    """Begin every issue that is due, in every force that keeps its records here."""
    for force in Force.objects.filter(keeps_records=True):
        try:
            with walls.within(force.pk):
                _begin_due(force)
        except Exception:
            # One force's fault is not to keep the others' summaries back.
            logger.exception("The summaries due in %s could not be begun", force)


def _begin_due(force: Force) -> None:
    for issue in issues_due(force, site_now(force)):
        _, job = summary_request(force=force, issue=issue, as_at=issue.last_day)
        if job is not None:
            job_task.delay_on_commit(job.pk)
