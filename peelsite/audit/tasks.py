"""Beat's side of retention."""

import logging

from celery import shared_task
from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite import walls
from peelsite.audit.retention.selectors import rules_on
from peelsite.audit.retention.services import retention_apply
from peelsite.audit.subject_access.services import access_exports_expire
from peelsite.forces.models import Force

logger = logging.getLogger(__name__)


@shared_task
def retention_apply_due() -> None:
    """Apply the rules that a force has switched on; run again it finds nothing left to do."""
    day = timezone.localdate()
    for force in Force.objects.filter(keeps_records=True):
        for rule in rules_on(force, day):
            if not rule.is_on:
                continue
            try:
                retention_apply(rule=rule, day=day)
            except ValidationError as refused:
                logger.warning("Retention of %s in %s: %s", rule.what, force, " ".join(refused.messages))


@shared_task
@walls.everything()
def access_exports_purge() -> None:
    """Exports of every force that have expired."""
    access_exports_expire()
