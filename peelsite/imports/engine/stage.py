"""The staging tables of one check or load: temporary, filled by COPY, gone with the transaction.

Temporary tables need no more right than every role has in its own database, write no log, leave nothing
behind
when the process is killed, and cannot be seen by anyone else. What a person has to see is saved from them.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from peelsite.forces.models import Force
from peelsite.imports.calc import ColumnSpec
from peelsite.imports.engine.cells import TYPES, TypedCells

COPY_ROWS = 20_000

#: true of a row of import_staged or of a table made from it, called `row`, that nothing refuses so far
SOUND = "NOT EXISTS (SELECT 1 FROM import_issue WHERE import_issue.row_no = row.row_no)"

TABLES = """
DROP TABLE IF EXISTS pg_temp.import_staged, pg_temp.import_issue, pg_temp.import_change,
    pg_temp.import_outcome, pg_temp.import_missing;
CREATE TEMP TABLE import_issue (row_no bigint, column_name text, value text, sentence text) ON COMMIT DROP;
CREATE TEMP TABLE import_change (row_no bigint, column_name text, old text, new text) ON COMMIT DROP;
CREATE TEMP TABLE import_outcome (row_no bigint, outcome text, key text, label text) ON COMMIT DROP;
CREATE TEMP TABLE import_missing (row_id bigint, key text, label text, is_blocked boolean) ON COMMIT DROP;
"""


@dataclass
class Stage:
    """What a target's SQL works with, inside one transaction.

    Temporary tables: `import_staged` (row_no and one typed column for each ColumnSpec), and the four that a
    target fills: `import_issue`, `import_change` (old and new value as text), `import_outcome` (new, changed
    or unchanged, with key and label) and `import_missing`. In SQL %(force)s, %(batch)s, %(as_at)s and
    %(today)s
    stand ready. `as_at` is set for a declared full extract: what the file leaves out ends before that day.
    `additions` collects what else loading would add, as {"kind", "name"}.
    """

    force: Force
    batch_id: int
    mapped: frozenset[str]
    options: Mapping[str, bool]
    today: date
    as_at: date | None = None
    additions: list[dict[str, str]] = field(default_factory=list)

    def run(self, sql: str, **params: Any) -> int:
        """Execute one statement; the number of rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(sql, self._given(params))
            return cursor.rowcount

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, self._given(params))
            return cursor.fetchall()

    def value(self, sql: str, **params: Any) -> Any:
        return self.rows(sql, **params)[0][0]

    def make(self, name: str, select: str, *, index: Sequence[str] = (), **params: Any) -> None:
        """Make the temporary table `name` of what `select` finds, anew if it is there, with its
        statistics."""
        self.run(f"DROP TABLE IF EXISTS pg_temp.{name}")
        self.run(f"CREATE TEMP TABLE {name} ON COMMIT DROP AS {select}", **params)
        for column in index:
            self.run(f"CREATE INDEX ON {name} ({column})")
        self.run(f"ANALYZE {name}")

    def refuse(self, column: str, select: str, **params: Any) -> int:
        """Refuse rows: `select` gives row_no, the value and the sentence; how many were refused."""
        return self.run(
            "INSERT INTO import_issue (column_name, row_no, value, sentence)"
            f" SELECT %(column)s, found.row_no, found.value::text, found.sentence FROM ({select})"
            " AS found (row_no, value, sentence)",
            column=column,
            **params,
        )

    def copy_in(self, name: str, frame: pl.DataFrame) -> None:
        """COPY the frame's rows into a table whose columns have the same order."""
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv, NULL '\\N')") as copy,
        ):
            for chunk in frame.iter_slices(COPY_ROWS):
                lines = io.BytesIO()
                chunk.write_csv(lines, include_header=False, quote_style="non_numeric", null_value="\\N")
                copy.write(lines.getvalue())

    def fill(self, columns: Sequence[ColumnSpec], cells: TypedCells) -> None:
        """Make the staging tables afresh and COPY the cells into them."""
        self.run(TABLES)
        typed = ", ".join(f'"{column.name}" {TYPES[column.kind][1]}' for column in columns)
        self.run(f"CREATE TEMP TABLE import_staged (row_no bigint NOT NULL, {typed}) ON COMMIT DROP")
        self.copy_in("import_staged", cells.frame)
        self.copy_in("import_issue", cells.issues)
        self.run("ANALYZE import_staged")

    def _given(self, params: dict[str, Any]) -> dict[str, Any]:
        return {
            "force": self.force.pk,
            "batch": self.batch_id,
            "as_at": self.as_at,
            "today": self.today,
        } | params
