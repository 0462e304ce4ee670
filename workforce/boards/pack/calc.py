"""The digest that shows a pack is unchanged, and how far its forecast goes. No database."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

FTE_PLACES = Decimal("0.0001")


def canonical(value: Any) -> Any:
    """A value in its one written form: FTE with four decimals, days as 2016-03-31, the rest as it is."""
    if isinstance(value, Decimal):
        return f"{value.quantize(FTE_PLACES):f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: canonical(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(each) for each in value]
    return value


def digest(content: Any) -> str:
    """SHA-256, in hexadecimal, of the content as JSON with sorted names, no spaces, in UTF-8."""
    text = json.dumps(canonical(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# Months that the pack keeps of a projection, and those it answers with first.
MONTHS_KEPT = 24
ANSWERED_MONTHS = (6, 12)
LEAST_MONTHS_TO_YEAR_END = 3
# Forces budget from 1 April to 31 March.
YEAR_END = (3, 31)


def year_end_after(day: date) -> date:
    """The last day of the financial year; of the next one where it ends in less than three months."""
    months_left = (YEAR_END[0] - day.month) % 12
    year = day.year if (day.month, day.day) <= YEAR_END else day.year + 1
    return date(year + (months_left < LEAST_MONTHS_TO_YEAR_END), *YEAR_END)


def months_until(days: Sequence[date], last: date) -> list[int]:
    """Places in `days`, the first left out, up to the day nearest to `last`; the second in any case."""
    nearest = min(range(len(days)), key=lambda place: abs((days[place] - last).days), default=0)
    return list(range(1, min(max(nearest, 1), len(days) - 1) + 1))
