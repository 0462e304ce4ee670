"""Lines over time, named at their right ends."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from peelsite.charts.calc.base import (
    DASHES,
    WIDTH,
    Chart,
    Number,
    Spec,
    Timeline,
    Unit,
    axis_of,
    clean,
    colour_of,
    day_text,
    headings,
    spec_of,
)

HEIGHT, LABEL_PIXELS = 280, 19


def line_chart(title: str, lines: Sequence[Timeline], *, unit: Unit, from_zero: bool = True) -> Chart:
    """Figures over time, each line named at its right end; lines differ by dash as well as by colour."""
    names = [clean(line.name) for line in lines]
    data: list[Spec] = [
        {"day": day.isoformat(), "series": n, "value": float(v)}
        for n, line in zip(names, lines, strict=True)
        for day, v in line.points
    ]
    domain = _domain([float(row["value"]) for row in data] or [0.0], from_zero)
    labels = _end_labels(names, lines, domain, unit)
    # Letters need about 7.6 pixels each; the axis takes the rest of the width.
    room = min(260, 16 + int(7.6 * max((len(str(row["label"])) for row in labels), default=0)))
    x = {
        "field": "day",
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "scale": {"type": "utc"},
        "axis": _days_axis(sorted({str(row["day"]) for row in data})),
    }
    scale = {"domain": domain, "nice": False, "zero": False}
    y = {"type": "quantitative", "scale": scale, "axis": axis_of(unit) | {"tickCount": 6}}
    both = {"x": x, "y": y | {"field": "value"}, "color": colour_of(names) | {"legend": None}}
    dashes = [list(DASHES[i % len(DASHES)]) for i in range(len(names))]
    dash = {"field": "series", "type": "nominal", "legend": None, "scale": {"domain": names, "range": dashes}}
    text = {"y": y | {"field": "place"}, "text": {"field": "label"}}
    layers: list[Spec] = [
        {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": both | {"strokeDash": dash}},
        {"mark": {"type": "point", "filled": True, "size": 45, "opacity": 1}, "encoding": both},
        {
            "data": {"values": labels},
            "mark": {"type": "text", "align": "left", "dx": 10, "fontWeight": "bold"},
            "encoding": both | text,
        },
    ]
    spec = spec_of({"layer": layers, "height": HEIGHT, "width": WIDTH - room - 70}, data)
    spec["autosize"] = {"type": "pad"}
    days = sorted({day for line in lines for day, _ in line.points})
    held = [dict(line.points) for line in lines]
    rows = tuple((day_text(day), *(unit.text(h.get(day)) for h in held)) for day in days)
    sentences = [_change_sentence(n, line.points, unit) for n, line in zip(names, lines, strict=True)]
    return Chart(clean(title), " ".join(sentences), spec, headings("Date", names, unit), rows)


def _domain(values: list[float], from_zero: bool) -> list[float]:
    low, high = (min(0.0, *values) if from_zero else min(values)), max(values)
    margin = (high - low or abs(high) or 1.0) * 0.08
    return [low if from_zero and low == 0 else low - margin, high + margin]


def _end_labels(names: list[str], lines: Sequence[Timeline], domain: list[float], unit: Unit) -> list[Spec]:
    """The last figure and name of each line, moved apart so that no two labels touch."""
    ends = [(n, *line.points[-1]) for n, line in zip(names, lines, strict=True) if line.points]
    least = (domain[1] - domain[0]) / HEIGHT * LABEL_PIXELS
    places = spread([float(v) for _, _, v in ends], least)
    return [
        {"day": day.isoformat(), "series": n, "place": place, "label": f"{unit.text(v)}  {n}"}
        for (n, day, v), place in zip(ends, places, strict=True)
    ]


def spread(values: Sequence[float], least: float) -> list[float]:
    """Places for labels at `values`, in the same order, moved apart until each is `least` from the next."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    groups: list[list[int]] = []
    for i in order:
        groups.append([i])
        while len(groups) > 1 and _near(groups[-2], groups[-1], values, least):
            groups[-2:] = [groups[-2] + groups[-1]]
    places = [0.0] * len(values)
    for group in groups:
        start = _bottom(group, values, least)
        for rank, i in enumerate(group):
            places[i] = start + rank * least
    return places


def _near(low: list[int], high: list[int], values: Sequence[float], least: float) -> bool:
    return _bottom(high, values, least) - _bottom(low, values, least) < least * len(low)


def _bottom(group: list[int], values: Sequence[float], least: float) -> float:
    """Where the lowest label of a group stands so that the group is centred on its values."""
    return sum(values[i] for i in group) / len(group) - least * (len(group) - 1) / 2


def _change_sentence(name: str, points: Sequence[tuple[date, Number]], unit: Unit) -> str:
    if not points:
        return f"{name}: no figure is held."
    (first_day, first), (last_day, last) = points[0], points[-1]
    if len(points) == 1:
        return f"{name}: {unit.text(first, word=True)} on {day_text(first_day)}."
    change = Decimal(str(last)) - Decimal(str(first))
    verb = "unchanged at" if change == 0 else "up to" if change > 0 else "down to"
    return (
        f"{name}: {unit.text(first, word=True)} on {day_text(first_day)}, {verb} "
        f"{unit.text(last, word=True)} on {day_text(last_day)}."
    )


def _days_axis(days: list[str]) -> Spec:
    """Labels at the days that have figures where they are few, else where they fit."""
    axis: Spec = {"title": None, "format": "%b %Y", "labelOverlap": "parity", "grid": False, "tickCount": 6}
    return axis | {"values": [_utc(day) for day in days]} if 0 < len(days) <= 12 else axis


def _utc(day: str) -> Spec:
    year, month, number = day.split("-")
    return {"year": int(year), "month": int(month), "date": int(number), "utc": True}
