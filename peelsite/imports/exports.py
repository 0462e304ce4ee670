"""Files that imports give back: rejected rows in the layout they came in, and an empty template."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import IO

import polars as pl
import xlsxwriter
from django.http import FileResponse

from peelsite.imports.models import ImportBatch
from peelsite.imports.selectors import headings_of
from peelsite.imports.stored import sheet_of
from peelsite.imports.targets import ImportTarget
from peelsite.web.exports import file_name, workbook_response

REASON = "Reason not loaded"
BOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def rejects_response(batch: ImportBatch) -> FileResponse:
    """The refused rows with the file's own headings and values, and why each was not loaded."""
    return workbook_response(file_name("rejected rows", "xlsx"), lambda out: rejects_write(out, batch))


def rejects_write(target: IO[bytes], batch: ImportBatch) -> None:
    """Every value is written as text just as it was read, so that the file can be mended and imported
    again."""
    sheet = sheet_of(batch)
    headings = headings_of(batch)
    reasons: dict[int, list[str]] = defaultdict(list)
    for issue in batch.issues.order_by("row_no", "pk"):
        reasons[issue.row_no].append(f"{headings.get(issue.column, issue.column)}: {issue.sentence}")
    width = len(sheet.headers)
    refused = sheet.rows.filter(pl.col("row_no").is_in(list(reasons)))
    book = xlsxwriter.Workbook(target, BOOK)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    out = book.add_worksheet("Rejected rows")
    out.set_column(0, width, 16)
    out.set_column(width, width, 80)
    out.freeze_panes(1, 0)
    for place, header in enumerate([*sheet.headers, REASON]):
        out.write_string(0, place, header, bold)
    for number, (row_no, *values) in enumerate(refused.iter_rows(), start=1):
        for place, value in enumerate(values):
            if value is not None:
                out.write_string(number, place, value)
        out.write_string(number, width, "\n".join(reasons[row_no]))
    book.close()


def template_response(target: ImportTarget) -> FileResponse:
    """An empty workbook with the headings, what belongs under each, and invented example rows."""
    return workbook_response(f"template-{target.slug}.xlsx", lambda out: template_write(out, target))


def template_write(out: IO[bytes], target: ImportTarget) -> None:
    """Sheet 1 to be filled in, sheet 2 what belongs in each column, sheet 3 examples."""
    book = xlsxwriter.Workbook(out, BOOK)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    empty, notes, examples = (book.add_worksheet(name) for name in (target.label, "Notes", "Examples"))
    needed = {name for group in target.needs for name in group}
    for sheet in (empty, examples):
        sheet.set_column(0, len(target.columns) - 1, 18)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [column.label for column in target.columns], bold)
    for number, row in enumerate(target.examples, start=1):
        for place, value in enumerate(row):
            _cell_write(examples, number, place, value)
    notes.set_column(0, 0, 22)
    notes.set_column(1, 1, 12)
    notes.set_column(2, 3, 60)
    notes.write_row(0, 0, ["Column", "Needed", "What belongs in it", "Also understood as a heading"], bold)
    for number, column in enumerate(target.columns, start=1):
        values = [
            column.label,
            "Yes" if column.name in needed else "",
            column.help,
            ", ".join(column.synonyms),
        ]
        notes.write_row(number, 0, values, wrapped)
    book.close()


def _cell_write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, place: int, value: str | date | Decimal
) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value)
    else:
        sheet.write_number(row, place, float(value))
