"""A fan as small as a word, for a row of a table: drawn here, as it is two paths and a line."""

from collections.abc import Sequence

from peelsite.charts.calc.base import NAVY, SLATE

SMALL_WIDTH, SMALL_HEIGHT = 120, 36
_EDGE = 3.0


class Svg(str):
    """Markup made of numbers alone: a template takes it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def small_fan(
    low: Sequence[float], middle: Sequence[float], high: Sequence[float], level: float = 0.0
) -> Svg:
    """SVG markup of a band, its middle line and a level (dashed).

    Hidden from screen readers: the row that it stands in says the figures.
    """
    if not len(low) == len(middle) == len(high) or not len(low):
        raise ValueError("a small fan needs as many lows, middles and highs, and at least one")
    bottom, top = min(level, *low), max(level, *high)
    span = (top - bottom) or 1.0

    def point(place: int, value: float) -> str:
        x = _EDGE + place * (SMALL_WIDTH - 2 * _EDGE) / max(1, len(low) - 1)
        y = SMALL_HEIGHT - _EDGE - (value - bottom) / span * (SMALL_HEIGHT - 2 * _EDGE)
        return f"{x:.1f},{y:.1f}"

    band = [
        *(point(i, v) for i, v in enumerate(high)),
        *(point(i, low[i]) for i in reversed(range(len(low)))),
    ]
    line = " ".join(point(i, v) for i, v in enumerate(middle))
    dashed = f"{point(0, level)} {point(len(low) - 1, level)}"
    return Svg(
        f'<svg class="peelsite-small-fan" width="{SMALL_WIDTH}" height="{SMALL_HEIGHT}" '
        f'viewBox="0 0 {SMALL_WIDTH} {SMALL_HEIGHT}" aria-hidden="true" focusable="false">'
        f'<polygon points="{" ".join(band)}" fill="{NAVY}" fill-opacity="0.22"/>'
        f'<polyline points="{dashed}" fill="none" stroke="{SLATE}" stroke-dasharray="3 3"/>'
        f'<polyline points="{line}" fill="none" stroke="{NAVY}" stroke-width="2"/></svg>'
    )
