"""The agenda: what figures raise, what hands change, and that the second does not lose the first."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.workforce.boards.invented import DAY, PACK
from workforce.boards.agenda.services import (
    agenda_draw_up,
    item_add,
    item_move,
    item_remove,
    item_restore,
)
from workforce.establishment.calc import CellKey


def cell_of(post) -> CellKey:
    return CellKey(
        rank_id=post.rank_id, role_id=post.role_id, location_id=post.location_id, unit_id=post.unit_id
    )


def titles(world):
    return [item.title for item in world.board.items.on_agenda()]


def test_only_cells_beyond_the_threshold_are_raised(world):
    (item,) = agenda_draw_up(board=world.board)
    assert item.unit == world.custody
    assert (item.vacant_posts, item.gap_fte) == (3, 3)


def test_acting_past_46_days_and_ending_funding_raise_an_item(world):
    grant = factories.funding_make(world.force, "Grant", ends_on=date(2016, 9, 1))
    world.posts["C-1"].funding = grant
    world.posts["C-1"].save()
    vacant = factories.post_make(
        world.force,
        "C-9",
        unit=world.response,
        role=world.posts["C-1"].role,
        location=world.posts["C-1"].location,
    )
    actor = factories.person_make(world.force)
    factories.posting_make(actor, vacant, kind="acting", starts_on=date(2016, 2, 1))
    item = next(item for item in agenda_draw_up(board=world.board) if item.unit == world.response)
    assert item.raised_by == ["acting", "funding"]
    assert "1 person has acted for more than 46 days, the longest in post C-9 for 58" in item.reason
    assert "Grant ends on 1 September 2016: it pays 1 post (1.0 FTE)." in item.reason


def test_an_item_taken_off_stays_off_until_it_is_put_back(world):
    (item,) = agenda_draw_up(board=world.board)
    item_remove(item=item, reason="Decided last time.", user=world.hr)
    assert agenda_draw_up(board=world.board) == []
    item.refresh_from_db()
    assert item.removed_reason == "Decided last time."
    item_restore(item=item)
    assert titles(world) == [item.title]


def test_taking_off_and_moving_need_a_reason(world):
    (item,) = agenda_draw_up(board=world.board)
    with pytest.raises(ValidationError, match="Enter the reason"):
        item_remove(item=item, reason=" ", user=world.hr)
    with pytest.raises(ValidationError, match="Enter the reason"):
        item_move(item=item, position=1, reason="", user=world.hr)


def test_an_order_by_hand_and_items_by_hand_survive_drawing_up_again(world):
    agenda_draw_up(board=world.board)
    asked = item_add(board=world.board, title="Recruit together?", reason="Neighbours asked.", user=world.hr)
    response = item_add(
        board=world.board,
        reason="The superintendent asked.",
        cell=cell_of(world.posts["C-1"]),
        user=world.hr,
    )
    item_move(item=asked, position=1, reason="Guests leave early.", user=world.hr)
    order = titles(world)
    assert order[0] == "Recruit together?"
    agenda_draw_up(board=world.board)
    assert titles(world) == order
    response.refresh_from_db()
    assert response.reason == "The superintendent asked."
    assert response.establishment_fte == 3


def test_an_item_no_longer_raised_goes_unless_a_person_touched_it(world):
    (item,) = agenda_draw_up(board=world.board)
    for reference in ("B-1", "B-2"):
        factories.posting_make(
            factories.person_make(world.force), world.posts[reference], starts_on=date(2016, 1, 1)
        )
    item_move(item=item, position=1, reason="First.", user=world.hr)
    (kept,) = agenda_draw_up(board=world.board)
    assert kept.reason == "The figures no longer raise this; it was kept by hand."
    assert kept.gap_fte == 1
    world.board.items.update(moved_by=None, moved_reason="")
    assert agenda_draw_up(board=world.board) == []


def test_a_cell_stands_once_on_an_agenda_and_must_exist(world):
    agenda_draw_up(board=world.board)
    with pytest.raises(ValidationError, match="already has an item"):
        item_add(board=world.board, reason="Again.", cell=cell_of(world.posts["B-1"]), user=world.hr)
    nowhere = CellKey(
        rank_id=world.posts["B-1"].rank_id,
        role_id=world.posts["C-1"].role_id,
        location_id=world.posts["C-1"].location_id,
        unit_id=world.response.pk,
    )
    with pytest.raises(ValidationError, match="No post or person"):
        item_add(board=world.board, reason="Why not.", cell=nowhere, user=world.hr)
    with pytest.raises(ValidationError, match="Enter what the board is asked"):
        item_add(board=world.board, reason="Why not.", user=world.hr)


def test_a_published_agenda_is_not_mended(world):
    world.publish()
    assert world.board.pack_on == PACK < DAY
    with pytest.raises(ValidationError, match="is published, and nothing in it can change"):
        agenda_draw_up(board=world.board)
    with pytest.raises(ValidationError, match="is published"):
        item_remove(item=world.custody_item(), reason="Too late.", user=world.hr)
