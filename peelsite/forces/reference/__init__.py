"""The forces of England and Wales, and how a readable file of reference rows becomes rows of a table.

A row that is missing is added. A row that is there is kept as it is, because an administrator may have
corrected it since; what differs from the file is reported, and `restore` puts the file's values back.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from peelsite.forces.models import Force

FORCES_FILE = Path(__file__).with_name("forces.csv")


@dataclass
class Loaded:
    """What one file did: names of rows added, restored, and kept although they differ from the file."""

    title: str
    added: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0

    def sentences(self) -> Iterator[str]:
        """The outcome in words, one line for each row that differs."""
        yield (
            f"{self.title}: {len(self.added)} added, {self.unchanged} unchanged, "
            f"{len(self.kept)} kept as edited here, {len(self.restored)} put back."
        )
        yield from (f"  kept: {line}" for line in self.kept)
        yield from (f"  put back: {line}" for line in self.restored)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@transaction.atomic
def rows_load(
    *,
    title: str,
    existing: Iterable[Any],
    wanted: Iterable[Any],
    key: Callable[[Any], Any],
    fields: tuple[str, ...],
    restore: bool = False,
) -> Loaded:
    """Add the rows of `wanted` whose `key` no row of `existing` has; compare the others by `fields`."""
    loaded = Loaded(title)
    held = {key(row): row for row in existing}
    new, changed = [], []
    for row in wanted:
        present = held.get(key(row))
        if present is None:
            new.append(row)
            loaded.added.append(str(row))
            continue
        differing = [name for name in fields if getattr(present, name) != getattr(row, name)]
        if not differing:
            loaded.unchanged += 1
            continue
        differs = ", ".join(
            f"{name} {getattr(present, name)!r}, in the file {getattr(row, name)!r}" for name in differing
        )
        (loaded.restored if restore else loaded.kept).append(f"{row}: {differs}")
        if restore:
            for name in differing:
                setattr(present, name, getattr(row, name))
            changed.append(present)
    if new:
        type(new[0]).objects.bulk_create(new)
    if changed:
        type(changed[0]).objects.bulk_update(changed, fields)
    return loaded


def forces_load(*, restore: bool = False) -> Loaded:
    """The 43 territorial forces, there to be compared with."""
    return rows_load(
        title="Forces",
        existing=Force.objects.all(),
        wanted=[Force(**row) for row in rows_of(FORCES_FILE)],
        key=lambda force: force.code,
        fields=("name", "slug", "region"),
        restore=restore,
    )
