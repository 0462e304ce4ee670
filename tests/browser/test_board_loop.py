"""From the pack over a decision and its match to the board that shows it done, in a real Chromium."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from peelsite.accounts.permissions import Role
from tests import factories
from tests.browser_steps import day_fill, picture, sign_in
from tests.workforce.boards.invented import PACK, World, world_make
from tests.workforce.boards.test_effects import nobody_promoted
from workforce.boards.agenda.services import agenda_draw_up
from workforce.boards.decisions.models import Decision
from workforce.boards.minutes.services import minutes_approve
from workforce.boards.pack.services import board_publish
from workforce.people.models import Posting
from workforce.projection.services.runs import run_make, run_request

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LATER = date(2016, 6, 4)


@pytest.fixture
def world(transactional_db: None) -> World:
    """Custody is short of three sergeants, Response has one to spare, and the pack is published."""
    world = world_make()
    role, place = world.posts["B-1"].role, world.posts["B-1"].location
    post = factories.post_make(
        world.force, "R-1", rank="SGT", unit=world.response, role=role, location=place, fte=2
    )
    for name in ("Spare", "Staying"):
        factories.posting_make(factories.person_make(world.force, family_name=name), post)
    world.others["giver"] = factories.user_make(Role.UNIT_HEAD, world.force, unit=world.response)
    nobody_promoted(world.force)
    run, _ = run_request(force=world.force, as_at=PACK, draws=100)
    run_make(run_id=run.pk)
    world.publish()
    return world


def _decide(page: Page, world: World, axe: Callable[[Page], None], width: int) -> None:
    """The chief officer opens the pack, sees the effect and decides."""
    sign_in(page, world.chief)
    page.goto(f"/{world.force.slug}/boards/{world.board.pk}/")
    page.get_by_role("link", name="Sergeant, Custody sergeant, Watchford, Custody").first.click()
    expect(page.get_by_text("Projected gap").first).to_be_visible()
    axe(page)
    picture(page, f"loop-item-{width}")
    page.get_by_role("button", name="Fill").click()
    page.get_by_label("B-1 (1.0 FTE").check()
    page.get_by_label("Move within the force").check()
    giver = "Sergeant, Custody sergeant, Watchford, Response"
    page.get_by_label("Taken from").select_option(label=f"{giver}: 2.0 in post, at establishment")
    day_fill(page, "Fill by", "1", "5", "2016")
    page.get_by_label("Reason").fill("Custody cannot run three teams.")
    day_fill(page, "Due date", "1", "5", "2016")
    day_fill(page, "Review date", "1", "6", "2016")
    axe(page)
    page.get_by_role("button", name="See the effect").click()
    effect = page.get_by_role("region", name="Effect on the projection")
    expect(effect).to_contain_text("Sergeant, Custody sergeant, Watchford, Custody is projected to be")
    expect(effect.get_by_role("heading", name="What it leaves behind")).to_be_visible()
    expect(effect).to_contain_text(f"{giver} is projected to be")
    expect(effect.get_by_role("table", name="Gap projected for")).to_be_visible()
    axe(page)
    picture(page, f"loop-effect-{width}")
    assert not Decision.objects.exists()
    # What was typed is still there, and goes on.
    expect(page.get_by_label("Reason")).to_have_value("Custody cannot run three teams.")
    expect(page.get_by_role("group", name="Review date").get_by_label("Month")).to_have_value("6")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Decided: Fill post B-1 (1.0 FTE) by a move within the force")).to_be_visible()


def _match(page: Page, asked: Page, world: World, axe: Callable[[Page], None]) -> None:
    """The unit head proposes a person, and the head of the person's present unit agrees."""
    sign_in(page, world.head)
    page.goto(f"/{world.force.slug}/boards/to-fill/")
    page.get_by_role("link", name="B-1").first.click()
    page.get_by_role("link", name="Propose Alex Spare").click()
    day_fill(page, "First day in the post", "1", "5", "2016")
    axe(page)
    page.get_by_role("button", name="Propose this person").click()
    expect(page.get_by_text("is asked whether")).to_be_visible()
    sign_in(asked, world.others["giver"])
    asked.goto(f"/{world.force.slug}/boards/to-fill/")
    asked.get_by_role("link", name="Answer: Alex Spare").click()
    asked.get_by_label("Agree", exact=True).check()
    axe(asked)
    asked.get_by_role("button", name="Send the answer").click()
    expect(asked.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_gap_goes_from_the_pack_to_done_at_the_next_board(
    new_page: Callable[..., Page], axe: Callable[[Page], None], world: World, width: int
) -> None:
    chief = new_page(width=width)
    _decide(chief, world, axe, width)
    minutes_approve(board=world.board, user=world.chief)
    _match(new_page(width=width), new_page(width=width), world, axe)
    posting: Any = Posting.objects.get(post=world.posts["B-1"])
    assert posting.during.lower == date(2016, 5, 1)

    # The next board: its pack shows the decision of last time as done.
    world.force.opening_day = LATER
    world.force.save()
    later = world.series.boards.get(held_on=LATER)
    agenda_draw_up(board=later)
    board_publish(board=later, user=world.hr)
    chief.goto(f"/{world.force.slug}/boards/{later.pk}/")
    expect(chief.get_by_text("1 done", exact=True)).to_be_visible()
    chief.get_by_role("link", name="Decisions over boards").click()
    row = chief.get_by_role("row", name="Fill post B-1")
    expect(row).to_contain_text("Done")
    axe(chief)
    picture(chief, f"loop-decisions-{width}")
    row.get_by_role("link").first.click()
    expect(chief.get_by_text("Every post is matched to a person.").first).to_be_visible()
    axe(chief)
    picture(chief, f"loop-followed-{width}")
