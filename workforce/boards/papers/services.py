"""Writing a board's papers as files: once, from what was frozen."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.charts.services import chart_svg
from peelsite.documents.services import pdf_bytes
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from peelsite.web.editing.records import Overtaken
from workforce.boards.decisions.calc import day_words
from workforce.boards.meetings.models import Board
from workforce.boards.minutes.calc import text_sections
from workforce.boards.pack.calc import text_digest
from workforce.boards.pack.selectors import Pack, pack_of
from workforce.boards.papers.exports.charts import pack_charts
from workforce.boards.papers.exports.document import minutes_document, pack_document
from workforce.boards.papers.exports.workbook import pack_workbook
from workforce.boards.papers.models import BoardPaper, PaperKind
from workforce.boards.papers.selectors import JOBS

STEPS = 3


@transaction.atomic
def paper_request(*, board: Board, kind: str, user: User | None = None) -> Job | None:
    """Queue the writing of a paper; None when it is written already.

    The caller enqueues the job after commit. Raises Overtaken for a paper that the board, as it stands,
    cannot have.
    """
    fits = {
        PaperKind.DRAFT: board.is_scheduled,
        PaperKind.PACK: not board.is_scheduled,
        PaperKind.MINUTES: board.is_approved,
    }
    if not fits[PaperKind(kind)]:
        raise Overtaken("The board has moved on; look at its page again.")
    if kind != PaperKind.DRAFT and BoardPaper.objects.filter(board=board, kind=kind).exists():
        return None
    return job_queue(kind=JOBS[kind], subject_id=board.pk, force=board.force, requested_by=user, total=STEPS)


@transaction.atomic
def paper_write(*, board_id: int, kind: str) -> BoardPaper:
    """Typeset a paper and keep it. One that is written already is returned as it is; a draft is written anew.

    Raises ValidationError when the frozen rows no longer agree with their digest: what was tampered with is
    not printed.
    """
    board = Board.objects.select_related("series__force", "force", "approved_by").get(pk=board_id)
    held = BoardPaper.objects.light().filter(board=board, kind=kind).first()
    if held is not None and kind != PaperKind.DRAFT:
        return held
    if kind == PaperKind.MINUTES:
        digest, pdf, xlsx = board.minutes_digest, _minutes_pdf(board), None
    else:
        pack = pack_of(board)
        if pack.is_draft != (kind == PaperKind.DRAFT):
            raise ValidationError("The board has moved on; look at its page again.")
        if not pack.is_intact:
            raise ValidationError(
                "The rows of this pack no longer agree with its digest, so it is not printed. "
                "Somebody changed them in the database; tell the administrator."
            )
        digest, pdf, xlsx = pack.digest, _pack_pdf(pack), pack_workbook(pack)
    paper, _ = BoardPaper.objects.update_or_create(
        board=board,
        kind=kind,
        defaults={"digest": digest, "pdf": pdf, "xlsx": xlsx, "written_at": timezone.now()},
    )
    return paper


def _pack_pdf(pack: Pack) -> bytes:
    svgs = {name: chart_svg(chart=chart) for name, chart in pack_charts(pack).items()}
    return pdf_bytes(pack_document(pack, svgs))


def _minutes_pdf(board: Board) -> bytes:
    if text_digest(board.minutes) != board.minutes_digest:
        raise ValidationError(
            "These minutes no longer agree with their digest, so they are not printed. "
            "Somebody changed them in the database; tell the administrator."
        )
    approved_on = day_words(timezone.localdate(board.approved_at))
    return pdf_bytes(
        minutes_document(
            title=f"Minutes of {day_words(board.held_on)}",
            force=board.force.name,
            day=board.held_on,
            sections=text_sections(board.minutes),
            digest=board.minutes_digest,
            approved=f"Approved by {board.approved_by} on {approved_on}.",
        )
    )
