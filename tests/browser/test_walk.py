"""The walk of a new user through the whole site: from HR's workbook to the chief officers' email."""

from datetime import date
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from peelsite.accounts.permissions import Role as UserRole
from tests import factories
from tests.imports import planted
from tests.services import wait_until
from workforce.people.models import Posting

pytestmark = [pytest.mark.browser, pytest.mark.worker]

OPENING = date(2016, 6, 30)


@pytest.fixture
def world(transactional_db):
    """A force with a unit, a role and a place, and nobody in it; its HR, chief officer and unit head."""
    force = factories.force_make("Walkshire", opening_day=OPENING)
    unit = factories.unit_make(force, "Response", code="RESP")
    factories.role_make(force)
    factories.location_make(force)
    factories.funding_make(force)
    users = {
        role: factories.user_make(role, force, email=f"{role.value}@walkshire.example", unit=head)
        for role, head in (
            (UserRole.HR, None),
            (UserRole.CHIEF_OFFICER, None),
            (UserRole.UNIT_HEAD, unit),
        )
    }
    return force, users


def sign_in(page: Page, user) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(user.name)


def fill_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    group.get_by_label("Day").fill(str(day.day))
    group.get_by_label("Month").fill(str(day.month))
    group.get_by_label("Year").fill(str(day.year))


def import_sheet(page: Page, axe, slug: str, target: str, path, sheet: str, faults) -> None:
    page.goto(f"/{slug}/imports/{target}/new/")
    axe(page)
    page.get_by_label("Spreadsheet").set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("button", name="Check the rows")).to_be_visible()
    expect(page.get_by_text(f"in sheet “{sheet}”")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("button", name="Confirm and load")).to_be_visible()
    page.goto(f"{page.url.split('?')[0]}?tab=refused")
    axe(page)
    said = page.get_by_role("main").inner_text()
    for fault in faults:
        assert fault.starts_with in said, fault
        assert str(fault.row) in said
    page.get_by_role("button", name="Confirm and load").click()
    expect(page.get_by_role("heading", name="Loaded")).to_be_visible()
    axe(page)


def test_from_a_workbook_to_the_chief_officers_email(
    world, new_page, axe, tmp_path, celery_worker_process, smtp_server, settings
):
    force, users = world
    slug = force.slug
    path = tmp_path / "HR extract.xlsx"
    faults = planted.planted_workbook(path, force)
    settings.MEDIA_ROOT = tmp_path / "files"
    celery_worker_process(EMAIL_URL=smtp_server.url, MEDIA_ROOT=str(tmp_path / "files"))

    # HR: the workbook goes in; its twelve faults are refused with row, column and sentence.
    hr = new_page()
    sign_in(hr, users[UserRole.HR])
    axe(hr)
    for target, sheet in (("posts", planted.POSTS_SHEET), ("people", planted.PEOPLE_SHEET)):
        import_sheet(
            hr, axe, slug, target, path, sheet, [fault for fault in faults if fault.target == target]
        )
    hr.goto(f"/{slug}/establishment/")
    expect(hr.get_by_role("main")).to_contain_text("8.0 FTE short")
    axe(hr)

    # HR: a board is set up and its pack published.
    hr.goto(f"/{slug}/boards/")
    hr.get_by_role("link", name="Set up a board").first.click()
    fill_day(hr, "First meeting", date(2016, 7, 6))
    axe(hr)
    hr.get_by_role("main").get_by_role("button").last.click()
    hr.get_by_role("link", name="6 July 2016").first.click()
    hr.get_by_role("button", name="Draw up agenda").click()
    expect(hr.get_by_role("row", name="Constable, Response officer")).to_be_visible()
    axe(hr)
    hr.get_by_role("button", name="Publish pack").click()
    axe(hr)
    hr.get_by_role("main").get_by_role("button").last.click()
    expect(hr.get_by_role("heading", level=1)).to_contain_text("Pack published")

    # Chief officer: decides that a post is filled by a transferee, and approves the minutes.
    chief = new_page()
    sign_in(chief, users[UserRole.CHIEF_OFFICER])
    chief.get_by_role("link", name="Decide and approve the board of 6 July 2016").click()
    axe(chief)
    chief.get_by_role("link", name="Constable, Response officer").first.click()
    axe(chief)
    chief.get_by_role("button", name="Fill").click()
    chief.get_by_role("checkbox").nth(0).check()
    chief.get_by_role("radio", name="Transferee from another force").check()
    fill_day(chief, "Fill by", date(2016, 9, 1))
    chief.get_by_label("Reason").fill("Response cover at weekends")
    chief.get_by_label("Owner").select_option(label=users[UserRole.UNIT_HEAD].name)
    fill_day(chief, "Due date", date(2016, 9, 1))
    fill_day(chief, "Review date", date(2016, 10, 1))
    axe(chief)
    chief.get_by_role("button", name="Decide", exact=True).click()
    expect(chief.get_by_role("main")).to_contain_text("Response cover at weekends")
    chief.goto(chief.url.split("/boards/")[0] + "/boards/")
    chief.get_by_role("link", name="6 July 2016").first.click()
    chief.get_by_role("button", name="Minutes").click()
    axe(chief)
    chief.get_by_role("button", name="Approve minutes").click()
    axe(chief)
    chief.get_by_role("button", name="Approve minutes").click()
    expect(chief.get_by_role("main")).to_contain_text("They can no longer change")

    # Unit head, on a phone: matches a person to the post.
    phone = new_page(width=320)
    sign_in(phone, users[UserRole.UNIT_HEAD])
    axe(phone)
    phone.get_by_role("link", name="Match a person to post").first.click()
    axe(phone)
    phone.get_by_role("link", name="Planted").last.click()
    axe(phone)
    phone.get_by_role("button", name="Propose this person").click()
    expect(phone.get_by_role("main")).not_to_contain_text("There is a problem")
    moved = Posting.objects.filter(during__startswith=date(2016, 9, 1), post__reference__startswith="W-2")
    assert moved.count() == 1

    # The board sees it done.
    chief.goto(f"/{slug}/boards/actions/?shown=closed")
    axe(chief)
    expect(chief.get_by_role("main")).to_contain_text("Done")

    # HR: writes and sends the summary; it is read from a real SMTP server.
    hr.goto(f"/{slug}/inspection/summaries/")
    hr.get_by_role("button", name="Write and send a summary").click()
    hr.get_by_role("checkbox", name=users[UserRole.CHIEF_OFFICER].email).check()
    axe(hr)
    hr.get_by_role("button", name="Write and send").click()
    expect(hr.get_by_role("heading", name="Where the force is short")).to_be_visible(timeout=30_000)
    axe(hr)
    (message,) = wait_until(lambda: smtp_server.to(users[UserRole.CHIEF_OFFICER].email), seconds=30)
    assert_is_the_summary(message)


def assert_is_the_summary(message: EmailMessage) -> None:
    assert message["Subject"].startswith("[OFFICIAL] Walkshire: inspection summary")
    text = message.get_body(("plain",)).get_content()
    assert "12.0 FTE on strength against an establishment of 20.0" in text
    (pdf,) = [part for part in message.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert pdf.get_payload(decode=True).startswith(b"%PDF-")
