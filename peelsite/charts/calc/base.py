"""What every chart shares: its shape, how figures and names are written, and the one theme."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.sax.saxutils import escape

Number = Decimal | float | int
Spec = dict[str, Any]

NAVY, ORANGE, TEAL, PURPLE, CRIMSON, SLATE = "#14315c", "#b8540b", "#0b7a75", "#6f3c97", "#b0195d", "#5d6b79"
PALETTE = (NAVY, ORANGE, TEAL, PURPLE, CRIMSON, SLATE)
INK, GRID, BAND, PAPER = "#1f2933", "#d5dbe1", "#e3ebf6", "#ffffff"
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (4, 4), (12, 4))

# The renderer carries Liberation Sans, which has Arial's widths: labels measured on the server fit in a
# browser that has Arial only. The PDF writer finds Noto Sans further down the list.
FONTS = "Liberation Sans, Arial, Helvetica, Noto Sans, sans-serif"

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

WIDTH = 640
THEME: Spec = {
    "font": FONTS,
    "background": PAPER,
    # Noto Sans, which the PDF has, is wider than Arial: labels grow to the left by up to 6%.
    "padding": {"left": 14, "right": 6, "top": 6, "bottom": 4},
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal", "labelColor": INK,
        "titleColor": INK, "gridColor": GRID, "domainColor": SLATE, "tickColor": SLATE, "labelPadding": 6,
        "titlePadding": 10, "labelLimit": 220,
    },
    "axisY": {"domain": False, "ticks": False},
    "legend": {
        "orient": "top", "direction": "horizontal", "title": None, "labelFontSize": 14, "labelColor": INK,
        "symbolType": "square", "symbolSize": 160, "labelLimit": 200, "columns": 4,
    },
    "text": {"fontSize": 14, "color": INK},
    "range": {"category": list(PALETTE)},
}  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """One chart: what it is called, what it says in words, how it is drawn, and its figures as a table."""

    title: str
    description: str
    spec: Spec
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Series:
    """A named run of figures, one for each category in order; None where no figure is held."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Timeline:
    """A named run of dated figures, oldest first; a day without a figure is simply not there."""

    name: str
    points: tuple[tuple[date, Number], ...]


@dataclass(frozen=True)
class Unit:
    """How figures are written: decimals shown, a word after ('FTE'), or as `percent` (0.5 as 50%)."""

    word: str = ""
    decimals: int = 0
    percent: bool = False

    def text(self, value: Number | None, *, word: bool = False) -> str:
        """The figure as people read it, rounded half up from the unrounded value; 'not held' for None."""
        if value is None:
            return "not held"
        exact = Decimal(str(value)) * (100 if self.percent else 1)
        shown = exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        # A small negative that rounds to nothing is nothing, not minus nothing.
        shown = abs(shown) if shown == 0 else shown
        text = f"{shown:,}{'%' if self.percent else ''}".replace("-", "\N{MINUS SIGN}")
        return f"{text} {self.word}" if word and self.word else text

    @property
    def axis_format(self) -> str:
        """The d3 format of axis labels."""
        return ".0%" if self.percent else ",~f"


def clean(text: str) -> str:
    """Text that XML and JSON can carry: control, surrogate and unassigned characters become a space."""
    marks = ("Cc", "Cs", "Cn")
    return " ".join("".join(" " if unicodedata.category(c) in marks else c for c in text).split())


def day_text(day: date) -> str:
    """31 March 2016, whatever the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def key_of(text: str) -> Spec:
    """A line above the drawing that says how to read it."""
    look = {"anchor": "start", "frame": "group", "fontSize": 14, "fontWeight": "normal", "offset": 8}
    return {"text": text, "color": INK} | look


def spec_of(body: Spec, data: list[Spec]) -> Spec:
    """A whole specification: the body with theme, width and data; the width counts labels and padding."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": data},
        "config": THEME,
    } | body


def colour_of(names: Sequence[str]) -> Spec:
    """The colour channel of named series, in the palette's order."""
    colours = [PALETTE[i % len(PALETTE)] for i in range(len(names))]
    return {"field": "series", "type": "nominal", "scale": {"domain": list(names), "range": colours}}


def axis_of(unit: Unit) -> Spec:
    """The axis of figures: titled with the unit's word, about five labels."""
    return {"title": unit.word or None, "format": unit.axis_format, "tickCount": 5}


def headings(first: str, names: Sequence[str], unit: Unit) -> tuple[str, ...]:
    """Column headings of a chart's table: the unit stands in each heading, not in each cell."""
    return (first, *(f"{n} ({unit.word})" if unit.word else n for n in names))


def digest_of(chart: Chart, *, output: str, engine: str) -> str:
    """SHA-256, in hex, of all that decides the drawing: specification, words, output, engine version."""
    facts = [chart.title, chart.description, chart.spec, output, engine]
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def finish_svg(svg: str, *, title: str, description: str, digest: str) -> str:
    """The renderer's SVG with a name and a description of its own, and one role: an image.

    `digest` keeps the ids apart when two charts stand in one page.
    """
    name, words = f"t{digest[:12]}", f"d{digest[:12]}"
    opening = f'<svg role="img" aria-labelledby="{name} {words}" '
    inner = f'<title id="{name}">{escape(title)}</title><desc id="{words}">{escape(description)}</desc>'
    start, rest = svg.split(">", 1)
    if not start.startswith("<svg "):
        raise ValueError("the renderer did not return an SVG")
    return f"{opening}{start.removeprefix('<svg ')}>{inner}{rest}"
