"""Minutes: drafted from the decisions, noted, approved once, corrected by new entries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.pages import form_methods, form_page, status_of
from workforce.boards.decisions.calc import day_words
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb
from workforce.boards.minutes.calc import text_sections
from workforce.boards.minutes.forms import ApproveForm, CorrectionForm, NotesForm
from workforce.boards.minutes.selectors import minutes_of
from workforce.boards.pack.calc import text_digest
from workforce.boards.papers.models import PaperKind
from workforce.boards.papers.services import paper_request
from workforce.boards.papers.views import paper_offers


def _minutes_crumb(board: Board, force: Force) -> tuple[str, str]:
    return ("Minutes", reverse("boards:minutes", args=[force.slug, board.pk]))


def _trail(board: Board, force: Force) -> list[tuple[str, str]]:
    return [boards_crumb(force), board_crumb(board, force)]


@require_safe
@force_page(Action.BOARD_VIEW)
def minutes(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    if board.is_scheduled:
        return redirect("boards:board", force.slug, pk)
    text = minutes_of(board)
    context = {
        "heading": f"Minutes of {day_words(board.held_on)}",
        "breadcrumbs": _trail(board, force),
        "board": board,
        "sections": text_sections(text),
        "is_intact": not board.is_approved or text_digest(board.minutes) == board.minutes_digest,
        "corrections": list(board.corrections.select_related("made_by")),
        "papers": paper_offers(board, (PaperKind.MINUTES,), force, request.user) if board.is_approved else [],
        "may_note": board.is_published and request.user.may(Action.BOARD_PREPARE, force),
        "may_approve": board.is_published and request.user.may(Action.BOARD_APPROVE, force),
        "may_correct": board.is_approved and request.user.may(Action.BOARD_APPROVE, force),
    }
    return render(request, "workforce/boards/minutes.html", context)


@form_methods
@force_page(Action.BOARD_PREPARE)
def notes(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    back = _minutes_crumb(board, force)
    return form_page(
        request,
        NotesForm(request.POST or None, board=board),
        heading="Present, and other business",
        back=back,
        breadcrumbs=_trail(board, force),
        done=lambda noted: (back[1], "The minutes are changed."),
    )


@form_methods
@force_page(Action.BOARD_APPROVE)
def approve(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The whole text once more, then the button: what is approved is what was read."""
    board = board_or_404(request, force, pk)
    back = _minutes_crumb(board, force)
    if board.is_scheduled or (board.is_approved and request.method != "POST"):
        return redirect(back[1])
    text = minutes_of(board)
    form = ApproveForm(request.POST or None, board=board, user=request.user, digest=text_digest(text))
    if request.method == "POST" and (approved := form.saved()) is not None:
        job = paper_request(board=approved, kind=PaperKind.MINUTES, user=request.user)
        if job is not None:
            job_task.delay_on_commit(job.pk)
        return redirect(back[1])
    context = {
        "heading": f"Approve the minutes of {day_words(board.held_on)}",
        "breadcrumbs": [*_trail(board, force), back],
        "form": form,
        "digest": text_digest(text),
        "sections": text_sections(text),
        "cancel_href": back[1],
    }
    return render(request, "workforce/boards/approve.html", context, status=status_of(form))


@form_methods
@force_page(Action.BOARD_APPROVE)
def correct(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    back = _minutes_crumb(board, force)
    return form_page(
        request,
        CorrectionForm(request.POST or None, board=board, user=request.user),
        heading="Add a correction to the minutes",
        intro="The minutes stay as they were approved. Your correction is shown under them.",
        warning="A correction cannot be changed once it is added.",
        back=back,
        breadcrumbs=_trail(board, force),
        done=lambda made: (back[1], "The correction is added."),
        button="Add correction",
    )
