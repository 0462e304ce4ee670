"""kill -9 of real workers while they write an issue and send its messages; beat's tasks do the rest."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from peelsite.accounts.permissions import Role
from peelsite.inspection.summaries.calc import now_issue
from peelsite.inspection.summaries.models import Delivery, Summary, SummaryState
from peelsite.inspection.summaries.services import delivery_attempt, summary_request
from peelsite.inspection.summaries.tasks import deliveries_resume
from peelsite.jobs.models import Job, JobState
from peelsite.jobs.tasks import job_task, lost_jobs_requeue
from peelsite.mail.deliveries.models import DeliveryState
from peelsite.mail.models import OutboxMessage
from tests.factories import user_make
from tests.inspection.invented import MARCH, issue_write, small_force
from tests.services import SmtpServer, Worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

RECIPIENTS = 6
StartWorker = Callable[..., Worker]


@contextmanager
def other_connection() -> Iterator[Any]:
    """A cursor in a transaction of another connection; what it locks is free again at the end."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            yield cursor
        other.rollback()
    finally:
        other.close()


def asked(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def waits_for_a_lock() -> bool:
    return asked(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )


def kill(worker: Worker) -> None:
    """kill -9, and PostgreSQL has noticed."""
    worker.kill()
    wait_until(
        lambda: (
            not asked(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = %s", database_id()
            )
        )
    )


def database_id() -> int:
    return asked("SELECT oid FROM pg_database WHERE datname = current_database()")


def states(summary: Summary) -> Counter[str]:
    return Counter(summary.deliveries.values_list("state", flat=True))


def settled(summary: Summary) -> bool:
    return not summary.deliveries.exclude(
        state__in=[DeliveryState.SENT, DeliveryState.UNCONFIRMED, DeliveryState.FAILED]
    ).exists()


def requested() -> tuple[Summary, Job]:
    force = small_force()
    chiefs = [user_make(Role.CHIEF_OFFICER, force) for _ in range(RECIPIENTS)]
    summary, job = summary_request(
        force=force,
        issue=now_issue(token="t", day=MARCH),
        as_at=MARCH,
        requested_by=chiefs[0],
        chosen=[chief.pk for chief in chiefs],
    )
    return summary, job


def test_one_issue_and_one_message_each_whatever_moment_a_worker_is_killed_at(
    smtp_server: SmtpServer, celery_worker_process: StartWorker
):
    def start() -> Worker:
        return celery_worker_process(EMAIL_URL=smtp_server.url, EMAIL_TIMEOUT="20")

    summary, job = requested()

    # While the issue is written: everything but the commit is done, the messages' rows are about to be made.
    with other_connection() as cursor:
        cursor.execute("LOCK TABLE inspection_delivery IN SHARE ROW EXCLUSIVE MODE")
        worker = start()
        job_task.delay(job.pk)
        wait_until(waits_for_a_lock)
        worker.kill()
    summary.refresh_from_db()
    assert (summary.state, summary.deliveries.count()) == (SummaryState.WRITING, 0)
    Job.objects.filter(pk=job.pk).update(queued_at=timezone.now() - timedelta(minutes=1))

    # While messages are sent, one message for each moment of the conversation.
    for stage in ("EHLO", "RCPT", "DATA", "ACCEPTED"):
        smtp_server.delay(stage, 60)
        worker = start()
        lost_jobs_requeue()
        deliveries_resume()
        wait_until(lambda stage=stage: smtp_server.reached(stage))
        kill(worker)

    # Two workers at once on what is left, each message queued twice.
    workers = [start(), start()]
    deliveries_resume()
    deliveries_resume()
    wait_until(lambda: settled(summary))
    for worker in workers:
        kill(worker)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert Summary.objects.count() == 1
    assert states(summary) == {DeliveryState.SENT: RECIPIENTS - 2, DeliveryState.UNCONFIRMED: 2}
    for delivery in summary.deliveries.all():
        messages = smtp_server.to(delivery.address)
        assert len(messages) <= 1
        if delivery.state == DeliveryState.SENT:
            assert [message["Message-ID"] for message in messages] == [delivery.message_id]
        else:
            assert "may or may not have arrived" in delivery.error
    # Killed while the server held the whole message: not kept once, kept once. Nobody but the server knows.
    assert len(smtp_server.received) == RECIPIENTS - 1


def test_the_outbox_has_one_message_each_whatever_moment_a_worker_is_killed_at(
    celery_worker_process: StartWorker,
):
    summary, job = requested()

    # Before the message is kept.
    with other_connection() as cursor:
        cursor.execute("LOCK TABLE mail_outboxmessage IN SHARE ROW EXCLUSIVE MODE")
        worker = celery_worker_process(EMAIL_URL="")
        job_task.delay(job.pk)
        wait_until(waits_for_a_lock)
        worker.kill()
    wait_until(lambda: states(summary)[DeliveryState.CLAIMED] == 1)

    # After it is kept and before it is marked as sent.
    with other_connection() as marking:
        with other_connection() as keeping:
            keeping.execute("LOCK TABLE mail_outboxmessage IN SHARE ROW EXCLUSIVE MODE")
            worker = celery_worker_process(EMAIL_URL="")
            deliveries_resume()
            wait_until(waits_for_a_lock)
            claimed = summary.deliveries.filter(state=DeliveryState.CLAIMED).values_list("pk", flat=True)
            marking.execute(
                "SELECT 1 FROM inspection_delivery WHERE id = ANY(%s) FOR UPDATE", [list(claimed)]
            )
        wait_until(
            lambda: asked("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
        )
        worker.kill()
    wait_until(lambda: OutboxMessage.objects.count() == states(summary)[DeliveryState.SENT])

    worker = celery_worker_process(EMAIL_URL="")
    deliveries_resume()
    wait_until(lambda: settled(summary))
    kill(worker)

    assert states(summary) == {DeliveryState.SENT: RECIPIENTS}
    kept = Counter(OutboxMessage.objects.values_list("recipients", flat=True))
    assert kept == Counter(summary.deliveries.values_list("address", flat=True))


def test_many_processes_on_the_same_messages_send_each_once(send_by_smtp: SmtpServer):
    summary, _ = requested()
    issue_write(summary.force, summary.requested_by, token="t")
    numbers = list(Delivery.objects.values_list("pk", flat=True))
    assert len(numbers) == RECIPIENTS
    ready = threading.Barrier(4)

    def run():
        try:
            ready.wait(20)
            for number in numbers:
                delivery_attempt(delivery_id=number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert Counter(mail.recipients[0] for mail in send_by_smtp.received) == Counter(
        summary.deliveries.values_list("address", flat=True)
    )
    assert states(summary) == {DeliveryState.SENT: RECIPIENTS}
    assert set(summary.deliveries.values_list("attempts", flat=True)) == {1}
