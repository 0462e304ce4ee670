"""What the rules of retention ask of messages that were sent: to whom goes, that and when they went stays."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from peelsite.audit.retention.registry import Removed, RetentionClass
from peelsite.audit.retention.removal import history_forget, row_digests, versions_of
from peelsite.forces.models import Force
from peelsite.inspection.summaries.models import Delivery
from peelsite.mail.deliveries.models import DeliveryState

ENDED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCONFIRMED)
NOWHERE = "@removed.invalid"


def deliveries_before(force: Force, day: date) -> QuerySet[Delivery]:
    """Messages of issues written before `day` that came to an end and still say to whom."""
    return (
        Delivery.objects.of_force(force)
        .filter(state__in=ENDED, summary__written_at__date__lt=day)
        .exclude(address__endswith=NOWHERE)
    )


@transaction.atomic
def deliveries_forget(ids: Sequence[int], reason: str) -> Removed:
    """Take away the address and the user, also in earlier versions; state and times stay."""
    digests, before = row_digests(Delivery, ids), versions_of(Delivery, ids)
    number = Cast(F("pk"), CharField())
    Delivery.objects.filter(pk__in=ids).update(
        user=None, address=Concat(Value("removed-"), number, Value(NOWHERE))
    )
    return history_forget(digests, {Delivery: before}, reason)


DELIVERIES = RetentionClass(
    "deliveries",
    "Recipients of summaries",
    "the summary was written",
    deliveries_before,
    what_goes="Addresses and names of recipients are taken away, also from earlier versions. The summary, "
    "and that it was sent and when, stays.",
    remove=deliveries_forget,
)
