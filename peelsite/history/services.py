"""Sealing the history: a new link of the chain over everything final that no seal covers yet."""

import logging

from django.db import connection, transaction
from django.utils import timezone

from peelsite.history import selectors
from peelsite.history.calc import BEFORE_ALL, NO_SEAL, Part, seal_digest
from peelsite.history.models import HistorySeal
from peelsite.history.sealed import sealed_tables

logger = logging.getLogger(__name__)

LOCK_KEY = 7301
ROWS_A_PART = 50_000
WAIT_SECONDS = 2.0


@transaction.atomic
def history_seal(*, wait_seconds: float = WAIT_SECONDS, rows_a_part: int = ROWS_A_PART) -> HistorySeal | None:
    """Write the next seal, or None where nothing new is final. One at a time, whoever calls.

    A table in which something still runs after `wait_seconds` is left to the next seal: nothing of it is
    sealed too early, and nothing waits for the sealing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
    selectors.canonical()
    last = HistorySeal.objects.order_by("-number").first()
    parts = _new_parts(selectors.covered(), wait_seconds, rows_a_part)
    if not parts:
        return None
    number, previous = (last.number + 1, last.digest) if last else (1, NO_SEAL)
    sealed_at = timezone.now()
    seal = HistorySeal.objects.create(
        number=number,
        sealed_at=sealed_at,
        previous=previous,
        digest=seal_digest(number, previous, sealed_at, parts),
        parts=[part.kept() for part in parts],
    )
    # A copy that whoever can write to the database cannot change: logs go elsewhere.
    logger.info("History is sealed, head %s:%s", seal.number, seal.digest)
    return seal


def _new_parts(covered: dict[str, int], wait_seconds: float, rows_a_part: int) -> list[Part]:
    tables = sealed_tables()
    # First the ids, then who may still be writing below them: never the other way round.
    ends = {
        name: last
        for name, last in selectors.last_ids(list(tables.values())).items()
        if last > covered.get(name, BEFORE_ALL)
    }
    unfinished = selectors.still_written(list(ends), wait_seconds=wait_seconds)
    parts = []
    for name, last in ends.items():
        if name in unfinished:
            continue
        after = covered.get(name, BEFORE_ALL)
        for to in selectors.part_ends(tables[name], after=after, to=last, most=rows_a_part):
            parts.append(selectors.part_of(tables[name], after=after, to=to))
            after = to
    return parts
