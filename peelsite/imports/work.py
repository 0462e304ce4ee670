"""The work of imports, run as jobs: reading, checking, loading, undoing. Each is one transaction, done
once."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from peelsite.imports.engine import run
from peelsite.imports.engine.undo import Undo
from peelsite.imports.models import ImportBatch, ImportState
from peelsite.imports.services import mapping_guess
from peelsite.imports.stored import sheet_described, sheets_read
from peelsite.imports.targets import target_of
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue, job_run, progress_note
from peelsite.jobs.tasks import job_task

MOVED = (
    "The site's records have changed since this preview was made, so nothing was loaded. "
    "This is the preview as of now: look through it and confirm again."
)


def work_start(batch: ImportBatch, *, user: Any) -> Job:
    """Queue the work of the batch's present state; a small file's is done at once, in this process.

    Call it outside a transaction. A job that is lost is taken up again by beat.
    """
    job = job_queue(
        kind=f"imports.{batch.state}", subject_id=batch.pk, force=batch.force, requested_by=user, total=0
    )
    if batch.size <= settings.IMPORT_INLINE_BYTES:
        job_run(job_id=job.pk)
    else:
        job_task.delay_on_commit(job.pk)
    return job


def read_job(job: Job) -> dict[str, Any]:
    """Read the file; the columns are then for a person to confirm."""
    batch = _batch(job, ImportState.READING)
    if batch is None:
        return {}
    progress_note(job, done=0, total=0, note="Reading the file")
    batch_read(batch)
    return {"state": batch.state}


def batch_read(batch: ImportBatch) -> None:
    """Describe the file's sheets and guess the mapping; a file that cannot be read fails with its
    sentence."""
    try:
        sheets, best, notes = sheets_read(batch)
    except ValidationError as unreadable:
        batch.state, batch.error = ImportState.FAILED, " ".join(unreadable.messages)
        batch.save()
        return
    batch.sheets = [sheet_described(sheet) for sheet in sheets]
    chosen = batch.sheets[best]
    batch.sheet, batch.header_row = chosen["name"], chosen["header_row"]
    named = run.named_force_note(batch, chosen["headers"], chosen["samples"])
    batch.notes = [named, *notes] if named else notes
    batch.mapping = mapping_guess(batch)
    batch.state = ImportState.UPLOADED
    batch.save()


def check_job(job: Job) -> dict[str, Any]:
    batch = _batch(job, ImportState.CHECKING)
    if batch is None:
        return {}
    stage, plan = run.check(batch, _noter(job))
    run.plan_keep(batch, stage, plan)
    batch.state = ImportState.READY
    batch.save()
    return plan.counts


def load_job(job: Job) -> dict[str, Any]:
    """Load what was confirmed, or nothing and say why."""
    batch = _batch(job, ImportState.LOADING)
    if batch is None:
        return {}
    try:
        _, plan = run.load(batch, _noter(job), expected=batch.plan)
    except run.PlanMoved as moved:
        run.plan_keep(batch, moved.stage, moved.plan)
        batch.state, batch.error = ImportState.READY, MOVED
        batch.save()
        return {"state": batch.state}
    except ValidationError as refused:
        batch.state, batch.error = ImportState.READY, "Nothing was loaded. " + " ".join(refused.messages)
        batch.save()
        return {"state": batch.state}
    batch.state, batch.loaded_at = ImportState.LOADED, timezone.now()
    batch.save()
    return plan.counts


def undo_job(job: Job) -> dict[str, Any]:
    """Take a loaded import back, unless something rests on it by now."""
    batch = _batch(job, ImportState.UNDOING)
    if batch is None:
        return {}
    batch_take_back(batch)
    return {"state": batch.state}


def batch_take_back(batch: ImportBatch) -> None:
    target = target_of(batch.target)
    undo = Undo(batch.pk, target.models)
    refusals = undo.blockers()
    if not refusals:
        try:
            with transaction.atomic():
                target.undo(undo)
                undo.run("SET CONSTRAINTS ALL IMMEDIATE")
                undo.run("SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError as refused:
            refusals = [target.refusal(refused)]
    if refusals:
        batch.state, batch.error = ImportState.LOADED, "It was not undone: " + " ".join(refusals)
    else:
        batch.effects.all().delete()
        batch.state, batch.error, batch.undone_at = ImportState.UNDONE, "", timezone.now()
    batch.save()


KINDS: dict[str, Callable[[Job], dict[str, Any]]] = {
    "imports.reading": read_job,
    "imports.checking": check_job,
    "imports.loading": load_job,
    "imports.undoing": undo_job,
}


def _batch(job: Job, state: ImportState) -> ImportBatch | None:
    """The job's batch, held until the end; None when the work was done already."""
    batch = ImportBatch.objects.select_for_update().get(pk=job.subject_id)
    return batch if batch.state == state else None


def _noter(job: Job) -> run.Note:
    return lambda done, total, words: progress_note(job, done=done, total=total, note=words)
