"""The establishment board of the demonstration: the one of February 2016 approved, the one of April due.

Of what was decided in February one fill and one report are late by the end of March, so that they come back.

It changes no post and no posting, so that the published totals stay what the records add up to.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.agenda.services import agenda_draw_up
from workforce.boards.decisions.models import ActionState, Decision, DecisionKind, FillSource
from workforce.boards.decisions.selectors import cell_vacancies, donor_cells
from workforce.boards.decisions.services import (
    DecisionValues,
    action_add,
    action_close,
    decision_create,
)
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.services import series_create
from workforce.boards.minutes.services import minutes_approve, notes_write
from workforce.boards.pack.services import board_publish
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.projection.services.runs import run_make, run_request

FIRST_MEETING = date(2016, 2, 4)
# When the fills of the first board are looked at again: after the second.
FIRST_REVIEW = date(2016, 5, 31)
LONDON = ZoneInfo("Europe/London")


@transaction.atomic
def boards_load(*, force: Force, sign_ins: dict[str, User]) -> Board:
    """Hold the first board as its people would; the board that was held.

    `sign_ins` are the demonstration users by the first part of their address: hr, chief.officer, unit.head,
    area.head, finance.
    """
    with connection.cursor() as cursor:
        # The rows were just copied in, and nothing has counted them for the planner yet.
        cursor.execute("ANALYZE workforce_post, workforce_posting, workforce_person")
    series = series_create(
        force=force,
        day=force.opening_day,
        first_meeting_on=FIRST_MEETING,
        gap_threshold_fte=Decimal(3),
        vacancy_days=730,
        projected_gap_fte=Decimal(4),
    )
    board = Board.objects.get(series=series, held_on=FIRST_MEETING)
    hr, chief = sign_ins["hr"], sign_ins["chief.officer"]
    board_publish(board=board, user=hr, at=_at(board.pack_on, 16))
    items = list(AgendaItem.objects.filter(board=board).on_agenda().with_cell())
    domestic_abuse, watford = _item_in(items, "SG-DA"), _item_in(items, "WAT-R")
    donors = [cell.key for cell in donor_cells(force, FIRST_MEETING) if cell.key.rank_id == watford.rank_id]
    _fill(domestic_abuse, sign_ins["unit.head"], chief, by=date(2016, 4, 29), count=2, donor=donors[0])
    _fill(watford, sign_ins["area.head"], chief, by=date(2016, 3, 14), count=1, donor=donors[1])
    staff = [item for item in items if item.rank.category == "staff" and item.gap_fte > 0][:3]
    held = [
        _hold(item, owner, chief) for item, owner in zip(staff, (hr, sign_ins["finance"], hr), strict=True)
    ]
    for text, owner, due_on in (
        (
            "Ask each head of unit for a return date of everyone acting for more than 46 days.",
            hr,
            (2016, 2, 26),
        ),
        ("Report on the intake of call handlers planned for the summer.", hr, (2016, 3, 18)),
        ("Propose a second careers evening in Stevenage.", sign_ins["unit.head"], (2016, 3, 31)),
    ):
        action_add(board=board, text=text, owner=owner, due_on=date(*due_on))
    board.refresh_from_db()
    notes_write(
        board=board,
        attended="Chief officers, the heads of HR and finance, and the heads of the commands",
        notes="The board asked for the next pack to show detectives on one page.",
    )
    minutes_approve(board=board, user=chief, at=_at(FIRST_MEETING + timedelta(days=7), 10), day=FIRST_MEETING)
    by_hand = list(board.actions.filter(decision=None).order_by("due_on"))
    for action, state, reason, day in (
        (held[0].action, ActionState.DONE, "The gap is taken up in the budget.", date(2016, 3, 10)),
        (held[1].action, ActionState.DONE, "Finance has reported.", date(2016, 3, 17)),
        (by_hand[0], ActionState.DONE, "Dates are in for all of them.", date(2016, 2, 24)),
        (by_hand[2], ActionState.DROPPED, "The hall is not to be had before June.", date(2016, 3, 21)),
    ):
        action_close(action=action, state=state, reason=reason, user=action.owner, day=day)
    return board


@transaction.atomic
def board_prepare(*, force: Force) -> Board:
    """Draw up the agenda of the board that is due, from its figures and a projection of its pack day."""
    board = Board.objects.of_force(force).filter(held_on__gt=FIRST_MEETING).order_by("held_on")[0]
    run, _ = run_request(force=force, as_at=board.pack_on)
    run_make(run_id=run.pk)
    agenda_draw_up(board=board)
    return board


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


def _item_in(items: list[AgendaItem], code: str) -> AgendaItem:
    """The widest shortage of officers in the unit with this code or under it."""
    return next(
        item
        for item in items
        if item.unit.code.startswith(code) and item.rank.category == "officer" and item.gap_fte > 0
    )


def _fill(item: AgendaItem, owner: User, chief: User, *, by: date, count: int, donor: CellKey) -> Decision:
    vacant = [
        vacancy for vacancy in cell_vacancies(item, by) if not vacancy.is_part and not vacancy.holder_id
    ]
    posts = list(Post.objects.filter(pk__in=[vacancy.post_id for vacancy in vacant[:count]]))
    values = DecisionValues(
        kind=DecisionKind.FILL,
        source=FillSource.MOVE,
        donor=donor,
        posts=posts,
        fte=sum((post.fte for post in posts), Decimal(0)),
        effective_on=by,
        due_on=by,
        review_on=FIRST_REVIEW,
        owner=owner,
        reason="The unit is among the six that are shortest of constables.",
    )
    return decision_create(item=item, values=values, user=chief, at=_at(FIRST_MEETING, 11))


def _hold(item: AgendaItem, owner: User, chief: User) -> Decision:
    values = DecisionValues(
        kind=DecisionKind.HOLD,
        fte=item.gap_fte,
        effective_on=date(2016, 6, 1),
        due_on=date(2016, 3, 18),
        owner=owner,
        reason="The summer intake is expected to close it; no agency cover meanwhile.",
    )
    return decision_create(item=item, values=values, user=chief, at=_at(FIRST_MEETING, 11))
