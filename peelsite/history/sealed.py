"""Which tables the seals cover: the history of every model, and what else is only ever added to."""

from collections.abc import Iterator
from dataclasses import dataclass

import pghistory.models
from django.apps import apps
from django.db import models

from peelsite.history.registry import sealed_too


@dataclass(frozen=True)
class SealedTable:
    """`key` is the column that counts its rows; `has_context`: its rows say in which action they came."""

    name: str
    key: str
    columns: tuple[str, ...]
    has_context: bool


def sealed_tables() -> dict[str, SealedTable]:
    """By name, in the order in which they are sealed."""
    return {table.name: table for table in sorted(_tables(), key=lambda table: table.name)}


def _tables() -> Iterator[SealedTable]:
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event) and model._meta.managed and not model._meta.proxy:
            yield _table(model, has_context=True)
    for label in sealed_too():
        yield _table(apps.get_model(label), has_context=False)


def _table(model: type[models.Model], *, has_context: bool) -> SealedTable:
    return SealedTable(
        name=model._meta.db_table,
        key=model._meta.pk.column,
        columns=tuple(field.column for field in model._meta.concrete_fields),
        has_context=has_context,
    )
