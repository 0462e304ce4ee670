"""The suggestions in a real browser: accessible at both widths, and a move pinned without scripts."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser_steps import sign_in
from tests.workforce.boards.invented import World, world_make
from tests.workforce.boards.suggestions.invented import planned
from workforce.boards.suggestions.models import FillPlan, MoveRule
from workforce.boards.suggestions.services import plan_ahead_make, plan_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECONDS = 20


@pytest.fixture
def asked() -> World:
    world = planned(world_make())
    plan_ahead_make(board=world.board, user=world.hr, seconds=SECONDS)
    plan_make(board=world.board, user=world.hr, seconds=SECONDS)
    return world


def address(name: str, world: World, *args) -> str:
    return reverse(f"boards:{name}", args=[world.force.slug, *args])


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_accessible(
    asked, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
):
    page = new_page(width=width)
    sign_in(page, asked.hr)
    board = asked.board.pk
    for path in (
        address("suggestions", asked, board),
        address("ahead", asked, board),
        address("suggestion-settings", asked),
        address("suggestion-settings-change", asked) + f"?board={board}",
        address("suggestion-rule", asked, FillPlan.objects.first().moves.get().pk, "pin"),
        address("item", asked, asked.custody_item().pk),
    ):
        page.goto(path)
        axe(page)


def test_a_move_is_pinned_without_scripts(asked, new_page: Callable[..., Page]):
    page = new_page(javascript=False)
    sign_in(page, asked.chief)
    page.goto(address("suggestions", asked, asked.board.pk))
    page.get_by_role("link", name=re.compile(r"^Pin\s*:\s*Move within the force")).first.press("Enter")
    page.get_by_label("How many people at least").fill("2")
    page.get_by_label("Reason").fill("Agreed with the head of the control room.")
    page.get_by_role("button", name="Pin and work out again").press("Enter")
    expect(page.get_by_text("The plan is new.")).to_be_visible()
    expect(page.get_by_role("heading", name="Held fast")).to_be_visible()
    assert MoveRule.objects.get().made_by == asked.chief
