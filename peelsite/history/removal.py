"""Taking rows out of the history by a rule of retention, so that the chain still adds up."""

from collections import defaultdict
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from psycopg import sql

from peelsite.history import selectors
from peelsite.history.sealed import SealedTable, sealed_tables
from peelsite.history.services import history_seal


@transaction.atomic
def history_remove(*, ids: dict[str, Collection[int]], reason: str) -> dict[tuple[str, int], str]:
    """Remove rows of sealed tables (name -> ids of rows), after sealing what is not sealed yet.

    Each leaves a HistoryRedaction with the digest that its seal covers. Returns the digests in hex by table
    and id, for a proof. Raises ValidationError while something still writes to one of the tables.
    """
    history_seal()
    selectors.canonical()
    digests: dict[tuple[str, int], str] = {}
    for name, wanted in sorted(ids.items()):
        table = sealed_tables()[name]
        found = _digests(table, sorted(wanted))
        if set(found) != set(wanted):
            raise ValidationError(
                f"The history of {name} is being written to, so nothing was removed. Try again in a minute."
            )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT peelsite_history_remove(%s, %s, %s, %s, %s)",
                [name, table.key, list(found), list(found.values()), reason[:200]],
            )
        digests |= {(name, pk): digest for pk, digest in found.items()}
    return digests


def _digests(table: SealedTable, ids: list[int]) -> dict[int, str]:
    """By id the digest of each row in the layout in which it was sealed; rows not sealed are left out."""
    by_layout: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, columns in selectors.layouts_of(table.name, ids):
        by_layout[columns].append(pk)
    found: dict[int, str] = {}
    for columns, some in by_layout.items():
        query = selectors.digest_query(table, columns) + sql.SQL(" WHERE kept.{} = ANY (%s)").format(
            sql.Identifier(table.key)
        )
        with connection.cursor() as cursor:
            cursor.execute(selectors.as_text(query, cursor), [some])
            found |= {pk: digest.hex() for pk, digest in cursor.fetchall()}
    return found
