"""Chains: B moves into A, C into the post that B leaves; all of it on its dates, or none of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.web.editing.records import Overtaken
from tests.workforce.boards.invented import DAY, FILL_BY
from tests.workforce.boards.matching.conftest import asked_make
from tests.workforce.boards.matching.test_moves import answer, propose
from tests.workforce.boards.test_parallel import at_once
from workforce.boards.matching.models import MinimumStrength, MoveChain
from workforce.boards.matching.services import (
    chain_carry_out,
    chain_extend,
    chain_reason_set,
    move_answer,
    move_withdraw,
)
from workforce.people.models import Posting


def extend(asked, move, person, **changes):
    arguments = {"starts_on": FILL_BY, "user": asked.world.head, "day": DAY} | changes
    return chain_extend(proposal=move, person=asked.world.people[person], **arguments)


@pytest.fixture
def chain(asked):
    """C-1 goes to B-1; C-2 into the post C-1 that is left, which is in the unit of the other head."""
    first = propose(asked, in_chain=True)
    second = extend(asked, first, "C-2")
    return asked, first, second


def agree(asked, *moves):
    for move in moves:
        for each in move.asked.select_related("proposal"):
            move_answer(asked=each, answer="agreed", user=asked.other_head, day=DAY)


def test_a_chain_waits_until_every_move_is_agreed_and_is_then_done_at_once(chain):
    asked, first, second = chain
    assert (first.place, second.place, second.post) == (1, 2, asked.world.posts["C-1"])
    # The head of Response is asked to let C-2 go, and, as the post is theirs, whether C-2 may have it.
    assert set(second.asked.values_list("side", flat=True)) == {"leaves", "joins"}
    agree(asked, first)
    first.refresh_from_db()
    assert (first.state, asked.to_fill().state) == ("agreed", "waiting")
    with pytest.raises(ValidationError, match=r"C-2.*to post C-1: waiting for an answer"):
        chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)
    agree(asked, second)
    chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)
    world = asked.world
    held = {
        each.post.reference: each.person
        for each in Posting.objects.as_at(FILL_BY).select_related("post", "person")
    }
    assert (held["B-1"], held["C-1"]) == (world.people["C-1"], world.people["C-2"])
    assert "C-2" not in held
    assert asked.to_fill().state == "matched"
    with pytest.raises(Overtaken, match="Nothing of this chain"):
        chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)


def test_only_the_head_of_the_first_post_carries_it_out(chain):
    asked, first, second = chain
    agree(asked, first, second)
    for user in (asked.other_head, asked.world.hr):
        with pytest.raises(PermissionDenied):
            chain_carry_out(chain=first.chain, user=user, day=DAY)
        with pytest.raises(PermissionDenied):
            extend(asked, second, "C-3", user=user)


def test_a_post_that_is_not_yet_empty_is_not_filled(asked):
    first = propose(asked, in_chain=True)
    second = extend(asked, first, "C-2", starts_on=FILL_BY - timedelta(days=5))
    agree(asked, first, second)
    with pytest.raises(ValidationError, match=r"Post C-1 of 1\.0 FTE would hold 2\.0 from 26 April 2016"):
        chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)
    assert Posting.objects.filter(during__upper_inf=False).count() == 0


def test_a_unit_below_its_minimum_needs_a_reason_of_the_chain(chain):
    asked, first, second = chain
    MinimumStrength.objects.create(
        force=asked.world.force,
        unit=asked.world.response,
        fte=Decimal(3),
        during=DateRange(date(2016, 1, 1), None),
        reason="One a shift",
    )
    agree(asked, first, second)
    with pytest.raises(ValidationError, match=r"Response would have 2\.0 FTE from 1 May 2016"):
        chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)
    with pytest.raises(PermissionDenied):
        chain_reason_set(chain=first.chain, reason="Mine.", user=asked.other_head)
    chain_reason_set(chain=first.chain, reason="The intake arrives in May.", user=asked.world.head)
    chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)
    assert asked.to_fill().state == "matched"


def test_people_change_places_on_one_day(asked):
    """The sergeant of B-4 to B-1, and nobody's way is in the way of the other's: ends before beginnings."""
    world = asked.world
    first = propose(asked, "B-4", in_chain=True)
    assert first.state == "agreed"
    second = extend(asked, first, "C-1")
    third = extend(asked, second, "C-2")
    agree(asked, second, third)
    chain_carry_out(chain=first.chain, user=world.head, day=DAY)
    held = {
        each.post.reference: each.person for each in Posting.objects.as_at(FILL_BY).select_related("post")
    }
    assert [held[reference] for reference in ("B-1", "B-4", "C-1")] == [
        world.people[reference] for reference in ("B-4", "C-1", "C-2")
    ]


def test_nothing_of_a_chain_is_done_when_its_last_posting_is_refused(chain):
    asked, first, second = chain
    agree(asked, first, second)
    # The second leaves the force after the chain was agreed.
    asked.world.people["C-2"].employed = DateRange(date(2010, 4, 1), FILL_BY)
    asked.world.people["C-2"].leaving_reason = "resigned"
    Posting.objects.filter(person=asked.world.people["C-2"]).update(
        during=DateRange(date(2010, 4, 1), FILL_BY)
    )
    asked.world.people["C-2"].save()
    with pytest.raises(ValidationError, match="leaves the force"):
        chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)
    assert Posting.objects.get(person=asked.world.people["C-1"]).during.upper is None
    assert asked.to_fill().state == "waiting"


def test_a_link_that_is_taken_back_leaves_the_rest(chain):
    asked, first, second = chain
    agree(asked, first)
    move_withdraw(proposal=second, reason="Not needed.", user=asked.world.head)
    chain_carry_out(chain=first.chain, user=asked.world.head, day=DAY)
    assert asked.to_fill().state == "matched"
    assert Posting.objects.get(person=asked.world.people["C-2"]).during.upper is None


def test_a_proposal_that_waits_becomes_the_first_of_a_chain(asked):
    first = propose(asked)
    assert first.chain is None
    second = extend(asked, first, "C-2")
    first.refresh_from_db()
    assert first.chain == second.chain
    answer(asked, first)
    first.refresh_from_db()
    assert first.state == "agreed"
    assert asked.to_fill().state == "waiting"


@pytest.mark.django_db(transaction=True)
def test_a_chain_is_carried_out_once_of_two_at_once():
    asked = asked_make()
    first = propose(asked, in_chain=True)
    second = extend(asked, first, "C-2")
    agree(asked, first, second)
    chain = MoveChain.objects.get()
    done, refused = at_once(*[lambda: chain_carry_out(chain=chain, user=asked.world.head, day=DAY)] * 2)
    assert (done, refused) == ("done", "Nothing of this chain is waiting to be done.")
    assert Posting.objects.filter(during__startswith=FILL_BY).count() == 2
