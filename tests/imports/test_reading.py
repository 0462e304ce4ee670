"""Untidy files as HR departments send them: what is read, under which row numbers, and what is said."""

from datetime import date
from pathlib import Path

import pytest

from peelsite.imports.reading import Sheet, Workbook, read_workbook
from tests.imports import files

HEADINGS = ["Post ref", "Title", "Start", "FTE", "Funded"]
ROWS = [
    ["01234", "Sergeant, Área 5", date(2016, 3, 31), 0.8, True],
    ["P2", "Constable", date(2015, 1, 1), 1, False],
]
TABLE = [HEADINGS, *ROWS]
KNOWN = ("Post reference", "Post ref", "Title", "Start date", "FTE")
HR_FILE = Path(__file__).parents[3] / "shared/data/hr/hrdataset_v14_messy_semicolon.csv"


def read(path: Path, *, name: str | None = None, known: tuple[str, ...] = KNOWN) -> Workbook:
    return read_workbook(path, filename=name or path.name, known_headers=known)


def only(book: Workbook) -> Sheet:
    assert len(book.sheets) == 1
    return book.sheets[0]


@pytest.mark.parametrize("make", [files.xlsx, files.xls, files.ods])
def test_a_workbook_gives_the_same_table_whatever_its_format(tmp_path, make):
    book = read(make(tmp_path / f"posts.{make.__name__}", TABLE))
    sheet = only(book)
    assert (book.format, book.notes, sheet.name, sheet.header_row) == (make.__name__, (), "Sheet1", 1)
    assert sheet.headers == tuple(HEADINGS)
    assert sheet.rows.rows() == [
        (2, "01234", "Sergeant, Área 5", "2016-03-31", "0.8", "yes"),
        (3, "P2", "Constable", "2015-01-01", "1", "no"),
    ]


def test_a_text_file_gives_its_cells_as_they_are_written(tmp_path):
    book = read(files.delimited(tmp_path / "posts.csv", TABLE))
    assert (book.format, book.notes) == ("csv", ())
    assert only(book).rows.row(0) == (2, "01234", "Sergeant, Área 5", "31/03/2016", "0.8", "True")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path, encoding, mark, delimiter):
    path = files.delimited(tmp_path / "posts.csv", TABLE, encoding=encoding, mark=mark, delimiter=delimiter)
    book = read(path)
    assert only(book).headers == tuple(HEADINGS)
    assert only(book).rows["c1"].to_list() == ["Sergeant, Área 5", "Constable"]
    assert any("cp1252" in note for note in book.notes) == (encoding == "cp1252")
    assert any("set apart" in note for note in book.notes) == (delimiter != ",")


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param(
            'Ref;N\r\n"a\r\nb";"1""2"\r\n\r\nz;"x;y"\r\n', [(2, "a\nb", '1"2'), (4, "z", "x;y")], id="quoted"
        ),
        pytest.param("Ref,N\ra,1\rb,2", [(2, "a", "1"), (3, "b", "2")], id="lone returns"),
        pytest.param("sep=;\r\nRef;N\r\na;1,5\r\n", [(2, "a", "1,5")], id="Excel's sep line"),
        pytest.param('Ref,N\na,5" tape\nb,2\n', [(2, "a", '5" tape'), (3, "b", "2")], id="inches"),
        pytest.param("Ref,N\n\n\na,1\n,\nb\n", [(4, "a", "1"), (6, "b", None)], id="blank and short rows"),
        pytest.param("Ref,N\na\0b,1\n", [(2, "ab", "1")], id="NUL"),
        pytest.param("Ref\na\nb\n", [(2, "a"), (3, "b")], id="one column"),
        pytest.param("Ref,N\n\u00a0a\u200b ,\u2003\n", [(2, "a", None)], id="odd spaces"),
        pytest.param("Ref,N\n" + '"a\nb",1\n' * 30_000, None, id="many quoted lines"),
    ],
)
def test_text_files_keep_their_cells_and_row_numbers(tmp_path, content, rows):
    path = tmp_path / "posts.csv"
    path.write_bytes(content.encode())
    sheet = only(read(path, known=("Ref",)))
    if rows is None:
        rows = [(row, "a\nb", "1") for row in range(2, 30_002)]
    assert sheet.rows.rows() == rows


def test_a_row_longer_than_the_headings_keeps_its_cells(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("Ref,N\na,1,over\nb,2\n")
    sheet = only(read(path))
    assert sheet.headers == ("Ref", "N", "Column C")
    assert sheet.rows["c2"].to_list() == ["over", None]


def test_the_headings_are_found_under_titles_and_row_numbers_stay_true(tmp_path):
    rows = [[], ["Posts of Hertfordshire"], ["As at", date(2016, 3, 31)], [], HEADINGS, ROWS[0], [], ROWS[1]]
    book = read(files.xlsx(tmp_path / "posts.xlsx", rows))
    sheet = only(book)
    assert sheet.header_row == 5
    assert sheet.headers == tuple(HEADINGS)
    assert sheet.rows["row_no"].to_list() == [6, 8]
    assert any("title" in note for note in book.notes)


def test_a_table_of_names_alone_does_not_take_its_first_person_for_a_heading(tmp_path):
    rows = [["Name", "Unit"], ["Ann Example", "North"], ["Ben Example", "South"], ["Cy Example", "East"]]
    assert only(read(files.xlsx(tmp_path / "people.xlsx", rows), known=())).header_row == 1


def test_columns_keep_their_letters_when_the_table_starts_in_column_c(tmp_path):
    rows = [[None, None, "Post ref", None, "Title"], [None, None, "P1", None, "Constable"]]
    sheet = only(read(files.xlsx(tmp_path / "posts.xlsx", rows)))
    assert sheet.headers == ("Column A", "Column B", "Post ref", "Column D", "Title")
    assert sheet.rows.row(0) == (2, None, None, "P1", None, "Constable")


def test_blank_and_repeated_headings_get_names_of_their_own(tmp_path):
    rows = [["Post ref", "  Start\n date ", None, "Start Date", "start date"], ["P1", "a", "b", "c", "d"]]
    book = read(files.xlsx(tmp_path / "posts.xlsx", rows))
    names = only(book).headers
    assert names == ("Post ref", "Start date", "Column C", "Start Date (2)", "start date (3)")
    assert any("more than once" in note for note in book.notes)


@pytest.mark.parametrize("known", [(), ("Ref", "Title", "Dates start")])
def test_headings_over_two_rows_are_joined(tmp_path, known):
    rows = [
        ["Ref", "Title", "Dates", None, "FTE"],
        [None, None, "Start", "End", None],
        ["1", "Constable", date(2016, 1, 1), None, 1],
        ["2", "Sergeant", date(2016, 1, 1), date(2017, 1, 1), 1],
    ]
    book = read(files.xlsx(tmp_path / "posts.xlsx", rows), known=known)
    assert only(book).headers == ("Ref", "Title", "Dates Start", "Dates End", "FTE")
    assert only(book).rows["row_no"].to_list() == [3, 4]
    assert any("rows 1 and 2 were read as one" in note for note in book.notes)


def test_a_first_row_of_text_is_not_joined_to_the_headings(tmp_path):
    rows = [
        ["Ref", "Title", "Notes"],
        ["A", "Constable", None],
        ["B", "Sergeant", "x"],
        ["C", "Sergeant", "y"],
    ]
    assert only(read(files.xlsx(tmp_path / "posts.xlsx", rows))).rows.height == 3


def test_totals_are_kept_and_pointed_out(tmp_path):
    book = read(files.xlsx(tmp_path / "posts.xlsx", [*TABLE, ["Total", None, None, 1.8]]))
    assert only(book).rows["c0"].to_list() == ["01234", "P2", "Total"]
    assert any("row 4 (“Total”)" in note for note in book.notes)


def test_the_sheet_with_the_known_headings_is_best_and_hidden_ones_are_named(tmp_path):
    sheets = {"Read me": [["Hello"]], "Lookups": [["Code", "Meaning"], ["A", "Active"]] * 9, "Posts": TABLE}
    book = read(files.xlsx(tmp_path / "posts.xlsx", {**sheets, "Old": [*TABLE, *ROWS]}, hidden=["Old"]))
    assert [sheet.name for sheet in book.sheets] == ["Lookups", "Posts", "Old"]
    assert book.sheets[book.best].name == "Posts"
    assert any(note.startswith("Sheet “Old”") and "hidden" in note for note in book.notes)


def test_formulas_give_the_value_last_saved_and_are_never_worked_out(tmp_path):
    cell = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    heading = f'<row r="1">{cell.format("A1", "Post ref")}{cell.format("B1", "FTE")}</row>'
    first = f'<row r="2" hidden="1">{cell.format("A2", "P1")}<c r="B2"><f>1+1</f><v>0.8</v></c></row>'
    second = f'<row r="3">{cell.format("A3", "P2")}<c r="B3"><f>1+1</f></c></row>'
    third = f'<row r="4">{cell.format("A4", "P3")}<c r="B4" t="e"><v>#N/A</v></c></row>'
    book = read(files.sheet_xml(tmp_path / "posts.xlsx", heading + first + second + third))
    assert only(book).rows["c1"].to_list() == ["0.8", None, None]
    for expected in (
        "1 cell holds a formula. The values last saved",
        "1 cell holds a formula without a saved value",
        "1 cell shows an error",
        "1 row is hidden",
    ):
        assert any(note.startswith(expected) for note in book.notes), expected


def test_times_and_lengths_of_time_are_hours(tmp_path):
    def cell(ref: str, value: float, style: int) -> str:
        return f'<c r="{ref}" s="{style}"><v>{value}</v></c>'

    path = files.xlsx(tmp_path / "hours.xlsx", [["Ref", "Hours"], ["A", "x"], ["B", "y"]])
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1">'
        '<numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    files.with_part(path, "xl/styles.xml", styles.encode())
    text = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    rows = f'<row r="1">{text.format(1, "Ref")}<c r="B1" t="inlineStr"><is><t>Hours</t></is></c></row>'
    rows += f'<row r="2">{text.format(2, "A")}{cell("B2", 0.3958333333333333, 1)}</row>'
    rows += f'<row r="3">{text.format(3, "B")}{cell("B3", 1.25, 1)}</row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    files.with_part(path, "xl/worksheets/sheet1.xml", sheet.encode())
    assert only(read(path)).rows["c1"].to_list() == ["09:30:00", "30:00:00"]


@pytest.mark.parametrize(
    ("make", "name", "note"),
    [
        (files.xlsx, "posts.csv", "ends in .csv, but it is an Excel workbook (.xlsx)"),
        (files.delimited, "posts.xls", "ends in .xls, but it is a text file of values (.csv)"),
        (files.xlsx, "posts.xlsm", None),
        (files.delimited, "posts.txt", None),
        (files.xlsx, "posts", None),
    ],
)
def test_content_decides_and_a_name_that_disagrees_is_mentioned(tmp_path, make, name, note):
    book = read(make(tmp_path / "upload", TABLE), name=name)
    assert only(book).rows.height == 2
    assert [note in said for said in book.notes] == ([True] if note else [])


def test_the_messy_hr_file_is_read_as_a_person_would():
    if not HR_FILE.exists():
        pytest.skip(f"the shared sample {HR_FILE.name} is not beside this checkout")
    book = read(HR_FILE, known=("Employee ID", "EmpID", "First name", "Surname", "Date of hire"))
    sheet = only(book)
    assert (book.format, sheet.header_row, sheet.rows.height, len(sheet.headers)) == ("csv", 1, 310, 36)
    assert sheet.headers[:3] == ("First_Name", "Last_Name", "EmpID")
    assert sheet.rows.row(0)[:4] == (2, "Ait Sidi", "Karthikeyan", "10084")
    assert sheet.rows["row_no"].to_list() == list(range(2, 312))
