"""Files that are broken, not what they say, or made to harm: each is refused in a sentence, and quickly."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peelsite.imports.reading import Limits, UnreadableFile, Workbook, read_workbook
from tests.imports import files

TABLE = [["Post ref", "Title", "FTE"], ["P1", "Constable", 1], ["P2", "Sergeant", 0.5]]
TEXT = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(path, filename=path.name, known_headers=["Post ref"], limits=limits)
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"   \n\n ", "holds no table"),
        (b"Post ref,Title\n", "holds no table"),
        (b"%PDF-1.7 ...", "PDF"),
        (files.png(), "picture"),
        (b"\xef\xbb\xbf <!DOCTYPE html><table><tr><td>Post ref", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b'{"posts": []}', "JSON"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (bytes(range(256)) * 20, "not a spreadsheet"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more", "not a spreadsheet"),
        (
            "WordDocument".encode("utf-16-le").join([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""]),
            "Word document",
        ),
        (b'Ref,N\na,"1\nb,2\n', "Row 2 opens a quotation mark that is never closed"),
        (b'Ref,N\nz,1\na,"1\n' + b"b,2\n" * 50_000, "Row 3 opens a quotation mark that is never closed"),
        (b"Ref,N\na," + b"x" * 32_768, "row 2, column B holds 32,768 characters"),
        (b",".join(b"h%d" % n for n in range(300)) + b"\n" + b"1," * 299, "300 columns"),
    ],
)
def test_what_is_no_table_is_refused_for_what_it_is(tmp_path, content, expected):
    path = tmp_path / "posts.xls"
    path.write_bytes(content)
    assert expected in refusal(path)


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "posts.csv"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert "1,024 MB; the most is 50 MB" in refusal(path)


@pytest.mark.parametrize("make", [files.xlsx, files.xls, files.ods])
def test_a_workbook_cut_short_is_refused(tmp_path, make):
    path = make(tmp_path / f"posts.{make.__name__}", TABLE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("rows", [[], TABLE[:1]])
def test_a_workbook_without_rows_is_refused(tmp_path, rows):
    assert "holds no table" in refusal(files.xlsx(tmp_path / "posts.xlsx", rows))


def test_passwords_are_told_from_damage(tmp_path):
    old = files.xls(tmp_path / "old.xls", TABLE)
    data = old.read_bytes()
    after_beginning = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    old.write_bytes(data[:after_beginning] + b"\x2f\x00" + data[after_beginning + 2 :])  # a FILEPASS record
    locked = [
        files.locked(tmp_path / "new.xlsx"),
        files.ods_of(tmp_path / "open.ods", "", encrypted=True),
        old,
    ]
    for path in locked:
        assert "password" in refusal(path), path.name


def test_other_things_in_a_zip_are_named(tmp_path):
    for part, expected in (("word/document.xml", "document"), ("posts.csv", "compressed folder"),
                           ("xl/workbook.bin", ".xlsb"), ("Index/Document.iwa", "Numbers")):  # fmt: skip
        path = tmp_path / "upload.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert expected in refusal(path)


def test_a_zip_bomb_is_refused_whether_or_not_it_owns_up(tmp_path):
    limits = Limits(max_uncompressed=8 << 20)
    path = files.with_part(
        files.xlsx(tmp_path / "posts.xlsx", TABLE), "xl/media/image1.png", b"\0" * (9 << 20)
    )
    assert path.stat().st_size < 100_000
    assert "unzips to more than 8 MB" in refusal(path, limits)
    files.understate_sizes(path)
    assert sum(part.file_size for part in zipfile.ZipFile(path).infolist()) < 1000
    assert "unzips to more than 8 MB" in refusal(path, limits)


@pytest.mark.parametrize("name", ["posts.xlsm", "posts.xlsx"])
def test_macros_are_named_and_not_read_whatever_the_file_is_called(tmp_path, name):
    path = files.with_part(
        files.xlsx(tmp_path / name, TABLE), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open"
    )
    book = read_workbook(path, filename=name, known_headers=["Post ref"])
    assert [note for note in book.notes if "They are never run" in note]
    assert book.sheets[0].rows.height == 2


def test_an_archive_within_a_workbook_is_never_opened(tmp_path):
    """Forty-two in forty-two: only the outermost counts towards what the file unzips to."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * (9 << 20))
    path = files.with_part(
        files.xlsx(tmp_path / "posts.xlsx", TABLE), "xl/embeddings/inner.zip", inner.getvalue()
    )
    limits = Limits(max_uncompressed=8 << 20)
    book = read_workbook(path, filename=path.name, known_headers=["Post ref"], limits=limits)
    assert book.sheets[0].rows.height == 2


def test_a_cell_in_the_very_last_corner_ends_no_process_but_the_openers(tmp_path):
    rows = f'<row r="1">{TEXT.format("A1", "Ref")}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "too big once opened" in refusal(files.sheet_xml(tmp_path / "posts.xlsx", rows))


def test_rows_and_columns_repeated_a_million_times_are_refused(tmp_path):
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
    cell += "<text:p>x</text:p>"
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    table = f'<table:table table:name="a">{row}</table:table>'
    assert "too big once opened" in refusal(files.ods_of(tmp_path / "posts.ods", table))


def test_entities_are_never_expanded(tmp_path):
    """Ten levels of ten would be ten thousand million letters; a file of our own machine would be a leak."""
    levels = "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    rows = f'<row r="1">{TEXT.format("A1", "Ref")}</row><row r="2">{TEXT.format("A2", "&{};")}</row>'
    for entity, definition in (("j", f'<!ENTITY a "aaaaaaaaaa">{levels}'),
                               ("leak", '<!ENTITY leak SYSTEM "file:///etc/passwd">')):  # fmt: skip
        path = files.sheet_xml(
            tmp_path / "posts.xlsx",
            rows.replace("&{};", f"&{entity};"),
            before=f"<!DOCTYPE x [{definition}]>",
        )
        assert "damaged" in refusal(path)


def test_sixteen_thousand_columns_are_refused_and_formatting_out_to_the_last_is_not(tmp_path):
    wide = [[f"H{n}" for n in range(16_384)], [str(n) for n in range(16_384)]]
    assert "16,384 columns" in refusal(files.xlsx(tmp_path / "wide.xlsx", wide))
    rows = f'<row r="1">{TEXT.format("A1", "Ref")}<c r="XFD1" s="0"/></row>'
    rows += f'<row r="2">{TEXT.format("A2", "P1")}</row>'
    path = files.sheet_xml(tmp_path / "formatted.xlsx", rows)
    book = read_workbook(path, filename=path.name, known_headers=["Ref"])
    assert book.sheets[0].headers == ("Ref",)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(max_sheets=1), "2 sheets; the most is 1"),
        (Limits(max_rows=2), "3 rows; the most is 2"),
        (Limits(max_columns=2), "3 columns; the most is 2"),
        (Limits(max_cells=17), "18 cells"),
        (Limits(max_cell_chars=8), "row 2, column B holds 9 characters"),
    ],
)
def test_limits_hold_for_workbooks(tmp_path, limits, expected):
    assert expected in refusal(files.xlsx(tmp_path / "posts.xlsx", {"A": TABLE, "B": TABLE}), limits)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(max_rows=2), "3 rows; the most is 2"),
        (Limits(max_columns=2), "3 columns; the most is 2"),
        (Limits(max_cells=8), "9 cells"),
    ],
)
def test_limits_hold_for_text(tmp_path, limits, expected):
    assert expected in refusal(files.delimited(tmp_path / "posts.csv", TABLE), limits)


def read_or_refuse(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(data)
        with suppress(UnreadableFile):
            book = read_workbook(path, filename="posts.csv", known_headers=["Post ref"])
            assert isinstance(book, Workbook)
            assert all(sheet.rows.width == len(sheet.headers) + 1 for sheet in book.sheets)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    read_or_refuse(data)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab01/\"',;\t|\r\n \u00a0\u200b£é=", max_size=200))
def test_any_text_is_read_or_refused(text):
    read_or_refuse(text.encode())


def whole(make) -> bytes:
    with TemporaryDirectory() as folder:
        return make(Path(folder) / "whole", TABLE).read_bytes()


def rezipped(data: bytes, part: str, mutate) -> bytes:
    """A sound zip around a part gone wrong, so that the parser itself meets it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, mutate(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


WHOLE = {make.__name__: whole(make) for make in (files.xlsx, files.xls, files.ods)}
PARTS = {
    "xlsx": ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"],
    "ods": ["content.xml"],
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_workbooks_are_read_or_refused(data):
    kind = data.draw(st.sampled_from(sorted(WHOLE)))
    changes = st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), min_size=1, max_size=4
    )
    places = data.draw(changes)

    def mutate(content: bytes) -> bytes:
        changed = bytearray(content)
        for place, new in places:
            start = int(place * len(changed))
            changed[start : start + len(new)] = new
        return bytes(changed)

    inside = data.draw(st.sampled_from([None, *PARTS.get(kind, [])]))
    read_or_refuse(rezipped(WHOLE[kind], inside, mutate) if inside else mutate(WHOLE[kind]))
