"""A board's papers to download, and the part of a page that says how far their writing is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.jobs.tasks import job_task
from peelsite.web.context import MARKING
from peelsite.web.exports import XLSX_TYPE
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.views import board_or_404
from workforce.boards.papers.models import BoardPaper, PaperKind
from workforce.boards.papers.selectors import PaperState, paper_states
from workforce.boards.papers.services import paper_request

_TYPES = {"pdf": "application/pdf", "xlsx": XLSX_TYPE}


@dataclass(frozen=True, kw_only=True)
class PaperOffer:
    """What a page offers of one paper."""

    state: PaperState
    label: str
    progress: dict[str, Any] | None
    poll_url: str
    write_url: str
    may_write: bool
    has_workbook: bool


def paper_offers(board: Board, kinds: Iterable[str], force: Force, user: User) -> list[PaperOffer]:
    """Each paper as the reader may have it. Two queries."""
    states = paper_states(board, tuple(kinds))
    may_write = user.may(Action.BOARD_PREPARE, force)
    return [
        PaperOffer(
            state=state,
            label=PaperKind(kind).label,
            progress=_progress(state) if state.is_under_way else None,
            poll_url=reverse("boards:paper-progress", args=[force.slug, board.pk, kind]),
            write_url=reverse("boards:paper-write", args=[force.slug, board.pk, kind]),
            may_write=may_write and not state.is_under_way,
            has_workbook=kind != PaperKind.MINUTES,
        )
        for kind, state in states.items()
    ]


@require_safe
@force_page(Action.BOARD_VIEW)
def paper(request: HttpRequest, force: Force, pk: int, paper_kind: str, extension: str) -> HttpResponse:
    """A written paper as file."""
    return paper_response(board_or_404(request, force, pk), paper_kind, extension)


def paper_response(board: Board, kind: str, extension: str) -> HttpResponse:
    """The file as a download. Raises Http404 where it is not written."""
    found = BoardPaper.objects.filter(board=board, kind=kind).first()
    content = getattr(found, extension, None) if extension in _TYPES else None
    if content is None:
        raise Http404
    response = HttpResponse(bytes(content), content_type=_TYPES[extension])
    response["Content-Disposition"] = content_disposition_header(True, file_name(board, kind, extension))
    return response


def file_name(board: Board, kind: str, extension: str) -> str:
    """'OFFICIAL hertfordshire board pack 2016-04-04.pdf': the marking travels with the file."""
    words = {PaperKind.DRAFT: "DRAFT board pack", PaperKind.PACK: "board pack", PaperKind.MINUTES: "minutes"}
    return f"{MARKING} {board.force.slug} {words[PaperKind(kind)]} {board.held_on:%Y-%m-%d}.{extension}"


@require_POST
@force_page(Action.BOARD_PREPARE)
def write(request: HttpRequest, force: Force, pk: int, paper_kind: str) -> HttpResponse:
    """Have a paper written: a draft anew, or one whose writing failed once more."""
    board = board_or_404(request, force, pk)
    if paper_kind not in PaperKind.values:
        raise Http404
    try:
        job = paper_request(board=board, kind=paper_kind, user=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        if job is not None:
            job_task.delay_on_commit(job.pk)
    return redirect("boards:minutes" if paper_kind == PaperKind.MINUTES else "boards:board", force.slug, pk)


@require_safe
@force_page(Action.BOARD_VIEW)
def progress(request: HttpRequest, force: Force, pk: int, paper_kind: str) -> HttpResponse:
    """The part that a page under way asks for; reloads the page when the paper is written or has failed."""
    board = board_or_404(request, force, pk)
    state = paper_states(board, (paper_kind,)).get(paper_kind) if paper_kind in PaperKind.values else None
    if state is None or state.job is None:
        raise Http404
    response = render(
        request, "components/progress.html", {"progress": _progress(state), "poll_url": request.path}
    )
    if not state.is_under_way:
        response["HX-Refresh"] = "true"
    return response


def _progress(state: PaperState) -> dict[str, Any]:
    job = state.job
    return {
        "label": f"{PaperKind(state.kind).label} being written",
        "done": job.done,
        "total": job.total,
        "percent": job.percent,
        "note": job.note,
        "finished": job.finished_at is not None,
    }
