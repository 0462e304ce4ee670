"""What an import can fill: each room describes its own target and registers it when its app is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError

from peelsite.imports.calc import ColumnSpec
from peelsite.imports.engine.stage import Stage
from peelsite.imports.engine.undo import Undo


@dataclass(frozen=True)
class Option:
    """A yes/no choice of the mapping page, off until chosen."""

    name: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class ImportTarget:
    """A kind of rows that a workbook can bring.

    `needs` are the groups of columns of which one each must be mapped. `check(stage)` writes the temporary
    tables of `Stage` (issues, changes, outcomes, rows missing from the file); `apply(stage)` then loads every
    row that no issue refuses, and `undo(undo)` takes a loaded import back. All three are set-based SQL and
    run inside one transaction. `models` are the models ("app.Model") whose rows carry `import_id`.
    """

    slug: str
    label: str
    row_words: str
    columns: tuple[ColumnSpec, ...]
    needs: tuple[tuple[str, ...], ...]
    models: tuple[str, ...]
    check: Callable[[Stage], None]
    apply: Callable[[Stage], None]
    undo: Callable[[Undo], None]
    missing_words: str
    missing_help: str
    refusal: Callable[[IntegrityError], str]
    key_table: tuple[str, str]
    key_column: str
    row_help: str
    open_ended: tuple[str, ...] = ()
    examples: Sequence[Sequence[str | date | Decimal]] = ()
    options: tuple[Option, ...] = ()
    order: int = 100

    @property
    def key_label(self) -> str:
        """What the key column is called on pages."""
        return self.column(self.key_column).label

    @property
    def known_headings(self) -> list[str]:
        """Every heading and synonym that this target knows."""
        return [heading for column in self.columns for heading in column.headings]

    def column(self, name: str) -> ColumnSpec:
        return next(column for column in self.columns if column.name == name)


_targets: dict[str, ImportTarget] = {}


def register(target: ImportTarget) -> None:
    """Make a target known; the same slug again replaces it."""
    _targets[target.slug] = target


def target_of(slug: str) -> ImportTarget:
    """The target with this slug. Raises KeyError."""
    return _targets[slug]


def all_targets() -> list[ImportTarget]:
    return sorted(_targets.values(), key=lambda target: (target.order, target.label))
