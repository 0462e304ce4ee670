"""What the rules of retention and a subject access export ask of the outbox."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Model, Q, QuerySet

from peelsite.accounts.models import User
from peelsite.audit.retention.registry import RetentionClass
from peelsite.audit.subject_access.registry import Found
from peelsite.forces.models import Force
from peelsite.mail.models import OutboxMessage


def messages_kept_before(force: Force, day: date) -> QuerySet[OutboxMessage]:
    """Messages of the force that the outbox took in before `day`."""
    return OutboxMessage.objects.of_force(force).filter(kept_at__date__lt=day)


def messages_to(person: Model, users: Sequence[User]) -> Found:
    """Messages to the person's own addresses: when, and about what."""
    wanted = Q(pk__in=[])
    for user in users:
        wanted |= Q(recipients__iexact=user.email)
    found = OutboxMessage.objects.filter(wanted).filter(Q(force=person.force_id) | Q(force__isnull=True))
    return Found(OutboxMessage, found.order_by("pk"), ("kept_at", "recipients", "subject"))


OUTBOX = RetentionClass(
    "outbox",
    "Messages in the outbox",
    "they were kept",
    messages_kept_before,
    what_goes="The messages are deleted whole, with their addresses and attachments.",
)
