"""Every component in a real browser: accessible at both widths, by keyboard, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_every_component_is_accessible_at_rest_and_in_error(
    new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
):
    page = new_page(width=width)
    page.goto("/components/?sort=-fte&page=2")
    axe(page)
    page.get_by_text("Figures of this chart").click()
    axe(page)
    page.get_by_role("textbox", name="Day").fill("31")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title("Error: Components - Peelsite")
    axe(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_the_frame_are_accessible(
    new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
):
    page = new_page(width=width)
    for address in ("/accounts/login/", "/accounts/password/reset/", "/accessibility/", "/no/page/"):
        page.goto(address)
        axe(page)


def test_error_summary_takes_the_focus_and_leads_to_the_box(page: Page):
    page.goto("/components/")
    page.get_by_role("textbox", name="Day").fill("31")
    page.get_by_role("textbox", name="Month").fill("March")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Start date must include a year").click()
    expect(page.get_by_role("textbox", name="Year")).to_be_focused()


def test_list_sorts_filters_and_turns_pages_without_scripts(new_page: Callable[..., Page]):
    page = new_page(javascript=False)
    page.goto("/components/")
    page.get_by_role("link", name="Post", exact=True).click()
    page.get_by_label("Role").first.select_option("Custody")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("48 posts")).to_be_visible()
    page.get_by_role("link", name="Clear").click()
    page.get_by_role("link", name="Page 5").click()
    expect(page.get_by_role("rowheader", name="POST-0240")).to_be_visible()


def test_wide_table_scrolls_in_its_box_by_keyboard(phone_page: Page):
    phone_page.goto("/components/")
    box = phone_page.get_by_role("region", name="Sample posts, scrolls sideways if it is wide")
    box.focus()
    phone_page.keyboard.press("ArrowRight")
    phone_page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())


def test_download_of_a_list_is_the_list(page: Page):
    page.goto("/components/?location=Southmere")
    with page.expect_download() as download:
        page.get_by_role("link", name="text (csv)").click()
    assert download.value.suggested_filename.startswith("OFFICIAL-sample-posts-")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 61
    assert all("Southmere" in line for line in lines[1:])
