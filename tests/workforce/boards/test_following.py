"""Decisions followed until they are done: planned, matched, late, back before the next board."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.workforce.boards.invented import DAY, FILL_BY, FIRST, PACK, SECOND
from workforce.boards.agenda.services import agenda_draw_up, item_add, item_remove
from workforce.boards.decisions.calc import Followed, Standing, late_sentence, progress_sentence, standing
from workforce.boards.decisions.models import DecisionKind, FillSource, PostToFill, ReturnedDecision
from workforce.boards.decisions.selectors import decisions_followed, standing_filter, standings
from workforce.boards.decisions.services import (
    action_close,
    action_hand_over,
    decision_change,
    decision_create,
    decision_withdraw,
)
from workforce.boards.matching.services import match_undo, post_match
from workforce.boards.minutes.selectors import minutes_of
from workforce.boards.minutes.services import minutes_approve
from workforce.boards.pack.services import board_publish
from workforce.establishment.calc import CellKey
from workforce.projection.models import PlannedChange


def cell_of(post) -> CellKey:
    return CellKey(
        rank_id=post.rank_id, role_id=post.role_id, location_id=post.location_id, unit_id=post.unit_id
    )


def plans(decision):
    rows = PlannedChange.objects.of_origin("board decision", decision.pk)
    return [(row.kind, row.fte, row.on_day, row.state) for row in rows.order_by("pk")]


def match(world, reference, person):
    return post_match(
        to_fill=PostToFill.objects.get(post__reference=reference, state="waiting"),
        person=world.people[person],
        starts_on=FILL_BY,
        user=world.head,
        day=DAY,
    )


@pytest.fixture
def published(world):
    world.publish()
    return world


@pytest.fixture
def late(world):
    """On 4 February the board decided to fill two posts by 14 March; one of them is filled."""
    board_publish(board=world.first_board, user=world.hr)
    decision = decision_create(
        item=world.first_board.items.get(unit=world.custody),
        values=world.values("B-1", "B-2", effective_on=date(2016, 3, 14), due_on=date(2016, 3, 20)),
        user=world.chief,
    )
    minutes_approve(board=world.first_board, user=world.chief)
    post_match(
        to_fill=PostToFill.objects.get(post__reference="B-1"),
        person=world.people["C-1"],
        starts_on=date(2016, 3, 1),
        user=world.head,
        day=date(2016, 3, 1),
    )
    decision.refresh_from_db()
    return decision


# Planned for the projection.


def test_a_fill_is_planned_until_its_posts_are_matched(published):
    donor = cell_of(published.posts["C-1"])
    decision = published.decide("B-1", "B-2", source=FillSource.MOVE, donor=donor)
    assert plans(decision) == [("move", Decimal(2), FILL_BY, "planned")]
    row = PlannedChange.objects.get()
    assert (row.from_unit, row.to_unit) == (published.response, published.custody)
    assert row.words.startswith(
        "Fill posts B-1 and B-2 (2.0 FTE) by a move within the force, out of Constable"
    )
    match(published, "B-1", "C-1")
    assert plans(decision) == [("move", Decimal(1), FILL_BY, "planned")]
    to_fill = match(published, "B-2", "C-2")
    assert plans(decision) == [("move", Decimal(1), FILL_BY, "done")]
    match_undo(to_fill=to_fill, user=published.head)
    assert ("move", Decimal(1), FILL_BY, "planned") in plans(decision)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("promotion", "promotion"),
        ("intake", "intake"),
        ("transferee", "transferee"),
        ("acting", "acting"),
        ("agency", "agency"),
    ],
)
def test_each_source_is_planned_as_what_it_is(published, source, kind):
    assert plans(published.decide("B-1", source=source)) == [(kind, Decimal(1), FILL_BY, "planned")]


def test_a_changed_decision_plans_what_it_says_now_and_one_taken_back_nothing(published):
    decision = published.decide("B-1", "B-2")
    decision = decision_change(
        decision=decision,
        values=published.values("B-1", effective_on=date(2016, 6, 1)),
        user=published.chief,
    )
    assert plans(decision) == [("promotion", Decimal(1), date(2016, 6, 1), "planned")]
    pk = decision.pk
    decision_withdraw(decision=decision)
    assert not PlannedChange.objects.filter(origin_id=pk).exists()


def test_a_dropped_decision_plans_nothing(published):
    decision = published.decide("B-1")
    action_close(action=decision.action, state="dropped", reason="No money.", user=published.hr, day=DAY)
    assert plans(decision) == []


def test_a_hold_plans_nothing(published):
    assert plans(published.decide(kind=DecisionKind.HOLD, source="")) == []


def test_posts_deleted_created_and_reprofiled_are_done_with_the_minutes(published):
    made = [
        published.decide("B-1", kind=DecisionKind.DELETE, source=""),
        published.decide(
            kind=DecisionKind.NEW,
            source="",
            funding=published.force.funding_sources.get(),
            new_posts=2,
            new_reference="N",
            fte=Decimal(2),
        ),
        published.decide(
            "B-2",
            "B-4",
            kind=DecisionKind.REPROFILE,
            source="",
            profile=cell_of(published.posts["C-1"]),
            new_reference="R",
        ),
    ]
    assert plans(made[0]) == [("post_end", Decimal(1), FILL_BY, "planned")]
    assert plans(made[1]) == [("post_start", Decimal(2), FILL_BY, "planned")]
    assert [(kind, fte) for kind, fte, *_ in plans(made[2])] == [
        ("post_end", Decimal(2)),
        ("post_start", Decimal(2)),
        # The one holder goes along.
        ("move", Decimal(1)),
    ]
    published.approve()
    assert {state for decision in made for *_, state in plans(decision)} == {"done"}


# How it stands.


def followed(**fields) -> Followed:
    base = {
        "kind": "fill",
        "effective_on": date(2016, 5, 1),
        "review_on": date(2016, 6, 1),
        "is_approved": True,
        "owner": "A. Head",
        "action_state": "open",
    }
    return Followed(**base | fields)


@pytest.mark.parametrize(
    ("fields", "day", "state"),
    [
        ({}, date(2016, 5, 1), Standing.OPEN),
        ({"matched": ["B-1"], "waiting": ["B-2"]}, date(2016, 5, 1), Standing.PARTLY),
        ({"matched": ["B-1"], "waiting": ["B-2"]}, date(2016, 5, 2), Standing.LATE),
        ({"effective_on": date(2016, 9, 1)}, date(2016, 6, 1), Standing.OPEN),
        ({"effective_on": date(2016, 9, 1)}, date(2016, 6, 2), Standing.LATE),
        ({"action_state": "done"}, date(2020, 1, 1), Standing.DONE),
        ({"action_state": "dropped"}, date(2020, 1, 1), Standing.DROPPED),
    ],
)
def test_late_is_past_its_effective_or_its_review_date_and_not_done(fields, day, state):
    assert standing(followed(**fields), day) == state


def test_what_happened_is_said_in_words():
    day = date(2016, 6, 11)
    assert (
        progress_sentence(followed(waiting=["B-1"]), day) == "0 of 1 post is matched to a person; B-1 waits."
    )
    assert late_sentence(followed(matched=["B-1"], waiting=["B-2", "B-3"]), day) == (
        "Late by 41 days, since its effective date of 1 May 2016. 1 of 3 posts are matched to a person; "
        "B-2 and B-3 wait. Owner: A. Head."
    )
    hold = followed(kind="hold", effective_on=date(2016, 7, 1), handed_over="Handed over to B. Clerk")
    assert late_sentence(hold, day) == (
        "Late by 10 days, since its review date of 1 June 2016. The hold runs until 1 July 2016. "
        "Owner: A. Head. Handed over to B. Clerk."
    )
    ended = followed(kind="hold")
    assert "ended on 1 May 2016 and is not reported on" in late_sentence(ended, day)
    done = followed(action_state="done", closed_on=date(2016, 4, 2), closed_reason="All there.")
    assert progress_sentence(done, day) == "Done on 2 April 2016: All there."
    assert "when the minutes are approved" in progress_sentence(
        followed(kind="delete", is_approved=False), day
    )


def test_the_query_says_of_each_state_what_the_rule_says(late, world):
    world.publish()
    world.decide(kind=DecisionKind.HOLD, source="", effective_on=date(2016, 9, 1), due_on=date(2016, 9, 1))
    dropped = world.decide("B-3")
    action_close(action=dropped.action, state="dropped", reason="No.", user=world.hr, day=DAY)
    decisions = decisions_followed(world.force)
    for day in (date(2016, 3, 14), date(2016, 3, 15), DAY, date(2016, 9, 1), date(2016, 9, 2)):
        by_rule = {each.decision.pk: each.standing for each in standings(decisions, day)}
        for state in Standing:
            found = set(standing_filter(decisions, state, day).values_list("pk", flat=True))
            # The query knows of closed actions as they are; the rule of the day on which they closed.
            expected = {pk for pk, each in by_rule.items() if each == state}
            assert found == expected or day < DAY


# Back before the next board.


def test_a_late_decision_comes_back_with_what_happened(late, world):
    action_hand_over(
        action=late.action,
        owner=world.hr,
        due_on=date(2016, 5, 1),
        reason="The head is on leave.",
        user=world.hr,
    )
    (item,) = agenda_draw_up(board=world.board)
    assert item.raised_by[0] == "late"
    assert item.reason.startswith(
        "From the board of 4 February 2016: Fill posts B-1 and B-2 (2.0 FTE) from the promotion pool by "
        "14 March 2016. Late by 15 days, since its effective date of 14 March 2016. 1 of 2 posts are matched "
        f"to a person; B-2 waits. Owner: {world.hr.name}. Handed over to {world.hr.name}, due on 1 May 2016."
    )
    returned = ReturnedDecision.objects.get()
    assert (returned.item, returned.decision) == (item, late)
    agenda_draw_up(board=world.board)
    assert ReturnedDecision.objects.get().happened == returned.happened
    world.publish()
    assert f"Decisions that came back late\n1. {item.title}: Late by 15 days" in minutes_of(world.board)


def test_a_decision_that_is_done_or_dropped_does_not_come_back(late, world):
    action_close(action=late.action, state="dropped", reason="No money.", user=world.hr, day=PACK)
    agenda_draw_up(board=world.board)
    assert not ReturnedDecision.objects.exists()


def test_a_decision_closed_after_the_pack_day_was_late_on_it(late, world):
    action_close(action=late.action, state="dropped", reason="No money.", user=world.hr, day=DAY)
    agenda_draw_up(board=world.board)
    assert ReturnedDecision.objects.get().decision == late


def test_a_late_decision_taken_off_by_hand_stays_off(late, world):
    (item,) = agenda_draw_up(board=world.board)
    item_remove(item=item, reason="Told by word of mouth.", user=world.hr)
    assert agenda_draw_up(board=world.board) == []
    assert not ReturnedDecision.objects.exists()


def test_a_decision_on_an_item_in_words_comes_back_as_that_question(world):
    agenda_draw_up(board=world.first_board)
    asked = item_add(board=world.first_board, title="Recruit together?", reason="Asked.", user=world.hr)
    board_publish(board=world.first_board, user=world.hr)
    decision_create(
        item=asked,
        values=world.values(kind=DecisionKind.HOLD, source="", due_on=date(2016, 3, 1), effective_on=FIRST),
        user=world.chief,
    )
    minutes_approve(board=world.first_board, user=world.chief)
    agenda_draw_up(board=world.board)
    items = agenda_draw_up(board=world.board)
    assert [item.title for item in items if item.follows_id == asked.pk] == ["Recruit together?"]
    assert ReturnedDecision.objects.get().item.follows == asked
    # Late still at the board after it: the same question, not a chain of copies.
    board_publish(board=world.board, user=world.hr)
    minutes_approve(board=world.board, user=world.chief)
    later = world.series.boards.get(held_on=date(2016, 6, 4))
    assert [item.follows for item in agenda_draw_up(board=later) if item.follows] == [asked]


def test_minutes_not_approved_bring_nothing_back(world):
    board_publish(board=world.first_board, user=world.hr)
    decision_create(
        item=world.first_board.items.get(unit=world.custody),
        values=world.values("B-1", effective_on=date(2016, 3, 14)),
        user=world.chief,
    )
    agenda_draw_up(board=world.board)
    assert not ReturnedDecision.objects.exists()


# The pages.


def test_the_list_of_decisions_is_narrowed_and_downloaded(late, world, client):
    client.force_login(world.analyst)
    address = reverse("boards:decisions", args=[world.force.slug])
    page = client.get(address).content.decode()
    assert "Fill posts B-1 and B-2" in page
    assert "1 of 2 posts are matched to a person; B-2 waits." in page
    assert "Late" in page
    assert "No decisions match" in client.get(address, {"state": "done"}).content.decode()
    assert "Fill posts B-1" in client.get(address, {"state": "late"}).content.decode()
    sheet = b"".join(client.get(address, {"download": "csv"}).streaming_content).decode()
    assert "Late" in sheet
    assert "B-2 waits" in sheet


def test_the_page_of_a_decision_tells_its_way(late, world, client):
    world.publish()
    client.force_login(world.hr)
    address = reverse("boards:decision-followed", args=[world.force.slug, late.pk])
    page = client.get(address).content.decode()
    assert "Holder C-1" in page
    assert "Came back late" in page
    assert "Board of 4 April 2016" in page
    client.force_login(world.analyst)
    assert "Holder C-1" not in client.get(address).content.decode()


def test_programs_read_how_decisions_stand(late, world, client):
    client.force_login(world.chief)
    (row,) = client.get(reverse("decision-list"), {"state": "late", "day": "2016-03-31"}).json()["results"]
    assert (row["state"], row["asked"], row["matched"]) == ("late", 2, 1)
    assert row["progress"] == "1 of 2 posts are matched to a person; B-2 waits."
    assert (
        client.get(reverse("decision-list"), {"state": "done", "day": "2016-03-31"}).json()["results"] == []
    )


def test_a_late_decision_that_is_filled_is_done_at_the_board_after(late, world):
    """Pack, late, match, and the next pack shows it done."""
    board = world.publish()
    assert board.held_on == SECOND
    match(world, "B-2", "C-2")
    world.approve()
    world.force.opening_day = date(2016, 6, 4)
    world.force.save()
    later = world.series.boards.get(held_on=date(2016, 6, 4))
    items = agenda_draw_up(board=later)
    assert not any("late" in item.raised_by for item in items)
    (found,) = standings(decisions_followed(world.force), date(2016, 6, 4))
    assert (found.standing, found.sentence) == (
        Standing.DONE,
        "Done on 31 March 2016: Every post is matched to a person.",
    )


def test_a_post_that_a_late_decision_still_asks_for_is_not_decided_twice(late, world):
    world.publish()
    with pytest.raises(ValidationError, match="Post B-2 already waits for a person"):
        world.decide("B-2")
