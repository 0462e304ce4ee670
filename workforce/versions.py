"""Two people at one record: the second is told, and nothing of the first is written over.

A page carries the version of the row that it shows; a service compares it with the row, under a lock.
"""

import hashlib
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

Row = TypeVar("Row", bound=models.Model)

CHANGED = (
    "Someone else changed this record while you had it open, and nothing of yours is saved. "
    "Open it again to see how it is now, then make your change."
)


def version_of(row: models.Model) -> str:
    """A short digest of what a row read from the database holds: the same content is the same version."""
    held = "\x1f".join(f"{field.attname}={field.value_to_string(row)}" for field in row._meta.concrete_fields)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def locked(row: Row, version: str | None = None) -> Row:
    """The row as it is now, locked until the transaction ends.

    Raises ValidationError (code 'changed') when `version` is given and the row is no longer that version.
    """
    now = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and version_of(now) != version:
        raise ValidationError(CHANGED, code="changed")
    return now
