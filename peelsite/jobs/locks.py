"""How work is claimed: an advisory lock for the length of a transaction, and notes that are seen at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


def try_lock(space: int, number: int) -> bool:
    """Take the lock of a row until this transaction ends; False when another holds it.

    PostgreSQL frees it with the transaction, also when the process is killed. Needs a transaction.
    """
    with connection.cursor() as cursor:
        # Half of the key is the space, so row numbers are folded into the 31 bits that are left.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [space, number % 2**31])
        return cursor.fetchone()[0]


@contextmanager
def beside() -> Iterator[Any]:
    """A cursor on a second connection, in autocommit: what it writes stays, whatever the transaction does."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()
