"""A pack as a workbook: the tables of the PDF with their figures as numbers, a sheet each."""

import io
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from peelsite.web.context import MARKING
from peelsite.web.exports import FORBIDDEN_IN_SHEET_NAME, SHEET_NAME_LENGTH, plain_value
from workforce.boards.decisions.calc import day_words
from workforce.boards.pack.models import ForecastDimension
from workforce.boards.pack.selectors import Pack
from workforce.boards.papers.exports.changes import bridge_table, every_part_table, parts_table
from workforce.boards.papers.exports.document import DRAFT
from workforce.boards.papers.exports.tables import (
    PackTable,
    Shape,
    actions_table,
    agenda_table,
    forecast_table,
    matters_table,
    notes_table,
    strength_tables,
    table_of,
)
from workforce.boards.papers.exports.words import key_figures, made_from, opening_sentence

_NUMBERS = {
    Shape.FTE: "#,##0.0",
    Shape.SIGNED: "+#,##0.0;-#,##0.0;0.0",
    Shape.COUNT: "#,##0",
    Shape.PERCENT: "0%",
    Shape.DAY: "d mmm yyyy",
}
_WIDE, _NARROW = 46, 13


def pack_workbook(pack: Pack) -> bytes:
    """The workbook; its marking stands in each sheet's header and footer, the digest in each footer."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    marking = pack.edition.marking if pack.edition else MARKING
    made = datetime.combine(pack.board.pack_on, time(), tzinfo=UTC).replace(tzinfo=None)
    book.set_properties(
        {
            "title": f"{pack.board.series}, {day_words(pack.board.held_on)}",
            "category": marking,
            "created": made,
        }
    )
    look = _Look(book, marking, pack)
    _opening(look, pack)
    for table in pack_tables(pack):
        look.write(table)
    book.close()
    return out.getvalue()


def pack_tables(pack: Pack) -> list[PackTable]:
    """Every table of the workbook, in its order."""
    tables = [
        matters_table(pack),
        agenda_table(pack),
        actions_table(pack),
        parts_table(pack),
        bridge_table(pack),
        every_part_table(pack),
        *strength_tables(pack),
        notes_table(pack),
        forecast_table(pack),
        projection_table(pack),
    ]
    return [table for table in tables if table is not None and table.rows]


def projection_table(pack: Pack) -> PackTable | None:
    """Every line of the projection month by month, as the pack has frozen it."""
    if not pack.forecasts:
        return None
    rows = [
        (
            ForecastDimension(forecast.dimension).label,
            forecast.label,
            day,
            forecast.establishment[place],
            forecast.strength[place],
            forecast.gap_low[place],
            forecast.gap[place],
            forecast.gap_high[place],
            forecast.chance[place],
        )
        for forecast in pack.forecasts
        for place, day in enumerate(forecast.days)
    ]
    return table_of(
        "Projection",
        "Projection by month, FTE",
        (
            ("Kind", Shape.TEXT),
            ("Line", Shape.TEXT),
            ("Day", Shape.DAY),
            ("Establishment", Shape.FTE),
            ("Strength", Shape.FTE),
            ("Gap, P10", Shape.SIGNED),
            ("Gap, P50", Shape.SIGNED),
            ("Gap, P90", Shape.SIGNED),
            ("Chance beyond threshold", Shape.PERCENT),
        ),
        rows,
    )


def _opening(look: "_Look", pack: Pack) -> None:
    sheet = look.sheet("Pack")
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _NARROW)
    sheet.set_column(2, 2, _WIDE)
    lines: list[tuple[str, ...]] = [
        (f"{pack.board.series}, {pack.board.force}, {day_words(pack.board.held_on)}",),
        *([(DRAFT,)] if pack.is_draft else []),
        (opening_sentence(pack),),
        (),
        *((figure["label"], figure["value"], figure["note"]) for figure in key_figures(pack)),
        (),
        *((sentence,) for sentence in made_from(pack)),
    ]
    for row, cells in enumerate(lines):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, look.heading if row == 0 else look.plain)


class _Look:
    """Formats of one workbook, and how a table becomes a sheet."""

    def __init__(self, book: Any, marking: str, pack: Pack) -> None:
        self._book, self._marking = book, marking
        self._state = "DRAFT " if pack.is_draft else ""
        self._digest = pack.digest
        self.plain = book.add_format({"valign": "top"})
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._formats = {
            (shape, is_total): book.add_format(
                {"valign": "top", "bold": is_total, "text_wrap": shape is Shape.TEXT}
                | ({"num_format": _NUMBERS[shape]} if shape in _NUMBERS else {})
                | ({"top": 1} if is_total else {})
            )
            for shape in Shape
            for is_total in (False, True)
        }

    def sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name.translate(FORBIDDEN_IN_SHEET_NAME).strip()[:SHEET_NAME_LENGTH])
        sheet.set_header(f"&C&B{self._state}{self._marking}")
        # With a space: a digest that begins with a digit would be read as part of the size of the letters.
        sheet.set_footer(f"&L&6 {self._digest}&C&B{self._marking}&B&R&8Page &P of &N")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def write(self, table: PackTable) -> None:
        sheet = self.sheet(table.name)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(table.columns):
            texts = [row[place] for row in table.rows if isinstance(row[place], str)]
            longest = max(map(len, texts), default=0)
            sheet.set_column(place, place, min(max(longest + 2, _NARROW), _WIDE))
            sheet.write_string(0, place, column, self.heading)
        last = len(table.rows)
        for number, row in enumerate(table.rows, start=1):
            is_total = table.last_is_total and number == last
            for place, (value, shape) in enumerate(zip(row, table.shapes, strict=True)):
                self._cell(sheet, number, place, value, self._formats[shape, is_total])
        if table.note:
            sheet.write_string(last + 2, 0, table.note, self.plain)

    def _cell(self, sheet: Any, row: int, place: int, value: Any, look: Any) -> None:
        if value is None:
            sheet.write_blank(row, place, None, look)
        elif isinstance(value, str):
            sheet.write_string(row, place, plain_value(value), look)
        elif isinstance(value, Decimal | int):
            sheet.write_number(row, place, value, look)
        else:
            sheet.write_datetime(row, place, value, look)
