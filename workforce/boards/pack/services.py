"""Publication of a pack: it freezes the figures of the pack day, and can be done once."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.turns import in_turn
from workforce.boards.agenda.services import agenda_draw_up, scheduled_for_update
from workforce.boards.meetings.calc import months_after
from workforce.boards.meetings.models import Board, BoardState
from workforce.boards.meetings.services import MONTHS_AHEAD, schedule_extend, series_hold
from workforce.boards.pack.models import CarriedAction, PackLine
from workforce.boards.pack.selectors import actions_to_carry, digest_now, lines_to_freeze


@in_turn
def board_publish(*, board: Board, user: User, at: datetime | None = None) -> Board:
    """Freeze the pack: strength table, agenda with its figures, actions carried, and a digest over them.

    The agenda is drawn up a last time, so that its figures are those of the pack day; what was done by hand
    stays. Raises ValidationError when the pack is published already, its day is still to come, or nothing is
    on the agenda.
    """
    series_hold(board.series_id)
    board = scheduled_for_update(board)
    today = opening_day(board.force)
    if board.pack_on > today:
        raise ValidationError(
            f"The pack counts the figures of {board.pack_on:%-d %B %Y}, which is still to come. "
            "Publish it on that day, or give the board an earlier pack day."
        )
    if not agenda_draw_up(board=board):
        raise ValidationError("Nothing is on the agenda. Add an item, or lower the thresholds of the series.")
    PackLine.objects.bulk_create(lines_to_freeze(board))
    CarriedAction.objects.bulk_create(actions_to_carry(board))
    board.pack_digest = digest_now(board)
    board.state = BoardState.PUBLISHED
    board.published_by, board.published_at = user, at or timezone.now()
    board.version += 1
    board.save(update_fields=["pack_digest", "state", "published_by", "published_at", "version"])
    schedule_extend(series=board.series, until=months_after(board.held_on, MONTHS_AHEAD))
    return board
