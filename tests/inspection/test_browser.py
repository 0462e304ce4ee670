"""The pages of inspection and the outbox in Chromium: accessible, and no wider than a phone."""

import pytest

from peelsite.accounts.permissions import Role
from peelsite.inspection.summaries.emails import summary_message
from peelsite.inspection.summaries.models import Delivery
from peelsite.mail.models import OutboxMessage
from peelsite.mail.selectors import parts_of
from tests.browser_steps import sign_in
from tests.factories import user_make
from tests.inspection.invented import issue_write, national_rows, small_force

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def axe_at_both_widths(page, axe):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)


def test_every_page_is_accessible(page, axe, settings):
    settings.EMAIL_BACKEND = "peelsite.mail.backend.OutboxBackend"
    force = small_force()
    national_rows(force)
    # One person with three roles, so that every form of these pages is on them.
    user = user_make(Role.CHIEF_OFFICER, force, email="chief.officer@testshire.example")
    for role in (Role.ANALYST, Role.ADMINISTRATOR):
        user.memberships.create(force=force, role=role)
    summary = issue_write(force, user)
    summary_message(summary.deliveries.get()).send()
    Delivery.objects.update(state="unconfirmed", error="The site stopped while the message was leaving.")
    sign_in(page, user)

    for path in (
        "inspection/",
        "inspection/indicators/vacancy_fte/",
        "inspection/comparison/workforce_officers_share/?on=2016-03-31",
        "inspection/summaries/",
        f"inspection/summaries/{summary.pk}/",
        "inspection/summaries/send/",
        "inspection/subscriptions/",
        "outbox/",
        f"outbox/{OutboxMessage.objects.get().pk}/",
    ):
        answer = page.goto(f"/{force.slug}/{path}")
        assert answer.status == 200, path
        axe_at_both_widths(page, axe)
    # The message's own page runs no script, axe's neither: its markup is looked at by itself.
    page.goto("about:blank")
    page.set_content(parts_of(OutboxMessage.objects.get()).html)
    axe_at_both_widths(page, axe)


def test_a_summary_is_sent_by_keyboard(page, live_site):
    force = small_force(opening_day="2016-03-31")
    user = user_make(Role.CHIEF_OFFICER, force)
    sign_in(page, user)
    page.goto(f"/{force.slug}/inspection/summaries/send/")
    page.get_by_label(user.name).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("The summary is being written").wait_for()
