"""The uploaded file on disk, and the sheets that were read out of it."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from django.core.exceptions import ValidationError
from django.core.files import File

from peelsite.imports.models import ImportBatch
from peelsite.imports.reading import Sheet, UnreadableFile, read_workbook
from peelsite.imports.targets import target_of

SAMPLES = 3
SAMPLE_LENGTH = 60
# So many rows above and below the headings found are offered as headings.
NEAR_ROWS = 5


def digest_of(content: File) -> str:
    """SHA-256 of the file, read in pieces."""
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


def sheets_read(batch: ImportBatch) -> tuple[list[Sheet], int, list[str]]:
    """Read the file and keep its sheets beside it as Arrow files, so that a check need not open it again.

    Returns the sheets, the place of the likeliest, and what was noticed. Raises ValidationError.
    """
    path = Path(batch.file.path)
    try:
        workbook = read_workbook(
            path, filename=batch.file_name, known_headers=target_of(batch.target).known_headings
        )
    except UnreadableFile as unreadable:
        raise ValidationError(unreadable.sentence) from unreadable
    described = []
    for place, sheet in enumerate(workbook.sheets):
        pl.concat([sheet.above, sheet.rows]).write_ipc(_kept(path, place))
        described.append({"name": sheet.name, "header_row": sheet.header_row, "headers": sheet.headers})
    _index(path).write_text(json.dumps(described))
    return list(workbook.sheets), workbook.best, list(workbook.notes)


def sheet_of(batch: ImportBatch) -> Sheet:
    """The chosen sheet with the chosen heading row. Reads the file again where its sheets were not kept."""
    path = Path(batch.file.path)
    if not _index(path).exists():
        sheets_read(batch)
    described: list[Mapping[str, Any]] = json.loads(_index(path).read_text())
    place = next((place for place, each in enumerate(described) if each["name"] == batch.sheet), None)
    if place is None:
        raise ValidationError(f"The file has no sheet named “{batch.sheet}”.")
    kept, header_row = pl.read_ipc(_kept(path, place)), described[place]["header_row"]
    sheet = Sheet(
        batch.sheet,
        header_row,
        tuple(described[place]["headers"]),
        kept.filter(pl.col("row_no") > header_row),
        above=kept.filter(pl.col("row_no") < header_row),
    )
    return sheet_with_heading(sheet, batch.header_row)


def sheet_with_heading(sheet: Sheet, header_row: int | None) -> Sheet:
    """The same sheet with a lower or a higher row as its headings.

    Raises ValidationError where that row is not there. Under a higher row, what was taken for the headings
    is a row like the others.
    """
    if header_row is None or header_row == sheet.header_row:
        return sheet
    cells = zip(sheet.rows.columns, (sheet.header_row, *sheet.headers), strict=True)
    taken = pl.DataFrame({name: [cell] for name, cell in cells}, schema=sheet.rows.schema)
    every = pl.concat([sheet.above, taken, sheet.rows])
    found = every.filter(pl.col("row_no") == header_row)
    rest = every.filter(pl.col("row_no") > header_row)
    if found.is_empty() or rest.is_empty():
        raise ValidationError(f"Row {header_row} of “{sheet.name}” has no table under it.")
    texts = found.drop("row_no").row(0)
    headers = tuple(text or f"Column {place + 1}" for place, text in enumerate(texts))
    above = every.filter(pl.col("row_no") < header_row)
    return Sheet(sheet.name, header_row, headers, rest, sheet.hidden, above)


def sheet_described(sheet: Sheet) -> dict[str, Any]:
    """What the mapping page shows of a sheet: headings, three sample values of each column, the first
    rows."""
    columns = [f"c{place}" for place in range(len(sheet.headers))]
    head = sheet.rows.head(200)
    samples = [
        [
            text[:SAMPLE_LENGTH]
            for text in head[name].drop_nulls().unique(maintain_order=True).head(SAMPLES).to_list()
        ]
        if name in head.columns
        else []
        for name in columns
    ]
    return {
        "name": sheet.name,
        "header_row": sheet.header_row,
        "headers": list(sheet.headers),
        "samples": samples,
        "rows": sheet.rows.height,
        "candidates": [
            *(sheet.above["row_no"].tail(NEAR_ROWS).to_list() if sheet.above.height else []),
            sheet.header_row,
            *sheet.rows["row_no"].head(NEAR_ROWS).to_list(),
        ],
    }


def files_remove(batch: ImportBatch) -> None:
    """Delete the file and all that was read out of it."""
    if not batch.file:
        return
    path = Path(batch.file.path)
    for kept in path.parent.glob(f"{path.name}.*"):
        kept.unlink(missing_ok=True)
    batch.file.storage.delete(batch.file.name)


def _index(path: Path) -> Path:
    return path.with_name(f"{path.name}.sheets.json")


def _kept(path: Path, place: int) -> Path:
    return path.with_name(f"{path.name}.{place}.arrow")
