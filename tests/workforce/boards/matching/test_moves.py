"""Proposed moves: whom they concern is asked, what clashes is said, and what is agreed is done once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from peelsite.accounts.permissions import Role as UserRole
from peelsite.web.editing.records import Overtaken
from tests import factories
from tests.workforce.boards.invented import DAY, FILL_BY
from tests.workforce.boards.matching.conftest import asked_make
from tests.workforce.boards.test_parallel import at_once
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching.models import MinimumStrength, MoveProposal
from workforce.boards.matching.selectors.moves import (
    clashes,
    moves_to_settle,
    moves_unanswered,
    moves_within,
    waiting_for_answer_of,
)
from workforce.boards.matching.services import (
    Choice,
    match_undo,
    move_accept,
    move_answer,
    move_carry_out,
    move_propose,
    move_withdraw,
    moves_propose,
    post_match,
)
from workforce.people.models import Absence, Posting
from workforce.people.services import person_leave, posting_create

LATER = date(2016, 6, 1)


def propose(asked, person="C-1", reference="B-1", **changes) -> MoveProposal:
    arguments = {"starts_on": FILL_BY, "user": asked.world.head, "day": DAY} | changes
    return move_propose(to_fill=asked.to_fill(reference), person=asked.world.people[person], **arguments)


def answer(asked, move, says="agreed", **changes) -> MoveProposal:
    arguments = {"user": asked.other_head, "day": DAY} | changes
    return move_answer(asked=move.asked.select_related("proposal").get(), answer=says, **arguments)


def test_the_present_head_is_asked_and_agrees_and_the_posting_is_there(asked):
    move = propose(asked)
    assert (move.state, move.left_post) == ("asked", asked.world.posts["C-1"])
    assert asked.to_fill().state == "waiting"
    [waiting] = waiting_for_answer_of(asked.other_head, asked.world.force)
    assert (waiting.unit, waiting.side) == (asked.world.response, "leaves")
    assert not waiting_for_answer_of(asked.world.head, asked.world.force).exists()
    answer(asked, move)
    move.refresh_from_db()
    posting = Posting.objects.get(post=asked.world.posts["B-1"])
    assert (move.state, move.posting) == ("done", posting)
    assert (posting.during.lower, posting.person) == (FILL_BY, asked.world.people["C-1"])
    assert Posting.objects.get(post=asked.world.posts["C-1"]).during.upper == FILL_BY
    to_fill = asked.to_fill()
    assert (to_fill.state, to_fill.matched_by) == ("matched", asked.world.head)


def test_nobody_is_asked_about_people_of_ones_own_units(asked):
    above = factories.user_make(UserRole.UNIT_HEAD, asked.world.force, unit=asked.world.custody.parent)
    move = propose(asked, user=above)
    assert (move.state, move.asked.count()) == ("done", 0)
    assert asked.to_fill().state == "matched"


def test_nobody_is_asked_where_no_unit_above_has_a_head(asked):
    asked.other_head.memberships.all().delete()
    assert propose(asked).state == "done"


def test_only_the_head_of_the_post_proposes(asked):
    for user in (asked.other_head, asked.world.hr, asked.world.chief):
        with pytest.raises(PermissionDenied):
            propose(asked, user=user)


def test_a_refusal_has_a_reason_and_leaves_the_post_waiting(asked):
    move = propose(asked)
    with pytest.raises(ValidationError, match="Say why you refuse"):
        answer(asked, move, "refused")
    answer(asked, move, "refused", reason="We are at our minimum until June.")
    move.refresh_from_db()
    assert (move.state, asked.to_fill().state) == ("refused", "waiting")
    assert propose(asked, "C-2").state == "asked"


def test_another_date_waits_for_the_one_who_proposed(asked):
    move = propose(asked)
    for wrong in (None, FILL_BY, DAY - timedelta(days=1)):
        with pytest.raises(ValidationError):
            answer(asked, move, "later", from_day=wrong)
    answer(asked, move, "later", from_day=LATER)
    move.refresh_from_db()
    assert (move.state, asked.to_fill().state) == ("later", "waiting")
    assert list(moves_to_settle(asked.world.head, asked.world.force)) == [move]
    with pytest.raises(PermissionDenied):
        move_accept(proposal=move, user=asked.other_head, day=DAY)
    move_accept(proposal=move, user=asked.world.head, day=DAY)
    assert Posting.objects.get(post=asked.world.posts["B-1"]).during.lower == LATER


def test_hr_and_chief_officers_answer_for_an_absent_head_with_a_reason(asked):
    move = propose(asked)
    with pytest.raises(ValidationError, match="Say why you answer"):
        answer(asked, move, user=asked.world.hr)
    answer(asked, move, user=asked.world.chief, reason="On leave until May; agreed by telephone.")
    found = move.asked.get()
    assert (found.is_for_absent_head, found.answered_by) == (True, asked.world.chief)
    move.refresh_from_db()
    assert move.state == "done"


def test_nobody_else_answers_and_nobody_answers_twice(asked):
    move = propose(asked)
    elsewhere = factories.force_make("Elsewhere")
    stranger = factories.user_make(UserRole.UNIT_HEAD, elsewhere, unit=factories.unit_make(elsewhere))
    for user in (asked.world.head, asked.world.analyst, stranger):
        with pytest.raises(PermissionDenied):
            answer(asked, move, user=user, reason="Because.")
    answer(asked, move, "refused", reason="No.")
    with pytest.raises(Overtaken, match="not open any more: refused"):
        answer(asked, move)


def test_what_cannot_be_done_when_it_is_agreed_says_why_and_can_be_done_later(asked):
    move = propose(asked)
    taken = factories.person_make(asked.world.force)
    posting = posting_create(person=taken, post=asked.world.posts["B-1"], starts_on=date(2016, 4, 15))
    answer(asked, move)
    move.refresh_from_db()
    assert move.state == "agreed"
    assert "Post B-1 of 1.0 FTE would hold 2.0 from 1 May 2016" in move.reason
    assert asked.to_fill().state == "waiting"
    posting.delete()
    with pytest.raises(PermissionDenied):
        move_carry_out(proposal=move, user=asked.other_head, day=DAY)
    assert move_carry_out(proposal=move, user=asked.world.head, day=DAY).state == "done"


def test_a_proposal_is_taken_back_while_it_is_open(asked):
    move = propose(asked)
    with pytest.raises(PermissionDenied):
        move_withdraw(proposal=move, reason="Mine now.", user=asked.other_head)
    move_withdraw(proposal=move, reason="Somebody better.", user=asked.world.head)
    with pytest.raises(Overtaken, match="not open any more: withdrawn"):
        answer(asked, move)
    with pytest.raises(Overtaken):
        move_withdraw(proposal=move, user=asked.world.head)


def test_a_match_past_the_head_of_the_person_is_refused(asked):
    match = {"starts_on": FILL_BY, "user": asked.world.head, "day": DAY}
    with pytest.raises(ValidationError, match="works in Response: its head has to agree"):
        post_match(to_fill=asked.to_fill(), person=asked.world.people["C-1"], **match)
    propose(asked)
    with pytest.raises(ValidationError, match=r"Alex Holder C-1 \(\d+\) is proposed for this post"):
        post_match(to_fill=asked.to_fill(), person=asked.world.people["B-4"], **match)


def test_a_match_taken_back_takes_the_proposal_with_it(asked):
    move = answer(asked, propose(asked))
    match_undo(to_fill=asked.to_fill(), user=asked.world.head)
    move.refresh_from_db()
    assert (move.state, move.posting, move.reason) == ("withdrawn", None, "The match was taken back.")
    assert Posting.objects.get(post=asked.world.posts["C-1"]).during.upper is None


def hard(asked, person="C-1", **changes) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        propose(asked, person, **changes)
    return refused.value.messages


def test_what_rules_a_move_out_is_said_in_words(asked):
    world = asked.world
    assert hard(asked, starts_on=date(2016, 3, 1)) == ["1 March 2016 is past; choose a later first day."]
    posting_create(person=world.people["C-2"], post=world.posts["B-3"], starts_on=LATER, ends_present=True)
    assert "is due to go to post B-3 on 1 June 2016" in hard(asked, "C-2")[0]
    person_leave(person=world.people["C-3"], leaves_before=date(2016, 4, 20), reason="retired")
    world.people["C-3"].refresh_from_db()
    assert "leaves the force, last day 19 April 2016" in hard(asked, "C-3")[0]
    propose(asked)
    assert "is proposed for post B-1 already" in " ".join(hard(asked, "B-4"))


def test_what_one_may_accept_comes_back_until_it_is_known(asked):
    world = asked.world
    Absence.objects.create(
        force=world.force,
        person=world.people["C-1"],
        kind="sickness",
        during=DateRange(date(2016, 4, 1), date(2016, 7, 1)),
    )
    with pytest.raises(ValidationError) as refused:
        propose(asked)
    [sentence] = refused.value.message_dict["knowing"]
    assert sentence.endswith("is away from work on 1 May 2016, until 30 June 2016.")
    assert "ick" not in sentence
    assert propose(asked, knowing=True).state == "asked"
    # The same person for a second post.
    with pytest.raises(ValidationError) as refused:
        propose(asked, reference="B-2")
    assert any("is proposed for post B-1 too" in each for each in refused.value.message_dict["knowing"])


def test_a_unit_below_its_minimum_is_a_clash_that_one_may_accept(asked):
    MinimumStrength.objects.create(
        force=asked.world.force,
        unit=asked.world.response,
        fte=Decimal(3),
        during=DateRange(date(2016, 1, 1), None),
        reason="One a shift",
    )
    with pytest.raises(ValidationError) as refused:
        propose(asked)
    assert refused.value.message_dict["knowing"] == [
        "Response would have 2.0 FTE from 1 May 2016, below its minimum of 3.0."
    ]


def test_an_acting_move_leaves_the_post_theirs_and_does_not_end_twice(asked):
    move = propose(asked, kind="acting", ends_before=date(2016, 8, 1))
    answer(asked, move)
    assert Posting.objects.get(post=asked.world.posts["C-1"]).during.upper is None
    assert "is away from their own post in post B-1" in " ".join(
        hard(asked, reference="B-2", kind="acting", starts_on=LATER)
    )


def test_a_posting_without_an_end_ends_with_its_post(asked):
    post = asked.world.posts["B-1"]
    post.during = DateRange(date(2010, 4, 1), date(2018, 4, 1))
    post.save()
    answer(asked, propose(asked))
    assert Posting.objects.get(post=post).during == DateRange(FILL_BY, date(2018, 4, 1))
    assert Posting.objects.get(post=asked.world.posts["C-1"]).during.upper == FILL_BY


def test_several_moves_are_proposed_together_or_none_of_them(asked):
    world = asked.world
    person = world.people

    def choose(*pairs):
        return [
            Choice(to_fill=asked.to_fill(reference), person=person[who], starts_on=FILL_BY)
            for reference, who in pairs
        ]

    arguments = {"user": world.head, "day": DAY}
    with pytest.raises(ValidationError, match="is chosen for more than one post"):
        moves_propose(choices=choose(("B-1", "C-1"), ("B-2", "C-1")), **arguments)
    person_leave(person=person["C-2"], leaves_before=date(2016, 4, 20), reason="retired")
    person["C-2"].refresh_from_db()
    with pytest.raises(ValidationError, match=r"Post B-2: .* leaves the force"):
        moves_propose(choices=choose(("B-1", "C-1"), ("B-2", "C-2")), **arguments)
    assert not MoveProposal.objects.exists()
    made = moves_propose(choices=choose(("B-1", "C-1"), ("B-2", "C-3")), **arguments)
    assert [move.state for move in made] == ["asked", "asked"]


def test_who_sees_which_moves(asked):
    move = propose(asked)
    force = asked.world.force
    beside = factories.unit_make(force, "Dogs", parent=asked.world.custody.parent)
    nobody = factories.user_make(UserRole.UNIT_HEAD, force, unit=beside)
    for user, seen in (
        (asked.world.head, [move]),
        (asked.other_head, [move]),
        (asked.world.hr, [move]),
        (asked.world.chief, [move]),
        (nobody, []),
    ):
        assert list(moves_within(user, force)) == seen


def test_no_answer_shows_after_the_forces_days(asked):
    propose(asked)
    force, now = asked.world.force, timezone.now()
    assert not moves_unanswered(force, now + timedelta(days=4)).exists()
    assert moves_unanswered(force, now + timedelta(days=5, minutes=1)).exists()


def test_clashes_of_one_move_are_a_fixed_number_of_queries(asked, django_assert_max_num_queries):
    move = propose(asked)
    move = MoveProposal.objects.with_labels().get(pk=move.pk)
    with django_assert_max_num_queries(14):
        clashes(move, DAY)


@pytest.mark.django_db(transaction=True)
def test_two_heads_answer_at_once_and_the_move_is_done_once():
    asked = asked_make()
    move = propose(asked)
    done, refused = at_once(
        lambda: answer(asked, move),
        lambda: answer(asked, move, user=asked.world.hr, reason="The head is on leave."),
    )
    assert done == "done"
    assert "not open any more: done" in refused
    assert Posting.objects.filter(post=asked.world.posts["B-1"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_post_has_one_proposal_of_two_made_at_once():
    asked = asked_make()
    above = factories.user_make(UserRole.UNIT_HEAD, asked.world.force, unit=asked.world.custody)
    done, refused = at_once(lambda: propose(asked, "C-1"), lambda: propose(asked, "C-2", user=above))
    assert done == "done"
    assert "is proposed for post B-1 already" in refused
    assert MoveProposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_person_agreed_for_two_posts_at_once_goes_to_one():
    asked = asked_make()
    first = propose(asked, "C-1", "B-1")
    second = propose(asked, "C-1", "B-2", knowing=True)
    assert at_once(lambda: answer(asked, first), lambda: answer(asked, second)) == ["done", "done"]
    states = sorted(MoveProposal.objects.values_list("state", flat=True))
    assert states == ["agreed", "done"]
    assert Posting.objects.filter(person=asked.world.people["C-1"], during__startswith=FILL_BY).count() == 1
    assert PostToFill.objects.filter(state="matched").count() == 1
