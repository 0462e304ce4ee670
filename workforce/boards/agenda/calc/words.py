"""FTE and gaps as sentences say them."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


def fte_words(value: Decimal) -> str:
    """FTE with one or two decimals: 6 -> '6.0', 13.6479 -> '13.65'."""
    text = f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"
    return text.removesuffix("0")


def counted(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def gap_words(gap: Decimal) -> str:
    """'6.0 FTE under establishment', '3.0 FTE over establishment', 'at establishment'."""
    if not gap:
        return "at establishment"
    return f"{fte_words(abs(gap))} FTE {'under' if gap > 0 else 'over'} establishment"


def range_words(low: Decimal, high: Decimal) -> str:
    """A range of gaps: '1.0 to 7.2 FTE under', '0.5 FTE over to 7.2 under'."""
    low, high = (value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) for value in (low, high))
    if low >= 0:
        return f"{low:f} to {high:f} FTE under"
    if high <= 0:
        return f"{-high:f} to {-low:f} FTE over"
    return f"{-low:f} FTE over to {high:f} under"


def chance_words(chance: float) -> str:
    """'81%'; near the ends 'under 1%' and 'over 99%'."""
    if 0 < chance < 0.01:
        return "under 1%"
    if 0.99 < chance < 1:
        return "over 99%"
    return f"{chance:.0%}"


MOST_SKILLS_NAMED = 3


def skills_words(on: date, short: Sequence[tuple[str, int, int]]) -> str:
    """Skills that a place is short of, each with how many hold it of how many required, the worst first.

    'By 29 March 2017 short of 4 skills: First aid (80 of 105), Digital investigation (5 of 20), Public order
    (2 of 7) and 1 more.'
    """
    named = [f"{skill} ({held} of {required})" for skill, held, required in short[:MOST_SKILLS_NAMED]]
    more = len(short) - len(named)
    if more:
        named.append(f"{more} more")
    listed = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    return f"By {on:%-d %B %Y} short of {counted(len(short), 'skill', 'skills')}: {listed}."
