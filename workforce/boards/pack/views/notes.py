"""Notes on the lines of the strength table, before publication."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb
from workforce.boards.pack.forms import NoteAddForm, NoteChangeForm
from workforce.boards.pack.models import PackNote


@form_methods
@force_page(Action.BOARD_PREPARE)
def note_add(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    return form_page(
        request,
        NoteAddForm(
            request.POST or None,
            board=board,
            user=request.user,
            initial={"line": f"{request.GET.get('dimension', '')}:{request.GET.get('key', '')}"},
        ),
        heading="Add a note to the strength table",
        intro="Say why a line is as it is: why strength is above budget, for one. The note is printed in the "
        "pack and frozen with it.",
        back=board_crumb(board, force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda note: (_strength_of(force, pk), f"The note on {note.label} is saved."),
        button="Save note",
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def note_change(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    notes = PackNote.objects.filter(board__force=force).select_related("board__force", "written_by")
    note = row_or_404(request, notes, lambda gone: gone.board.force_id == force.pk, pk=pk)
    board = note.board

    def done(saved: PackNote) -> tuple[str, str]:
        told = f"The note on {saved.label} is {'saved' if saved.pk else 'taken away'}."
        return _strength_of(force, board.pk), told

    return form_page(
        request,
        NoteChangeForm(request.POST or None, note=note, user=request.user),
        heading=f"Change the note on {note.label}",
        intro="Leave it empty to take it away.",
        back=board_crumb(board, force),
        breadcrumbs=[boards_crumb(force)],
        done=done,
        button="Save note",
    )


def _strength_of(force: Force, pk: int) -> str:
    return reverse("boards:board", args=[force.slug, pk]) + "#strength"
