"""A row under its lock by its version, for rooms whose forms do not carry values yet."""

from typing import TypeVar

from django.db import models

from peelsite.web.editing import records
from peelsite.web.editing.records import CHANGED, Overtaken, version_of

__all__ = ["locked", "version_of"]

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, version: str | None = None) -> Row:
    """The row as it is now, locked until the transaction ends. Raises Overtaken at another version."""
    now = records.locked(row)
    if version is not None and version_of(now) != version:
        raise Overtaken(CHANGED)
    return now
