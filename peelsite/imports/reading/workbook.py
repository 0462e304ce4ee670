"""The whole way from a file to a Workbook."""

import logging
from collections.abc import Collection
from pathlib import Path

import polars as pl

from peelsite.imports.calc import column_letters, normalise_header
from peelsite.imports.reading import filetype
from peelsite.imports.reading.archive import inspect_archive
from peelsite.imports.reading.cells import tidy
from peelsite.imports.reading.delimited import open_delimited
from peelsite.imports.reading.headings import find_heading, total_row_notes
from peelsite.imports.reading.shapes import (
    Format,
    Limits,
    Sheet,
    UnreadableFile,
    Workbook,
    too_many_columns,
    too_many_rows,
)
from peelsite.imports.reading.spreadsheet import RawSheet, open_spreadsheet

logger = logging.getLogger(__name__)

NO_TABLE = (
    "The file holds no table: a row of headings with at least one row of data under it is needed. "
    "If the table is a picture or in a text box, type it into the cells."
)


def read_workbook(
    path: Path, *, filename: str, known_headers: Collection[str], limits: Limits | None = None
) -> Workbook:
    """Reads the file at `path`, which a person calls `filename`. `known_headers` are the headings and
    synonyms the caller looks for; they help to find the heading row and the best sheet. Raises only
    UnreadableFile."""
    limits = limits or Limits()
    try:
        return _read(path, filename, known_headers, limits)
    except UnreadableFile:
        raise
    except (Exception, pl.exceptions.PanicException) as error:
        # The file is a stranger's: whatever it provokes is its fault to the clerk, and ours in the log.
        logger.exception("Reading %s failed", path)
        raise UnreadableFile(
            "The file cannot be read: something in it is out of order. Open it in a spreadsheet program, "
            "copy the table's values into a new workbook, save that as .xlsx and upload it."
        ) from error


def _read(path: Path, filename: str, known_headers: Collection[str], limits: Limits) -> Workbook:
    kind = filetype.detect(path, limits)
    notes = filetype.name_notes(filename, kind)
    if kind == "csv":
        raw, found = open_delimited(path, limits)
        raw_sheets = [raw]
    else:
        found = inspect_archive(path, kind, limits) if kind in ("xlsx", "ods") else []
        raw_sheets = open_spreadsheet(path, kind, limits)
    notes += found
    known = frozenset(normalise_header(header) for header in known_headers) - {""}
    sheets = []
    for raw in raw_sheets:
        sheet, found = _make_sheet(raw, kind, known, limits)
        several = len(raw_sheets) > 1
        notes += [f"Sheet “{raw.name}”: {note}" if several else note for note in found]
        if sheet is not None:
            sheets.append(sheet)
    if not sheets:
        raise UnreadableFile(NO_TABLE)
    return Workbook(format=kind, sheets=tuple(sheets), best=_best(sheets, known), notes=tuple(notes))


def _make_sheet(
    raw: RawSheet, kind: Format, known: frozenset[str], limits: Limits
) -> tuple[Sheet | None, list[str]]:
    """The sheet, or None where it holds no table, and what was noticed about it."""
    cells = _numbered(raw.cells, limits, typed=kind != "csv")
    if cells.height > limits.max_rows:
        raise UnreadableFile(too_many_rows(cells.height, limits))
    filled = (
        cells.filter(~pl.all_horizontal(pl.exclude("row_no").is_null())) if cells.width > 1 else cells.clear()
    )
    if filled.is_empty():
        return None, []
    heading = find_heading(filled, known)
    rows = filled.filter(pl.col("row_no") > heading.last_row)
    if rows.is_empty():
        return None, ["it has headings but no rows under them."] if heading.texts else []
    above = filled.filter(pl.col("row_no") < heading.last_row)
    sheet = Sheet(raw.name, heading.last_row, heading.headers(), rows, raw.hidden, above)
    notes = [*heading.notes, *total_row_notes(sheet)]
    if raw.hidden:
        notes.insert(0, "the sheet is hidden in the workbook; it was read as well.")
    return sheet, notes


def _numbered(raw: pl.DataFrame, limits: Limits, *, typed: bool) -> pl.DataFrame:
    """Every column from A to the last one with anything in it, tidied, behind "row_no"."""
    tidied = tidy(raw, typed=typed)
    width = max((int(name[1:]) for name in tidied.columns), default=-1) + 1
    # Empty columns among the others are kept, so that a column's place is its letter; hence twice as many.
    if tidied.width > limits.max_columns or width > limits.max_columns * 2:
        raise UnreadableFile(too_many_columns(max(tidied.width, width), limits))
    row_numbers = pl.int_range(1, raw.height + 1, dtype=pl.Int64, eager=True).alias("row_no")
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, raw.height)
    names = [f"c{n}" for n in range(width)]
    held = set(tidied.columns)
    frame = pl.DataFrame(
        [row_numbers, *(tidied[name] if name in held else empty.alias(name) for name in names)]
    )
    _check_lengths(frame, limits)
    return frame


def _check_lengths(frame: pl.DataFrame, limits: Limits) -> None:
    text = pl.exclude("row_no").str.len_chars()
    for name, longest in frame.select(text.max()).to_dicts()[0].items() if frame.width > 1 else ():
        if longest is not None and longest > limits.max_cell_chars:
            row = frame.filter(pl.col(name).str.len_chars() > limits.max_cell_chars)["row_no"][0]
            raise UnreadableFile(
                f"The cell in row {row:,}, column {column_letters(int(name[1:]))} holds {longest:,} "
                f"characters; the most is {limits.max_cell_chars:,}. A quotation mark that is never closed "
                "is a usual cause."
            )


def _best(sheets: list[Sheet], known: frozenset[str]) -> int:
    """The sheet with the most known headings; among equals one that can be seen, then the longest, then the
    first."""

    def worth(place: int) -> tuple[int, bool, int, int]:
        sheet = sheets[place]
        matched = len({normalise_header(header) for header in sheet.headers} & known)
        return matched, not sheet.hidden, sheet.rows.height, -place

    return max(range(len(sheets)), key=worth)
