"""FTE and gaps as sentences say them."""

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
