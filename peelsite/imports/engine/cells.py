"""From columns of text to typed columns, with a sentence for each cell that cannot be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from peelsite.imports.calc import (
    ColumnSpec,
    normalise_header,
    parse_dates,
    parse_decimals,
    parse_whole_numbers,
    parse_yes_no,
)

TYPES: dict[str, tuple[type[pl.DataType] | pl.DataType, str]] = {
    "text": (pl.String, "text"),
    "choice": (pl.String, "text"),
    "date": (pl.Date, "date"),
    "decimal": (pl.Decimal(38, 6), "numeric"),
    "whole": (pl.Int64, "bigint"),
    "yes_no": (pl.Boolean, "boolean"),
}
#: what people write where there is no day, number or reason
EMPTY_WORDS = frozenset(
    {"n/a", "na", "none", "null", "nil", "-", "--", "not applicable", "still employed", "n/a-stillemployed"}
)
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Mend:
    """A corrected cell: the sheet's row number, the column's name and the text meant ("" for empty)."""

    row_no: int
    column: str
    value: str


@dataclass(frozen=True)
class TypedCells:
    """`frame` has "row_no" and one typed column for each ColumnSpec; `issues` has row_no, column, value,
    sentence."""

    frame: pl.DataFrame
    issues: pl.DataFrame


def type_cells(
    rows: pl.DataFrame,
    columns: Sequence[ColumnSpec],
    mapping: Mapping[str, int | None],
    mends: Iterable[Mend] = (),
    *,
    open_ended: Iterable[str] = (),
) -> TypedCells:
    """Reads the mapped columns of a sheet. A column that is not mapped, and an empty cell, is null.

    `open_ended` names date columns in which a day after 2199, as payroll systems write it, means no end.
    """
    corrections = _by_column(mends)
    made, issues = [rows["row_no"].cast(pl.Int64)], []
    for column in columns:
        place = mapping.get(column.name)
        written = _written(rows, place, corrections.get(column.name, []))
        if column.kind in ("date", "decimal", "whole", "choice"):
            written = written.set(written.str.to_lowercase().is_in(EMPTY_WORDS).fill_null(False), None)
        values = _parsed(column, written)
        far = values > LATEST if column.kind == "date" else None
        if far is not None and column.name in open_ended:
            values = values.zip_with(~far.fill_null(False), pl.Series([None], dtype=pl.Date))
            wrong = written.is_not_null() & values.is_null() & ~far.fill_null(False)
        else:
            wrong = written.is_not_null() & values.is_null()
        made.append(values.alias(column.name))
        issues.append(_issues(rows["row_no"], column, written, wrong, _unreadable(column)))
        if column.kind == "date":
            strange = (values < EARLIEST) | (values > LATEST)
            sentence = "'{}' is not a day between 1900 and 2199."
            issues.append(_issues(rows["row_no"], column, written, strange.fill_null(False), sentence))
        if column.required and place is not None:
            issues.append(_blank(rows["row_no"], column, written.is_null()))
    return TypedCells(pl.DataFrame(made), pl.concat(issues))


def _by_column(mends: Iterable[Mend]) -> dict[str, list[Mend]]:
    found: dict[str, list[Mend]] = {}
    for mend in mends:
        found.setdefault(mend.column, []).append(mend)
    return found


def _written(rows: pl.DataFrame, place: int | None, mends: list[Mend]) -> pl.Series:
    """The column as text, with corrected cells in place of those of the file."""
    name = f"c{place}"
    if place is None or name not in rows.columns:
        written = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    else:
        written = rows[name].cast(pl.String)
    if not mends:
        return written
    fixes = pl.DataFrame(
        {
            "row_no": [mend.row_no for mend in mends],
            "fix": [mend.value.strip() or None for mend in mends],
            "mended": [True] * len(mends),
        },
        schema={"row_no": rows.schema["row_no"], "fix": pl.String, "mended": pl.Boolean},
    )
    joined = pl.DataFrame({"row_no": rows["row_no"], "v": written}).join(
        fixes, on="row_no", how="left", maintain_order="left"
    )
    return joined.select(pl.when(pl.col("mended")).then(pl.col("fix")).otherwise(pl.col("v"))).to_series()


def _parsed(column: ColumnSpec, written: pl.Series) -> pl.Series:
    if column.kind == "date":
        return parse_dates(written)
    if column.kind == "decimal":
        return parse_decimals(written)
    if column.kind == "whole":
        return parse_whole_numbers(written)
    if column.kind == "yes_no":
        return parse_yes_no(written)
    if column.kind == "choice":
        ways = {normalise_header(way): value for way, value in column.choices.items()}
        distinct = written.drop_nulls().unique().to_list()
        meanings = {text: ways.get(normalise_header(text)) for text in distinct}
        return written.replace_strict(meanings, default=None, return_dtype=pl.String)
    return written


def _unreadable(column: ColumnSpec) -> str:
    """The sentence for a cell of this column that has no meaning, with {} for what stands in it."""
    if column.kind == "date":
        return "'{}' is not a date. Write day, month and year, for example 31/03/2016."
    if column.kind == "yes_no":
        return "'{}' is neither yes nor no."
    if column.kind == "whole":
        return "'{}' is not a whole number."
    if column.kind == "choice":
        first = {value: way for way, value in reversed(column.choices.items())}
        shown = ", ".join(first[value] for value in dict.fromkeys(column.choices.values()))
        return f"'{{}}' is not one of: {shown}."
    return "'{}' is not a number. Write it in figures, for example 0.8."


def _issues(
    row_no: pl.Series, column: ColumnSpec, written: pl.Series, wrong: pl.Series, sentence: str
) -> pl.DataFrame:
    shown = pl.col("value").str.slice(0, LONGEST_SHOWN)
    frame = pl.DataFrame({"row_no": row_no, "value": written}).filter(wrong)
    return frame.select(
        pl.col("row_no").cast(pl.Int64),
        pl.lit(column.name).alias("column"),
        pl.col("value"),
        pl.format(sentence, shown).alias("sentence"),
    )


def _blank(row_no: pl.Series, column: ColumnSpec, blank: pl.Series) -> pl.DataFrame:
    frame = pl.DataFrame({"row_no": row_no}).filter(blank)
    return frame.select(
        pl.col("row_no").cast(pl.Int64),
        pl.lit(column.name).alias("column"),
        pl.lit("").alias("value"),
        pl.lit("The cell is empty and needs a value.").alias("sentence"),
    )
