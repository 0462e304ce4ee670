"""Two people at one post in a real Chromium: the second is shown what changed, and merges."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from peelsite.accounts.permissions import Role
from peelsite.forces.models import Force
from tests import factories
from tests.browser_steps import day_fill, picture, sign_in
from workforce.establishment.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def force(transactional_db: None) -> Force:
    force = factories.force_make()
    factories.funding_make(force)
    factories.funding_make(force, "Grant of the two rivers")
    return force


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, True), (1280, False)])
def test_the_second_editor_is_shown_what_changed_and_merges(
    new_page: Callable[..., Page],
    axe: Callable[[Page], None],
    force: Force,
    width: int,
    javascript: bool,
) -> None:
    post = factories.post_make(force, "B-1")
    first, second = (factories.user_make(Role.HR, force) for _ in range(2))
    address = f"/{force.slug}/establishment/posts/{post.pk}/correct/"
    one, two = new_page(), new_page(width=width, javascript=javascript)
    for page, user in ((one, first), (two, second)):
        sign_in(page, user)
        page.goto(address)
        page.get_by_label("Why is this changed?").fill("As the finance system has it.")

    one.get_by_label("Post reference").fill("B-100")
    one.get_by_label("Funding").select_option(label="Grant of the two rivers")
    day_fill(one, "Last day", "31", "3", "2017")
    one.get_by_role("button", name="Save").click()
    expect(one.get_by_role("heading", name="Post B-100")).to_be_visible()

    two.get_by_label("Post reference").fill("B-200")
    day_fill(two, "First day", "1", "5", "2010")
    two.get_by_role("button", name="Save").click()
    summary = two.get_by_role("alert")
    expect(summary).to_contain_text(f"{first} changed this record at")
    expect(summary).to_contain_text("nothing of yours is saved")
    table = two.get_by_role("table", name="What changed while you had this page open")
    expect(table.get_by_role("row", name="Post reference")).to_contain_text("B-200")
    expect(table.get_by_role("row", name="Funding")).to_contain_text("Grant of the two rivers")
    expect(table.get_by_role("row", name="Last day")).to_contain_text("31 March 2017")
    # What was typed stands; what only the other changed is taken over.
    expect(two.get_by_label("Post reference")).to_have_value("B-200")
    expect(two.get_by_role("group", name="First day").get_by_label("Month")).to_have_value("5")
    expect(two.get_by_role("group", name="Last day").get_by_label("Year")).to_have_value("2017")
    if javascript:
        axe(two)
    picture(two, f"two-editors-{width}{'' if javascript else '-plain'}")

    two.get_by_role("button", name="Save").click()
    expect(two.get_by_role("alert")).to_contain_text("Post reference: choose whose to keep")
    # By keyboard: the link of the summary leads to the choice, the arrow keys choose.
    if javascript:
        two.get_by_role("link", name="Post reference: choose whose to keep").focus()
        two.keyboard.press("Enter")
        two.keyboard.press("Space")
        two.keyboard.press("ArrowDown")
    else:
        two.get_by_label("Mine, as it stands in the form above").check()
    two.get_by_role("button", name="Save").click()
    expect(two.get_by_role("heading", name="Post B-200")).to_be_visible()
    post = Post.objects.select_related("funding").get(pk=post.pk)
    assert (post.reference, post.funding.name) == ("B-200", "Grant of the two rivers")
    assert (post.during.lower.isoformat(), post.during.upper.isoformat()) == ("2010-05-01", "2017-04-01")
