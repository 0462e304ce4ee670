"""Decisions: what each kind needs, what it changes and when, and two people at one decision."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from peelsite.web.editing.records import EditConflict, Overtaken
from tests import factories
from tests.editing.pages import seen_now
from tests.workforce.boards.invented import DAY, FILL_BY, world_make
from workforce.boards.decisions.models import BoardAction, Decision, DecisionKind, PostToFill
from workforce.boards.decisions.services import (
    action_add,
    action_close,
    decision_change,
    decision_create,
    decision_withdraw,
)
from workforce.boards.matching.services import post_match
from workforce.boards.minutes.selectors import minutes_of
from workforce.boards.minutes.services import minutes_approve, notes_write
from workforce.boards.pack.calc import text_digest
from workforce.boards.pack.selectors import pack_of
from workforce.boards.pack.services import board_publish
from workforce.establishment.models import Post
from workforce.people.models import Posting


@pytest.fixture
def published(world):
    world.publish()
    return world


def test_a_fill_asks_for_each_post_it_names(published):
    decision = published.decide("B-1", "B-2")
    assert set(PostToFill.objects.values_list("post__reference", "state")) == {
        ("B-1", "waiting"),
        ("B-2", "waiting"),
    }
    assert decision.fte == 2


@pytest.mark.parametrize(
    ("references", "changes", "sentence"),
    [
        ([], {}, "Select the posts"),
        (["C-1"], {}, "C-1 is not among the posts of this item on 1 May 2016"),
        (["B-4"], {}, "B-4 will be filled on 1 May 2016. Choose vacant posts"),
        (["B-1"], {"fte": Decimal("1.5")}, "The posts chosen have 1 FTE vacant"),
        (["B-1"], {"source": ""}, "workforce_decision_source_of_a_fill|source"),
        (["B-1"], {"kind": DecisionKind.HOLD, "source": ""}, "Posts are chosen only to be filled"),
        (["B-1"], {"fte": Decimal(0)}, "greater than or equal"),
    ],
)
def test_a_fill_that_cannot_be_is_refused_with_a_sentence(published, references, changes, sentence):
    with pytest.raises(ValidationError, match=sentence):
        published.decide(*references, **changes)
    assert not Decision.objects.exists()


def test_the_owner_is_a_member_of_the_force(published):
    stranger = factories.user_make()
    with pytest.raises(ValidationError, match="The owner must be a member of Testshire"):
        published.decide("B-1", owner=stranger)


def test_a_post_waits_for_one_decision_at_a_time(published):
    published.decide("B-1")
    with pytest.raises(ValidationError, match="Post B-1 already waits for a person, by a decision of the"):
        published.decide("B-1", "B-2")


def test_a_hold_brings_an_action_to_review_it(published):
    published.decide(kind=DecisionKind.HOLD, source="", fte=Decimal(2), due_on=date(2016, 4, 20))
    action = BoardAction.objects.get()
    assert action.text.startswith("Review the hold of 2.0 FTE until 1 May 2016: Sergeant")
    assert action.due_on == date(2016, 4, 20)


def test_a_held_post_is_not_deleted_and_the_sentence_names_the_holder(published):
    with pytest.raises(ValidationError) as refused:
        published.decide("B-4", kind=DecisionKind.DELETE, source="")
    (sentence,) = refused.value.messages
    assert sentence == (
        f"Post B-4 is held by {published.people['B-4']}, from 1 April 2010 with no end date. "
        "Move that person first, or choose a later date."
    )


def test_a_deleted_post_ends_when_the_minutes_are_approved(published):
    published.decide("B-1", kind=DecisionKind.DELETE, source="")
    assert Post.objects.get(reference="B-1").during.upper is None
    published.approve()
    assert Post.objects.get(reference="B-1").during.upper == FILL_BY
    assert BoardAction.objects.get().closed_on == DAY


def test_nothing_is_approved_when_a_post_to_delete_was_filled_meanwhile(published):
    published.decide("B-1", kind=DecisionKind.DELETE, source="")
    factories.posting_make(
        factories.person_make(published.force), published.posts["B-1"], starts_on=date(2016, 4, 1)
    )
    with pytest.raises(ValidationError, match="Post B-1 is held by"):
        published.approve()
    assert published.board.is_published


def new_post(world, **changes):
    fields = {
        "kind": DecisionKind.NEW,
        "source": "",
        "fte": Decimal(2),
        "new_posts": 2,
        "new_reference": "N-1",
        "funding": world.force.funding_sources.first(),
    }
    return world.decide(**fields | changes)


def test_new_posts_are_created_with_the_minutes_and_named_in_the_decision(published):
    decision = new_post(published)
    assert not Post.objects.filter(reference__startswith="N-").exists()
    published.approve()
    posts = Post.objects.filter(reference__startswith="N-").order_by("reference")
    assert [(post.reference, post.fte, post.unit, post.during.lower) for post in posts] == [
        ("N-1-1", Decimal(1), published.custody, FILL_BY),
        ("N-1-2", Decimal(1), published.custody, FILL_BY),
    ]
    assert list(decision.posts.order_by("reference")) == list(posts)


def test_a_new_post_needs_funding_that_lasts_and_a_reference_of_its_own(published):
    ended = factories.funding_make(published.force, "Old grant", ends_on=date(2016, 3, 31))
    with pytest.raises(ValidationError, match="Old grant ends on 31 March 2016, before the post would begin"):
        new_post(published, funding=ended)
    elsewhere = world_make("Elsewhere").force.funding_sources.first()
    with pytest.raises(ValidationError, match="Select the funding"):
        new_post(published, funding=elsewhere)
    with pytest.raises(ValidationError, match="already has post B-1; enter another"):
        new_post(published, new_posts=1, new_reference="B-1")
    with pytest.raises(ValidationError, match="divides evenly"):
        new_post(published, fte=Decimal(1), new_posts=3)


def test_the_second_of_two_people_is_told_and_may_then_overrule(published):
    decision = published.decide("B-1")
    before = seen_now(decision)
    theirs, mine = published.values("B-2"), published.values("B-3")
    decision_change(decision=decision, seen=before, values=theirs, user=published.deputy)
    with pytest.raises(EditConflict) as told:
        decision_change(decision=decision, seen=before, values=mine, user=published.chief)
    assert [post.reference for post in told.value.now.posts.all()] == ["B-2"]
    decision_change(decision=decision, seen=seen_now(decision), values=mine, user=published.chief)
    assert list(PostToFill.objects.values_list("post__reference", flat=True)) == ["B-3"]
    assert "post B-3" in BoardAction.objects.get().text


def test_a_gap_is_not_decided_twice_unknowingly(published):
    item = published.custody_item()
    decision_create(item=item, values=published.values("B-1"), user=published.chief, seen=0)
    with pytest.raises(Overtaken, match="decided on this item at"):
        decision_create(item=item, values=published.values("B-2"), user=published.deputy, seen=0)
    decision_create(item=item, values=published.values("B-2"), user=published.deputy, seen=1)
    assert Decision.objects.count() == 2


def test_a_decision_taken_back_leaves_no_post_waiting(published):
    decision = published.decide("B-1")
    decision_withdraw(decision=decision)
    assert not PostToFill.objects.exists()
    assert not BoardAction.objects.exists()
    with pytest.raises(EditConflict, match="Someone else removed this record"):
        decision_withdraw(decision=decision)


def test_a_matched_post_stays_in_its_decision(published):
    decision = published.decide("B-1")
    post_match(
        to_fill=PostToFill.objects.get(),
        person=published.people["C-1"],
        starts_on=FILL_BY,
        user=published.head,
        day=DAY,
    )
    with pytest.raises(ValidationError, match="is already matched to post B-1 by this decision"):
        decision_withdraw(decision=decision)
    assert Posting.objects.filter(post=published.posts["B-1"]).exists()


def test_an_action_is_not_done_while_a_post_waits(published):
    action = published.decide("B-1", "B-2").action
    with pytest.raises(ValidationError, match="2 posts still wait for a person"):
        action_close(action=action, state="done", user=published.hr, day=DAY)
    with pytest.raises(ValidationError, match="Enter why the action is dropped"):
        action_close(action=action, state="dropped", user=published.hr, day=DAY)
    action_close(action=action, state="dropped", reason="Hiring stopped.", user=published.hr, day=DAY)
    assert set(PostToFill.objects.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(ValidationError, match=f"dropped already: {published.hr} closed it on"):
        action_close(action=action, state="done", user=published.hr, day=DAY)


def test_only_what_was_read_is_approved(published):
    seen = text_digest(minutes_of(published.board))
    published.decide("B-1")
    with pytest.raises(ValidationError, match="changed after you opened them"):
        minutes_approve(board=published.board, user=published.chief, seen_digest=seen)
    seen = text_digest(minutes_of(published.board))
    minutes_approve(board=published.board, user=published.chief, seen_digest=seen)
    assert text_digest(published.board.minutes) == seen


def test_notes_of_two_secretaries_do_not_overwrite_each_other(published):
    seen = seen_now(published.board)
    notes_write(board=published.board, attended="All", notes="One.", seen=seen)
    with pytest.raises(EditConflict):
        notes_write(board=published.board, attended="None", notes="Two.", seen=seen)
    assert "Present: All." in minutes_of(published.board)


def test_the_next_board_gets_last_times_actions_and_older_ones_still_open(world):
    board_publish(board=world.first_board, user=world.hr)
    chores = [
        action_add(board=world.first_board, text=text, owner=world.hr, due_on=date(2016, 3, day))
        for text, day in (("Done.", 1), ("Late.", 2), ("Dropped.", 3), ("Not due.", 31))
    ]
    minutes_approve(board=world.first_board, user=world.chief)
    action_close(action=chores[0], state="done", user=world.hr, day=date(2016, 2, 20))
    action_close(action=chores[2], state="dropped", reason="No money.", user=world.hr, day=date(2016, 2, 20))
    board = world.publish()
    pack = pack_of(board)
    assert pack.last_time.words == "1 done, 1 late, 1 open and not yet due, 1 dropped"
    assert "Of the actions agreed on 4 February 2016: 1 done, 1 late" in minutes_of(board)
    action_close(action=chores[1], state="done", user=world.hr, day=DAY)
    assert pack_of(board).last_time.late == 1, "the pack is frozen"


def test_a_pack_is_not_published_before_its_day_or_empty(world):
    later = world.series.boards.get(held_on=date(2016, 6, 4))
    with pytest.raises(ValidationError, match="29 May 2016, which is still to come"):
        board_publish(board=later, user=world.hr)
    world.series.gap_threshold_fte = 99
    world.series.save()
    with pytest.raises(ValidationError, match="Nothing is on the agenda"):
        board_publish(board=world.board, user=world.hr)
