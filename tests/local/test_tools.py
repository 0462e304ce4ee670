"""The tools of the tests do what other tests trust them to do."""

import smtplib
import socket
from email.message import EmailMessage

import pytest
from django.conf import settings as site_settings

from peelsite.celery import app
from tests.browser_tools import axe_violations, scrolls_sideways
from tests.services import wait_until


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "peelsite@peelsite.invalid",
        "chief@force.invalid",
        "Summary",
    )
    message.set_content("Strength £1")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="summary.pdf")
    return message


def send(server) -> None:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        client.send_message(letter())


def test_a_message_arrives_whole(smtp_server):
    send(smtp_server)
    (message,) = smtp_server.to("chief@force.invalid")
    assert message["Subject"] == "Summary"
    assert message.get_body().get_content() == "Strength £1\n"
    assert [part.get_filename() for part in message.iter_attachments()] == ["summary.pdf"]


@pytest.mark.parametrize(
    ("stage", "error"),
    [
        ("MAIL", smtplib.SMTPSenderRefused),
        ("RCPT", smtplib.SMTPRecipientsRefused),
        ("DATA", smtplib.SMTPDataError),
    ],
)
def test_a_refusal_at_a_stage_loses_the_message_and_only_that_once(smtp_server, stage, error):
    smtp_server.fail(stage)
    with pytest.raises(error):
        send(smtp_server)
    assert smtp_server.received == []
    send(smtp_server)
    assert len(smtp_server.received) == 1


def test_an_answer_never_given_leaves_the_sender_in_doubt_of_a_message_that_was_kept(smtp_server):
    smtp_server.drop("ACCEPTED")
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        send(smtp_server)
    assert len(smtp_server.received) == 1


def test_a_delay_is_longer_than_a_sender_waits(smtp_server):
    smtp_server.delay("DATA", 30)
    with (
        smtplib.SMTP("127.0.0.1", smtp_server.port, timeout=0.2) as client,
        pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"),
    ):
        client.send_message(letter())
    assert smtp_server.received == []


def test_no_test_reaches_another_machine():
    with pytest.raises(PermissionError, match="this machine only"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.worker
def test_a_worker_takes_tasks_and_a_killed_one_does_not(celery_worker_process):
    worker = celery_worker_process()
    app.send_task("peelsite.jobs.tasks.lost_jobs_requeue")
    wait_until(lambda: "succeeded" in worker.said())
    worker.kill()
    assert worker.process.returncode == -9
    app.send_task("peelsite.jobs.tasks.lost_jobs_requeue")
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue(site_settings.CELERY_TASK_DEFAULT_QUEUE)
        assert queue.qsize() == 1
        queue.close()


@pytest.mark.browser
def test_the_sign_in_page_is_accessible_at_both_widths(page, phone_page, axe):
    for window in (page, phone_page):
        window.goto("/accounts/login/")
        assert "Peelsite" in window.title()
        colour = "getComputedStyle(document.documentElement).getPropertyValue('--govuk-brand-colour')"
        assert window.evaluate(colour)  # the built style is served
        assert window.evaluate(
            "document.body.classList.contains('govuk-frontend-supported')"
        )  # so are scripts
        axe(window)


@pytest.mark.browser
def test_axe_and_the_width_check_find_what_is_wrong(page):
    page.goto("/accounts/login/")
    page.set_content("<main><h1>Posts</h1><img src='x.png'></main>")
    page.evaluate("document.querySelector('h1').style.width = '3000px'")
    assert {"image-alt", "html-has-lang", "document-title"} <= {found["id"] for found in axe_violations(page)}
    assert scrolls_sideways(page)
