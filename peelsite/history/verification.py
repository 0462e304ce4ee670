"""Recomputing the chain: is every row that was ever sealed still what it was, and every seal in its place?"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from peelsite.history import selectors
from peelsite.history.calc import BEFORE_ALL, NO_SEAL, Head, Part, seal_digest
from peelsite.history.models import HistorySeal
from peelsite.history.sealed import SealedTable, sealed_tables

SEALS_AT_ONCE = 200
# So many wrong ranges are enough to know; the rest would only delay the answer.
MOST_FAULTS = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong, in a sentence; `table` and the ids are empty where a seal itself is wrong."""

    seal: int
    sentence: str
    table: str = ""
    after: int | None = None
    to: int | None = None


@dataclass
class Verified:
    """What was looked at. `head` is the last seal, None while there is none; `unsealed` rows are to come."""

    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    head: Head | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.faults


@transaction.atomic
def history_verify(
    *, outside: Head | None = None, progress: Callable[[Verified], None] | None = None
) -> Verified:
    """Recompute every seal. `outside` is a head that was kept elsewhere: the chain must still lead to it.

    Without one, the removal of the last seals cannot be seen: only what they covered is then unsealed again.
    `progress` is called after each SEALS_AT_ONCE seals.
    """
    selectors.canonical()
    tables = sealed_tables()
    found = Verified()
    covered: dict[str, int] = {}
    previous = NO_SEAL
    for seals in _batches():
        parts: list[tuple[int, Part]] = []
        for seal in seals:
            found.faults += _faults_of_seal(seal, Head(found.seals, previous), covered)
            parts += [(seal.number, Part.of(kept)) for kept in seal.parts]
            found.seals, previous = found.seals + 1, seal.digest
            found.head = Head(seal.number, seal.digest)
            found.faults += _faults_of_head(seal, outside)
        found.rows += sum(part.rows for _, part in parts)
        found.faults += _faults_of_rows(parts, tables)
        if progress:
            progress(found)
        if len(found.faults) >= MOST_FAULTS:
            return found
    found.faults += _faults_of_missing_head(found, outside)
    found.unsealed = sum(selectors.rows_after(list(tables.values()), covered).values())
    return found


def _batches() -> Iterator[list[HistorySeal]]:
    seals = HistorySeal.objects.order_by("number").iterator(chunk_size=SEALS_AT_ONCE)
    while some := list(islice(seals, SEALS_AT_ONCE)):
        yield some


def _faults_of_seal(seal: HistorySeal, before: Head, covered: dict[str, int]) -> Iterator[Fault]:
    """Whether a seal follows the one before, says what it said, and goes on where the tables' last ended."""
    parts = [Part.of(kept) for kept in seal.parts]
    if seal.number != before.number + 1:
        yield Fault(seal.number, f"Seal {before.number + 1} is missing: the next there is has {seal.number}.")
    if seal.previous != before.digest:
        yield Fault(seal.number, f"Seal {seal.number} does not follow the seal before it.")
    if seal.digest != seal_digest(seal.number, seal.previous, seal.sealed_at, parts):
        yield Fault(seal.number, f"Seal {seal.number} itself was changed: it no longer has its own digest.")
    for part in parts:
        if part.after != covered.get(part.table, BEFORE_ALL):
            sentence = f"Seal {seal.number} does not go on where {part.table} was sealed before."
            yield Fault(seal.number, sentence, part.table, part.after, part.to)
        covered[part.table] = part.to


def _faults_of_head(seal: HistorySeal, outside: Head | None) -> Iterator[Fault]:
    if outside and seal.number == outside.number and seal.digest != outside.digest:
        yield Fault(seal.number, f"Seal {seal.number} is not the one whose digest was kept elsewhere.")


def _faults_of_missing_head(found: Verified, outside: Head | None) -> Iterator[Fault]:
    if outside and outside.number > found.seals:
        yield Fault(
            outside.number,
            f"Seal {outside.number}, whose digest was kept elsewhere, is missing: the chain ends at "
            f"{found.seals}. Its last seals were removed.",
        )


def _faults_of_rows(parts: list[tuple[int, Part]], tables: dict[str, SealedTable]) -> list[Fault]:
    """Compare ranges with the rows as they are: one query for each table and layout. In the seals' order."""
    grouped: dict[tuple[str, tuple[str, ...]], list[tuple[int, int, Part]]] = defaultdict(list)
    faults: list[tuple[int, Fault]] = []
    for position, (number, part) in enumerate(parts):
        grouped[part.table, part.columns].append((position, number, part))
    for (name, columns), ranges in grouped.items():
        lost = _lost(tables.get(name), columns)
        if lost:
            position, number, part = ranges[0]
            faults.append((position, Fault(number, f"{name}: {lost}", name, part.after, part.to)))
            continue
        now = selectors.measured(tables[name], columns, [(part.after, part.to) for _, _, part in ranges])
        for (position, number, part), measured in zip(ranges, now, strict=True):
            sentence = _difference(part, measured)
            if sentence:
                faults.append((position, Fault(number, sentence, name, part.after, part.to)))
    return [fault for _, fault in sorted(faults, key=lambda each: each[0])]


def _lost(table: SealedTable | None, columns: tuple[str, ...]) -> str:
    if table is None:
        return "the table is no longer there, so its rows cannot be checked."
    gone = set(columns) - set(table.columns)
    return f"columns are no longer there: {', '.join(sorted(gone))}." if gone else ""


def _difference(part: Part, now: selectors.Measured) -> str:
    first = "the first" if part.after == BEFORE_ALL else str(part.after + 1)
    where = f"{part.table}, rows from {first} to {part.to}"
    if now.rows < part.rows:
        return f"{where}: {part.rows} were sealed, {now.rows} are there. Rows were removed."
    if now.rows > part.rows:
        return f"{where}: {part.rows} were sealed, {now.rows} are there. Rows were slipped in."
    if now.digest != part.digest:
        return f"{where}: what is there is not what was sealed. Rows were changed or exchanged."
    if now.undone is not None:
        return f"{where}: row {now.undone} is not as the rules of retention left it."
    return ""
