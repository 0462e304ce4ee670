"""What the rows of the Home Office's workforce table mean here, traps included.

As published (24 January 2024 user guide and the file itself): `date` prints 1 March and means 31 March; one
rank has two spellings; special constables have a headcount and no FTE; `sex` gained values from 2021;
section 39 contractors are in the table and are not part of the workforce.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from peelsite.forces.models import Force, WorkerCategory
from peelsite.inspection.national.models import NationalTable, Sex, TableKind
from peelsite.inspection.national.services import workforce_table_replace

COLUMNS = {
    "date": pl.String,
    "geo_code": pl.String,
    "force_name": pl.String,
    "sex": pl.String,
    "rank_description": pl.String,
    "worker_type": pl.String,
    "total_headcount": pl.String,
    "total_fte": pl.String,
}
CATEGORY_OF_WORKER_TYPE = {
    "police officer": WorkerCategory.OFFICER,
    "police staff": WorkerCategory.STAFF,
    "police community support officer": WorkerCategory.PCSO,
    "designated officer": WorkerCategory.DESIGNATED,
    "special constable": WorkerCategory.SPECIAL,
    "police support volunteer": WorkerCategory.VOLUNTEER,
}
SEX_OF = {"female": Sex.FEMALE, "male": Sex.MALE}


class UnreadableTable(Exception):
    """The file is not the table that was asked for; `str()` is a sentence for the person who gave it."""


@dataclass(frozen=True)
class WorkforceTable:
    """`rows`: geo_code, as_at, category, rank, sex, headcount, fte; one row a key. `notes`: what was read
    how.
    """

    rows: pl.DataFrame
    force_names: dict[str, str]
    notes: tuple[str, ...]


def workforce_table_import(*, path: Path) -> tuple[NationalTable, bool]:
    """Read the Home Office workforce table into the database; (table, whether anything changed).

    The rows of an older file are replaced. Bodies that are no territorial force of the site's list are left
    out and named in the table's notes. Raises UnreadableTable.
    """
    digest = _digest(path)
    held = NationalTable.objects.filter(kind=TableKind.WORKFORCE, digest=digest).first()
    if held is not None:
        return held, False
    published = read_workforce_table(path)
    ids = dict(Force.objects.values_list("code", "pk"))
    unknown = sorted(name for code, name in published.force_names.items() if code not in ids)
    if len(unknown) == len(published.force_names):
        raise UnreadableTable(
            "None of the forces in this file is known here; run `manage.py load_reference` first."
        )
    notes = list(published.notes)
    if unknown:
        notes.append(f"Left out, as they are no territorial police force held here: {', '.join(unknown)}.")
    rows = published.rows.select("geo_code", "as_at", "category", "rank", "sex", "headcount", "fte")
    table = workforce_table_replace(
        file_name=path.name,
        digest=digest,
        notes=notes,
        rows=((ids[code], *values) for code, *values in rows.iter_rows() if code in ids),
    )
    return table, True


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise UnreadableTable(f"{path} cannot be opened: {fault.strerror}.") from fault


def read_workforce_table(path: Path) -> WorkforceTable:
    """Read the published csv. UnreadableTable names the first value that makes no sense and its place."""
    frame = _read(path)
    frame = frame.with_row_index("row_no", offset=2).with_columns(
        pl.col("worker_type").str.to_lowercase(),
        pl.col("sex").str.to_lowercase(),
        pl.col("rank_description").str.to_lowercase().alias("rank_key"),
        pl.col("date").str.to_date("%Y-%m-%d", strict=False).alias("day"),
        pl.col("total_headcount").cast(pl.Float64, strict=False).alias("headcount"),
        pl.col("total_fte").cast(pl.Decimal(14, 4), strict=False).alias("fte"),
    )
    _refuse_first(frame, pl.col("day").is_null(), "date", "is not a date like 2016-03-31")
    _refuse_first(
        frame,
        ~pl.col("worker_type").is_in(list(CATEGORY_OF_WORKER_TYPE)),
        "worker_type",
        "is not a worker type of the return",
    )
    _refuse_first(frame, pl.col("headcount").is_null(), "total_headcount", "is not a number")
    _refuse_first(
        frame,
        pl.col("total_fte").is_not_null() & pl.col("fte").is_null(),
        "total_fte",
        "is not a number",
    )
    notes = _notes(frame)
    names = dict(frame.select("geo_code", "force_name").unique().iter_rows())
    return WorkforceTable(rows=_normalise(frame), force_names=names, notes=notes)


def _read(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False, null_values=["", "NA", "-"])
    except (pl.exceptions.PolarsError, OSError, UnicodeError) as fault:
        raise UnreadableTable(f"{path.name} cannot be read as a comma-separated file: {fault}") from fault
    frame = frame.rename({name: name.strip().lower() for name in frame.columns})
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise UnreadableTable(
            f"{path.name} has no column {', '.join(missing)}; the Home Office table has {', '.join(COLUMNS)}."
        )
    if frame.is_empty():
        raise UnreadableTable(f"{path.name} has headings and no rows.")
    return frame.with_columns(pl.col(name).str.strip_chars() for name in COLUMNS)


def _refuse_first(frame: pl.DataFrame, bad: pl.Expr, column: str, why: str) -> None:
    found = frame.filter(bad).head(1)
    if not found.is_empty():
        row = found.row(0, named=True)
        raise UnreadableTable(f"Row {row['row_no']}, column {column}: '{row[column]}' {why}.")


def _normalise(frame: pl.DataFrame) -> pl.DataFrame:
    section_39 = pl.col("rank_key").str.contains("(s.39)", literal=True)
    return (
        frame.with_columns(
            # Published as the first of March and meant as the last: the return is a snapshot of 31 March.
            pl.when((pl.col("day").dt.month() == 3) & (pl.col("day").dt.day() == 1))
            .then(pl.date(pl.col("day").dt.year(), 3, 31))
            .otherwise(pl.col("day"))
            .alias("as_at"),
            pl.when(section_39)
            .then(pl.lit(WorkerCategory.SECTION_39.value))
            .otherwise(
                pl.col("worker_type").replace_strict({k: v.value for k, v in CATEGORY_OF_WORKER_TYPE.items()})
            )
            .alias("category"),
            # The first spelling met stands for all that differ in capitals only.
            pl.col("rank_description").first().over("rank_key").alias("rank"),
            pl.col("sex")
            .replace_strict({k: v.value for k, v in SEX_OF.items()}, default=Sex.NOT_STATED.value)
            .alias("sex_code"),
        )
        .group_by("geo_code", "as_at", "category", "rank", "sex_code")
        .agg(
            pl.col("headcount").sum().cast(pl.Int64),
            pl.when(pl.col("fte").is_not_null().any()).then(pl.col("fte").sum()).alias("fte"),
        )
        .rename({"sex_code": "sex"})
        .sort("as_at", "geo_code", "category", "rank", "sex")
    )


def _notes(frame: pl.DataFrame) -> tuple[str, ...]:
    notes = []
    if not frame.filter((pl.col("day").dt.month() == 3) & (pl.col("day").dt.day() == 1)).is_empty():
        notes.append("Dates printed as 1 March are read as 31 March, the day of the return.")
    spellings = (
        frame.group_by("rank_key")
        .agg(pl.col("rank_description").unique())
        .filter(pl.col("rank_description").list.len() > 1)
    )
    notes += [
        f"Read as one rank: {', '.join(sorted(row))}." for row in spellings["rank_description"].to_list()
    ]
    if not frame.filter(pl.col("fte").is_null()).is_empty():
        notes.append("Rows without an FTE (special constables, volunteers) are kept as headcount only.")
    other = sorted(set(frame["sex"].drop_nulls().unique()) - set(SEX_OF))
    if other:
        notes.append(f"Read as not stated or self-described: {', '.join(other)}.")
    if not frame.filter(pl.col("rank_key").str.contains("(s.39)", literal=True)).is_empty():
        notes.append("Section 39 contractors are kept apart and are not part of the workforce.")
    return tuple(notes)
