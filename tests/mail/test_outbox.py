"""The outbox keeps each message once, whole, and shows it to those who look after mail and to nobody else."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.mail.backend import FORCE_HEADER
from peelsite.mail.models import OutboxMessage
from peelsite.mail.selectors import attachment_of, outbox_of, parts_of
from tests.factories import force_make, user_make

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 invented \x00\xff"


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "peelsite.mail.backend.OutboxBackend"


@pytest.fixture
def force():
    return force_make()


def send(
    force=None, *, message_id="<one@peelsite.invalid>", html="<h1>Hello</h1>", subject="Testshire — summary"
):
    headers = {"Message-ID": message_id} | ({FORCE_HEADER: force.slug} if force else {})
    message = EmailMultiAlternatives(
        subject, "Hello in text", "peelsite@x.invalid", ["a@x.invalid"], headers=headers
    )
    message.attach_alternative(html, "text/html")
    message.attach("OFFICIAL summary.pdf", PDF, "application/pdf")
    return message.send()


def test_keeps_each_message_once_and_whole(force):
    assert [send(force), send(force)] == [1, 0]

    kept = OutboxMessage.objects.get()
    assert (kept.force, kept.recipients, kept.subject) == (force, "a@x.invalid", "Testshire — summary")
    parts = parts_of(kept)
    assert (parts.text, parts.html) == ("Hello in text", "<h1>Hello</h1>")
    (file,) = parts.attachments
    assert (file.name, file.content_type, file.size) == ("OFFICIAL summary.pdf", "application/pdf", len(PDF))
    assert attachment_of(kept, 1) == (file, PDF)
    assert attachment_of(kept, 2) is None
    assert FORCE_HEADER.encode() not in bytes(kept.raw)


def test_a_message_without_an_id_is_given_one():
    send_mail("Set your password", "Here", "peelsite@x.invalid", ["a@x.invalid"])
    send_mail("Set your password", "Here", "peelsite@x.invalid", ["a@x.invalid"])
    assert OutboxMessage.objects.count() == 2


def test_messages_about_accounts_are_shown_only_on_ones_own_machine(force, settings):
    send()
    settings.LOCAL = True
    assert outbox_of(force).count() == 1
    settings.LOCAL = False
    assert outbox_of(force).count() == 0


def addresses(force):
    kept = OutboxMessage.objects.get()
    return [
        reverse("mail:outbox", args=[force.slug]),
        reverse("mail:message", args=[force.slug, kept.pk]),
        reverse("mail:message-html", args=[force.slug, kept.pk]),
        reverse("mail:attachment", args=[force.slug, kept.pk, 1]),
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMINISTRATOR, 200), (Role.HR, 403), (Role.CHIEF_OFFICER, 403), ("stranger", 404), (None, 302)],
)
def test_who_may_read_it(force, client, role, status):
    send(force)
    if role == "stranger":
        client.force_login(user_make(Role.ADMINISTRATOR, force_make("Elsewhere")))
    elif role:
        client.force_login(user_make(role, force))
    assert [client.get(address).status_code for address in addresses(force)] == [status] * 4


def test_another_forces_message_is_not_found(force, client):
    send(force_make("Elsewhere"))
    client.force_login(user_make(Role.ADMINISTRATOR, force))
    assert [client.get(address).status_code for address in addresses(force)] == [200, 404, 404, 404]


def test_the_html_part_can_run_and_fetch_nothing(force, client):
    send(force, html="<script>alert(1)</script><img src='http://elsewhere.invalid/x.png'>")
    client.force_login(user_make(Role.ADMINISTRATOR, force))
    answer = client.get(addresses(force)[2])
    policy = answer["Content-Security-Policy"]
    assert "sandbox;" in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy


def test_a_file_is_downloaded_under_its_name(force, client):
    send(force)
    client.force_login(user_make(Role.ADMINISTRATOR, force))
    answer = client.get(addresses(force)[3])
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="OFFICIAL summary.pdf"'
    assert client.get(addresses(force)[3].replace("/1/", "/7/")).status_code == 404


def test_hostile_subjects_are_text(force, client):
    send(force, subject="<script>alert(1)</script>")
    client.force_login(user_make(Role.ADMINISTRATOR, force))
    for address in addresses(force)[:2]:
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_page_says_where_mail_goes(force, client, settings):
    client.force_login(user_make(Role.ADMINISTRATOR, force))
    address = reverse("mail:outbox", args=[force.slug])
    assert "No mail server is set" in client.get(address).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "A mail server is set" in client.get(address).content.decode()


def test_programs_read_it_by_the_same_rule(force, client):
    send(force)
    send(force_make("Elsewhere"), message_id="<two@x.invalid>")
    client.force_login(user_make(Role.ADMINISTRATOR, force))
    (row,) = client.get("/api/v1/outbox/").json()["results"]
    assert (row["force"], row["text"], row["attachments"]) == (
        force.slug,
        "Hello in text",
        ["OFFICIAL summary.pdf"],
    )
    assert client.post("/api/v1/outbox/", {}).status_code == 405
    client.force_login(user_make(Role.HR, force))
    assert client.get("/api/v1/outbox/").status_code == 403


def test_the_menu_leads_to_it_for_those_who_may_open_it(force, client):
    link = f'href="{reverse("mail:outbox", args=[force.slug])}"'
    client.force_login(user_make(Role.ADMINISTRATOR, force))
    assert link in client.get(reverse("inspection:overview", args=[force.slug])).content.decode()
    client.force_login(user_make(Role.HR, force))
    assert link not in client.get(reverse("inspection:overview", args=[force.slug])).content.decode()
