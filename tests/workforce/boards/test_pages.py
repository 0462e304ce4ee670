"""The pages: who may open them, what they say, the walk through them, and their number of queries."""

from decimal import Decimal

import pghistory
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role as UserRole
from tests import factories
from tests.editing.pages import opened, sent_of, typed
from tests.query_counts import query_count
from tests.web.markup import elements
from tests.workforce.boards.invented import DAY, world_make
from workforce.boards.decisions.models import BoardAction, Decision, PostToFill
from workforce.boards.decisions.services import action_add, decision_change, decision_create
from workforce.boards.meetings.models import Board
from workforce.boards.pack.services import board_publish
from workforce.people.models import Absence, Posting

# How far a board looks ahead, as the page that sets it up sends it.
AHEAD = {
    "temporary_days": "365",
    "secondment_months": "3",
    "projection_months": "12",
    "projected_gap_fte": "2",
    "projected_chance": "50",
}


def day_of(name: str, day: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def page(name: str, world, *args) -> str:
    return reverse(f"boards:{name}", args=[world.force.slug, *args])


@pytest.fixture
def asked(world):
    """The pack is published and post B-1 waits for a person."""
    world.publish()
    world.decide("B-1")
    return world


def addresses(world) -> dict[str, str]:
    """Every page that is read, by name."""
    board = world.board.pk
    item = world.custody_item().pk
    decision = Decision.objects.get().pk
    to_fill = PostToFill.objects.get().pk
    action = BoardAction.objects.get().pk
    candidate = world.people["C-1"].pk
    return {
        "list": page("list", world),
        "board": page("board", world, board),
        "item": page("item", world, item),
        "minutes": page("minutes", world, board),
        "actions": page("actions", world),
        "action": page("action", world, action),
        "series-create": page("series-create", world),
        "series-change": page("series-change", world, world.series.pk),
        "move": page("move", world, board),
        "notes": page("notes", world, board),
        "decide": page("decide", world, item, "fill"),
        "decision": page("decision", world, decision),
        "decision-withdraw": page("decision-withdraw", world, decision),
        "action-add": page("action-add", world, board),
        "approve": page("approve", world, board),
        "to-fill": page("to-fill", world),
        "to-fill-post": page("to-fill-post", world, to_fill),
        "match": page("match", world, to_fill, candidate),
    }


READ = {"list", "board", "item", "minutes", "actions", "action"}
PREPARE = {"series-create", "series-change", "move", "notes"}
DECIDE = {"decide", "decision", "decision-withdraw", "action-add", "approve"}
MATCH = {"to-fill", "to-fill-post", "match"}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("hr", READ | PREPARE),
        ("chief", READ | DECIDE),
        ("head", READ | MATCH),
        ("analyst", READ),
    ],
)
def test_each_role_opens_its_pages_and_no_others(client, asked, role, allowed):
    client.force_login(getattr(asked, role))
    statuses = {name: client.get(address).status_code for name, address in addresses(asked).items()}
    assert {name for name, status in statuses.items() if status == 200} == allowed
    assert set(statuses.values()) <= {200, 403}


def test_a_stranger_finds_nothing_and_nobody_is_asked_to_sign_in(client, asked):
    found = addresses(asked)
    for address in found.values():
        assert client.get(address).status_code == 302
        assert client.get(address)["Location"].startswith("/accounts/login/")
    for role in (UserRole.HR, UserRole.CHIEF_OFFICER):
        client.force_login(factories.user_make(role, factories.force_make(f"Elsewhere {role}")))
        assert {client.get(address).status_code for address in found.values()} == {404}


def test_the_rows_of_another_force_are_not_reached_through_ones_own(client, asked):
    other = world_make("Elsewhere")
    for user, names in ((other.hr, ("board", "item", "action")), (other.chief, ("decision", "approve"))):
        client.force_login(user)
        for name in names:
            address = addresses(asked)[name].replace("/testshire/", "/elsewhere/")
            assert client.get(address).status_code == 404, name


def test_a_unit_head_finds_only_the_posts_of_his_units(client, asked):
    client.force_login(factories.user_make(UserRole.UNIT_HEAD, asked.force, unit=asked.response))
    found = addresses(asked)
    assert client.get(found["to-fill"]).status_code == 200
    assert client.get(found["to-fill-post"]).status_code == 404
    assert client.get(found["match"]).status_code == 404


@pytest.mark.parametrize("name", ["publish", "draw-up"])
def test_only_hr_prepares(client, world, name):
    for role in ("chief", "head", "analyst"):
        client.force_login(getattr(world, role))
        assert client.post(page(name, world, world.board.pk)).status_code == 403
    assert world.board.is_scheduled


def test_setting_up_a_board_puts_its_meetings_into_the_diary(client, world):
    client.force_login(world.hr)
    fields = {
        "name": "Command board",
        "interval_months": "3",
        "pack_days_before": "6",
        "gap_threshold_fte": "1",
        "vacancy_days": "90",
        "funding_months": "6",
        **AHEAD,
    }
    answer = client.post(page("series-create", world), fields | day_of("first_meeting_on", "2016-04-20"))
    assert answer.status_code == 302
    boards = Board.objects.filter(series__name="Command board").order_by("held_on")
    assert [f"{board.held_on:%d.%m.%y}" for board in boards] == [
        "20.04.16",
        "20.07.16",
        "20.10.16",
        "20.01.17",
        "20.04.17",
    ]


def test_a_second_board_of_the_same_name_is_refused_in_words(client, world):
    client.force_login(world.hr)
    fields = {
        "name": "establishment BOARD",
        "interval_months": "2",
        "pack_days_before": "6",
        "gap_threshold_fte": "1",
        "vacancy_days": "90",
        "funding_months": "6",
        **AHEAD,
    }
    answer = client.post(page("series-create", world), fields | day_of("first_meeting_on", "2016-04-20"))
    assert "already has a board of this name" in answer.content.decode()


def test_hr_draws_up_confirms_what_is_frozen_and_publishes(client, world):
    client.force_login(world.hr)
    board = world.board.pk
    answer = client.post(page("draw-up", world, board), follow=True)
    assert "1 item is on the agenda, from the figures of 29 March 2016." in answer.content.decode()
    assert "establishment 7.0 FTE, strength 4.0 FTE" in client.get(
        page("publish", world, board)
    ).content.decode().replace("\n", " ")
    html = client.post(page("publish", world, board), follow=True).content.decode()
    assert "The pack is published, and nothing in it can change any more." in html
    assert world.board.pack_digest[:16] in html
    assert elements(html, "form", action=page("draw-up", world, board)) == []


def test_the_pack_says_what_moved_since(client, asked):
    client.force_login(asked.chief)
    html = client.get(page("board", asked, asked.board.pk)).content.decode()
    assert "No gap on the agenda has changed" in html
    factories.posting_make(factories.person_make(asked.force), asked.posts["B-2"], starts_on=DAY)
    html = client.get(page("board", asked, asked.board.pk)).content.decode()
    assert "By 31 March 2016 these gaps are different" in html
    assert "now +2.0" in html
    assert "3.0 under" in html
    assert "2.0 under" in html


def test_deciding_on_the_page(client, world):
    world.publish()
    client.force_login(world.chief)
    address = page("decide", world, world.custody_item().pk, "fill")
    form = client.get(address).content.decode()
    assert f'value="{world.posts["B-1"].pk}"' in form
    assert f'value="{world.posts["B-4"].pk}"' not in form, "a post that is held is not offered"
    fields = {
        "posts": [world.posts["B-1"].pk, world.posts["B-2"].pk],
        "source": "intake",
        "owner": world.head.pk,
        "reason": "Two teams.",
        "seen": "0",
    }
    fields |= day_of("effective_on", "2016-05-01") | day_of("due_on", "2016-05-15")
    html = client.post(address, fields, follow=True).content.decode()
    assert "Decided: Fill posts B-1 and B-2 (2.0 FTE) from the intake of new joiners by 1 May 2016." in html
    assert Decision.objects.get().fte == 2


def test_the_second_editor_sees_what_changed_and_keeps_what_was_typed(client, asked):
    decision = Decision.objects.get()
    client.force_login(asked.deputy)
    address = page("decision", asked, decision.pk)
    fields = {
        "posts": [asked.posts["B-3"].pk],
        "source": "promotion",
        "owner": asked.head.pk,
        "reason": "Typed with care.",
    }
    fields |= day_of("effective_on", "2016-06-01") | day_of("due_on", "2016-06-01")
    seen = opened(client, address)
    with pghistory.context(user=asked.chief.pk):
        decision_change(decision=decision, values=asked.values("B-2", reason="Quicker."), user=asked.chief)
    told = client.post(address, seen | fields)
    assert told.status_code == 409
    html = told.content.decode()
    assert f"{asked.chief} changed this record at" in html
    assert "Typed with care." in html
    assert "Quicker." in html
    assert Decision.objects.get().reason == "Quicker."
    form = told.context["form"]
    chosen = {row.name for row in form.conflict.rows if row.outcome == "choose"}
    assert chosen == {"posts", "reason"}
    choice = {"keep_posts": "theirs", "keep_reason": "mine"}
    assert client.post(address, sent_of(form) | choice).status_code == 302
    decision.refresh_from_db()
    assert decision.reason == "Typed with care."
    assert [post.reference for post in decision.posts.all()] == ["B-2"]


def test_the_unit_head_searches_reads_what_it_leaves_and_matches(client, asked):
    client.force_login(asked.head)
    to_fill = PostToFill.objects.get()
    assert "1 post waits for you" in client.get(page("to-fill", asked)).content.decode()
    html = client.get(page("to-fill-post", asked, to_fill.pk), {"search": "C-1"}).content.decode()
    assert "1 person" in html
    address = page("match", asked, to_fill.pk, asked.people["C-1"].pk)
    html = client.get(address).content.decode()
    assert "Leaves constables, Response officer, Response short of 1.0 FTE" in html
    assert "could only act" in html
    answer = client.post(address, {"kind": "substantive"} | day_of("starts_on", "2016-05-01"), follow=True)
    assert "takes post B-1 on 1 May 2016" in answer.content.decode()
    assert Posting.objects.filter(post=asked.posts["B-1"]).count() == 1


def test_minutes_are_approved_once_read_and_then_only_corrected(client, asked):
    client.force_login(asked.chief)
    board = asked.board.pk
    withdrawal = page("decision-withdraw", asked, Decision.objects.get().pk)
    seen = opened(client, withdrawal)
    html = client.get(page("approve", asked, board)).content.decode()
    (digest,) = elements(html, "input", name="digest")
    stale = client.post(page("approve", asked, board), {"digest": "0" * 64}).content.decode()
    assert "The minutes changed after you opened them" in stale
    client.post(page("approve", asked, board), {"digest": digest["value"]})
    assert asked.board.is_approved
    html = client.post(
        page("correct", asked, board), {"text": "It was the June intake."}, follow=True
    ).content.decode()
    assert "It was the June intake." in html
    late = client.post(withdrawal, seen)
    assert late.status_code == 409
    assert f"nothing in them can change: {asked.chief} approved them at" in late.content.decode()
    assert Decision.objects.exists()


def test_the_owner_closes_an_action_and_a_bystander_does_not(client, asked):
    action = BoardAction.objects.get()
    client.force_login(asked.analyst)
    assert client.post(page("action", asked, action.pk), {"state": "done"}).status_code == 403
    client.force_login(asked.head)
    html = typed(client, page("action", asked, action.pk), state="done").content.decode()
    assert "1 post still waits for a person" in html
    typed(client, page("action", asked, action.pk), state="dropped", reason="Hiring stopped.")
    action.refresh_from_db()
    assert (action.state, action.closed_by) == ("dropped", asked.head)


def test_names_are_for_those_who_may_see_people(client, asked):
    address = page("item", asked, asked.custody_item().pk)
    client.force_login(asked.analyst)
    assert asked.people["B-4"].full_name not in client.get(address).content.decode()
    client.force_login(asked.chief)
    assert asked.people["B-4"].full_name in client.get(address).content.decode()


def test_few_long_term_absent_are_kept_back_from_who_may_not_see_health(client, world):
    Absence.objects.create(
        force=world.force,
        person=world.people["C-1"],
        kind="sickness",
        during=DateRange(DAY.replace(month=1), None),
    )
    world.publish()
    Membership.objects.create(user=world.hr, force=world.force, role=UserRole.HEALTH)
    shown = {}
    for role in ("hr", "analyst"):
        client.force_login(getattr(world, role))
        shown[role] = "not shown" in client.get(page("board", world, world.board.pk)).content.decode()
    assert shown == {"hr": False, "analyst": True}


@pytest.mark.django_db
@pytest.mark.parametrize("teams", [3, 30])
def test_pages_make_the_same_queries_for_few_rows_and_for_many(client, teams):
    world = world_make()
    for number in range(teams):
        unit = factories.unit_make(world.force, f"Team {number}", parent=world.custody.parent)
        for _ in range(3):
            factories.post_make(world.force, unit=unit, rank="SGT")
    board_publish(board=world.first_board, user=world.hr)
    for number in range(teams):
        action_add(board=world.first_board, text=f"Ask {number}.", owner=world.hr, due_on=DAY)
    world.publish()
    world.decide("B-1", "B-2")
    held = world.values(kind="hold", source="", fte=Decimal(1))
    for item in world.board.items.exclude(unit=world.custody):
        decision_create(item=item, values=held, user=world.chief)
    for name, (who, address) in addresses_read(world).items():
        client.force_login(who)
        client.get(address)
        with query_count(f"boards:{name}"):
            assert client.get(address).status_code == 200


def addresses_read(world):
    board, item = world.board.pk, world.custody_item().pk
    return {
        "list": (world.hr, page("list", world)),
        "board": (world.chief, page("board", world, board)),
        "item": (world.chief, page("item", world, item)),
        "minutes": (world.chief, page("minutes", world, board)),
        "decide": (world.chief, page("decide", world, item, "fill")),
        "actions": (world.hr, page("actions", world)),
        "decisions": (world.hr, page("decisions", world)),
        "decision-followed": (world.hr, page("decision-followed", world, Decision.objects.first().pk)),
        "to-fill": (world.head, page("to-fill", world)),
        "to-fill-post": (world.head, page("to-fill-post", world, PostToFill.objects.first().pk)),
    }
