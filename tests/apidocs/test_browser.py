"""The API's pages in a browser: accessible, in a narrow window too, and linked from every page's foot."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from peelsite.accounts.permissions import Role
from tests import factories


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_the_documentation_reads_well(
    transactional_db: None, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
) -> None:
    user = factories.user_make(Role.HR, factories.force_make())
    page = new_page(width=width)
    page.goto("/api/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_role("textbox", name="Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/api/")
    axe(page)
    page.get_by_role("contentinfo").get_by_role("link", name="API documentation").click()
    page.get_by_role("main").get_by_role("link", name="Posts", exact=True).click()
    axe(page)
    page.get_by_role("link", name="Make one").click()
    assert page.get_by_role("heading", name="Make one").is_visible()
