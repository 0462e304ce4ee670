"""All forces on one scale with ours marked: the comparison of Annex A."""

from collections.abc import Sequence

from peelsite.charts.calc.base import (
    BAND,
    INK,
    NAVY,
    SLATE,
    WIDTH,
    Chart,
    Number,
    Spec,
    Unit,
    clean,
    key_of,
    spec_of,
)


def strip_chart(
    title: str,
    values: Sequence[tuple[str, Number | None]],
    *,
    marked: str,
    mean: Number,
    low: Number,
    high: Number,
    unit: Unit,
) -> Chart:
    """All forces as dots on one scale, ours named; a line at the mean, a band from `low` to `high`.

    `low` and `high` bound what the comparison rule calls 'broadly in line' (0.675 standard deviations either
    side); the rule itself lives with the comparison, not here. A force without a value is named in the table.
    """
    pairs = ((clean(n), float(v)) for n, v in values if v is not None)
    held = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    reach = [v for _, v in held] + [float(low), float(high), float(mean)]
    span = (max(reach) - min(reach)) or abs(max(reach)) or 1.0
    domain = [min(reach) - span * 0.06, max(reach) + span * 0.06]
    plot = WIDTH - 24
    levels = swarm([(v - domain[0]) / (domain[1] - domain[0]) * plot for _, v in held], 11)
    base = 46 + 11 * max(levels, default=0)
    ours = clean(marked)
    dots = [
        {"force": n, "value": v, "y": base - 11 * level, "ours": n == ours}
        for (n, v), level in zip(held, levels, strict=True)
    ]
    own: Number | None = next((v for n, v in values if clean(n) == ours), None)
    x = {"field": "value", "type": "quantitative", "scale": {"domain": domain, "nice": False, "zero": False}}
    axis = {"title": None, "format": _strip_format(span, unit), "grid": False, "tickCount": 7}
    height = base + 52
    band, middle = [{"from": float(low), "to": float(high)}], [{"value": float(mean)}]
    y: Spec = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
    grey = {"type": "circle", "size": 80, "color": SLATE, "opacity": 0.9}
    navy = {"type": "point", "shape": "diamond", "size": 190, "filled": True, "color": NAVY, "opacity": 1}
    layers: list[Spec] = [
        {
            "data": {"values": band},
            "mark": {"type": "rect", "color": BAND, "stroke": SLATE, "strokeWidth": 1},
            "encoding": {
                "x": x | {"field": "from", "axis": axis}, "x2": {"field": "to"},
                "y": {"value": 22}, "y2": {"value": base + 16},
            },
        },
        _rule(middle, x, 22, base + 16, {"color": INK, "strokeDash": [4, 3]}),
        _words(middle, x, 10, f"Mean {unit.text(mean)}", _side(mean, domain), {}),
        {"data": {"values": [d for d in dots if not d["ours"]]}, "mark": grey, "encoding": {"x": x, "y": y}},
    ]  # fmt: skip
    if own is not None:
        here = [{"value": float(own)}]
        name, bold = f"{ours} {unit.text(own)}", {"fontWeight": "bold", "color": NAVY}
        layers += [
            _rule(here, x, base, base + 24, {"color": NAVY}),
            {"data": {"values": [d for d in dots if d["ours"]]}, "mark": navy, "encoding": {"x": x, "y": y}},
            _words(here, x, base + 36, name, _side(own, domain), bold),
        ]  # fmt: skip
    spec = spec_of({"layer": layers, "height": height, "width": plot}, [])
    spec["title"] = key_of("Each dot is a force. Shaded: broadly in line with the mean.")
    spec["autosize"] = {"type": "pad"}
    table = tuple((clean(n), unit.text(v)) for n, v in sorted(values, key=_largest_first))
    description = _strip_sentence(ours, own, len(held), (mean, low, high), unit)
    return Chart(clean(title), description, spec, ("Force", unit.word or "Value"), table)


def swarm(places: Sequence[float], size: float) -> list[int]:
    """The level of each dot (sorted places) so that two dots of one level never lie closer than `size`."""
    last: list[float] = []
    levels = []
    for place in places:
        level = next((i for i, end in enumerate(last) if place - end >= size), len(last))
        last[level : level + 1] = [place]
        levels.append(level)
    return levels


def _rule(data: list[Spec], x: Spec, top: float, bottom: float, look: Spec) -> Spec:
    return {
        "data": {"values": data},
        "mark": {"type": "rule", "strokeWidth": 1.5} | look,
        "encoding": {"x": x, "y": {"value": top}, "y2": {"value": bottom}},
    }


def _words(data: list[Spec], x: Spec, y: float, text: str, align: str, look: Spec) -> Spec:
    return {
        "data": {"values": [row | {"label": text} for row in data]},
        "mark": {"type": "text", "align": align} | look,
        "encoding": {"x": x, "y": {"value": y}, "text": {"field": "label"}},
    }


def _side(value: Number, domain: list[float]) -> str:
    """Labels near an end of the scale grow inwards."""
    place = (float(value) - domain[0]) / (domain[1] - domain[0])
    return "left" if place < 0.2 else "right" if place > 0.8 else "center"


def _strip_format(span: float, unit: Unit) -> str:
    if unit.percent:
        return ".1%" if span < 0.05 else ".0%"
    return ",~r" if span < 1 else ",~f"


def _largest_first(pair: tuple[str, Number | None]) -> tuple[bool, float, str]:
    name, value = pair
    return (value is None, -float(value or 0), name)


def _strip_sentence(
    ours: str, own: Number | None, count: int, bounds: tuple[Number, Number, Number], unit: Unit
) -> str:
    mean, low, high = bounds
    field = f"the mean of the {count} forces compared is {unit.text(mean, word=True)}"
    band = f"the band read as broadly in line runs from {unit.text(low)} to {unit.text(high)}"
    if own is None:
        return f"No figure is held for {ours}; {field}, and {band}."
    place = "below the band" if own < low else "above the band" if own > high else "inside the band"
    return f"{ours} is at {unit.text(own, word=True)}, {place}; {field}, and {band}."
