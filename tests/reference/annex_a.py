"""Annex A computed the long way, in exact fractions as far as the square root allows."""

from decimal import Decimal, localcontext
from fractions import Fraction

THRESHOLD = Decimal("0.675")


def standings(values: dict[str, Decimal], left_out: set[str]) -> dict[str, str]:
    """force -> 'higher', 'lower' or 'broadly in line'."""
    kept = {force: Fraction(value) for force, value in values.items() if force not in left_out}
    mean = sum(kept.values()) / len(kept)
    divided = {force: (value - mean) / abs(mean) if mean else value for force, value in kept.items()}
    centre = sum(divided.values()) / len(divided)
    variance = sum((difference - centre) ** 2 for difference in divided.values()) / len(divided)
    labels = {}
    for force, difference in divided.items():
        with localcontext() as context:
            context.prec = 60
            spread = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
            distance = Decimal((difference - centre).numerator) / Decimal((difference - centre).denominator)
            if spread == 0:
                labels[force] = "broadly in line"
            elif distance / spread > THRESHOLD:
                labels[force] = "higher"
            elif distance / spread < -THRESHOLD:
                labels[force] = "lower"
            else:
                labels[force] = "broadly in line"
    return labels
