"""The digest that shows a pack is unchanged. No database."""

import hashlib
import json
from collections.abc import Mapping
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
