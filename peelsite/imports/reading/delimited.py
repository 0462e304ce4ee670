"""Text files of values: which encoding, which delimiter, and the cells."""

import csv
import io
import itertools
from pathlib import Path

import polars as pl

from peelsite.imports.reading.shapes import (
    Limits,
    UnreadableFile,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from peelsite.imports.reading.spreadsheet import RawSheet

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BATCH = 20_000
#: added as a last row: where it is not read back as one, a quotation mark was never closed
_END = "\ue000"


def read_text(data: bytes) -> tuple[str, list[str]]:
    """The file's text, without a byte-order mark, and notes on how it was decoded."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), []
    sample = data[:4096]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.7 * len(zeros):
            return data.decode(encoding, errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        note = (
            "The file does not say how its letters are encoded; it was read as Windows (cp1252) text. "
            "Check names with accents and pound signs in the preview."
        )
        return data.decode("cp1252", errors="replace"), [note]


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into the same number of cells most often."""
    first_line = text[:10].split("\n", 1)[0].strip()
    if len(first_line) == 5 and first_line.lower().startswith("sep="):
        return first_line[4]
    return max(DELIMITERS, key=lambda delimiter: _evenness(text[:65_536], delimiter))


def _evenness(sample: str, delimiter: str) -> float:
    whole = sample.rsplit("\n", 1)[0] if len(sample) == 65_536 else sample
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(whole), delimiter=delimiter) if row]
    except csv.Error:
        return 0
    if not widths:
        return 0
    common = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width))
    return widths.count(common) / len(widths) * min(common - 1, 5)


def open_delimited(path: Path, limits: Limits) -> tuple[RawSheet, list[str]]:
    text, notes = read_text(path.read_bytes())
    if "\x00" in text:
        text = text.replace("\x00", "")
        notes.append("Empty (NUL) characters in the file were left out.")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = find_delimiter(text)
    if text[:4].lower() == "sep=" and text[5:6] == "\n":
        text = text[6:]  # spreadsheet programs obey this line and do not show it: their row 1 is the next
    if delimiter != ",":
        notes.append(
            f"The file's values are set apart by {DELIMITERS.get(delimiter, repr(delimiter))}, not commas."
        )
    lines = text.count("\n") + 1
    if lines > 4 * limits.max_rows:  # some lines may be within cells; not three of every four
        raise UnreadableFile(too_many_rows(lines, limits))
    cells = _whole_columns(text, delimiter, limits)
    if cells is None:
        cells = _row_by_row(text, delimiter, limits)
    return RawSheet("", False, cells), notes


def _whole_columns(text: str, delimiter: str, limits: Limits) -> pl.DataFrame | None:
    """The cells by polars, fast; None where a quoted cell runs over lines or quotes are out of step, which
    the slower reader gets right."""
    lines = pl.Series("line", [text]).str.split("\n").explode()
    if '"' in text and (lines.str.count_matches('"', literal=True) % 2 == 1).any():
        return None
    width = 1 + max(lines.str.count_matches(delimiter, literal=True), default=0)
    if width > limits.max_columns or width * len(lines) > limits.max_cells:
        return None  # commas inside quoted cells may have been counted: the slower reader knows
    # A heading row of our own sets the width: files often have fewer cells in their first row than below.
    heading = delimiter.join(f"c{n}" for n in range(width))
    try:
        cells = pl.read_csv(
            io.BytesIO(f"{heading}\n{text}".encode()),
            separator=delimiter,
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        return None
    return cells


def _row_by_row(text: str, delimiter: str, limits: Limits) -> pl.DataFrame:
    """The cells by the standard library's csv reader, a batch of rows at a time."""
    reader = csv.reader(io.StringIO(text.removesuffix("\n") + f"\n{_END}\n"), delimiter=delimiter)
    csv.field_size_limit(max(limits.max_cell_chars * 4, 131_072))
    batches: list[pl.DataFrame] = []
    rows: list[list[str]] = []
    try:
        for row in reader:
            if len(rows) == _BATCH:
                _add_batch(batches, rows, limits)
                rows = []
            rows.append(row)
    except csv.Error:
        raise UnreadableFile(_unclosed(len(batches) * _BATCH + len(rows) + 1)) from None
    if rows.pop() != [_END]:
        raise UnreadableFile(_unclosed(len(batches) * _BATCH + len(rows) + 1))
    if rows:
        _add_batch(batches, rows, limits)
    return pl.concat(batches, how="diagonal") if batches else pl.DataFrame()


def _add_batch(batches: list[pl.DataFrame], rows: list[list[str]], limits: Limits) -> None:
    width = max(map(len, rows))
    if width > limits.max_columns:
        raise UnreadableFile(too_many_columns(width, limits))
    height = sum(batch.height for batch in batches) + len(rows)
    cells = height * max(width, *(batch.width for batch in batches), 1)
    if cells > limits.max_cells:
        raise UnreadableFile(too_many_cells(cells, limits))
    columns = list(itertools.zip_longest(*rows)) or [(None,) * len(rows)]
    batches.append(
        pl.DataFrame({f"c{n}": pl.Series(values, dtype=pl.String) for n, values in enumerate(columns)})
    )


def _unclosed(row: int) -> str:
    return (
        f"Row {row:,} opens a quotation mark that is never closed, so everything after it would be read as "
        "one cell. Close it or delete it, or save the file as .xlsx, and upload it again."
    )
