"""Journey 3 on a phone: from the task on the start page to the posting, every page of it accessible."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser_steps import sign_in
from tests.workforce.boards.invented import FILL_BY
from tests.workforce.boards.matching.conftest import asked_make
from tests.workforce.boards.matching.test_moves import answer, propose
from workforce.boards.matching.models import MoveProposal
from workforce.people.models import Posting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 320


@pytest.fixture
def asked():
    return asked_make()


def test_a_post_is_filled_from_a_phone(asked, new_page: Callable[..., Page], axe: Callable[[Page], None]):
    world = asked.world
    page = new_page(width=PHONE)
    sign_in(page, world.head)
    page.get_by_role("link", name="Match a person to post B-1").click()
    expect(page.get_by_text("4 people could take it from 1 May 2016")).to_be_visible()
    expect(page.get_by_text("Leaves constables, Response officer, Response").first).to_be_visible()
    axe(page)
    person = world.people["C-1"]
    page.get_by_role("link", name=f"Propose {person}").click()
    expect(page.get_by_text("could only act")).to_be_visible()
    axe(page)
    page.get_by_role("radio", name="Substantive").check()
    page.get_by_label("Note").fill("A year in custody already.")
    page.get_by_role("button", name="Propose this person").click()
    expect(page.get_by_text("The head of Response is asked whether")).to_be_visible()
    axe(page)

    other = new_page(width=PHONE)
    sign_in(other, asked.other_head)
    other.get_by_role("link", name=f"Answer: may {person} go to Custody?").click()
    expect(other.get_by_text("A year in custody already.")).to_be_visible()
    axe(other)
    other.get_by_role("radio", name="Agree", exact=True).check()
    other.get_by_role("button", name="Send the answer").click()
    expect(other.get_by_text("takes post B-1 on 1 May 2016")).to_be_visible()
    posting = Posting.objects.get(post=world.posts["B-1"])
    assert (posting.person, posting.during.lower) == (person, FILL_BY)

    page.goto(reverse("boards:to-fill", args=[world.force.slug]))
    expect(page.get_by_text(f"Post B-1: {person}, matched by")).to_be_visible()
    axe(page)


def test_a_chain_is_carried_out_from_a_phone_without_scripts(asked, new_page: Callable[..., Page]):
    world = asked.world
    propose(asked, "B-4", in_chain=True)
    first = MoveProposal.objects.get()
    page = new_page(width=PHONE, javascript=False)
    sign_in(page, world.head)
    page.goto(reverse("boards:chain", args=[world.force.slug, first.chain_id]))
    page.get_by_role("button", name="Fill post B-4 too").click()
    page.get_by_role("link", name=f"Propose {world.people['C-1']}").click()
    page.get_by_role("radio", name="Substantive").check()
    page.get_by_role("button", name="Propose this person").click()
    expect(page.get_by_text("It can be carried out once every move is agreed.")).to_be_visible()
    answer(asked, MoveProposal.objects.get(place=2))
    page.reload()
    expect(page.get_by_text("Checked as one")).to_be_visible()
    page.get_by_role("button", name="Carry out all of it").click()
    page.get_by_role("button", name="Carry out all of it").click()
    expect(page.get_by_text("Every move of the chain is done.")).to_be_visible()
    assert Posting.objects.filter(during__startswith=FILL_BY).count() == 2


@pytest.mark.parametrize("width", [1280, PHONE])
def test_the_other_pages_are_accessible(
    asked, new_page: Callable[..., Page], axe: Callable[[Page], None], width: int
):
    world = asked.world
    factories.location_make(world.force, "Hatfield", latitude="51.7630", longitude="-0.2260")
    move = propose(asked, in_chain=True)
    page = new_page(width=width)
    sign_in(page, world.head)
    for name, rest in (
        ("boards:to-fill-together", []),
        ("boards:moves", []),
        ("boards:move-follow", [move.pk]),
        ("boards:chain", [move.chain_id]),
        ("boards:minimums", []),
        ("boards:minimum-add", []),
        ("travel:times", []),
    ):
        page.goto(reverse(name, args=[world.force.slug, *rest]))
        axe(page)
    hr = new_page(width=width)
    sign_in(hr, world.hr)
    person = world.people["C-1"].pk
    for name, rest in (
        ("boards:move-answer", [move.asked.get().pk]),
        ("boards:standing", [person]),
        ("boards:preference", [person]),
        ("boards:flexible-add", [person]),
        ("boards:promotion-add", [person]),
        ("boards:matching-settings", []),
        ("travel:time-add", []),
    ):
        hr.goto(reverse(name, args=[world.force.slug, *rest]))
        axe(hr)
