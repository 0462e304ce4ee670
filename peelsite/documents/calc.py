"""A document as data: what it says and in which order, with no word about how it looks.

Text stays text from here to the page: the writer hands it to the typesetter as data, never as markup.
"""

import re
import struct
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

Alignment = Literal["left", "right", "center"]
Kind = Literal["good", "warning", "plain"]

MISSING = "\N{REPLACEMENT CHARACTER}"
MISSING_NOTE = f"{MISSING} stands for a character that this document cannot show."


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; levels are not skipped (a reader by ear navigates by them)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text; `strong` for the one sentence that answers first."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """One figure worth a tile: its label, its value as shown, a note, and whether it needs attention."""

    label: str
    value: str
    note: str = ""
    kind: Kind = "plain"


@dataclass(frozen=True)
class KeyFigures:
    """Tiles, three in a row, read row by row."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Table:
    """A table with one row of column headings, repeated on each page; the first column names the row.

    `alignments` has one entry a column (default: first left, others right); `total` sets the last row apart;
    `dense` is small print for a table of many columns, `wide` sets it on pages of its own, turned sideways.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alignments: tuple[Alignment, ...] = ()
    total: bool = False
    note: str = ""
    dense: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Figure:
    """An SVG picture; `alt` says what it shows to people who do not see it."""

    svg: bytes
    alt: str
    caption: str


@dataclass(frozen=True)
class FigureRow:
    """Small pictures side by side, two in a row, read row by row."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class BulletList:
    """Points, in no order of rank."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Callout:
    """A boxed remark the reader must not miss: a title and a text."""

    title: str
    text: str
    kind: Kind = "plain"


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a page."""


Block = Heading | Paragraph | KeyFigures | Table | Figure | FigureRow | BulletList | Callout | PageBreak


@dataclass(frozen=True)
class Document:
    """A document of a force: `marking` (for example OFFICIAL-SENSITIVE) stands on every page, twice.

    `day` is the date it bears, not the day it is printed: the same document gives the same bytes.
    """

    title: str
    subtitle: str
    marking: str
    force: str
    day: date
    blocks: tuple[Block, ...]
    language: str = "en-GB"
    reference: str = ""


def faults(document: Document) -> list[str]:
    """What would make the document unreadable or inaccessible, as sentences; empty if nothing does."""
    found = [] if document.title.strip() else ["A document needs a title."]
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", document.language):
        found.append(f"“{document.language}” is not a language such as en-GB.")
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if not block.text.strip():
                found.append("A heading has no text.")
            if not 1 <= block.level <= min(3, level + 1):
                found.append(f"Heading “{block.text}” has level {block.level} after level {level}.")
            level = block.level
        elif isinstance(block, Table):
            found += _table_faults(block)
        elif isinstance(block, Figure | FigureRow):
            figures = block.figures if isinstance(block, FigureRow) else (block,)
            found += [
                f"Figure “{figure.caption}” has no text for people who do not see it."
                for figure in figures
                if not figure.alt.strip()
            ]
    return found


def _table_faults(table: Table) -> list[str]:
    wide, name = len(table.columns), f"Table “{table.caption}”"
    found = [] if table.columns and table.caption.strip() else [f"{name} needs a caption and columns."]
    found += [
        f"{name}, row {n}, has {len(row)} cells for {wide} columns."
        for n, row in enumerate(table.rows, 1)
        if len(row) != wide
    ]
    if table.alignments and len(table.alignments) != wide:
        found.append(f"{name} has {len(table.alignments)} alignments for {wide} columns.")
    return found


def as_data(document: Document, drawable: frozenset[int]) -> tuple[dict[str, Any], list[str]]:
    """The document for the typesetter, as JSON can carry it, and its pictures (SVG text) in order.

    Characters outside `drawable` (code points of the fonts) become the replacement character, and a note says
    so: a tagged PDF may not hold a character without a shape.
    """
    pictures: list[str] = []
    seen_missing = False
    in_pictures = frozenset(code for code in drawable if _stands_alone(code))

    def shown(text: str) -> str:
        nonlocal seen_missing
        result = shown_text(text, drawable)
        seen_missing = seen_missing or MISSING in result
        return result

    def plain(value: object) -> Any:
        nonlocal seen_missing
        if isinstance(value, str):
            return shown(value)
        if isinstance(value, bytes):
            picture = shown_text(value.decode(errors="replace"), in_pictures, shapers=frozenset())
            seen_missing = seen_missing or MISSING in picture
            pictures.append(picture)
            return len(pictures) - 1
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        if is_dataclass(value) and not isinstance(value, type):
            kind = type(value).__name__
            return {"type": kind} | {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, date):
            return {"year": value.year, "month": value.month, "day": value.day}
        return value

    data: dict[str, Any] = plain(document)
    data["missing"] = MISSING_NOTE if seen_missing else ""
    return data, pictures


# Joiners and the emoji style mark shape their neighbours; they have no shape of their own.
SHAPERS = frozenset({0x200C, 0x200D, 0xFE0F})


def _stands_alone(code: int) -> bool:
    """Latin, Greek, Cyrillic and common signs.

    In a picture the typesetter cannot tell a reader which letters a joined shape stands for (Arabic,
    Devanagari, joined emoji), and PDF/UA refuses a shape without letters.
    """
    return (code < 0x0590 or 0x1E00 <= code < 0x2C00 or code == 0xFFFD) and not unicodedata.combining(
        chr(code)
    )


def shown_text(text: str, drawable: Container[int], shapers: frozenset[int] = SHAPERS) -> str:
    """Text the fonts can show: no control character, no mark that turns the direction of what follows."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        code, category = ord(letter), unicodedata.category(letter)
        if letter in "\n\t" or category in ("Zs", "Zl", "Zp"):
            letters.append(letter if letter in "\n\N{NO-BREAK SPACE}" else " ")
        elif category == "Cc":
            letters.append(" ")
        elif category == "Cf" and code not in shapers:
            continue
        else:
            letters.append(letter if code in drawable or code in shapers else MISSING)
    return "".join(letters)


def font_characters(font: bytes) -> frozenset[int]:
    """Code points an OpenType font has a glyph for: its cmap, formats 4 and 12 (OpenType 1.9)."""
    count = struct.unpack_from(">H", font, 4)[0]
    records = [struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(count)]
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">HHL", font, start + 4 + 8 * n)[2]
        form = struct.unpack_from(">H", font, at)[0]
        if form == 12:
            found |= _groups(font, at)
        elif form == 4:
            found |= _segments(font, at)
    return frozenset(found)


def _groups(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">L", font, at + 12)[0]
    found: set[int] = set()
    for n in range(count):
        first, last, glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * n)
        found.update(range(first if glyph else first + 1, last + 1))
    return found


def _segments(font: bytes, at: int) -> set[int]:
    half = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts = at + 14, at + 16 + 2 * half
    deltas, offsets = starts + 2 * half, starts + 4 * half
    found: set[int] = set()
    for n in range(half):
        first = struct.unpack_from(">H", font, starts + 2 * n)[0]
        last = struct.unpack_from(">H", font, ends + 2 * n)[0]
        delta = struct.unpack_from(">H", font, deltas + 2 * n)[0]
        offset = struct.unpack_from(">H", font, offsets + 2 * n)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", font, offsets + 2 * n + offset + 2 * (code - first))[0]
            if (glyph + delta) % 65536 if glyph or not offset else 0:
                found.add(code)
    return found
