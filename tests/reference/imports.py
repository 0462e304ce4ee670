"""What an import of people would do, worked out row by row in plain Python: slow, obvious, and another way.

For files in which nothing is refused: one row a person, each in a post of their own.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Row:
    """A person and the post held, days as people write them: `left_on` and `ends` are last days."""

    number: str
    family_name: str
    given_names: str
    joined: date
    left_on: date | None
    post: str
    starts: date
    ends: date | None
    fte: Decimal
    supernumerary: bool

    @property
    def last_day(self) -> date | None:
        """An empty end is the end of the employment."""
        days = [day for day in (self.ends or self.left_on,) if day]
        return min(days) if days else None


def outcomes(site: list[Row], file: list[Row]) -> Counter[str]:
    """How many rows of `file` are new, changed and unchanged against what `site` holds."""
    known = {row.number: row for row in site}
    found: Counter[str] = Counter()
    for row in file:
        there = known.get(row.number)
        if there is None:
            found["new"] += 1
        elif _facts(row) == _facts(there):
            found["unchanged"] += 1
        else:
            found["changed"] += 1
    return found


def _facts(row: Row) -> tuple[object, ...]:
    return (
        row.family_name, row.given_names, row.joined, row.left_on, row.post, row.starts, row.last_day,
            row.fte,
        row.supernumerary,
    )  # fmt: skip
