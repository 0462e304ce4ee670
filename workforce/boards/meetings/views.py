"""The boards of a force: which is next, which were held, and how they are set up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from workforce.boards.decisions.calc import action_counts, day_words
from workforce.boards.decisions.models import BoardAction
from workforce.boards.meetings.forms import MoveForm, SeriesChangeForm, SeriesCloseForm, SeriesCreateForm
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.meetings.selectors import boards_of, state_words
from workforce.boards.reports import board_actions_overdue, last_board, posts_waiting_for


def boards_crumb(force: Force) -> tuple[str, str]:
    return ("Boards", reverse("boards:list", args=[force.slug]))


def board_crumb(board: Board, force: Force) -> tuple[str, str]:
    return (f"Board of {day_words(board.held_on)}", reverse("boards:board", args=[force.slug, board.pk]))


def board_or_404(request: HttpRequest, force: Force, pk: int) -> Board:
    """The board, or, where a form about it is sent, the one that was removed meanwhile."""
    boards = Board.objects.of_force(force).select_related(
        "series__force", "force", "published_by", "approved_by"
    )
    return row_or_404(request, boards, lambda gone: gone.force_id == force.pk, pk=pk)


@require_safe
@force_page(Action.BOARD_VIEW)
def board_list(request: HttpRequest, force: Force) -> HttpResponse:
    """Next board first, then what is late, then every other board."""
    day = opening_day(force)
    boards = list(boards_of(force))
    for board in boards:
        board.tag, board.tag_colour = state_words(board, day)
    coming = [board for board in boards if board.held_on >= day]
    last = last_board(force, day)
    context = {
        "heading": "Establishment board",
        "day": day,
        "series": list(BoardSeries.objects.of_force(force)),
        "next": coming[0] if coming else None,
        "coming": coming[1:],
        "held": [board for board in reversed(boards) if board.held_on < day],
        "figures": _figures(request, force, day, coming[0] if coming else None, last),
        "may_prepare": request.user.may(Action.BOARD_PREPARE, force),
        "may_see_moves": bool(request.user.reach(Action.POST_MATCH, force))
        or request.user.may(Action.PEOPLE_EDIT, force)
        or request.user.may(Action.BOARD_DECIDE, force),
    }
    return render(request, "workforce/boards/list.html", context)


def _figures(request, force, day, coming, last):
    overdue = board_actions_overdue(force, day).count()
    figures = [
        {
            "label": "Next board",
            "value": day_words(coming.held_on) if coming else "none",
            "note": f"pack counts {day_words(coming.pack_on)}" if coming else "set up a board",
            "href": board_crumb(coming, force)[1] if coming else "",
        },
        {
            "label": "Actions overdue",
            "value": str(overdue),
            "note": f"on {day_words(day)}",
            "href": reverse("boards:actions", args=[force.slug]) + "?shown=overdue",
            "kind": "warning" if overdue else "good",
        },
    ]
    if last is not None:
        actions = BoardAction.objects.filter(board=last)
        counts = action_counts([(each.state, each.is_late_on(day)) for each in actions])
        figures.append(
            {
                "label": "Decisions of last time",
                "value": f"{counts.done} of {counts.total} done",
                "note": counts.words,
                "href": reverse("boards:actions", args=[force.slug]) + f"?board={last.pk}&shown=all",
            }
        )
    if request.user.reach(Action.POST_MATCH, force):
        figures.append(
            {
                "label": "Posts waiting for you",
                "value": str(posts_waiting_for(request.user, force).count()),
                "note": "to match a person to",
                "href": reverse("boards:to-fill", args=[force.slug]),
            }
        )
    return figures


@form_methods
@force_page(Action.BOARD_PREPARE)
def series_create(request: HttpRequest, force: Force) -> HttpResponse:
    initial = {"first_meeting_on": opening_day(force)}
    return form_page(
        request,
        SeriesCreateForm(request.POST or None, force=force, initial=initial),
        heading="Set up a board",
        intro="The meetings of a year are put into the diary. Each can be moved to another day.",
        back=boards_crumb(force),
        done=lambda made: (boards_crumb(force)[1], f"{made} is set up."),
        button="Set up board",
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def series_change(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    series = _series_or_404(request, force, pk)
    return form_page(
        request,
        SeriesChangeForm(request.POST or None, series=series),
        heading=f"Change {series}",
        intro="A new interval or first meeting re-dates the meetings still to come that nobody has moved or "
        "prepared. Packs and minutes stay as they are.",
        back=boards_crumb(force),
        done=lambda changed: (boards_crumb(force)[1], f"{changed} is changed."),
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def series_close(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    series = _series_or_404(request, force, pk)

    def done(saved: BoardSeries) -> tuple[str, str]:
        said = f"is closed from {day_words(saved.closed_on)}" if saved.closed_on else "meets again"
        return boards_crumb(force)[1], f"{saved} {said}."

    return form_page(
        request,
        SeriesCloseForm(request.POST or None, series=series),
        heading=f"Close {series}" if series.closed_on is None else f"Closing day of {series}",
        intro="Meetings from that day on that nobody has prepared leave the diary. Packs and minutes stay, "
        "and so do open actions, with their owners.",
        back=boards_crumb(force),
        done=done,
    )


def _series_or_404(request: HttpRequest, force: Force, pk: int) -> BoardSeries:
    """The series, or, where a form about it is sent, the one that was removed meanwhile."""
    series = BoardSeries.objects.of_force(force).select_related("force")
    return row_or_404(request, series, lambda gone: gone.force_id == force.pk, pk=pk)


@form_methods
@force_page(Action.BOARD_PREPARE)
def move(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    return form_page(
        request,
        MoveForm(request.POST or None, board=board),
        heading=f"Move the board of {day_words(board.held_on)}",
        intro=f"By the interval it is on {day_words(board.nominal_on)}. Later meetings stay where they are.",
        back=board_crumb(board, force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda moved: (board_crumb(moved, force)[1], f"The board is on {day_words(moved.held_on)}."),
        button="Move board",
    )
