"""Finding the row of headings in a sheet that may have titles above it, or headings over two rows."""

import re
from collections import Counter
from dataclasses import dataclass

import polars as pl

from peelsite.imports.calc import column_letters, normalise_header
from peelsite.imports.reading.shapes import Sheet

SEARCHED_ROWS = 30

Row = tuple[str | None, ...]

#: what stands in data and hardly ever in a heading: numbers, money, days
_DATA_LIKE = re.compile(r"[-+£(]?[\d.,]+[%)]?|\d{1,4}[-/.]\w{1,9}[-/.]\d{1,4}.*|(?i:yes|no|true|false)")
_TOTAL = r"^(?i:(?:grand |sub-?|sub |overall )?totals?\b.{0,40})$"


@dataclass(frozen=True)
class Heading:
    """The heading's texts by column, and its last row's number as seen in the spreadsheet program."""

    last_row: int
    texts: Row
    notes: tuple[str, ...] = ()

    def headers(self) -> tuple[str, ...]:
        """One different name per column."""
        seen: Counter[str] = Counter()
        names = []
        for place, text in enumerate(self.texts):
            name = clean_heading(text) or f"Column {column_letters(place)}"
            seen[name.casefold()] += 1
            while seen[name.casefold()] > 1:
                count = seen[name.casefold()]
                name = f"{clean_heading(text) or name} ({count})"
                seen[name.casefold()] += 1
            names.append(name)
        return tuple(names)


def clean_heading(text: str | None) -> str:
    return " ".join(text.split())[:200] if text else ""


def find_heading(filled: pl.DataFrame, known: frozenset[str]) -> Heading:
    """`filled`: the sheet's rows that are not blank, in order; `known`: normalised headings looked for."""
    sample = filled.head(SEARCHED_ROWS + 2)
    numbers: list[int] = sample["row_no"].to_list()
    rows: list[Row] = sample.drop("row_no").rows()
    fullest = max(_filled(row) for row in rows)
    last = max(1, min(SEARCHED_ROWS, len(rows) - 1))
    place = max(range(last), key=lambda at: _score(rows, at, fullest, known))
    above, below = place - 1, place + 1
    notes = []
    texts, last_row = rows[place], numbers[place]
    if below < len(rows) - 1 and (joined := _join(rows, place, below, known)):
        texts, last_row = joined, numbers[below]
        notes.append(f"the headings in rows {numbers[place]} and {numbers[below]} were read as one.")
        above = place - 1
    elif above >= 0 and (joined := _join(rows, above, place, known)):
        texts = joined
        notes.append(f"the headings in rows {numbers[above]} and {numbers[place]} were read as one.")
        above -= 1
    if above >= 0:
        first = "row 1 was" if above == 0 and numbers[above] == 1 else f"rows up to {numbers[above]} were"
        notes.append(f"{first} taken as a title above the headings and left out.")
    notes += _blank_and_repeated(texts)
    return Heading(last_row, texts, tuple(notes))


def _filled(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _matched(row: Row, known: frozenset[str]) -> int:
    return len({normalise_header(cell) for cell in row if cell is not None} & known)


def _is_text(cell: str) -> bool:
    return _DATA_LIKE.fullmatch(cell) is None and len(cell) <= 120


def _score(rows: list[Row], at: int, fullest: int, known: frozenset[str]) -> float:
    """How much a row looks like headings: known ones count most; then full, textual and different from each
    other; then data under it; then nearness to the top."""
    cells = [cell for cell in rows[at] if cell is not None]
    full = len(cells) / fullest
    textual = sum(map(_is_text, cells)) / len(cells)
    different = len({cell.casefold() for cell in cells}) / len(cells)
    following = rows[at + 1 : at + 4]
    data_below = any(_filled(row) >= max(1, len(cells) // 2) for row in following)
    return 4 * _matched(rows[at], known) + 10 * full * textual * different + 2 * data_below - 0.2 * at


def _join(rows: list[Row], top: int, bottom: int, known: frozenset[str]) -> Row | None:
    """The two rows as one row of headings, or None where they are not two halves of one."""
    above, below = rows[top], rows[bottom]
    if _filled(above) < 2 or not all(_is_text(cell) for cell in (*above, *below) if cell is not None):
        return None
    group: str | None = None
    texts: list[str | None] = []
    for high, low in zip(above, below, strict=True):
        if low is None:
            group = high
            texts.append(high)
            continue
        group = high if high is not None else group
        choices = [f"{group} {low}" if group else low, low, high or low]
        texts.append(next((text for text in choices if normalise_header(text) in known), choices[0]))
    joined = tuple(texts)
    best_alone, together = max(_matched(above, known), _matched(below, known)), _matched(joined, known)
    if together > best_alone or (together == best_alone and _interlock(above, below, rows[bottom + 1 :])):
        return joined
    return None


def _interlock(above: Row, below: Row, rest: list[Row]) -> bool:
    """Whether the lower row fills gaps of the upper one and leaves gaps under its other cells, with fuller
    rows that are not all text under both: the look of merged heading cells, not of a first row of data."""
    pairs = list(zip(above, below, strict=True))
    fills = any(high is None and low is not None for high, low in pairs)
    leaves = any(high is not None and low is None for high, low in pairs)
    data = rest[:3]
    most = max(_filled(above), _filled(below))
    fuller = all(_filled(row) >= most for row in data) and any(_filled(row) > most for row in data)
    return fills and leaves and fuller and any(not _is_text(cell) for row in data for cell in row if cell)


def _blank_and_repeated(texts: Row) -> list[str]:
    notes = []
    counts = Counter(clean_heading(text).casefold() for text in texts if text)
    repeated = list(
        dict.fromkeys(clean_heading(t) for t in texts if t and counts[clean_heading(t).casefold()] > 1)
    )
    if repeated:
        names = ", ".join(f"“{name}”" for name in repeated[:5])
        notes.append(f"the heading {names} stands more than once; the later ones have a number added.")
    return notes


def total_row_notes(sheet: Sheet) -> list[str]:
    """A sentence for each row that looks like a total; it is kept, for only a person can say."""
    columns = [name for name in sheet.rows.columns if name != "row_no"]
    first = sheet.rows.select("row_no", pl.coalesce(columns).alias("first"))
    found = first.filter(pl.col("first").str.contains(_TOTAL))
    return [
        f"row {row_no:,} (“{text}”) looks like a total and not a row of data; it was read as well."
        for row_no, text in found.head(5).rows()
    ]
