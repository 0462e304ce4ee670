"""How many queries a page may make, kept in query_counts.json where a change shows in review.

    with query_count("establishment:overview"):
        client.get(address)

A count that differs fails and prints the statements; write the new number into the file if it is right.
Counts are of a page as one person sees it, and must be the same for ten rows as for a thousand.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).with_name("query_counts.json")
SHOWN_LENGTH = 240


@contextmanager
def query_count(name: str) -> Iterator[None]:
    """Fails unless the block makes exactly the queries that the file has under `name`."""
    expected = json.loads(FILE.read_text()).get(name)
    with CaptureQueriesContext(connection) as captured:
        yield
    if len(captured) != expected:
        statements = "\n".join(
            f"{number:>3} {' '.join(query['sql'].split())[:SHOWN_LENGTH]}"
            for number, query in enumerate(captured.captured_queries, start=1)
        )
        raise AssertionError(f"{name}: {len(captured)} queries, {FILE.name} has {expected}\n{statements}")
