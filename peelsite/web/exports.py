"""Tables as csv and xlsx: streamed, marked, and safe to open in a spreadsheet program."""

import csv
import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from peelsite.web.context import MARKING

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A text that begins so is run as a formula by spreadsheet programs (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SHEET_NAME_LENGTH = 31
FORBIDDEN_IN_SHEET_NAME = str.maketrans("[]:*?/\\'", "        ")


def text_made_safe(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet program would run it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def plain_value(value: Any) -> Any:
    """A cell as a file holds it: numbers and dates as they are, all else as text made safe, None as empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, (int, float, Decimal, datetime.date)):
        return value
    return text_made_safe(str(value))


def file_name(title: str, extension: str) -> str:
    """'OFFICIAL-posts-2016-03-31.csv': the marking travels in the name, as csv has no other place for it."""
    words = "-".join("".join(sign if sign.isalnum() else " " for sign in title.lower()).split())
    return f"{MARKING}-{words or 'list'}-{timezone.localdate():%Y-%m-%d}.{extension}"


class _Line:
    """A file that hands back what csv writes, so that each row leaves as soon as it is made."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    # Spreadsheet programs take a file without this mark for one in the machine's old code page.
    yield "\ufeff"
    yield writer.writerow([plain_value(column) for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value: Any) -> Any:
    value = plain_value(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, datetime.date) else value


def csv_response(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Rows as they come, UTF-8; the first line is the header."""
    response = StreamingHttpResponse(_csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(title, "csv")}"'
    return response


def xlsx_write(target: IO[bytes], title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a workbook of one sheet, row by row; the marking stands in its page header, footer and facts."""
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "d mmm yyyy",
        },
    )
    book.set_properties({"title": title, "category": MARKING})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    moment = book.add_format({"num_format": "d mmm yyyy hh:mm"})
    sheet = book.add_worksheet(title.translate(FORBIDDEN_IN_SHEET_NAME).strip()[:SHEET_NAME_LENGTH] or "List")
    sheet.set_header(f"&C&B{MARKING}")
    sheet.set_footer(f"&C&B{MARKING}&B&RPage &P of &N")
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(columns) - 1, 0), 18)
    sheet.write_row(0, 0, [plain_value(column) for column in columns], heading)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(map(plain_value, row)):
            if isinstance(value, datetime.datetime):
                sheet.write_datetime(number, place, value, moment)
            elif value != "":
                sheet.write(number, place, value)
    book.close()


def xlsx_response(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The workbook as a download."""
    return workbook_response(
        file_name(title, "xlsx"), lambda target: xlsx_write(target, title, columns, rows)
    )


def workbook_response(name: str, write: Callable[[IO[bytes]], None]) -> FileResponse:
    """What `write` makes, by way of a temporary file: memory stays the same whatever the rows."""
    with ExitStack() as until_sent:
        target = until_sent.enter_context(tempfile.TemporaryFile(suffix=".xlsx"))
        write(target)
        target.seek(0)
        # From here the response owns the file: closing it, after sending, deletes it.
        until_sent.pop_all()
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX_TYPE)
