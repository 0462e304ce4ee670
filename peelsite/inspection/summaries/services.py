"""Writing an issue once, and sending each message at most once.

An issue is written in one transaction with the rows of its messages, which are then handed over one by one
(`peelsite.mail.deliveries`).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from peelsite.charts.services import chart_svg
from peelsite.documents.services import pdf_bytes
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.inspection.summaries.calc import IssueDue
from peelsite.inspection.summaries.emails import summary_message
from peelsite.inspection.summaries.exports import summary_charts, summary_document
from peelsite.inspection.summaries.models import (
    SUBSCRIBED,
    Delivery,
    Subscription,
    Summary,
    SummaryState,
)
from peelsite.inspection.summaries.reports import summary_content
from peelsite.inspection.summaries.selectors import (
    WRITE_JOB,
    may_receive,
    previous_summary,
    recipients_of,
)
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from peelsite.mail.deliveries import services as deliveries
from peelsite.web.editing.records import Overtaken, Seen, locked

LOCK_SPACE = 7002
MOST_READINGS = 5


@transaction.atomic
def summary_request(
    *, force: Force, issue: IssueDue, as_at: date, requested_by=None, chosen: list[int] | None = None
) -> tuple[Summary, Job | None]:
    """Begin an issue, once: (issue, the job that writes it), with no job when it was begun before.

    The caller enqueues the job after commit. Raises ValidationError when a person asks for a day that has not
    come, or names nobody, or somebody who may not read the summaries.
    """
    if requested_by is not None and as_at > max(timezone.localdate(), opening_day(force)):
        raise ValidationError(f"{as_at:%-d %B %Y} has not come yet: choose a day up to today.")
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
    if requested_by is not None:
        _recipients_check(summary)
    return summary, job_queue(
        kind=WRITE_JOB, subject_id=summary.pk, force=force, requested_by=requested_by, total=3
    )


def _recipients_check(summary: Summary) -> None:
    if not summary.chosen:
        raise ValidationError("Choose at least one person to send the summary to.")
    if recipients_of(summary).count() != len(set(summary.chosen)):
        raise ValidationError(f"Choose only people whose role in {summary.force} lets them read summaries.")


@transaction.atomic
def summary_retry(*, summary: Summary, requested_by) -> Job:
    """Queue again the writing of an issue that failed; the caller enqueues the job after commit."""
    if Summary.objects.filter(pk=summary.pk).written().exists():
        raise Overtaken("This summary is already written.")
    return job_queue(
        kind=WRITE_JOB, subject_id=summary.pk, force=summary.force, requested_by=requested_by, total=3
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
    content = _settled(
        lambda: summary_content(
            summary.force,
            title=summary.title,
            as_at=summary.as_at,
            first_day=summary.first_day,
            last_day=summary.last_day,
            previous=previous.content if previous else None,
        )
    )
    svgs = {name: chart_svg(chart=chart) for name, chart in summary_charts(content).items()}
    summary.content = content
    summary.pdf = pdf_bytes(summary_document(content, svgs))
    summary.digest = content_digest(content)
    summary.written_at = timezone.now()
    summary.state = SummaryState.WRITTEN
    summary.save()
    _messages_make(summary)
    return summary


def _settled(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The content once two readings agree: an import that is loaded between two queries is not half in.

    It comes back as PostgreSQL keeps it, so that what is typeset now is what can be read later.
    """
    content = read()
    for _ in range(MOST_READINGS):
        again = read()
        if again == content:
            return _as_kept(content)
        content = again
    raise ValidationError(
        "The records kept changing while the summary was computed. Write it again when the import has ended."
    )


def _as_kept(content: dict[str, Any]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(content)])
        return json.loads(cursor.fetchone()[0])


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
    deliveries.attempt(
        deliveries=Delivery.objects.select_related("summary__force"),
        delivery_id=delivery_id,
        message=summary_message,
        lock_space=LOCK_SPACE,
    )


def delivery_resend(*, delivery: Delivery) -> None:
    """A person decides that a failed or unconfirmed message is sent again, under the same message id."""
    deliveries.resend(delivery=delivery)


@transaction.atomic
def subscriptions_choose(
    *, force: Force, user, cadences: Sequence[str], starts_on: date, seen: Seen | None = None
) -> None:
    """Switch on the subscriptions of one person that are named, and off the others.

    The person's row is locked, so that two windows are taken in turn; EditConflict when they are no longer
    what was `seen`.
    """
    user = locked(user, seen)
    for cadence in SUBSCRIBED:
        subscription_set(
            force=force, user=user, cadence=cadence, is_active=cadence in cadences, starts_on=starts_on
        )


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
