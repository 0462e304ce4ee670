"""Names in a file to rows of the site: by code, by name, by other ways of writing it, and the closest one."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from peelsite.imports.calc import normalise_header
from peelsite.imports.engine.stage import Stage

#: finding the closest name costs time; a column with more unknown names than this is the wrong column
MOST_SUGGESTIONS = 200

TABLE = """
CREATE TEMP TABLE IF NOT EXISTS import_name (
    column_name text, written text, row_id bigint, addition text, sentence text
) ON COMMIT DROP
"""


@dataclass(frozen=True)
class Found:
    """What a written name means: a row of the site, a new row to add under a full name, or a sentence why
    not."""

    row_id: int | None = None
    addition: str | None = None
    sentence: str | None = None


@dataclass
class Directory:
    """The names of one kind of row, for looking up. `word` is what a clerk calls it: "role", "location"."""

    word: str
    ids: dict[str, set[int]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    suggestions: int = 0

    def add(self, row_id: int, *ways: str, shown: str = "") -> None:
        for way in ways:
            if way:
                self.ids.setdefault(normalise_header(way), set()).add(row_id)
                if shown:
                    self.shown.setdefault(way.casefold(), shown)

    def ids_of(self, written: str, synonyms: Mapping[str, str] | None = None) -> set[int]:
        key = normalise_header(written)
        return self.ids.get(key) or self.ids.get((synonyms or {}).get(key, ""), set())

    def find(self, written: str, synonyms: Mapping[str, str] | None = None) -> Found:
        ids = self.ids_of(written, synonyms)
        if len(ids) == 1:
            return Found(row_id=next(iter(ids)))
        if ids:
            return Found(
                sentence=f"'{written}' is the name of {len(ids)} {self.word}s; write its code instead."
            )
        return Found(sentence=self.unknown(written))

    def unknown(self, written: str) -> str:
        """The sentence for a name that the force does not have, with the closest that it has."""
        sentence = f"'{written[:60]}' is not a {self.word} of this force."
        if self.suggestions < MOST_SUGGESTIONS:
            self.suggestions += 1
            close = difflib.get_close_matches(written.casefold(), self.shown, n=1, cutoff=0.6)
            if close:
                return f"{sentence} The closest is '{self.shown[close[0]]}'."
        return sentence

    def addition(self, name: str) -> Found:
        """A new row; the same name in other capitals or spacing is the same row, as it was written first."""
        name = " ".join(name.split())
        return Found(addition=self.added.setdefault(normalise_header(name), name))


def names_resolve(stage: Stage, column: str, find: Callable[[str], Found]) -> None:
    """Look up each different text of a column once, keep what it means in `import_name`, refuse what means
    nothing."""
    stage.run(TABLE)
    stage.run("DELETE FROM import_name WHERE column_name = %(column)s", column=column)
    written = [
        text
        for (text,) in stage.rows(
            f'SELECT DISTINCT "{column}" FROM import_staged WHERE "{column}" IS NOT NULL ORDER BY 1'
        )
    ]
    found = [find(text) for text in written]
    stage.copy_in("import_name", _frame(column, written, found))
    stage.run("ANALYZE import_name")
    stage.refuse(
        column,
        f'SELECT row.row_no, row."{column}", name.sentence FROM import_staged row'
        f' JOIN import_name name ON name.column_name = %(column)s AND name.written = row."{column}"'
        " WHERE name.sentence IS NOT NULL",
    )


def _frame(column: str, written: Iterable[str], found: list[Found]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "column_name": [column] * len(found),
            "written": list(written),
            "row_id": [each.row_id for each in found],
            "addition": [each.addition for each in found],
            "sentence": [each.sentence for each in found],
        },
        schema={
            "column_name": pl.String,
            "written": pl.String,
            "row_id": pl.Int64,
            "addition": pl.String,
            "sentence": pl.String,
        },
    )


def named(column: str, alias: str = "row") -> str:
    """JOIN clause: `<column>_name` is what the column's text of table `alias` means."""
    return (
        f'LEFT JOIN import_name "{column}_name" ON "{column}_name".column_name = \'{column}\''
        f' AND "{column}_name".written = {alias}."{column}"'
    )
