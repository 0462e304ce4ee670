"""Small spreadsheet files for tests, good and hostile, made on the spot. No file of a real person is kept."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

Rows = Sequence[Sequence[Any]]
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(
    path: Path, sheets: Mapping[str, Rows] | Rows, *, hidden: Sequence[str] = (), **options: Any
) -> Path:
    """By XlsxWriter; dates as date cells, text beginning "=" as formulas. `hidden`: names of sheets."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy", **options})
    for name, rows in _named(sheets).items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str) and not value.startswith("="):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
    book.close()
    return path


def xls(path: Path, sheets: Mapping[str, Rows] | Rows) -> Path:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for name, rows in _named(sheets).items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write(r, c, value, day)
                elif value is not None:
                    sheet.write(r, c, value)
    book.save(str(path))
    return path


def ods(path: Path, sheets: Mapping[str, Rows] | Rows) -> Path:
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in _named(sheets).items()
    )
    return ods_of(path, tables)


def ods_of(path: Path, tables: str, *, encrypted: bool = False) -> Path:
    """An ods file whose spreadsheet holds `tables`, as XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    secret = "<manifest:encryption-data/>" if encrypted else ""
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{ODS_TYPE}">{secret}</manifest:file-entry></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind, text = f'"boolean" office:boolean-value="{str(value).lower()}"', str(value).upper()
    elif isinstance(value, date):
        kind, text = f'"date" office:date-value="{value.isoformat()}"', value.strftime("%d/%m/%Y")
    elif isinstance(value, int | float):
        kind, text = f'"float" office:value="{value}"', str(value)
    else:
        kind, text = '"string"', value
    return f"<table:table-cell office:value-type={kind}><text:p>{escape(text)}</text:p></table:table-cell>"


def delimited(
    path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", mark: bytes = b""
) -> Path:
    """Text with `mark` (a byte-order mark) before it; dates day first."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([value.strftime("%d/%m/%Y") if isinstance(value, date) else value for value in row])
    path.write_bytes(mark + text.getvalue().encode(encoding))
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The zipped file with one part's content replaced, or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


def sheet_xml(path: Path, rows_xml: str, *, before: str = "") -> Path:
    """An xlsx whose only sheet holds `rows_xml`, with `before` (a document type, say) ahead of its root."""
    xlsx(path, [["Reference"]])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}">'
    xml += f"<sheetData>{rows_xml}</sheetData></worksheet>"
    return with_part(path, "xl/worksheets/sheet1.xml", xml.encode())


def understate_sizes(path: Path) -> Path:
    """Each part's unzipped size declared as ten bytes, in both of the zip's own tables: how a bomb lies."""
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(magic)
        while place >= 0:
            struct.pack_into("<I", data, place + offset, 10)
            place = data.find(magic, place + 4)
    path.write_bytes(bytes(data))
    return path


def locked(path: Path) -> Path:
    """The outside of a workbook with a password: an OLE file with a stream named EncryptedPackage."""
    xls(path, [["x"]])
    data = path.read_bytes().replace("Workbook".encode("utf-16-le"), "Encrypte".encode("utf-16-le"))
    path.write_bytes(data + "EncryptedPackage".encode("utf-16-le"))
    return path


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def _named(sheets: Mapping[str, Rows] | Rows) -> Mapping[str, Rows]:
    return sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}
