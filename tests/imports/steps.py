"""An import's steps by services, for tests that look at what comes out of them."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File

from peelsite.forces.models import Force
from peelsite.imports import services
from peelsite.imports.models import ImportBatch
from peelsite.imports.targets import target_of
from peelsite.imports.work import work_start


def upload(force: Force, target: str, path: Path, user: Any = None) -> ImportBatch:
    """Upload and read a file."""
    with path.open("rb") as file:
        batch = services.batch_upload(
            force=force, target=target_of(target), content=File(file), file_name=path.name, user=user
        )
    return again(batch, user)


def again(batch: ImportBatch, user: Any = None) -> ImportBatch:
    """Do the work of the batch's state, and read it afresh."""
    work_start(batch, user=user)
    batch.refresh_from_db()
    return batch


def checked(
    force: Force, target: str, path: Path, user: Any = None, *, sheet: str = "", **options: bool
) -> ImportBatch:
    """Upload, take the guessed mapping, check."""
    batch = upload(force, target, path, user)
    assert batch.state == "uploaded", batch.error
    if sheet:
        batch = services.sheet_choose(batch=batch, sheet=sheet)
    batch = services.mapping_confirm(batch=batch, mapping=batch.mapping, options=options)
    return again(batch, user)


def loaded(force: Force, target: str, path: Path, user: Any = None, **options: Any) -> ImportBatch:
    """Upload, check, confirm, load."""
    batch = checked(force, target, path, user, **options)
    assert batch.state == "ready", (batch.state, batch.error)
    return again(services.batch_confirm(batch=batch), user)


def extract(batch: ImportBatch, as_at: date | None) -> ImportBatch:
    return again(services.extract_declare(batch=batch, as_at=as_at))


def issues(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """(row, the file's heading, sentence) of every refusal."""
    headings = batch.headings
    return [
        (issue.row_no, headings.get(issue.column, issue.column), issue.sentence)
        for issue in batch.issues.all()
    ]
