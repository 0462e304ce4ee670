"""What reading a file gives back, and the limits it is read under."""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Format = Literal["xlsx", "xls", "ods", "csv"]

LOCKED = "The file is protected by a password. Open it, remove the password, save it and upload it again."


@dataclass(frozen=True)
class Limits:
    """The most a file may ask of the machine. Bytes, rows, columns and characters are counts; time is
    seconds."""

    max_bytes: int = 50 * 1024 * 1024
    #: what the parts of an xlsx or ods file may come to once unzipped
    max_uncompressed: int = 1024 * 1024 * 1024
    #: rows of one sheet, heading included: as many as a spreadsheet program shows
    max_rows: int = 1_048_576
    max_columns: int = 200
    #: rows times columns, of all sheets together: what is held in memory at once
    max_cells: int = 25_000_000
    max_sheets: int = 50
    #: the longest cell a spreadsheet program can hold
    max_cell_chars: int = 32_767
    #: address space of the process that opens xlsx, xls and ods files: some 600 MB, and 100 bytes a cell
    max_memory: int = 3 * 1024 * 1024 * 1024
    max_seconds: int = 120


class UnreadableFile(Exception):
    """The file cannot be read; `sentence` tells a clerk what is wrong with it and how to mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def too_many_columns(width: int, limits: Limits) -> str:
    return (
        f"The file has {width:,} columns; the most is {limits.max_columns:,}. "
        "Delete the columns you do not need and upload it again."
    )


def too_many_rows(rows: int, limits: Limits) -> str:
    return f"The file has {rows:,} rows; the most is {limits.max_rows:,}. Split it and upload each part."


def too_many_cells(cells: int, limits: Limits) -> str:
    return (
        f"The file has {cells:,} cells (rows times columns); the most is {limits.max_cells:,}. "
        "Delete the columns you do not need or split it, and upload each part."
    )


@dataclass(frozen=True)
class Sheet:
    """One sheet with a heading row and at least one row under it.

    `header_row` and the column "row_no" of `rows` are the row numbers a person sees in the spreadsheet
    program. `headers[n]` heads the column "c{n}" of `rows`: text, trimmed, null where empty. n is also the
    place of the column in the sheet, so 0 is column A. `above` holds the rows over `header_row` in the same
    columns: titles, and rows that a person may know to be the headings.
    """

    name: str
    header_row: int
    headers: tuple[str, ...]
    rows: pl.DataFrame
    hidden: bool = False
    above: pl.DataFrame = field(default_factory=pl.DataFrame)


@dataclass(frozen=True)
class Workbook:
    """A file as read. `best` is the place in `sheets` of the one whose headings look most like those asked
    for; `notes` are sentences about what was noticed on the way and a person should know."""

    format: Format
    sheets: tuple[Sheet, ...]
    best: int
    notes: tuple[str, ...]
