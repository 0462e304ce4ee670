"""The unit head's list: only his units, sensible people, and one person for one post."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from peelsite.accounts.permissions import Role as UserRole
from tests import factories
from tests.workforce.boards.invented import DAY, FILL_BY
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching.selectors import source_gap
from workforce.boards.matching.services import post_match
from workforce.boards.reports import posts_waiting_for
from workforce.people.models import Posting, PostingKind


@pytest.fixture
def asked(world):
    """Posts B-1 and B-2 wait for a person, from the promotion pool."""
    world.publish()
    world.decide("B-1", "B-2")
    return world


def first(world) -> PostToFill:
    return PostToFill.objects.with_labels().get(post=world.posts["B-1"])


def match(world, to_fill, person, **changes):
    arguments = {"starts_on": FILL_BY, "user": world.head, "day": DAY} | changes
    return post_match(to_fill=to_fill, person=person, **arguments)


def test_only_the_heads_of_the_post_and_above_have_it_on_their_list(asked):
    above = factories.user_make(UserRole.UNIT_HEAD, asked.force, unit=asked.custody.parent)
    beside = factories.user_make(UserRole.UNIT_HEAD, asked.force, unit=asked.response)
    assert posts_waiting_for(asked.head, asked.force).count() == 2
    assert posts_waiting_for(above, asked.force).count() == 2
    assert posts_waiting_for(beside, asked.force).count() == 0
    assert posts_waiting_for(asked.chief, asked.force).count() == 0
    for user in (beside, asked.chief, asked.hr):
        with pytest.raises(PermissionDenied):
            match(asked, first(asked), asked.people["C-1"], user=user)
    match(asked, first(asked), asked.people["C-1"], user=above)


def test_what_a_move_leaves_behind_is_known_before_it_is_made(asked):
    left = source_gap(asked.people["C-1"], DAY)
    assert left.posting.post == asked.posts["C-1"]
    assert (left.gap_fte, left.gap_after_fte) == (Decimal(0), Decimal(1))
    assert source_gap(factories.person_make(asked.force), DAY) is None


def test_acting_leaves_the_substantive_post_theirs(asked):
    match(
        asked,
        first(asked),
        asked.people["C-1"],
        kind=PostingKind.ACTING,
        ends_before=date(2016, 8, 1),
    )
    acting = Posting.objects.get(post=asked.posts["B-1"])
    assert (acting.kind, acting.during.upper) == ("acting", date(2016, 8, 1))
    assert Posting.objects.get(post=asked.posts["C-1"]).during.upper is None


def test_the_action_is_done_with_the_last_match(asked):
    action = asked.board.actions.get()
    match(asked, first(asked), asked.people["C-1"])
    action.refresh_from_db()
    assert action.state == "open"
    match(asked, PostToFill.objects.get(post=asked.posts["B-2"]), asked.people["C-2"])
    action.refresh_from_db()
    assert (action.state, action.closed_on, action.closed_by) == ("done", DAY, asked.head)


def test_a_post_is_matched_once_and_the_second_is_told_with_whom(asked):
    match(asked, first(asked), asked.people["C-1"])
    with pytest.raises(ValidationError, match=r"has already matched Alex Holder C-1 \(\d+\) to post B-1"):
        match(asked, first(asked), asked.people["C-2"])


def test_a_refused_posting_leaves_the_post_waiting(asked):
    late = factories.person_make(asked.force, joined=date(2016, 6, 1))
    with pytest.raises(ValidationError, match="is employed from"):
        match(asked, first(asked), late)
    assert first(asked).state == "waiting"
    with pytest.raises(ValidationError, match="no end date here"):
        match(asked, first(asked), asked.people["C-1"], ends_before=date(2016, 8, 1))


def test_a_person_of_another_force_is_refused(asked):
    elsewhere = factories.person_make(factories.force_make("Elsewhere"))
    with pytest.raises(ValidationError, match="another force"):
        match(asked, first(asked), elsewhere)
