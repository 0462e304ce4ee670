"""The whole way of a gap: agenda, pack, decision, match, minutes, next board."""

from datetime import date
from decimal import Decimal

from tests.workforce.boards.invented import DAY, FILL_BY, PACK, SECOND
from workforce.boards.decisions.models import ActionState, BoardAction, PostToFill, ToFillState
from workforce.boards.matching.services import post_match
from workforce.boards.pack.selectors import digest_now, pack_of
from workforce.people.models import Posting


def test_a_gap_goes_from_agenda_to_posting(world):
    board = world.publish()
    item = world.custody_item()
    assert item.title == "Sergeant, Custody sergeant, Watchford, Custody"
    assert item.reason == "3.0 FTE under establishment: posts of 4.0, strength of 1.0."
    assert item.gap_fte == Decimal(3)
    assert board.pack_on == PACK
    assert digest_now(board) == board.pack_digest
    total = pack_of(board).total
    assert (total.establishment_fte, total.strength_fte) == (Decimal(7), Decimal(4))

    decision = world.decide("B-1")
    action = BoardAction.objects.get(decision=decision)
    assert action.text == (
        "Fill post B-1 (1.0 FTE) from the promotion pool by 1 May 2016: "
        "Sergeant, Custody sergeant, Watchford, Custody."
    )
    post_match(
        to_fill=PostToFill.objects.get(),
        person=world.people["C-1"],
        starts_on=FILL_BY,
        user=world.head,
        day=DAY,
    )
    assert PostToFill.objects.get().state == ToFillState.MATCHED
    posting = Posting.objects.get(post=world.posts["B-1"])
    assert posting.during.lower == date(2016, 5, 1)
    assert Posting.objects.get(post=world.posts["C-1"]).during.upper == date(2016, 5, 1)
    action.refresh_from_db()
    assert (action.state, action.closed_on) == (ActionState.DONE, DAY)

    board = world.approve()
    assert board.minutes == (
        "Establishment board of Testshire, 4 April 2016\n"
        f"Figures before the board: 29 March 2016 (pack {board.pack_digest[:12]}).\n"
        "Present: not recorded.\n"
        "\n"
        "1. Sergeant, Custody sergeant, Watchford, Custody\n"
        "On the pack day: 3.0 FTE under establishment.\n"
        f"Decided by {world.chief.name}: Fill post B-1 (1.0 FTE) from the promotion pool by 1 May 2016. "
        f"{world.head.name} carries it out or reports on it by 1 May 2016. "
        "Reason: Custody cannot run three teams.\n"
    )
    assert board.held_on == SECOND
