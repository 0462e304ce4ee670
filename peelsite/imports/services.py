"""What a person does with an import: upload, map, mend, confirm, undo, discard. The work itself is in
work.py."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from peelsite.forces.models import Force
from peelsite.imports.calc import guess_mapping
from peelsite.imports.engine.undo import Undo
from peelsite.imports.models import (
    ENDED,
    UNDER_WAY,
    ImportBatch,
    ImportMapping,
    ImportMend,
    ImportState,
)
from peelsite.imports.stored import digest_of, files_remove, sheet_described, sheet_of
from peelsite.imports.targets import ImportTarget, target_of
from peelsite.jobs.models import Job, JobState
from peelsite.web.editing.records import Overtaken

FILE_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv")
#: where an import goes back to when its work was given up
RESTING = {
    ImportState.READING: ImportState.FAILED,
    ImportState.CHECKING: ImportState.UPLOADED,
    ImportState.LOADING: ImportState.READY,
    ImportState.UNDOING: ImportState.LOADED,
}


@transaction.atomic
def batch_upload(
    *, force: Force, target: ImportTarget, content: File, file_name: str, user: Any
) -> ImportBatch:
    """Store an uploaded file, to be read. Raises ValidationError for an empty, oversized or foreign file."""
    size = content.size or 0
    if not file_name.lower().endswith(FILE_ENDINGS):
        raise ValidationError("The file must be a spreadsheet: xlsx, xls, ods or csv.")
    if size == 0:
        raise ValidationError("The file is empty.")
    if size > settings.IMPORT_MAX_BYTES:
        most = settings.IMPORT_MAX_BYTES // 1024**2
        raise ValidationError(f"The file is larger than {most} MB. Split it and import each part.")
    batch = ImportBatch(
        force=force,
        target=target.slug,
        file_name=file_name[-200:],
        digest=digest_of(content),
        size=size,
        uploaded_by=user,
    )
    batch.file.save(file_name, content, save=False)
    try:
        with transaction.atomic():
            batch.save()
    except Exception:
        files_remove(batch)
        raise
    return batch


def remembered_headings(force: Force, target: str) -> dict[str, str]:
    kept = ImportMapping.objects.filter(force=force, target=target).first()
    return dict(kept.headings) if kept else {}


@transaction.atomic
def sheet_choose(
    *, batch: ImportBatch, sheet: str, header_row: int | None = None, step: str = ""
) -> ImportBatch:
    """Take another sheet, or another of its rows as headings, and guess the mapping anew."""
    batch = _locked(batch, ImportState.UPLOADED, ImportState.READY, step=step)
    described = next((each for each in batch.sheets if each["name"] == sheet), None)
    if described is None:
        raise ValidationError(f"The file has no sheet named “{sheet}”.")
    batch.sheet, batch.header_row = sheet, header_row or described["header_row"]
    fresh = sheet_described(sheet_of(batch))
    fresh["candidates"] = described["candidates"]
    batch.sheets = [fresh if each["name"] == sheet else each for each in batch.sheets]
    batch.mapping = mapping_guess(batch)
    batch.state = ImportState.UPLOADED
    batch.save()
    return batch


def mapping_guess(batch: ImportBatch) -> dict[str, int | None]:
    """Which heading each column most likely is, by what was chosen last time, the synonyms, and likeness."""
    headers = next(each["headers"] for each in batch.sheets if each["name"] == batch.sheet)
    return guess_mapping(
        headers, target_of(batch.target).columns, remembered_headings(batch.force, batch.target)
    )


@transaction.atomic
def mapping_confirm(
    *,
    batch: ImportBatch,
    mapping: Mapping[str, int | None],
    options: Mapping[str, bool] | None = None,
    step: str = "",
) -> ImportBatch:
    """Fix which heading each column is, remember it for the force, and let the check begin.

    Raises ValidationError when a needed column is left out or a heading is used twice.
    """
    batch = _locked(batch, ImportState.UPLOADED, ImportState.READY, step=step)
    target = target_of(batch.target)
    headers = next(each["headers"] for each in batch.sheets if each["name"] == batch.sheet)
    chosen = {column.name: mapping.get(column.name) for column in target.columns}
    _mapping_check(target, chosen, headers)
    batch.mapping = chosen
    batch.options = {option.name: bool((options or {}).get(option.name)) for option in target.options}
    batch.state, batch.error = ImportState.CHECKING, ""
    batch.save()
    _mapping_remember(batch, chosen, headers)
    return batch


def _mapping_check(target: ImportTarget, chosen: Mapping[str, int | None], headers: list[str]) -> None:
    used: dict[int, str] = {}
    for name, place in chosen.items():
        if place is None:
            continue
        if not 0 <= place < len(headers):
            raise ValidationError(f"The file has no column {place + 1}.")
        if place in used:
            both = f"{target.column(used[place]).label} and {target.column(name).label}"
            raise ValidationError(f"“{headers[place]}” is chosen for {both}; choose it for one of them.")
        used[place] = name
    for group in target.needs:
        if all(chosen.get(name) is None for name in group):
            labels = " or ".join(target.column(name).label for name in group)
            raise ValidationError(f"Choose the column that holds {labels}.")


def _mapping_remember(batch: ImportBatch, chosen: Mapping[str, int | None], headers: list[str]) -> None:
    kept, _ = ImportMapping.objects.select_for_update().get_or_create(force=batch.force, target=batch.target)
    by_place = {place: name for name, place in chosen.items() if place is not None}
    kept.headings = kept.headings | {header: by_place.get(place, "") for place, header in enumerate(headers)}
    kept.save()


@transaction.atomic
def cells_mend(*, batch: ImportBatch, cells: Mapping[tuple[int, str], str], step: str = "") -> ImportBatch:
    """Correct cells of refused rows, by (row number, column); the check begins again."""
    batch = _locked(batch, ImportState.READY, step=step)
    refused = set(batch.issues.values_list("row_no", flat=True))
    names = {column.name for column in target_of(batch.target).columns}
    for (row_no, column), value in cells.items():
        if row_no not in refused or column not in names:
            raise ValidationError(f"Row {row_no} has nothing to correct in that column.")
        ImportMend.objects.update_or_create(
            batch=batch, row_no=row_no, column=column, defaults={"value": value.strip()}
        )
    batch.state, batch.error = ImportState.CHECKING, ""
    batch.save()
    return batch


@transaction.atomic
def extract_declare(*, batch: ImportBatch, as_at: date | None, step: str = "") -> ImportBatch:
    """Declare the file a full extract as at a day (what it leaves out ends before it), or take that back."""
    batch = _locked(batch, ImportState.READY, step=step)
    if as_at is not None and as_at > timezone.localdate() + timedelta(days=366):
        raise ValidationError("The day of a full extract cannot be more than a year from now.")
    batch.full_extract_as_at = as_at
    batch.state, batch.error = ImportState.CHECKING, ""
    batch.save()
    return batch


@transaction.atomic
def batch_confirm(*, batch: ImportBatch, step: str = "") -> ImportBatch:
    """Confirm the preview as it stands: loading begins. Of two confirmations the second is refused."""
    batch = _locked(batch, ImportState.READY, step=step)
    counts = batch.counts
    ended = counts.get("missing", 0) - counts.get("blocked", 0) if batch.full_extract_as_at else 0
    if not counts.get("new") and not counts.get("changed") and not ended:
        raise ValidationError("There is nothing to load: no row is new or changed.")
    batch.state, batch.error = ImportState.LOADING, ""
    batch.save()
    return batch


def undo_blockers(batch: ImportBatch) -> list[str]:
    """Sentences on what was done since that keeps a loaded import from being undone."""
    if not batch.file:
        return ["Its file and what it changed are no longer kept, as it is too long ago."]
    return Undo(batch.pk, target_of(batch.target).models).blockers()


@transaction.atomic
def batch_undo(*, batch: ImportBatch, step: str = "") -> ImportBatch:
    """Let the undoing of a loaded import begin. Raises ValidationError with what is in the way."""
    batch = _locked(batch, ImportState.LOADED, step=step)
    blockers = undo_blockers(batch)
    if blockers:
        raise ValidationError([f"It cannot be undone: {sentence}" for sentence in blockers])
    batch.state, batch.error = ImportState.UNDOING, ""
    batch.save()
    return batch


@transaction.atomic
def batch_discard(*, batch: ImportBatch, step: str = "") -> ImportBatch:
    """Give up an import that was not loaded; its file is deleted."""
    batch = _locked(batch, ImportState.UPLOADED, ImportState.READY, ImportState.FAILED, step=step)
    batch.state = ImportState.DISCARDED
    batch_forget(batch)
    return batch


@transaction.atomic
def batch_settle(*, batch: ImportBatch) -> ImportBatch:
    """Bring back an import whose work was given up, with what its job says; else leave it as it is."""
    if batch.state not in UNDER_WAY:
        return batch
    job = job_of(batch)
    if job is None or job.state != JobState.FAILED:
        return batch
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state in UNDER_WAY:
        batch.state = RESTING[ImportState(batch.state)]
        batch.error = job.error
        batch.save()
    return batch


def job_of(batch: ImportBatch) -> Job | None:
    """The job that does, or last did, an import's work in its present state."""
    kind = f"imports.{batch.state}"
    return Job.objects.filter(kind=kind, subject_id=batch.pk).order_by("-pk").first()


def files_purge(*, older_than: timedelta | None = None) -> int:
    """Delete the files, refused values and previews of imports that ended so long ago; how many.

    What loading did stays: the rows' history, the counts, and what an undo would need goes with the file.
    """
    before = timezone.now() - (older_than or timedelta(days=settings.IMPORT_FILE_DAYS))
    old = ImportBatch.objects.exclude(file="").filter(uploaded_at__lt=before)
    purged = 0
    for batch in old.filter(state__in=[*ENDED, ImportState.UPLOADED, ImportState.READY]):
        with transaction.atomic():
            if batch.state not in ENDED:
                batch.state = ImportState.DISCARDED
            batch_forget(batch)
        purged += 1
    return purged


def batch_forget(batch: ImportBatch) -> None:
    """Nothing of the file's contents stays: rows, sentences, corrections, samples, and the file itself."""
    for kept in (batch.rows, batch.issues, batch.mends, batch.effects):
        kept.all().delete()
    stored = ImportBatch(file=batch.file.name)
    batch.sheets, batch.warnings = [], []
    transaction.on_commit(lambda: files_remove(stored))
    batch.file = ""
    batch.save()


def _locked(batch: ImportBatch, *states: ImportState, step: str = "") -> ImportBatch:
    """The batch, held until the transaction ends.

    Raises Overtaken unless it is in one of the states, and where `step` says what the caller saw of it, when
    it stands elsewhere by now: nobody loads a preview that they have not seen.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in states:
        raise Overtaken(
            f"This import is {locked.get_state_display().lower()} by now. Open it again to see where it "
            "stands."
        )
    if step and locked.step != step:
        raise Overtaken(
            "Someone else went on with this import after you opened it, so what you see is not what it is "
            "now. Nothing of yours was done."
        )
    return locked


@transaction.atomic
def batch_retarget(*, batch: ImportBatch, target: ImportTarget, step: str = "") -> ImportBatch:
    """Take the file for another kind of rows; it is read again with that kind's headings in mind."""
    batch = _locked(batch, ImportState.UPLOADED, step=step)
    batch.target, batch.state, batch.options, batch.error = target.slug, ImportState.READING, {}, ""
    batch.save()
    return batch


@transaction.atomic
def check_ask(
    *,
    batch: ImportBatch,
    sheet: str = "",
    header_row: int | None = None,
    mapping: Mapping[str, int | None] | None = None,
    options: Mapping[str, bool] | None = None,
    full_extract_as_at: date | None = None,
) -> ImportBatch:
    """Let the check begin with the columns given, the rest as guessed: the steps of the pages in one."""
    sheet = sheet or batch.sheet
    if sheet != batch.sheet or header_row not in (None, batch.header_row):
        batch = sheet_choose(batch=batch, sheet=sheet, header_row=header_row)
    unknown = sorted(set(mapping or {}) - set(batch.mapping))
    if unknown:
        raise ValidationError(f"There is no column named {', '.join(unknown)}.")
    batch = mapping_confirm(batch=batch, mapping=batch.mapping | dict(mapping or {}), options=options)
    if batch.full_extract_as_at != full_extract_as_at:
        batch.full_extract_as_at = full_extract_as_at
        batch.save()
    return batch
