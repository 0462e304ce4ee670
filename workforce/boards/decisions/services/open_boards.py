"""The lock of a board that is being decided on, and of the posts that unit heads are asked to fill."""

from django.core.exceptions import ValidationError

from peelsite.web.editing.records import EditConflict, Overtaken, moment
from workforce.boards.decisions.calc import day_words
from workforce.boards.decisions.models import PostToFill, PostToFillQuerySet
from workforce.boards.meetings.models import Board


def open_minutes(board: Board) -> Board:
    """The board's row, locked. Raises ValidationError unless its pack is published and its minutes open."""
    boards = Board.objects.select_for_update(of=("self",), no_key=True).select_related(
        "force", "series", "approved_by"
    )
    board = boards.filter(pk=board.pk).first()
    if board is None:
        raise EditConflict(None)
    if board.is_approved:
        raise Overtaken(
            f"The minutes of the board of {day_words(board.held_on)} are approved, and nothing in them can "
            f"change: {board.approved_by} approved them at {moment(board.approved_at)}. Add a correction to "
            "the minutes instead."
        )
    if board.is_scheduled:
        raise ValidationError(
            f"The pack of the board of {day_words(board.held_on)} is not published yet. Publish it first: "
            "decisions and actions rest on its figures."
        )
    return board


def asked_for_update(decision_id: int | None) -> PostToFillQuerySet:
    """The posts that unit heads are asked to fill, locked by number, and nothing that they point at."""
    asked = PostToFill.objects.filter(decision=decision_id or 0)
    return asked.select_for_update(of=("self",)).order_by("pk")
