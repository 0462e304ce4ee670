"""Members of a board are told of each pack once, six days before the meeting, in three sentences."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from peelsite.accounts.models import Membership
from peelsite.mail.deliveries.models import DeliveryState
from peelsite.mail.models import OutboxMessage
from peelsite.mail.selectors import parts_of
from peelsite.web.editing.records import EditConflict
from tests.workforce.boards.papers.invented import prepared
from workforce.boards.meetings.services import board_move
from workforce.boards.members import services
from workforce.boards.members.calc import arrow, due_at, is_due
from workforce.boards.members.models import BoardMember, PackDelivery, PackMailing
from workforce.boards.members.selectors import deliveries_open, packs_due
from workforce.boards.members.services import (
    deliveries_make,
    delivery_attempt,
    mailing_change,
    member_add,
    member_change,
    member_remove,
)
from workforce.boards.members.tasks import due_packs_send, pack_delivery_task
from workforce.boards.papers.models import PaperKind
from workforce.boards.papers.services import paper_write

pytestmark = pytest.mark.django_db

# Each step of a message is committed on a connection of its own.
on_real_connections = pytest.mark.django_db(transaction=True)
DUE = datetime(2016, 3, 29, 6, 0, tzinfo=UTC)


@pytest.fixture
def board(settings):
    settings.EMAIL_BACKEND = "peelsite.mail.backend.OutboxBackend"
    world = prepared()
    member_add(series=world.series, role="chair", user=world.chief)
    member_add(series=world.series, role="attending", name="Clerk", address="clerk@peelsite.invalid")
    return world


@pytest.fixture
def published(board):
    board.publish()
    return board


def send(world) -> list[str]:
    """What beat does, and the workers after it."""
    made = [
        pk for each in packs_due(world.force, DUE + timedelta(hours=2)) for pk in deliveries_make(board=each)
    ]
    for pk in made:
        delivery_attempt(delivery_id=pk)
    return list(PackDelivery.objects.filter(pk__in=made).values_list("address", flat=True))


@given(st.dates(date(1996, 1, 1), date(2045, 1, 1)))
def test_due_at_seven_by_the_clock_in_london_six_days_before(held_on):
    due = due_at(held_on)
    assert (held_on - due.date()).days == 6
    assert (due.hour, due.minute) == (7, 0)
    assert due.astimezone(UTC).hour in (6, 7)
    assert is_due(held_on, due)
    assert not is_due(held_on, due - timedelta(seconds=1))
    assert not is_due(held_on, due + timedelta(days=7))


def test_arrows_follow_the_figures():
    assert [arrow(*pair) for pair in ((2, 1), (1, 2), (1, 1), (1, None))] == ["↑", "↓", "→", ""]


def test_nothing_before_the_pack_is_published_and_due(board):
    assert packs_due(board.force, DUE) == []
    board.publish()
    assert packs_due(board.force, DUE - timedelta(seconds=1)) == []
    assert packs_due(board.force, DUE) == [board.board]
    assert packs_due(board.force, DUE + timedelta(days=7)) == []


@on_real_connections
def test_once_a_member_and_board_however_often_the_task_runs(published):
    assert sorted(send(published)) == sorted(["clerk@peelsite.invalid", published.chief.email])
    for _ in range(3):
        assert send(published) == []
    for pk in PackDelivery.objects.values_list("pk", flat=True):
        delivery_attempt(delivery_id=pk)
    assert OutboxMessage.objects.count() == 2
    # Moved to another day, it is still the same board and the same pack.
    moved = board_move(board=published.board, held_on=date(2016, 4, 5))
    assert deliveries_make(board=moved) == []
    member_add(series=published.series, role="member", user=published.deputy)
    (pk,) = deliveries_make(board=moved)
    delivery_attempt(delivery_id=pk)
    assert PackDelivery.objects.get(pk=pk).address == published.deputy.email
    assert OutboxMessage.objects.count() == 3


@on_real_connections
def test_the_same_address_in_two_places_is_told_once(published):
    member_add(series=published.series, role="member", name="Same", address=published.chief.email.upper())
    assert len(send(published)) == 2


@on_real_connections
def test_who_may_no_longer_see_the_board_is_not_told(published):
    Membership.objects.filter(user=published.chief).update(is_active=False)
    assert send(published) == ["clerk@peelsite.invalid"]


@on_real_connections
def test_a_message_killed_while_it_is_kept_is_sent_once(published, monkeypatch):
    class Killed(BaseException):
        pass

    real = services.pack_message

    def killed(delivery):
        raise Killed

    (pk, *_) = deliveries_make(board=published.board)
    monkeypatch.setattr(services, "pack_message", killed)
    with pytest.raises(Killed):
        delivery_attempt(delivery_id=pk)
    monkeypatch.setattr(services, "pack_message", real)
    PackDelivery.objects.filter(pk=pk).update(state=DeliveryState.CLAIMED)
    pack_delivery_task(pk)
    pack_delivery_task(pk)
    assert PackDelivery.objects.get(pk=pk).state == DeliveryState.SENT
    assert OutboxMessage.objects.count() == 1
    assert pk not in deliveries_open(DUE).values_list("pk", flat=True)


@on_real_connections
def test_what_the_message_says(published):
    send(published)
    kept = OutboxMessage.objects.first()
    told = parts_of(kept)
    assert kept.subject == "[OFFICIAL] Testshire: pack for Establishment board, 4 April 2016"
    lines = [line for line in told.text.splitlines() if line]
    assert lines[2].startswith("On 29 March 2016 Testshire was ")
    assert lines[3].startswith("The gap of the whole force is projected at ")
    assert "decisions are asked on 4 April 2016" in lines[4] or "decision is asked on" in lines[4]
    figures = [line for line in lines if "(last pack" in line]
    assert len(figures) == 5
    assert any("↑" in line for line in figures)
    assert reverse("boards:board", args=["testshire", published.board.pk]) in told.text
    assert published.board.pack_digest in told.text
    named = [person.family_name for person in published.people.values()]
    named += [published.hr.name, published.chief.name, published.head.name]
    for text in (told.text, told.html):
        assert not any(name in text for name in named)
        assert text.count("OFFICIAL") >= 2
    assert told.attachments == ()


@on_real_connections
def test_the_pack_goes_along_only_where_the_series_says_so_and_once_it_is_written(published):
    mailing_change(mailing=PackMailing.objects.get(series=published.series), attach=True)
    assert packs_due(published.force, DUE) == []
    paper = paper_write(board_id=published.board.pk, kind=PaperKind.PACK)
    send(published)
    told = parts_of(OutboxMessage.objects.first())
    (attached,) = told.attachments
    assert attached.name == "OFFICIAL testshire board pack 2016-04-04.pdf"
    assert attached.size == len(bytes(paper.pdf))


def test_beat_finds_what_is_due_in_every_force(published, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "workforce.boards.members.tasks.pack_delivery_task.delay_on_commit", lambda pk: asked.append(pk)
    )
    monkeypatch.setattr("workforce.boards.members.tasks.site_now", lambda force: DUE)
    due_packs_send()
    due_packs_send()
    assert sorted(asked) == sorted(PackDelivery.objects.values_list("pk", flat=True))
    assert len(asked) == 2


def test_a_member_is_a_user_who_may_see_the_board_or_a_name_with_an_address(board):
    with pytest.raises(ValidationError, match="Choose a user of the site, or enter a name"):
        member_add(series=board.series, role="member", name="Nobody")
    with pytest.raises(ValidationError, match="is on this board already"):
        member_add(series=board.series, role="member", user=board.chief)
    with pytest.raises(ValidationError, match="is on this board already"):
        member_add(series=board.series, role="member", name="Clerk", address="CLERK@peelsite.invalid")
    Membership.objects.filter(user=board.deputy).delete()
    with pytest.raises(ValidationError, match="lets them see the board"):
        member_add(series=board.series, role="member", user=board.deputy)


def test_two_who_change_a_member_are_told(board):
    clerk = BoardMember.objects.get(name="Clerk")
    gone = BoardMember.objects.get(name="Clerk")
    member_change(member=clerk, role="secretary", name="Clerk", address="other@peelsite.invalid")
    member_remove(member=gone)
    with pytest.raises(EditConflict):
        member_change(member=clerk, role="member", name="Clerk", address="x@peelsite.invalid")


def test_members_are_kept_on_pages(client, board):
    client.force_login(board.hr)
    page = reverse("boards:members", args=[board.force.slug, board.series.pk])
    html = client.get(page).content.decode()
    assert "clerk@peelsite.invalid" in html
    assert "In attendance" in html
    add = reverse("boards:member-add", args=[board.force.slug, board.series.pk])
    client.post(add, {"user": board.deputy.pk, "role": "member"})
    assert BoardMember.objects.filter(user=board.deputy).exists()
    client.force_login(board.chief)
    assert client.get(page).status_code == 403
