"""Writing an issue once, and sending each message at most once.

An issue is written in one transaction with the rows of its messages. Each message is then taken under a lock
that PostgreSQL frees if the process dies, and each step is committed on its own before the next begins:

    waiting -> claimed -> leaving -> sent

A process that dies before `leaving` has sent nothing, and the message is taken up again. One that dies after
it may have sent it: with the site's own outbox that can be looked up, with a mail server it cannot, and the
message is shown as not confirmed until a person decides. The site errs on the side of not sending twice.
"""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from peelsite.charts.services import chart_svg
from peelsite.documents.services import pdf_bytes
from peelsite.forces.models import Force
from peelsite.inspection.summaries.calc import IssueDue
from peelsite.inspection.summaries.emails import summary_message
from peelsite.inspection.summaries.exports import summary_charts, summary_document
from peelsite.inspection.summaries.models import (
    Delivery,
    DeliveryState,
    Subscription,
    Summary,
    SummaryState,
)
from peelsite.inspection.summaries.reports import summary_content
from peelsite.inspection.summaries.selectors import OPEN, may_receive, previous_summary, recipients_of
from peelsite.jobs.locks import beside, try_lock
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from peelsite.mail.models import OutboxMessage
from peelsite.mail.services import NotSent, Unconfirmed, message_hand_over

WRITE_JOB = "summary.write"
LOCK_SPACE = 7002
# After the last wait the message has failed for good, and a person decides.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))


@transaction.atomic
def summary_request(
    *, force: Force, issue: IssueDue, as_at: date, requested_by=None, chosen: list[int] | None = None
) -> tuple[Summary, Job | None]:
    """Begin an issue, once: (issue, the job that writes it), with no job when it was begun before.

    The caller enqueues the job after commit. Raises ValidationError when nobody would receive it.
    """
    summary, created = Summary.objects.light().get_or_create(
        force=force,
        key=issue.key,
        defaults={
            "cadence": issue.cadence,
            "title": issue.title,
            "first_day": issue.first_day,
            "last_day": issue.last_day,
            "as_at": as_at,
            "requested_by": requested_by,
            "chosen": chosen or [],
        },
    )
    if not created:
        return summary, None
    if requested_by is not None and not recipients_of(summary).exists():
        raise ValidationError("Choose at least one person to send the summary to.")
    return summary, job_queue(
        kind=WRITE_JOB, subject_id=summary.pk, force=force, requested_by=requested_by, total=3
    )


@transaction.atomic
def summary_write(*, summary_id: int) -> Summary:
    """Compute, freeze and typeset an issue and make its messages. A written issue is returned as it is."""
    summary = Summary.objects.select_for_update(of=("self",)).select_related("force").get(pk=summary_id)
    if summary.state == SummaryState.WRITTEN:
        return summary
    previous = previous_summary(
        summary.force, cadence=summary.cadence, before=summary.as_at, not_this=summary.pk
    )
    content = summary_content(
        summary.force,
        title=summary.title,
        as_at=summary.as_at,
        first_day=summary.first_day,
        last_day=summary.last_day,
        previous=previous.content if previous else None,
    )
    # What is shown from now on is what can be read back from the database, nothing else.
    content = json.loads(json.dumps(content))
    svgs = {name: chart_svg(chart=chart) for name, chart in summary_charts(content).items()}
    summary.content = content
    summary.pdf = pdf_bytes(summary_document(content, svgs))
    summary.digest = content_digest(content)
    summary.written_at = timezone.now()
    summary.state = SummaryState.WRITTEN
    summary.save()
    _messages_make(summary)
    return summary


def content_digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content in canonical form: whoever holds the issue can check it."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _messages_make(summary: Summary) -> None:
    Delivery.objects.bulk_create(
        [
            Delivery(
                summary=summary,
                user=user,
                address=user.email,
                message_id=f"<summary-{summary.pk}-{user.pk}-{summary.digest[:12]}@{_domain()}>",
                try_at=summary.written_at,
            )
            for user in recipients_of(summary)
        ]
    )


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")


def delivery_attempt(*, delivery_id: int) -> None:
    """Hand one message over, unless it is being handed over elsewhere or has come to its end."""
    with transaction.atomic():
        if not try_lock(LOCK_SPACE, delivery_id):
            return
        delivery = Delivery.objects.select_related("summary__force", "user").get(pk=delivery_id)
        if delivery.state == DeliveryState.LEAVING:
            _settle(delivery)
        elif delivery.state in OPEN and delivery.try_at <= timezone.now():
            _hand_over(delivery)


def _settle(delivery: Delivery) -> None:
    """A process was lost while the message left. In the outbox it can be looked up; on a wire it cannot."""
    if settings.EMAIL_URL:
        _mark(
            delivery,
            state=DeliveryState.UNCONFIRMED,
            error="The site stopped while the message was leaving; it may or may not have arrived.",
        )
    elif OutboxMessage.objects.filter(message_id=delivery.message_id).exists():
        _mark(delivery, state=DeliveryState.SENT, sent_at=timezone.now())
    else:
        _mark(delivery, state=DeliveryState.WAITING)
        _hand_over(delivery)


def _hand_over(delivery: Delivery) -> None:
    attempts = delivery.attempts + 1
    _mark(delivery, state=DeliveryState.CLAIMED, attempts=attempts)
    try:
        message_hand_over(
            message=summary_message(delivery),
            before_data=lambda: _mark(delivery, state=DeliveryState.LEAVING),
        )
    except NotSent as refused:
        if refused.is_final or attempts > len(WAITS):
            _mark(delivery, state=DeliveryState.FAILED, error=str(refused)[:400])
        else:
            _mark(
                delivery,
                state=DeliveryState.WAITING,
                error=str(refused)[:400],
                try_at=timezone.now() + WAITS[attempts - 1],
            )
    except Unconfirmed as unknown:
        _mark(delivery, state=DeliveryState.UNCONFIRMED, error=str(unknown)[:400])
    else:
        _mark(delivery, state=DeliveryState.SENT, error="", sent_at=timezone.now())


def _mark(delivery: Delivery, **changes: Any) -> None:
    """Commit a step at once, on a connection of its own: the transaction here only holds the lock."""
    assignments = ", ".join(f"{column} = %s" for column in changes)
    with beside() as cursor:
        cursor.execute(
            f"UPDATE inspection_delivery SET {assignments} WHERE id = %s",  # noqa: S608 - our column names
            [*changes.values(), delivery.pk],
        )


@transaction.atomic
def delivery_resend(*, delivery: Delivery) -> None:
    """A person decides that a failed or unconfirmed message is sent again, under the same message id."""
    again = Delivery.objects.filter(
        pk=delivery.pk, state__in=[DeliveryState.FAILED, DeliveryState.UNCONFIRMED]
    ).update(state=DeliveryState.WAITING, attempts=0, error="", try_at=timezone.now())
    if not again:
        raise ValidationError("Only a message that failed or is not confirmed can be sent again.")


@transaction.atomic
def subscription_set(
    *, force: Force, user, cadence: str, is_active: bool, starts_on: date
) -> Subscription | None:
    """Switch one person's subscription on or off. Off for one that never was makes no row."""
    if is_active and not may_receive(force).filter(pk=user.pk).exists():
        raise ValidationError(f"{user} has no role in {force} that may read summaries.")
    if not is_active:
        Subscription.objects.filter(force=force, user=user, cadence=cadence).update(is_active=False)
        return Subscription.objects.filter(force=force, user=user, cadence=cadence).first()
    subscription, created = Subscription.objects.get_or_create(
        force=force, user=user, cadence=cadence, defaults={"starts_on": starts_on}
    )
    if not created and not subscription.is_active:
        subscription.is_active, subscription.starts_on = True, starts_on
        subscription.save(update_fields=["is_active", "starts_on"])
    return subscription
