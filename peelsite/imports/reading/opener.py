"""Run as a process of its own: opens an xlsx, xls or ods file and writes each sheet as an Arrow file of text.

    python opener.py SOURCE FOLDER MEMORY SECONDS MAX_SHEETS MAX_COLUMNS MAX_CELLS

A spreadsheet of a few kilobytes can claim a cell in its very last row and column, and the parser then asks
for hundreds of gigabytes and ends its process. In a process of its own, under a limit, that ends this process
only. Stands alone (it is run by path, without the site) so that it starts in a third of a second.
"""

import json
import sys
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # not a Unix system: the checks on the unzipped size remain
    resource = None  # type: ignore[assignment]  # mypy has no other way to say "absent here"


def set_limits(memory: int, seconds: int) -> None:
    """Address space in bytes and processor time in seconds; a system that refuses a limit goes without it."""
    if resource is None:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue


def open_file(
    source: Path, folder: Path, max_sheets: int, max_columns: int, max_cells: int
) -> dict[str, Any]:
    """Writes `folder`/N.arrow for each sheet; returns what sheets.json holds."""
    # Imported under the limits that have been set by now.
    import fastexcel

    reader = fastexcel.read_excel(str(source))
    names = reader.sheet_names
    if len(names) > max_sheets:
        return {"error": "sheets", "count": len(names)}
    sheets = []
    cells = 0
    for place, name in enumerate(names):
        # Rows from the very first, so that row numbers are true; every column as text.
        sheet = reader.load_sheet(place, header_row=None, skip_rows=0, dtypes="string")
        frame = sheet.to_polars()
        columns = [column.absolute_index for column in sheet.selected_columns]
        frame.columns = [f"c{index}" for index in columns]
        # In many workbooks formatting runs on to the last column: only columns with a value count.
        used = [name for name, nulls in frame.null_count().row(0, named=True).items() if nulls < frame.height]
        if len(used) > max_columns:
            return {"error": "columns", "count": len(used)}
        cells += len(used) * frame.height
        if cells > max_cells:
            return {"error": "cells", "count": cells}
        frame = frame.select(used)
        frame.write_ipc(folder / f"{place}.arrow")
        sheets.append({"name": name, "hidden": sheet.visible != "visible"})
        del frame, sheet
    return {"sheets": sheets}


def main() -> None:
    source, folder, memory, seconds, *most = sys.argv[1:]
    set_limits(int(memory), int(seconds))
    try:
        answer = open_file(Path(source), Path(folder), *map(int, most))
    except Exception as error:
        answer = {"error": "format", "detail": f"{type(error).__name__}: {error}"}
    (Path(folder) / "sheets.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main()
