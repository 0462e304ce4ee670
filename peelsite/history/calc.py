"""Arithmetic of the seals: what a seal covers, and the digest that chains it to the one before."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

# Below every id: the lower bound of a table's first range, so that nothing can be slipped in under it.
BEFORE_ALL = -(2**63)
NO_SEAL = "0" * 64


@dataclass(frozen=True)
class Part:
    """A range of a table's rows: those with `after` < id <= `to`, of which there are `rows`.

    `columns` is the layout whose values were digested: a column added later changes no old digest.
    `digest` is the SHA-256, in hex, of the rows' own digests in the order of their ids.
    """

    table: str
    columns: tuple[str, ...]
    after: int
    to: int
    rows: int
    digest: str

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Part":
        return cls(**{**kept, "columns": tuple(kept["columns"])})

    def kept(self) -> dict[str, Any]:
        """As it is stored in a seal."""
        return {**asdict(self), "columns": list(self.columns)}


@dataclass(frozen=True)
class Head:
    """Number and digest of a seal: a copy kept elsewhere tells whether later seals still lead to it."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """From '12:<64 hexadecimal digits>'. Raises ValueError with a sentence."""
        number, _, digest = text.strip().partition(":")
        if not number.isdecimal() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise ValueError(
                f"{text!r} is no head of the history: write the number of the seal, a colon and its digest."
            )
        return cls(int(number), digest)


def seal_digest(number: int, previous: str, sealed_at: datetime, parts: Sequence[Part]) -> str:
    """SHA-256 over everything a seal says, the digest of the seal before it included."""
    content = [number, previous, sealed_at.isoformat(), [part.kept() for part in parts]]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
