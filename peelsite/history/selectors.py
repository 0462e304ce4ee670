"""Reads under the seals: which rows are final, and their digests, computed where the rows are.

A row's digest is the SHA-256 of the text of its columns and, for history, of what its context says (who,
which request, why). Text depends on a few settings, which `canonical` fixes.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from peelsite.history.calc import BEFORE_ALL, Part
from peelsite.history.sealed import SealedTable

POLL_SECONDS = 0.05

# Modes that a transaction holds from before its first insert into a table until its end.
_WRITING = ["RowExclusiveLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]


@dataclass(frozen=True)
class Measured:
    """A range of rows as it is now; `undone` is the first row that is not as its redaction left it."""

    rows: int
    digest: str
    undone: int | None


def as_text(query: sql.Composed, cursor: Any) -> str:
    """The query as pghistory, which puts a context before it, can take it."""
    return query.as_string(cursor.connection)


def canonical() -> None:
    """Let values be written as text in one way until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),"
            " set_config('IntervalStyle', 'iso_8601', true), set_config('extra_float_digits', '1', true),"
            " set_config('bytea_output', 'hex', true)"
        )


def last_ids(tables: Sequence[SealedTable]) -> dict[str, int]:
    """The highest id that is visible now in each table that has any row."""
    if not tables:
        return {}
    query = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {name}, max({key}) FROM {table}").format(
            name=sql.Literal(table.name), key=sql.Identifier(table.key), table=sql.Identifier(table.name)
        )
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(as_text(query, cursor))
        return {name: last for name, last in cursor.fetchall() if last is not None}


def still_written(names: Sequence[str], *, wait_seconds: float) -> set[str]:
    """Tables into which a transaction that runs now may still bring a row under an id already given out.

    Ids are given out in order, but transactions end in another. Every transaction that took an id holds a
    lock on the table from before it took it until its end, so: those that hold one now are waited for, at
    most `wait_seconds`; whoever comes later takes later ids. Reading the locks stops nobody.
    """
    limit = time.monotonic() + wait_seconds
    running = _writers(names)
    while running and time.monotonic() < limit:
        time.sleep(POLL_SECONDS)
        running &= _writers(names)
    return {name for name, _ in running}


def _writers(names: Sequence[str]) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT class.relname, held.virtualtransaction FROM pg_locks held"
            " JOIN pg_class class ON class.oid = held.relation"
            " WHERE held.locktype = 'relation' AND held.granted AND held.mode = ANY (%s)"
            " AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND held.relation = ANY (SELECT to_regclass(quote_ident(name)) FROM unnest(%s::text[]) AS name)"
            " AND held.pid IS DISTINCT FROM pg_backend_pid()",
            [_WRITING, list(names)],
        )
        return set(cursor.fetchall())


def part_ends(table: SealedTable, *, after: int, to: int, most: int) -> list[int]:
    """Cut a range into ranges of at most `most` rows: the last id of each."""
    query = sql.SQL(
        "SELECT max(id) FROM (SELECT {key} AS id, (row_number() OVER (ORDER BY {key}) - 1) / %s AS part"
        " FROM {table} WHERE {key} > %s AND {key} <= %s) AS numbered GROUP BY part ORDER BY part"
    ).format(key=sql.Identifier(table.key), table=sql.Identifier(table.name))
    with connection.cursor() as cursor:
        cursor.execute(as_text(query, cursor), [most, after, to])
        return [last for (last,) in cursor.fetchall()]


def measured(table: SealedTable, columns: Sequence[str], ranges: Sequence[tuple[int, int]]) -> list[Measured]:
    """The ranges (after, to] of a table, in the layout `columns`: one query for all of them."""
    query = sql.SQL(
        "SELECT range.number, count(found.id) AS rows,"
        " encode(sha256(coalesce(string_agg(found.digest, ''::bytea ORDER BY found.id), '')), 'hex'),"
        " min(found.id) FILTER (WHERE found.is_undone)"
        " FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS range (after, upto, number)"
        " LEFT JOIN LATERAL ({rows}) AS found ON true GROUP BY range.number ORDER BY range.number"
    ).format(rows=_digests(table, columns))
    with connection.cursor() as cursor:
        cursor.execute(as_text(query, cursor), [[after for after, _ in ranges], [to for _, to in ranges]])
        return [Measured(rows, digest, undone) for _, rows, digest, undone in cursor.fetchall()]


def _digests(table: SealedTable, columns: Sequence[str]) -> sql.Composed:
    """(id, digest, is_undone) of the rows of `range`: as they are, or as they were before a redaction.

    A row that was removed by rule has no row left: its redaction stands for it.
    """
    return sql.SQL(
        "SELECT coalesce(now.id, gone.row_id) AS id,"
        " coalesce(decode(gone.original, 'hex'), now.digest) AS digest,"
        " gone.row_id IS NOT NULL AND gone.left IS DISTINCT FROM coalesce(encode(now.digest, 'hex'), '')"
        " AS is_undone"
        " FROM ({now} WHERE kept.{key} > range.after AND kept.{key} <= range.upto) AS now"
        ' FULL JOIN (SELECT row_id, original, "left" FROM history_historyredaction'
        ' WHERE "table" = {name} AND row_id > range.after AND row_id <= range.upto) AS gone'
        " ON gone.row_id = now.id"
    ).format(now=digest_query(table, columns), key=sql.Identifier(table.key), name=sql.Literal(table.name))


def digest_query(table: SealedTable, columns: Sequence[str]) -> sql.Composed:
    """SELECT of id and digest of a table's rows, named `kept` within; a WHERE may follow."""
    values = [sql.SQL("kept.{}").format(sql.Identifier(column)) for column in columns]
    join = sql.SQL("")
    if table.has_context:
        values.append(sql.SQL("context.metadata"))
        join = sql.SQL(" LEFT JOIN pghistory_context AS context ON context.id = kept.pgh_context_id")
    return sql.SQL(
        "SELECT kept.{key} AS id, sha256(convert_to(ROW({values})::text, 'UTF8')) AS digest"
        " FROM {table} AS kept{join}"
    ).format(
        key=sql.Identifier(table.key),
        values=sql.SQL(", ").join(values),
        table=sql.Identifier(table.name),
        join=join,
    )


def part_of(table: SealedTable, *, after: int, to: int) -> Part:
    """What a seal says of a range of rows as they are now."""
    (now,) = measured(table, table.columns, [(after, to)])
    return Part(table.name, table.columns, after, to, now.rows, now.digest)


def covered() -> dict[str, int]:
    """By table the id up to which its rows are sealed; a table that is in no seal yet is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT part.value ->> 'table', max((part.value ->> 'to')::bigint)"
            " FROM history_historyseal seal CROSS JOIN jsonb_array_elements(seal.parts) AS part GROUP BY 1"
        )
        return dict(cursor.fetchall())


def rows_after(tables: Sequence[SealedTable], covered: Mapping[str, int]) -> dict[str, int]:
    """How many rows of each table no seal covers yet, by name."""
    query = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {name}, count(*) FROM {table} WHERE {key} > {after}").format(
            name=sql.Literal(table.name),
            table=sql.Identifier(table.name),
            key=sql.Identifier(table.key),
            after=sql.Literal(covered.get(table.name, BEFORE_ALL)),
        )
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(as_text(query, cursor))
        return dict(cursor.fetchall())


def layouts_of(name: str, ids: Sequence[int]) -> list[tuple[int, tuple[str, ...]]]:
    """For each of these rows of a table that is sealed: its id and the columns that its seal covers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted.id, part.value -> 'columns' FROM unnest(%s::bigint[]) AS wanted (id)"
            " JOIN (SELECT jsonb_array_elements(parts) AS value FROM history_historyseal) AS part"
            " ON part.value ->> 'table' = %s AND wanted.id > (part.value ->> 'after')::bigint"
            " AND wanted.id <= (part.value ->> 'to')::bigint",
            [list(ids), name],
        )
        return [(pk, tuple(_columns(columns))) for pk, columns in cursor.fetchall()]


def _columns(value: str | list[str]) -> list[str]:
    return json.loads(value) if isinstance(value, str) else value
