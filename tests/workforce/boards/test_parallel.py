"""Two people at once, on connections of their own: one of them is done, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.workforce.boards.invented import DAY, FILL_BY, world_make
from workforce.boards.decisions.models import Decision, PostToFill
from workforce.boards.decisions.services import decision_create
from workforce.boards.matching.services import post_match
from workforce.boards.minutes.services import minutes_approve
from workforce.boards.pack.models import PackLine
from workforce.boards.pack.services import board_publish
from workforce.people.models import Posting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return world_make()


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run the calls together; 'done' or the sentence of the refusal, the done ones first."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            barrier.wait()
            call()
        except ValidationError as refused:
            return " ".join(refused.messages)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls), key=lambda outcome: outcome != "done")


def test_a_pack_is_published_once(world):
    done, refused = at_once(*[lambda: board_publish(board=world.board, user=world.hr)] * 2)
    assert done == "done"
    assert "is published, and nothing in it can change" in refused
    assert PackLine.objects.filter(board=world.board, dimension="total").count() == 1


def test_one_of_two_decisions_on_the_same_gap_is_taken(world):
    world.publish()
    item = world.custody_item()
    done, refused = at_once(
        lambda: decision_create(item=item, values=world.values("B-1"), user=world.chief, seen=0),
        lambda: decision_create(item=item, values=world.values("B-2"), user=world.deputy, seen=0),
    )
    assert done == "done"
    assert "decided on this item at" in refused
    assert Decision.objects.count() == 1


def test_one_post_waits_for_one_decision(world):
    world.publish()
    item = world.custody_item()
    done, refused = at_once(
        lambda: decision_create(item=item, values=world.values("B-1"), user=world.chief),
        lambda: decision_create(item=item, values=world.values("B-1"), user=world.deputy),
    )
    assert done == "done"
    assert "Post B-1 already waits for a person" in refused
    assert PostToFill.objects.count() == 1


def test_minutes_are_approved_once(world):
    world.publish()
    done, refused = at_once(
        lambda: minutes_approve(board=world.board, user=world.chief),
        lambda: minutes_approve(board=world.board, user=world.deputy),
    )
    assert done == "done"
    assert "are approved, and nothing in them can change" in refused


def test_a_decision_and_the_approval_are_taken_in_turn(world):
    """Either the decision is in the minutes, or it was refused; it is never taken and left out of them."""
    world.publish()
    item = world.custody_item()
    at_once(
        lambda: minutes_approve(board=world.board, user=world.chief),
        lambda: decision_create(item=item, values=world.values("B-1"), user=world.deputy),
    )
    assert world.board.is_approved
    assert ("Fill post B-1" in world.board.minutes) == Decision.objects.exists()


def test_two_unit_heads_match_one_person(world):
    world.publish()
    world.decide("B-1")
    to_fill = PostToFill.objects.select_related("force").get()

    def match(name: str) -> Callable[[], object]:
        return lambda: post_match(
            to_fill=to_fill, person=world.people[name], starts_on=FILL_BY, user=world.head, day=DAY
        )

    done, refused = at_once(match("C-1"), match("C-2"))
    assert done == "done"
    assert "has already matched" in refused
    assert Posting.objects.filter(post=world.posts["B-1"]).count() == 1


def test_one_person_is_not_put_into_two_posts(world):
    world.publish()
    world.decide("B-1", "B-2")
    asked = list(PostToFill.objects.select_related("force").order_by("post__reference"))

    def match(to_fill: PostToFill) -> Callable[[], object]:
        return lambda: post_match(
            to_fill=to_fill, person=world.people["C-1"], starts_on=FILL_BY, user=world.head, day=DAY
        )

    done, refused = at_once(*[match(each) for each in asked])
    assert done == "done"
    assert refused != "done"
    assert PostToFill.objects.waiting().count() == 1


def test_the_last_two_matches_at_once_still_finish_the_action(world):
    world.publish()
    world.decide("B-1", "B-2")
    asked = list(PostToFill.objects.select_related("force").order_by("post__reference"))

    def match(to_fill: PostToFill, name: str) -> Callable[[], object]:
        return lambda: post_match(
            to_fill=to_fill, person=world.people[name], starts_on=FILL_BY, user=world.head, day=DAY
        )

    assert at_once(match(asked[0], "C-1"), match(asked[1], "C-2")) == ["done", "done"]
    assert world.board.actions.get().state == "done"
