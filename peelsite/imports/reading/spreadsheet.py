"""The parent's side of opener.py: raw sheets of an xlsx, xls or ods file."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from peelsite.imports.reading.shapes import (
    LOCKED,
    Format,
    Limits,
    UnreadableFile,
    too_many_cells,
    too_many_columns,
)

DAMAGED = (
    "The file is damaged or incomplete and cannot be opened. Open it in a spreadsheet program, save it "
    "again as .xlsx and upload that."
)
TOO_BIG = (
    "The file is too big once opened: a sheet has far more rows or columns than its data needs, or "
    "formatting that runs to the last row. Copy the rows you need into a new workbook and upload that."
)


@dataclass(frozen=True)
class RawSheet:
    """A sheet before its heading row is found: columns "c{n}" of text from spreadsheet row 1, n from column
    A."""

    name: str
    hidden: bool
    cells: pl.DataFrame


def open_spreadsheet(path: Path, kind: Format, limits: Limits) -> list[RawSheet]:
    with tempfile.TemporaryDirectory(prefix="peelsite-reading-") as folder:
        # The parser goes by the name's ending, and an upload's name proves nothing.
        source = Path(folder) / f"source.{kind}"
        source.symlink_to(path.resolve())
        answer = _run_opener(source, Path(folder), limits)
        sheets = []
        for place, about in enumerate(answer["sheets"]):
            cells = pl.read_ipc(Path(folder) / f"{place}.arrow")
            sheets.append(RawSheet(name=about["name"], hidden=about["hidden"], cells=cells))
        return sheets


def _run_opener(path: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-I", str(Path(__file__).with_name("opener.py")), str(path), str(folder)]
    most = (limits.max_sheets, limits.max_columns, limits.max_cells)
    command += [str(number) for number in (limits.max_memory, limits.max_seconds, *most)]
    environment = {"POLARS_MAX_THREADS": "1", "RUST_BACKTRACE": "0"}
    try:
        # Our own interpreter and our own file; the uploaded file is only ever data to it.
        done = subprocess.run(  # noqa: S603
            command,
            env=environment,
            timeout=limits.max_seconds,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(TOO_BIG) from None
    answer_file = folder / "sheets.json"
    if not answer_file.exists():
        # Ended by a signal, it met its limit; by itself, the parser gave up on what it found.
        raise UnreadableFile(TOO_BIG if done.returncode < 0 else DAMAGED)
    answer: dict[str, Any] = json.loads(answer_file.read_text())
    if "error" in answer:
        raise UnreadableFile(_sentence(answer, limits))
    return answer


def _sentence(answer: dict[str, Any], limits: Limits) -> str:
    match answer["error"]:
        case "sheets":
            return (
                f"The workbook has {answer['count']:,} sheets; the most is {limits.max_sheets:,}. "
                "Copy the sheet you need into a new workbook and upload that."
            )
        case "columns":
            return too_many_columns(answer["count"], limits)
        case "cells":
            return too_many_cells(answer["count"], limits)
    if "assword" in answer["detail"]:
        return LOCKED
    too_big = "Cell limit exceeded" in answer["detail"] or "MemoryError" in answer["detail"]
    return TOO_BIG if too_big else DAMAGED
