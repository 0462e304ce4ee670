"""What a file really is, by its content; its name only counts where the two disagree."""

import zipfile
from pathlib import Path

from peelsite.imports.reading.shapes import LOCKED, Format, Limits, UnreadableFile

_AS_XLSX = "Open it in a spreadsheet program, save it as an Excel workbook (.xlsx) and upload that."
_NAMES: dict[Format, str] = {
    "xlsx": "an Excel workbook (.xlsx)", "xls": "an Excel 97–2003 workbook (.xls)",
    "ods": "an OpenDocument spreadsheet (.ods)", "csv": "a text file of values (.csv)",
}  # fmt: skip
_ENDINGS: dict[Format, tuple[str, ...]] = {
    "xlsx": ("xlsx", "xlsm", "xltx", "xltm"), "xls": ("xls", "xlt"), "ods": ("ods",),
    "csv": ("csv", "txt", "tsv", "tab", "asc"),
}  # fmt: skip
_OTHER = (
    (b"%PDF", "a PDF document", "Ask for the spreadsheet it was made from and upload that."),
    (b"\x89PNG", "a picture", "Ask for the spreadsheet it was made from and upload that."),
    (b"\xff\xd8\xff", "a picture", "Ask for the spreadsheet it was made from and upload that."),
    (b"GIF8", "a picture", "Ask for the spreadsheet it was made from and upload that."),
    (b"{\\rtf", "a word processor document", "Copy its table into a spreadsheet and upload that as .xlsx."),
    (b"\x1f\x8b", "a compressed file", "Take the spreadsheet out of it and upload that."),
    (b"7z\xbc\xaf", "a compressed file", "Take the spreadsheet out of it and upload that."),
    (b"Rar!", "a compressed file", "Take the spreadsheet out of it and upload that."),
    (b"SQLite format 3", "a database", "Export the table as .csv and upload that."),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def detect(path: Path, limits: Limits) -> Format:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("The file is empty. Check that it was saved, and upload it again.")
    if size > limits.max_bytes:
        raise UnreadableFile(
            f"The file is {size / 1_048_576:,.0f} MB; the most is {limits.max_bytes / 1_048_576:,.0f} MB. "
            "Delete what the import does not need (pictures, other sheets, old rows) or split it, and "
            "upload it again."
        )
    with path.open("rb") as file:
        head = file.read(8192)
    for magic, what, mend in _OTHER:
        if head.startswith(magic):
            raise UnreadableFile(f"The file is {what}, whatever its name says. {mend}")
    if head.startswith(b"PK"):
        return _inside_zip(path)
    if head.startswith(_OLE):
        return _inside_ole(path)
    _refuse_other_text(head)
    return "csv"


def _inside_zip(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = _start(archive, "mimetype") if "mimetype" in names else b""
            manifest = _start(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
        LookupError,
    ):
        raise UnreadableFile(
            "The file is damaged or was cut short on its way. Get it again, or open it in a spreadsheet "
            "program and save it again, and upload that."
        ) from None
    if b"encryption-data" in manifest:
        raise UnreadableFile(LOCKED)
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    folders = {name.split("/", 1)[0].lower() for name in names}
    if "xl/workbook.bin" in names:
        raise UnreadableFile(f"The file is a binary Excel workbook (.xlsb). {_AS_XLSX}")
    if "xl" in folders:
        return "xlsx"
    if "word" in folders or "ppt" in folders or mimetype:
        raise UnreadableFile(
            "The file is a document or presentation, not a spreadsheet. Copy its table into a spreadsheet, "
            "save that as .xlsx and upload it."
        )
    if "index" in folders and any(name.endswith(".iwa") for name in names):
        raise UnreadableFile(
            "The file is an Apple Numbers document. Export it to Excel (.xlsx) and upload that."
        )
    raise UnreadableFile("The file is a compressed folder. Take the spreadsheet out of it and upload that.")


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        try:
            return part.read(262_144)
        except Exception as error:  # zlib, lzma and bz2 each have their own
            raise zipfile.BadZipFile(str(error)) from error


def _inside_ole(path: Path) -> Format:
    data = path.read_bytes()

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise UnreadableFile(LOCKED)
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        raise UnreadableFile(
            "The file is a Word document, not a spreadsheet. Copy its table into a spreadsheet, save that "
            "as .xlsx and upload it."
        )
    raise UnreadableFile(f"The file is not a spreadsheet, or is damaged. {_AS_XLSX}")


def _refuse_other_text(head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:600].lower()
    if start.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"mime-version:")
    ):
        raise UnreadableFile(f"The file is a web page under a spreadsheet's name. {_AS_XLSX}")
    if start.startswith((b"<?xml", b"<workbook")):
        raise UnreadableFile(f"The file is XML, not a workbook. {_AS_XLSX}")
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r")):
        raise UnreadableFile(
            "The file is JSON, not a spreadsheet. Export the table as .csv or .xlsx and upload that."
        )
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return
    zeros = head.count(0)
    controls = sum(
        head.count(code) for code in range(1, 32) if code not in (9, 10, 11, 12, 13, 26, 28, 29, 30, 31)
    )
    looks_utf16 = zeros > 0.35 * len(head) and (head[::2].count(0) < 3 or head[1::2].count(0) < 3)
    if controls > 0.02 * len(head) + 2 or (zeros > 0.1 * len(head) and not looks_utf16):
        raise UnreadableFile(f"The file is not a spreadsheet, or is damaged. {_AS_XLSX}")


def name_notes(filename: str, kind: Format) -> list[str]:
    """A sentence where the ending of the file's name and its content disagree."""
    ending = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if not ending or ending in _ENDINGS[kind]:
        return []
    return [f"The file's name ends in .{ending}, but it is {_NAMES[kind]} and was read as that."]
