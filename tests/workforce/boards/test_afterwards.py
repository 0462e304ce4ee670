"""What happens to a board's results later: a match taken back, an action handed over, a series closed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from peelsite.accounts.permissions import Role as UserRole
from peelsite.web.editing.records import Overtaken
from tests import factories
from tests.workforce.boards.invented import DAY, FILL_BY, SECOND
from workforce.boards.decisions.models import ActionState, BoardAction, PostToFill
from workforce.boards.decisions.services import action_hand_over
from workforce.boards.matching.services import match_undo, post_match
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.services import schedule_extend, series_change, series_close
from workforce.boards.reports import board_actions_overdue, posts_waiting_for
from workforce.people.models import Posting
from workforce.people.services import posting_end

pytestmark = pytest.mark.django_db

LATER = date(2016, 9, 1)


@pytest.fixture
def matched(world):
    """Holder C-1 is promoted into B-1, the only post that the board decided to fill."""
    world.publish()
    world.decide("B-1")
    to_fill = PostToFill.objects.get(post=world.posts["B-1"])
    post_match(to_fill=to_fill, person=world.people["C-1"], starts_on=FILL_BY, user=world.head, day=DAY)
    return world


def held(world):
    return PostToFill.objects.with_labels().select_related("force").get(post=world.posts["B-1"])


def test_a_match_taken_back_leaves_everything_as_before(matched):
    match_undo(to_fill=held(matched), user=matched.head)
    to_fill = held(matched)
    assert (to_fill.state, to_fill.person, to_fill.posting) == ("waiting", None, None)
    assert posts_waiting_for(matched.head, matched.force).get() == to_fill
    own = Posting.objects.get(person=matched.people["C-1"])
    assert (own.post, own.during.upper) == (matched.posts["C-1"], None)
    assert BoardAction.objects.get().state == ActionState.OPEN
    labels = Posting.pgh_event_model.objects.filter(post=matched.posts["B-1"]).values_list(
        "pgh_label", flat=True
    )
    assert list(labels.order_by("pgh_id")) == ["insert", "delete"]


def test_the_post_can_be_matched_again(matched):
    match_undo(to_fill=held(matched), user=matched.hr)
    post_match(
        to_fill=held(matched), person=matched.people["C-2"], starts_on=FILL_BY, user=matched.head, day=DAY
    )
    assert held(matched).person == matched.people["C-2"]


def test_only_the_unit_head_and_hr_take_it_back(matched):
    beside = factories.user_make(UserRole.UNIT_HEAD, matched.force, unit=matched.response)
    for user in (beside, matched.chief, matched.analyst):
        with pytest.raises(PermissionDenied):
            match_undo(to_fill=held(matched), user=user)


def test_a_posting_changed_since_stays(matched):
    posting_end(posting=held(matched).posting, ends_before=LATER)
    with pytest.raises(ValidationError, match="was changed since the match"):
        match_undo(to_fill=held(matched), user=matched.hr)
    assert held(matched).state == "matched"


def test_a_match_is_taken_back_once(matched):
    seen = held(matched)
    match_undo(to_fill=seen, user=matched.hr)
    with pytest.raises(Overtaken, match="Nobody is matched"):
        match_undo(to_fill=seen, user=matched.hr)


def test_postgresql_lets_no_matched_person_be_exchanged(matched):
    with pytest.raises(IntegrityError, match="Take the match back"), transaction.atomic():
        PostToFill.objects.update(person=matched.people["C-2"])


@pytest.fixture
def minuted(world):
    """A decision whose minutes are approved: its action is open and minuted."""
    world.publish()
    world.decide("B-1")
    world.approve()
    return world


def hand_over(world, **changes):
    given = {"owner": world.deputy, "due_on": LATER, "reason": "On leave.", "user": world.hr} | changes
    return action_hand_over(action=BoardAction.objects.select_related("force").get(), **given)


def test_a_minuted_action_changes_owner_and_date_and_the_minutes_stay(minuted):
    minutes = minuted.board.minutes
    action = hand_over(minuted)
    assert (action.owner, action.due_on) == (minuted.deputy, LATER)
    assert minuted.board.minutes == minutes
    told = action.handovers.get()
    assert (told.owner_before, told.due_before, told.reason) == (minuted.head, FILL_BY, "On leave.")
    assert not board_actions_overdue(minuted.force, FILL_BY + timedelta(days=1)).exists()


def test_handing_over_needs_a_change_a_reason_and_a_member(minuted):
    stranger = factories.user_make(UserRole.HR, factories.force_make("Otherford"))
    for changes, said in (
        ({"owner": minuted.head, "due_on": FILL_BY}, "Nothing would change"),
        ({"reason": "  "}, "cannot be blank"),
        ({"owner": stranger}, "must be a member"),
    ):
        with pytest.raises(ValidationError, match=said):
            hand_over(minuted, **changes)
    assert not BoardAction.objects.get().handovers.exists()


def test_while_the_minutes_are_open_the_decision_is_changed_instead(world):
    world.publish()
    world.decide("B-1")
    with pytest.raises(ValidationError, match="change the decision"):
        hand_over(world)


def test_postgresql_wants_the_handover_of_a_minuted_date(minuted):
    with pytest.raises(IntegrityError, match="are approved"), transaction.atomic():
        BoardAction.objects.update(due_on=LATER)
    hand_over(minuted)
    with pytest.raises(IntegrityError, match="stays on its record"), transaction.atomic():
        BoardAction.objects.get().handovers.update(reason="Another")


def test_a_closed_series_draws_no_further_board(world):
    series_close(series=world.series, closed_on=SECOND + timedelta(days=1), day=DAY)
    assert Board.objects.latest("held_on").held_on == SECOND
    world.series.refresh_from_db()
    assert schedule_extend(series=world.series, until=date(2018, 1, 1)) == []
    series_change(series=world.series, day=DAY, interval_months=1)
    assert not Board.objects.filter(held_on__gt=SECOND + timedelta(days=1)).exists()
    series_close(series=world.series, closed_on=None, day=DAY)
    assert Board.objects.filter(held_on__gt=SECOND).count() > 3


def test_a_prepared_board_is_held_before_the_series_closes(minuted):
    with pytest.raises(ValidationError, match="The board of 4 April 2016 is prepared"):
        series_close(series=minuted.series, closed_on=SECOND, day=DAY)
    series_close(series=minuted.series, closed_on=SECOND + timedelta(days=1), day=DAY)
    assert BoardAction.objects.open().count() == 1


def posted(client, user, address, **values):
    client.force_login(user)
    form = client.get(address).context["form"]
    data = {field.html_name: "" if field.value() is None else field.value() for field in form}
    return client.post(address, data | values)


def test_pages_take_a_match_back_hand_an_action_over_and_close_a_series(client, matched):
    slug, to_fill = matched.force.slug, held(matched)
    address = reverse("boards:match-undo", args=[slug, to_fill.pk])
    client.force_login(matched.head)
    assert address in client.get(reverse("boards:to-fill", args=[slug])).content.decode()
    assert posted(client, matched.head, address).status_code == 302
    assert held(matched).state == "waiting"
    matched.approve()
    action = BoardAction.objects.get()
    over = reverse("boards:action-hand-over", args=[slug, action.pk])
    client.force_login(matched.head)
    assert client.get(over).status_code == 403
    answer = posted(client, matched.hr, over, owner=matched.deputy.pk, reason="On leave.")
    assert answer.status_code == 302
    page = client.get(reverse("boards:action", args=[slug, action.pk])).content.decode()
    assert "On leave." in page
    close = reverse("boards:series-close", args=[slug, matched.series.pk])
    day = {"closed_on_day": "1", "closed_on_month": "5", "closed_on_year": "2016"}
    assert posted(client, matched.hr, close, **day).status_code == 302
    assert "Closed from 1 May 2016" in client.get(reverse("boards:list", args=[slug])).content.decode()


def test_the_api_does_the_same(client, matched):
    def send(user, name, pk, **data):
        client.force_login(user)
        return client.post(
            reverse(name, args=[pk]), data, content_type="application/json", headers={"If-Match": "*"}
        )

    assert send(matched.analyst, "post-to-fill-undo", held(matched).pk).status_code == 403
    assert send(matched.head, "post-to-fill-undo", held(matched).pk).json()["state"] == "waiting"
    matched.approve()
    action = BoardAction.objects.get()
    given = {"owner": matched.deputy.pk, "due_on": LATER.isoformat(), "reason": "On leave."}
    assert send(matched.head, "board-action-hand-over", action.pk, **given).status_code == 403
    answer = send(matched.chief, "board-action-hand-over", action.pk, **given)
    assert (answer.status_code, answer.json()["due_on"]) == (200, LATER.isoformat())
    answer = send(matched.hr, "board-series-close", matched.series.pk, closed_on="2016-05-01")
    assert answer.json()["closed_on"] == "2016-05-01"
