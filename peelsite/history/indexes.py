"""An index by time on the history of every model, raised after each migrate.

History is only ever added to, so its rows lie in the order of time: a BRIN index of a few pages finds a week
among millions, and costs an import next to nothing.
"""

from django.db import connections
from psycopg import sql

from peelsite.history.sealed import sealed_tables

PAGES_A_RANGE = 32


def index_history(using: str = "default") -> int:
    """Make the indexes that are missing; how many. Found again by what they index, not by their names."""
    names = [table.name for table in sealed_tables().values() if table.has_context]
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(quote_ident(name)) IS NOT NULL"
            " AND NOT EXISTS (SELECT FROM pg_indexes WHERE schemaname = current_schema() AND tablename = name"
            " AND indexdef LIKE '%% USING brin (pgh_created_at)%%')",
            [names],
        )
        missing = [name for (name,) in cursor.fetchall()]
        for name in missing:
            statement = sql.SQL(
                "CREATE INDEX ON {} USING brin (pgh_created_at)"
                " WITH (pages_per_range = {}, autosummarize = on)"
            ).format(sql.Identifier(name), sql.Literal(PAGES_A_RANGE))
            cursor.execute(statement.as_string(cursor.connection))
    return len(missing)
