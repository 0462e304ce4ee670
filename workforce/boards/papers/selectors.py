"""Reads of papers: which there are, and which are being written."""

from dataclasses import dataclass

from peelsite.jobs.models import Job
from workforce.boards.meetings.models import Board
from workforce.boards.papers.models import BoardPaper, PaperKind

# Kind of paper -> kind of job that writes it.
JOBS = {
    PaperKind.DRAFT: "board.draft",
    PaperKind.PACK: "board.pack",
    PaperKind.MINUTES: "board.minutes",
}
KIND_OF_JOB = {job: kind for kind, job in JOBS.items()}


@dataclass(frozen=True, kw_only=True)
class PaperState:
    """A paper as a page offers it: written, being written, failed, or neither."""

    kind: str
    paper: BoardPaper | None
    job: Job | None

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.finished_at is None

    @property
    def error(self) -> str:
        return "" if self.job is None or self.paper is not None else self.job.error


def paper_states(board: Board, kinds: tuple[str, ...]) -> dict[str, PaperState]:
    """Papers of these kinds with the latest job of each. Two queries."""
    papers = {paper.kind: paper for paper in BoardPaper.objects.light().filter(board=board, kind__in=kinds)}
    jobs: dict[str, Job] = {}
    asked = Job.objects.filter(
        force=board.force, kind__in=[JOBS[PaperKind(kind)] for kind in kinds], subject_id=board.pk
    )
    for job in asked.order_by("queued_at", "pk"):
        jobs[KIND_OF_JOB[job.kind]] = job
    return {kind: PaperState(kind=kind, paper=papers.get(kind), job=jobs.get(kind)) for kind in kinds}


def papers_missing() -> list[tuple[int, str]]:
    """(board, kind) of published packs and approved minutes that have no file and no job. Three queries."""
    boards = Board.objects.with_frozen_pack().filter(edition__isnull=False)
    held = set(BoardPaper.objects.values_list("board_id", "kind"))
    asked = {
        (subject, KIND_OF_JOB[kind])
        for subject, kind in Job.objects.filter(kind__in=JOBS.values()).values_list("subject_id", "kind")
    }
    wanted = []
    for pk, digest in boards.values_list("pk", "minutes_digest"):
        wanted.append((pk, PaperKind.PACK.value))
        if digest:
            wanted.append((pk, PaperKind.MINUTES.value))
    return [each for each in wanted if each not in held and each not in asked]
