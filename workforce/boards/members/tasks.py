"""Celery's side of the messages about packs: ids in, one service called, safe to run twice."""

import logging

from celery import shared_task
from django.utils import timezone

from peelsite import walls
from peelsite.forces.models import Force
from peelsite.forces.selectors import site_now
from peelsite.jobs.tasks import STALE_AFTER_SECONDS
from workforce.boards.members.models import PackDelivery
from workforce.boards.members.selectors import deliveries_open, packs_due
from workforce.boards.members.services import deliveries_make, delivery_attempt

logger = logging.getLogger(__name__)


@shared_task
def due_packs_send() -> None:
    """Tell the members of every board whose pack is due, in every force that keeps its records here."""
    for force in Force.objects.filter(keeps_records=True):
        try:
            with walls.within(force.pk):
                for board in packs_due(force, site_now(force)):
                    for delivery_id in deliveries_make(board=board):
                        pack_delivery_task.delay_on_commit(delivery_id)
        except Exception:
            # One force's fault is not to keep the others' packs back.
            logger.exception("The packs due in %s could not be sent", force)


@shared_task
@walls.everything()
def pack_delivery_task(delivery_id: int) -> None:
    """Find out whose message it is; it is handed over within that force."""
    force_id = PackDelivery.objects.filter(pk=delivery_id).values_list("board__force", flat=True).first()
    if force_id is not None:
        with walls.within(force_id):
            delivery_attempt(delivery_id=delivery_id)


@shared_task
@walls.everything()
def pack_deliveries_resume() -> None:
    """Messages of every force whose retry is due, or whose worker was lost."""
    for delivery_id in deliveries_open(timezone.now()).values_list("pk", flat=True):
        pack_delivery_task.apply_async([delivery_id], expires=STALE_AFTER_SECONDS)
