"""An auditor reads one post's whole life, and HR says why before a person's is shown."""

from collections.abc import Callable

import pghistory
import pytest
from playwright.sync_api import Page

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role
from peelsite.audit.retention.services import retention_rules_load
from tests import factories
from tests.browser_steps import picture
from tests.workforce.boards.invented import World, world_make


def sign_in(page: Page, user: User, url: str) -> None:
    page.goto(url)
    page.get_by_label("Email").fill(user.email)
    page.get_by_role("textbox", name="Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{url}")


@pytest.fixture
def lived(transactional_db: None) -> World:
    """Post B-1 was moved for a reason; a board decided to fill it."""
    with pghistory.context(command="import_posts", file="establishment.csv"):
        world = world_make("Testshire")
    world.publish()
    retention_rules_load(force=world.force)
    with pghistory.context(user=world.chief.pk, url="/testshire/boards/items/1/decide/fill/"):
        world.decide("B-1")
    with pghistory.context(user=world.hr.pk, reason="The budget book says Stevenage"):
        post = world.posts["B-1"]
        post.location = factories.location_make(world.force, "Stevenage")
        post.save()
    return world


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_an_auditor_reads_one_posts_whole_life(
    lived: World, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
) -> None:
    auditor = factories.user_make(Role.INSPECTION_READER, lived.force)
    post = lived.posts["B-1"]
    page = new_page(width=width)
    sign_in(page, auditor, f"/testshire/establishment/posts/{post.pk}/")
    page.get_by_role("link", name="The whole life of this post").click()
    main = page.get_by_role("main")
    assert page.get_by_role("heading", level=1).inner_text() == "The whole life of post B-1"
    for told in (
        "By Command import_posts",
        "Location: Watchford",
        "Reason: The budget book says Stevenage",
        "At: Establishment board, 4 April 2016",
        f"By {lived.chief}",
        "Post to fill added",
    ):
        assert told.casefold() in main.inner_text().casefold(), told
    axe(page)
    picture(page, f"life-{width}")
    page.goto("/testshire/history/")
    axe(page)
    picture(page, f"changes-{width}")
    page.get_by_role("link", name="looked at sensitive records").click()
    axe(page)
    page.goto("/testshire/history/retention/")
    axe(page)
    picture(page, f"retention-{width}")
    page.goto(f"/testshire/history/workforce.post/{post.pk}/")
    axe(page)
    picture(page, f"record-{width}")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_who_reads_a_persons_life_says_why(
    lived: World, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
) -> None:
    person = lived.people["C-1"]
    page = new_page(width=width)
    sign_in(page, lived.hr, f"/testshire/people/{person.pk}/")
    page.get_by_role("link", name="Everything that was changed about this person").click()
    page.get_by_role("button", name="Continue").click()
    assert "Say why you need to see this" in page.get_by_role("main").inner_text()
    axe(page)
    picture(page, f"why-{width}")
    page.get_by_label("Why do you need to see this?").fill("Grievance of 4 May 2016")
    page.get_by_role("button", name="Continue").click()
    assert "Posting added" in page.get_by_role("main").inner_text()
    axe(page)
    picture(page, f"person-{width}")
    page.goto("/testshire/history/sensitive-reads/")
    assert "Grievance of 4 May 2016" in page.get_by_role("main").inner_text()
    axe(page)
    picture(page, f"reads-{width}")
