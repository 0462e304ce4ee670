"""One message to each recipient: what it is when it arrives, and what is known when it does not."""

import io
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from peelsite.accounts.permissions import Role
from peelsite.inspection.summaries import services
from peelsite.inspection.summaries.models import Delivery
from peelsite.inspection.summaries.selectors import deliveries_open
from peelsite.inspection.summaries.services import delivery_attempt, delivery_resend
from peelsite.inspection.summaries.tasks import deliveries_resume
from peelsite.jobs.locks import try_lock
from peelsite.mail.deliveries import services as deliveries
from peelsite.mail.deliveries.calc import WAITS
from peelsite.mail.deliveries.models import DeliveryState
from peelsite.mail.models import OutboxMessage
from tests.factories import user_make
from tests.inspection.invented import issue_write, small_force

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def delivery() -> Delivery:
    force = small_force()
    return issue_write(force, user_make(Role.CHIEF_OFFICER, force)).deliveries.get()


@pytest.fixture
def keep_in_outbox(settings):
    settings.EMAIL_BACKEND = "peelsite.mail.backend.OutboxBackend"


def attempt(delivery: Delivery) -> Delivery:
    delivery_attempt(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    return delivery


def make_due(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(try_at=timezone.now() - timedelta(seconds=1))


def test_the_message_as_received(send_by_smtp, delivery):
    assert attempt(delivery).state == DeliveryState.SENT

    (mail,) = send_by_smtp.received
    message = mail.message
    assert mail.recipients == [delivery.address]
    assert message["Subject"] == "[OFFICIAL] Testshire: inspection summary, as at 31 March 2016"
    assert message["To"] == delivery.address
    assert message["Message-ID"] == delivery.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"].endswith("/testshire/inspection/subscriptions/>")
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]
    text = message.get_body(("plain",)).get_content()
    assert text.startswith("OFFICIAL\n\nTESTSHIRE: INSPECTION SUMMARY")
    assert "Testshire has 3.0 FTE on strength" in text
    assert "Testshire has 3.0 FTE on strength" in message.get_body(("html",)).get_content()
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "OFFICIAL testshire summary 2016-03-31.pdf"
    content = pdf.get_payload(decode=True)
    assert content == bytes(delivery.summary.pdf)
    assert "OFFICIAL" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_sent_once_however_often_it_is_tried(send_by_smtp, delivery):
    for _ in range(3):
        attempt(delivery)
    assert len(send_by_smtp.received) == 1
    assert (delivery.attempts, delivery.error) == (1, "")


@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT", "DATA", "ACCEPTED"])
def test_a_refusal_for_now_is_tried_again_under_the_same_id(send_by_smtp, delivery, stage):
    send_by_smtp.fail(stage, "451 4.3.0 Later")
    if stage == "EHLO":
        send_by_smtp.drop(stage)
    before = timezone.now()
    attempt(delivery)

    assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, 1)
    assert WAITS[0] <= delivery.try_at - before < WAITS[0] + timedelta(seconds=30)
    assert delivery.error
    if stage == "ACCEPTED":
        send_by_smtp.received.clear()  # a message answered with a failure is not accepted: no server keeps it
    assert attempt(delivery).attempts == 1, "not before its time"
    make_due(delivery)
    assert (attempt(delivery).state, delivery.error) == (DeliveryState.SENT, "")
    assert [mail.message["Message-ID"] for mail in send_by_smtp.received] == [delivery.message_id]


def test_waits_longer_each_time_and_gives_up(send_by_smtp, delivery):
    send_by_smtp.fail("RCPT", "450 4.2.1 Mailbox busy", times=99)
    waits = []
    for _ in WAITS:
        before = timezone.now()
        attempt(delivery)
        assert delivery.state == DeliveryState.WAITING
        waits.append(round((delivery.try_at - before).total_seconds() / 60))
        make_due(delivery)

    assert waits == [1, 5, 15, 60, 240]
    assert attempt(delivery).state == DeliveryState.FAILED
    assert (
        delivery.error
        == f"The mail server does not take mail for {delivery.address}: 450 4.2.1 Mailbox busy."
    )
    assert not deliveries_open(timezone.now()).exists()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "ACCEPTED"])
def test_a_refusal_for_good_is_not_tried_again(send_by_smtp, delivery, stage):
    send_by_smtp.fail(stage, "550 5.1.1 No such person")
    assert attempt(delivery).state == DeliveryState.FAILED
    assert "550 5.1.1 No such person" in delivery.error


@pytest.mark.parametrize(("stage", "arrived"), [("DATA", 0), ("ACCEPTED", 1)])
def test_what_nobody_knows_waits_for_a_person(send_by_smtp, delivery, stage, arrived):
    send_by_smtp.drop(stage)
    assert attempt(delivery).state == DeliveryState.UNCONFIRMED
    attempt(delivery)
    deliveries_resume()
    assert len(send_by_smtp.received) == arrived

    delivery_resend(delivery=delivery)
    assert attempt(delivery).state == DeliveryState.SENT
    assert {mail.message["Message-ID"] for mail in send_by_smtp.received} == {delivery.message_id}


def test_a_silent_server_leaves_doubt_only_after_the_end(send_by_smtp, delivery, settings):
    settings.EMAIL_TIMEOUT = 0.4
    send_by_smtp.delay("RCPT", 1.2)
    assert attempt(delivery).state == DeliveryState.WAITING
    make_due(delivery)
    send_by_smtp.delay("ACCEPTED", 1.2)
    assert attempt(delivery).state == DeliveryState.UNCONFIRMED


def test_only_what_failed_or_is_in_doubt_can_be_sent_again(send_by_smtp, delivery):
    with pytest.raises(ValidationError, match="Only a message that failed"):
        delivery_resend(delivery=delivery)
    attempt(delivery)
    with pytest.raises(ValidationError, match="Only a message that failed"):
        delivery_resend(delivery=delivery)
    assert len(send_by_smtp.received) == 1


def test_each_step_is_seen_before_the_next_begins(send_by_smtp, delivery, monkeypatch):
    seen = []
    real = deliveries.mark

    def mark(delivery, state, **changes):
        real(delivery, state, **changes)
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT state FROM inspection_delivery WHERE id = %s", [delivery.pk])
                seen.append((cursor.fetchone()[0], len(send_by_smtp.received)))
        finally:
            other.close()

    monkeypatch.setattr(deliveries, "mark", mark)
    attempt(delivery)
    assert seen == [("claimed", 0), ("leaving", 0), ("sent", 1)]


def test_a_message_left_by_a_lost_worker_before_it_left_is_taken_up(send_by_smtp, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.CLAIMED, attempts=1)
    assert attempt(delivery).state == DeliveryState.SENT
    assert (delivery.attempts, len(send_by_smtp.received)) == (2, 1)


def test_a_message_left_by_a_lost_worker_while_it_left_is_shown_as_in_doubt(send_by_smtp, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.LEAVING, attempts=1)
    assert attempt(delivery).state == DeliveryState.UNCONFIRMED
    assert delivery.error == "The site stopped while the message was leaving; it may or may not have arrived."
    assert send_by_smtp.received == []


def test_a_message_that_ends_each_worker_is_given_up(send_by_smtp, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.CLAIMED, attempts=6)
    assert attempt(delivery).state == DeliveryState.FAILED
    assert delivery.error == "The site stopped in the middle of each of 6 attempts."
    delivery_resend(delivery=delivery)
    assert attempt(delivery).state == DeliveryState.SENT, "a person's decision is one more attempt"


def test_a_process_that_lost_its_lock_does_not_go_on(send_by_smtp, delivery, monkeypatch):
    """Its database connection was cut, another took the message up and sent it: the first must not."""
    real = services.summary_message
    delivery_id = delivery.pk

    def slow(asked):
        monkeypatch.setattr(services, "summary_message", real)
        monkeypatch.setattr(deliveries, "try_lock", lambda space, number: True)
        delivery_attempt(delivery_id=delivery_id)
        return real(asked)

    monkeypatch.setattr(services, "summary_message", slow)
    assert attempt(delivery).state == DeliveryState.SENT
    assert (delivery.attempts, len(send_by_smtp.received)) == (2, 1)


def test_who_holds_the_lock_is_alone_with_the_message(send_by_smtp, delivery):
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [services.LOCK_SPACE, delivery.pk])
        assert attempt(delivery).state == DeliveryState.WAITING
    finally:
        other.close()
    assert try_lock is deliveries.try_lock
    assert attempt(delivery).state == DeliveryState.SENT


def test_a_message_that_cannot_be_made_fails_with_a_sentence(send_by_smtp, delivery, monkeypatch):
    def broken(asked):
        raise KeyError("content")

    monkeypatch.setattr(services, "summary_message", broken)
    assert attempt(delivery).state == DeliveryState.FAILED
    assert delivery.error == "The site could not make this message: KeyError."


def test_the_outbox_keeps_one_and_says_sent_in_one_transaction(keep_in_outbox, delivery, monkeypatch):
    class Killed(BaseException):
        pass

    real = deliveries.mark

    def mark(asked, state, **changes):
        if state == DeliveryState.SENT:
            raise Killed
        real(asked, state, **changes)

    monkeypatch.setattr(deliveries, "mark", mark)
    with pytest.raises(Killed):
        delivery_attempt(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, OutboxMessage.objects.count()) == (DeliveryState.CLAIMED, 0)

    monkeypatch.setattr(deliveries, "mark", real)
    assert attempt(delivery).state == DeliveryState.SENT
    kept = OutboxMessage.objects.get()
    assert (kept.message_id, kept.force) == (delivery.message_id, delivery.summary.force)
    attempt(delivery)
    assert OutboxMessage.objects.count() == 1


def test_beat_takes_up_what_is_due_and_nothing_else(delivery, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "peelsite.inspection.summaries.tasks.delivery_task.apply_async",
        lambda args, **options: sent.append((args, "expires" in options)),
    )
    deliveries_resume()
    assert sent == [([delivery.pk], True)]
    sent.clear()
    Delivery.objects.update(try_at=timezone.now() + timedelta(minutes=1))
    deliveries_resume()
    for state in (DeliveryState.FAILED, DeliveryState.UNCONFIRMED):
        Delivery.objects.update(
            try_at=datetime(2020, 1, 1, tzinfo=timezone.get_current_timezone()), state=state
        )
        deliveries_resume()
    assert sent == []
