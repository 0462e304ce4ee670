"""Reads of the schedule."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from peelsite.forces.models import Force
from workforce.boards.meetings.models import Board


def boards_of(force: Force) -> QuerySet[Board]:
    """Boards of a force with how much is on the agenda, decided and still open. One query."""
    return (
        Board.objects.of_force(force)
        .select_related("series")
        .annotate(
            item_count=Count("items", filter=Q(items__removed_at__isnull=True), distinct=True),
            decision_count=Count("items__decisions", distinct=True),
            open_count=Count("actions", filter=Q(actions__state="open"), distinct=True),
        )
        .order_by("held_on")
    )


def state_words(board: Board, day: date) -> tuple[str, str]:
    """Words and colour of a board's tag."""
    if board.is_approved:
        return "Minutes approved", "green"
    if board.is_published:
        return ("Pack published", "blue") if board.held_on >= day else ("Minutes to approve", "yellow")
    if board.pack_on <= day:
        return "Pack due", "red"
    return "Scheduled", "grey"
