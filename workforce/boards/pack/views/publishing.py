"""Drawing up the agenda, and publishing the pack."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.pages import form_methods
from peelsite.web.templatetags import peelsite_web
from workforce.boards.agenda.services import agenda_draw_up
from workforce.boards.decisions.calc import day_words
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb
from workforce.boards.pack.selectors import Pack, pack_of
from workforce.boards.pack.services import board_publish
from workforce.boards.papers.models import PaperKind
from workforce.boards.papers.services import paper_request


@require_POST
@force_page(Action.BOARD_PREPARE)
def draw_up(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = board_or_404(request, force, pk)
    try:
        items = agenda_draw_up(board=found)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        count = peelsite_web.counted(len(items), "item is,items are")
        messages.success(request, f"{count} on the agenda, from the figures of {day_words(found.pack_on)}.")
    return redirect("boards:board", force.slug, pk)


@form_methods
@force_page(Action.BOARD_PREPARE)
def publish(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Shows what will be frozen, then freezes it."""
    found = board_or_404(request, force, pk)
    back = reverse("boards:board", args=[force.slug, pk])
    if request.method == "POST":
        try:
            published = board_publish(board=found, user=request.user)
            job = paper_request(board=published, kind=PaperKind.PACK, user=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            if job is not None:
                job_task.delay_on_commit(job.pk)
            messages.success(request, "The pack is published, and nothing in it can change any more.")
            return redirect(back)
    if not found.is_scheduled:
        return redirect(back)
    pack = pack_of(found)
    context = {
        "heading": f"Publish the pack for {day_words(found.held_on)}",
        "breadcrumbs": [boards_crumb(force), board_crumb(found, force)],
        "rows": _frozen_rows(pack),
        "warning": "Once published, nothing in the pack can change, whoever tries.",
        "text": "The agenda is drawn up once more from the figures of the pack day, and what you did by hand "
        "stays. Then these are frozen:",
        "button": "Publish pack",
        "cancel_href": back,
    }
    return render(request, "components/confirm.html", context)


def _frozen_rows(pack: Pack) -> list[dict[str, str]]:
    board: Board = pack.board
    total = pack.total
    counted = peelsite_web.counted
    return [
        {"term": "Day of the figures", "value": day_words(board.pack_on)},
        {
            "term": "Strength table",
            "value": f"{counted(len(pack.lines), 'line,lines')}: establishment "
            f"{peelsite_web.fte(total.establishment_fte)} FTE, strength "
            f"{peelsite_web.fte(total.strength_fte)} FTE",
        },
        {
            "term": "Agenda",
            "value": f"{counted(len(pack.items), 'item,items')}, {len(pack.removed)} taken off",
        },
        {"term": "Notes", "value": counted(len(pack.notes), "note,notes")},
        {"term": "Projection", "value": _projection_words(pack)},
        {"term": "Compared with", "value": _compared_words(pack)},
        {"term": "Actions carried", "value": counted(len(pack.carried), "action,actions")},
    ]


def _projection_words(pack: Pack) -> str:
    edition = pack.edition
    if edition is None or not edition.has_projection:
        return "none has been made: the pack will show no outlook"
    return f"run {edition.run_id}, from the records of {day_words(edition.run_as_at)}"


def _compared_words(pack: Pack) -> str:
    last = pack.edition.compared_with if pack.edition else None
    return f"the pack of {day_words(last.pack_on)}" if last else "no earlier pack"
