"""A digest of everything that a plan is made from, the same whatever order it was read in."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any


def digest_of(value: Any) -> str:
    """SHA-256 over a canonical form: fields by name, mappings and sets in order, floats in full."""
    return hashlib.sha256(json.dumps(_plain(value), separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, Mapping):
        return sorted(([_plain(key), _plain(held)] for key, held in value.items()), key=json.dumps)
    if isinstance(value, Set):
        return sorted((_plain(each) for each in value), key=json.dumps)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
