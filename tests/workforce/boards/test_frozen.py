"""What may no longer change does not, whoever writes: raw SQL with the site's own role is refused too."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.editing.pages import opened
from tests.workforce.boards.invented import DAY, FILL_BY, PACK
from tests.workforce.boards.test_pages import day_of
from workforce.boards.agenda.services import agenda_draw_up
from workforce.boards.decisions.models import Decision, DecisionKind, PostToFill, ReturnedDecision
from workforce.boards.decisions.services import (
    action_add,
    action_close,
    decision_change,
    decision_create,
    decision_withdraw,
)
from workforce.boards.matching.services import post_match
from workforce.boards.meetings.models import Board
from workforce.boards.minutes.services import correction_add, minutes_approve
from workforce.boards.pack.selectors import digest_now
from workforce.boards.pack.services import board_publish

FROZEN = "The pack of the board of 4 April 2016 is published, and nothing in it can change"
# A statement over all rows meets whichever board of the two comes first; both are approved.
APPROVED = r"The minutes of the board of 4 (April|February) 2016 are approved, and nothing in them can change"


def refused(statement: str, sentence: str) -> None:
    with (
        pytest.raises(IntegrityError, match=sentence),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.fixture
def published(world):
    board_publish(board=world.first_board, user=world.hr)
    action_add(board=world.first_board, text="Look into it.", owner=world.hr, due_on=DAY)
    # Late on the pack day, so that it comes back by the next pack.
    late = world.values(kind=DecisionKind.HOLD, source="", effective_on=PACK - timedelta(days=1))
    decision_create(item=world.first_board.items.get(unit=world.custody), values=late, user=world.chief)
    minutes_approve(board=world.first_board, user=world.chief)
    world.publish()
    return world


@pytest.fixture
def approved(published):
    published.decide("B-1")
    published.approve()
    return published


SLIPPED_IN = """
    INSERT INTO workforce_decision (item_id, kind, source, fte, effective_on, due_on, owner_id, reason,
                                    new_reference, decided_by_id, decided_at, version)
    SELECT item_id, kind, source, fte, effective_on, due_on, owner_id, 'slipped in', '', decided_by_id,
           decided_at, 1
    FROM workforce_decision
"""
PACK_STATEMENTS = [
    "UPDATE workforce_packline SET strength_fte = 0",
    "DELETE FROM workforce_packline",
    "UPDATE workforce_agendaitem SET strength_fte = 4",
    "UPDATE workforce_agendaitem SET removed_reason = 'x'",
    "DELETE FROM workforce_agendaitem",
    "UPDATE workforce_agendaitem SET projected_chance = 0.5",
    "UPDATE workforce_agendaitem SET follows_id = NULL",
    "UPDATE workforce_returneddecision SET happened = 'on time'",
    "DELETE FROM workforce_returneddecision",
    "UPDATE workforce_carriedaction SET is_late = false",
    "DELETE FROM workforce_carriedaction",
]


@pytest.mark.parametrize("statement", PACK_STATEMENTS)
def test_a_published_pack_is_frozen(published, statement):
    table = statement.split()[2] if statement.startswith("DELETE") else statement.split()[1]
    rows = f"{statement} WHERE board_id = {published.board.pk}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE board_id = {published.board.pk}")
        assert cursor.fetchone()[0] > 0
    refused(rows, FROZEN)
    assert digest_now(published.board) == published.board.pack_digest


@pytest.mark.parametrize(
    "table",
    [
        "workforce_packline",
        "workforce_agendaitem",
        "workforce_carriedaction",
        "workforce_returneddecision",
    ],
)
def test_nothing_is_added_to_a_published_pack(published, table):
    """A copy of a frozen row, whatever its key, is refused before any other rule looks at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
            "WHERE table_name = %s AND column_name <> 'id'",
            [table],
        )
        columns = cursor.fetchone()[0]
    refused(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} "
        f"WHERE board_id = {published.board.pk} LIMIT 1",
        FROZEN,
    )


def test_rows_are_not_moved_into_a_published_pack(published):
    later = Board.objects.filter(series=published.series, state="scheduled").first()
    agenda_draw_up(board=later)
    refused(
        f"UPDATE workforce_agendaitem SET board_id = {published.board.pk} WHERE board_id = {later.pk}", FROZEN
    )


@pytest.mark.parametrize(
    "change",
    [
        "state = 'scheduled', published_by_id = NULL, published_at = NULL, pack_digest = ''",
        "pack_on = pack_on - 1",
        "pack_digest = repeat('0', 64)",
        "published_at = now()",
    ],
)
def test_a_publication_is_not_taken_back(published, change):
    refused(f"UPDATE workforce_board SET {change} WHERE id = {published.board.pk}", FROZEN)


def test_a_published_board_is_not_deleted(published):
    refused(f"DELETE FROM workforce_board WHERE id = {published.board.pk}", FROZEN)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE workforce_decision SET reason = 'another'",
        "UPDATE workforce_decision SET fte = 9",
        "UPDATE workforce_decision SET review_on = review_on + 90",
        "UPDATE workforce_decision SET donor_unit_id = NULL",
        "UPDATE workforce_decision SET to_fte = 2",
        "UPDATE workforce_decision SET joint_unit_id = NULL",
        "DELETE FROM workforce_decision",
        "DELETE FROM workforce_decisionpost",
        "UPDATE workforce_decisionpost SET decision_id = decision_id",
        "UPDATE workforce_boardaction SET text = 'another' WHERE decision_id IS NOT NULL",
        "UPDATE workforce_boardaction SET due_on = due_on + 90 WHERE decision_id IS NOT NULL",
        "DELETE FROM workforce_boardaction WHERE decision_id IS NOT NULL",
        SLIPPED_IN,
        "UPDATE workforce_board SET minutes = 'another' WHERE held_on = '2016-04-04'",
        "UPDATE workforce_board SET held_on = held_on + 1 WHERE held_on = '2016-04-04'",
        "UPDATE workforce_board SET notes = 'said later' WHERE held_on = '2016-04-04'",
        "DELETE FROM workforce_board WHERE held_on = '2016-04-04'",
    ],
)
def test_approved_minutes_never_change(approved, statement):
    refused(statement, APPROVED)


def test_an_approved_action_goes_on_though_its_words_stay(approved):
    action = approved.board.actions.get()
    action_close(action=action, state="dropped", reason="No longer needed.", user=approved.hr, day=DAY)
    action.refresh_from_db()
    assert action.state == "dropped"
    assert PostToFill.objects.get().state == "withdrawn"


def test_decisions_need_a_published_pack(world):
    agenda_draw_up(board=world.board)
    with pytest.raises(ValidationError, match="is not published yet"):
        world.decide("B-1")


def test_a_correction_is_a_new_entry_and_stays(approved):
    with pytest.raises(ValidationError, match="Enter what is wrong"):
        correction_add(board=approved.board, text=" ", user=approved.chief)
    correction = correction_add(board=approved.board, text="It was B-2.", user=approved.chief)
    refused("UPDATE workforce_minutecorrection SET text = 'x'", "can no longer change. Add another one")
    refused("DELETE FROM workforce_minutecorrection", "can no longer change")
    correction.refresh_from_db()
    assert correction.text == "It was B-2."
    assert "It was B-2." not in approved.board.minutes


def test_minutes_not_approved_are_changed_and_not_corrected(published):
    with pytest.raises(ValidationError, match="not approved yet"):
        correction_add(board=published.board, text="It was B-2.", user=published.chief)
    refused(
        "INSERT INTO workforce_minutecorrection (board_id, text, made_by_id, made_at) "
        f"VALUES ({published.board.pk}, 'x', {published.chief.pk}, now())",
        "are not approved yet",
    )


def test_a_match_is_not_undone_behind_the_posting(published):
    published.decide("B-1")
    post_match(
        to_fill=PostToFill.objects.get(),
        person=published.people["C-1"],
        starts_on=FILL_BY,
        user=published.head,
        day=DAY,
    )
    sentence = "A person is already matched to post B-1"
    refused(f"UPDATE workforce_posttofill SET person_id = {published.people['C-2'].pk}", sentence)
    refused("DELETE FROM workforce_posttofill", sentence)


@pytest.mark.parametrize(
    "table",
    [
        "workforce_board",
        "workforce_agendaitem",
        "workforce_packline",
        "workforce_carriedaction",
        "workforce_decision",
        "workforce_decisionpost",
        "workforce_boardaction",
        "workforce_minutecorrection",
        "workforce_posttofill",
        "workforce_returneddecision",
    ],
)
def test_the_records_are_not_emptied(world, table):
    """The session's test database lets its tables be emptied; here the rule is put back first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_kept")
    refused(f"TRUNCATE {table} CASCADE", "holds records of boards and is never emptied")


def test_the_digest_shows_what_a_superuser_changed(published):
    """Who may switch triggers off can change a row; the pack then no longer agrees with its digest."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workforce_packline DISABLE TRIGGER workforce_packline_rule")
        cursor.execute("UPDATE workforce_packline SET strength_fte = 99 WHERE dimension = 'total'")
    assert digest_now(published.board) != published.board.pack_digest


# The four ways to approved minutes: by page, by API, in the admin pages, by SQL (above) and in bulk.


def test_no_page_changes_an_approved_decision(approved, client):
    decision = Decision.objects.get(item__board=approved.board)
    before = Decision.objects.filter(pk=decision.pk).values().get()
    client.force_login(approved.chief)
    for name, step in (("decision", {}), ("decision", {"step": "effect"}), ("decision-withdraw", {})):
        address = reverse(f"boards:{name}", args=[approved.force.slug, decision.pk])
        fields = opened(client, address) | {"reason": "Said later."} | step
        answer = client.post(address, fields | day_of("review_on", "2017-01-01"))
        assert answer.status_code == (200 if step else 409)
    item = reverse("boards:decide", args=[approved.force.slug, decision.item_id, "hold"])
    more = {"fte": "1", "reason": "Said later.", "owner": approved.head.pk}
    more |= day_of("effective_on", "2016-09-01") | day_of("due_on", "2016-09-01")
    assert client.post(item, opened(client, item) | more).status_code == 409
    assert Decision.objects.filter(pk=decision.pk).values().get() == before
    assert Decision.objects.filter(item__board=approved.board).count() == 1


def test_no_program_changes_an_approved_decision(approved, client):
    decision = Decision.objects.get(item__board=approved.board)
    before = Decision.objects.filter(pk=decision.pk).values().get()
    client.force_login(approved.chief)
    address = reverse("decision-detail", args=[decision.pk])
    body = {
        "kind": "fill",
        "source": "promotion",
        "fte": "1",
        "posts": [approved.posts["B-1"].pk],
        "effective_on": "2016-05-01",
        "due_on": "2016-05-01",
        "review_on": "2017-01-01",
        "owner": approved.head.pk,
        "reason": "Said later.",
    }
    headers = {"If-Match": "*", "X-Change-Reason": "Said later"}
    sent = {"content_type": "application/json", "headers": headers}
    assert client.put(address, body, **sent).status_code in (400, 409)
    assert client.delete(address, **sent).status_code in (400, 409)
    created = client.post(reverse("decision-list"), body | {"item": decision.item_id}, **sent)
    assert created.status_code in (400, 409)
    assert Decision.objects.filter(pk=decision.pk).values().get() == before


def test_the_admin_pages_change_no_record_of_a_board(approved):
    """Boards are seen there and changed nowhere; what is in them is not there at all."""
    frozen = {"agendaitem", "decision", "decisionpost", "returneddecision", "boardaction", "packline"}
    registered = {model._meta.model_name for model in admin.site._registry}
    assert not frozen & registered
    board = admin.site._registry[apps.get_model("workforce", "Board")]
    assert not any(allowed(None) for allowed in (board.has_add_permission, board.has_change_permission))
    assert not board.has_delete_permission(None)


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(review_on=date(2017, 1, 1)),
        lambda rows: rows.update(reason="Said later."),
        lambda rows: rows.bulk_update([*rows], ["reason"]),
        lambda rows: rows.bulk_create([Decision(**{**rows.values().get(), "id": None})]),
        lambda rows: rows._raw_delete(rows.db),
    ],
)
def test_no_bulk_write_changes_an_approved_decision(approved, write):
    rows = Decision.objects.filter(item__board=approved.board)
    with pytest.raises(IntegrityError, match=APPROVED), transaction.atomic():
        write(rows)


def test_services_refuse_an_approved_decision_in_words(approved):
    decision = Decision.objects.get(item__board=approved.board)
    with pytest.raises(ValidationError, match=APPROVED):
        decision_change(decision=decision, values=approved.values("B-1"), user=approved.chief)
    with pytest.raises(ValidationError, match=APPROVED):
        decision_withdraw(decision=decision)


def test_what_came_back_late_stays_with_the_pack_it_came_back_to(approved):
    returned = ReturnedDecision.objects.get()
    assert returned.board == approved.board
    assert returned.happened in approved.board.minutes
    action_close(action=returned.decision.action, state="done", user=approved.hr, day=DAY)
    assert ReturnedDecision.objects.get().happened == returned.happened
    refused(f"DELETE FROM workforce_returneddecision WHERE id = {returned.pk}", FROZEN)
