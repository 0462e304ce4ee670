import contextlib
import csv
import datetime
import io
import tracemalloc
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from peelsite.web import exports

# Closing a response ends a request, which looks after database connections.
pytestmark = pytest.mark.django_db

NOON_BST = datetime.datetime(2016, 6, 30, 11, 0, tzinfo=datetime.UTC)
FORMULAS = [
    '=HYPERLINK("http://x.invalid","pay")',
    "+44",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
]


def content(response) -> bytes:
    """All of a download, closed afterwards as a server closes it."""
    with contextlib.closing(response):
        return b"".join(response)


def csv_rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(response).decode("utf-8-sig"), newline="")))


def sheet(response):
    return openpyxl.load_workbook(io.BytesIO(content(response))).active


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_reaches_a_spreadsheet_as_a_formula(text):
    rows = csv_rows(exports.csv_response("Posts", ["Role", text], [[text, 1]]))
    assert rows == [["Role", f"'{text}"], [f"'{text}", "1"]]
    written = sheet(exports.xlsx_response("Posts", ["Role", text], [[text, 1]]))
    for cell in (written["B1"], written["A2"]):
        assert cell.data_type == "s"
        # openpyxl reads a carriage return in a cell as the escape that Office writes for it.
        assert str(cell.value).replace("_x000D_", "\r") == f"'{text}"


def test_figures_and_days_stay_figures_and_days():
    columns = ["FTE", "Change", "Since", "At", "Acting", "Nothing"]
    row = [Decimal("0.6757"), -3, datetime.date(2016, 4, 1), NOON_BST, True, None]
    written = sheet(exports.xlsx_response("Posts", columns, [row]))
    assert [cell.value for cell in written[2]] == [
        0.6757,
        -3,
        datetime.datetime(2016, 4, 1),
        datetime.datetime(2016, 6, 30, 12, 0),
        "Yes",
        None,
    ]
    assert csv_rows(exports.csv_response("Posts", columns, [row]))[1] == [
        "0.6757",
        "-3",
        "2016-04-01",
        "2016-06-30 12:00",
        "Yes",
        "",
    ]


def test_every_file_is_marked():
    today = f"{timezone.localdate():%Y-%m-%d}"
    text = exports.csv_response("Posts: vacant", ["A"], [])
    assert text["Content-Disposition"] == f'attachment; filename="OFFICIAL-posts-vacant-{today}.csv"'
    assert csv_rows(text) == [["A"]]
    book = exports.xlsx_response("Posts: vacant", ["A"], [])
    assert f"OFFICIAL-posts-vacant-{today}.xlsx" in book["Content-Disposition"]
    written = sheet(book)
    assert written.title == "Posts  vacant"
    assert "OFFICIAL" in written.oddHeader.center.text
    assert "OFFICIAL" in written.oddFooter.center.text


def test_a_title_cannot_break_the_header():
    assert exports.file_name('x"\r\nSet-Cookie: a=b', "csv").startswith("OFFICIAL-x-set-cookie-a-b-")


@pytest.mark.parametrize("respond", [exports.csv_response, exports.xlsx_response])
def test_memory_does_not_grow_with_the_rows(respond):
    def peak(rows: int) -> int:
        tracemalloc.start()
        response = respond("Posts", ["A", "B"], ([number, f"Post {number}"] for number in range(rows)))
        with contextlib.closing(response):
            for _ in response:
                pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(8_000) < peak(1_000) + 1_000_000
