"""Writes of a pack: its notes before publication, and publication, which can be done once."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.boards.agenda.services import agenda_draw_up, scheduled_for_update
from workforce.boards.comparison.models import PackCell, PackChange
from workforce.boards.meetings.calc import months_after
from workforce.boards.meetings.models import Board, BoardState
from workforce.boards.meetings.services import MONTHS_AHEAD, schedule_extend, series_hold
from workforce.boards.pack.models import CarriedAction, PackForecast, PackLine, PackNote
from workforce.boards.pack.selectors import Pack, frozen_of, lines_to_freeze, pack_of
from workforce.boards.papers.models import BoardPaper, PaperKind


@in_turn
def board_publish(*, board: Board, user: User, at: datetime | None = None) -> Board:
    """Freeze the pack: every row that it shows, and a digest over them.

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
    pack = pack_of(board)
    _freeze(pack)
    # Over the rows as they were written, not as they were made.
    board.pack_digest = frozen_of(board, pack.items, pack.removed).digest
    board.state = BoardState.PUBLISHED
    board.published_by, board.published_at = user, at or timezone.now()
    board.version += 1
    board.save(update_fields=["pack_digest", "state", "published_by", "published_at", "version"])
    schedule_extend(series=board.series, until=months_after(board.held_on, MONTHS_AHEAD))
    return board


@in_turn
def note_write(*, board: Board, dimension: str, key: str, text: str, user: User) -> PackNote:
    """Put a note to a line of the strength table, or put another in its place.

    Raises ValidationError for a line that the pack does not have and for no text; Overtaken once published.
    """
    board = scheduled_for_update(board)
    line = next(
        (each for each in lines_to_freeze(board) if (each.dimension, each.key) == (dimension, key)), None
    )
    if line is None:
        raise ValidationError({"line": "The pack has no such line any more; choose another."})
    if not text.strip():
        raise ValidationError({"text": "Enter the note."})
    note, _ = PackNote.objects.update_or_create(
        board=board,
        dimension=dimension,
        key=key,
        defaults={
            "label": line.label,
            "text": text.strip(),
            "written_by": user,
            "written_at": timezone.now(),
        },
    )
    return note


@in_turn
def note_change(*, note: PackNote, text: str, user: User, seen: Seen | None = None) -> PackNote:
    """Change a note; without text it is taken away, and is returned without a key.

    Raises EditConflict when it is no longer what was `seen`, Overtaken once the pack is published.
    """
    scheduled_for_update(note.board)
    note = locked(note, seen)
    if not text.strip():
        note.delete()
        return note
    note.text, note.written_by, note.written_at = text.strip(), user, timezone.now()
    note.save(update_fields=["text", "written_by", "written_at"])
    return note


def _freeze(pack: Pack) -> None:
    # What was written of it as a draft is no paper of the board.
    BoardPaper.objects.filter(board=pack.board, kind=PaperKind.DRAFT).delete()
    PackLine.objects.bulk_create(pack.lines)
    CarriedAction.objects.bulk_create(pack.carried)
    PackForecast.objects.bulk_create(pack.forecasts)
    PackCell.objects.bulk_create(pack.cells)
    PackChange.objects.bulk_create(pack.changes)
    pack.edition.save(force_insert=True)
