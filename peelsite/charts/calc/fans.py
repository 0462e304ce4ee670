"""Fans: a line that is not certain, within the range that it will most likely keep to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peelsite.charts.calc.base import (
    DASHES,
    INK,
    PALETTE,
    WIDTH,
    Chart,
    Number,
    Spec,
    Timeline,
    Unit,
    axis_of,
    clean,
    day_text,
    headings,
    key_of,
    spec_of,
)
from peelsite.charts.calc.lines import spread

HEIGHT, LABEL_PIXELS = 320, 19


@dataclass(frozen=True)
class Fan:
    """A named range over time: (day, low, middle, high), oldest first. Low and high are P10 and P90."""

    name: str
    points: tuple[tuple[date, Number, Number, Number], ...]


def fan_chart(
    title: str,
    fans: Sequence[Fan],
    *,
    unit: Unit,
    lines: Sequence[Timeline] = (),
    marks: Sequence[Timeline] = (),
    from_zero: bool = False,
) -> Chart:
    """Up to three fans, each a band from P10 to P90 with the middle line, beside certain lines and marks.

    `lines` are drawn in steps, such as an establishment. `marks` are figures made in another way, such as a
    budget: single diamonds with their name, never joined to a line or a fan. Lines differ by dash and by the
    word at their end as well as by colour.
    """
    if not 1 <= len(fans) <= 3:
        raise ValueError("a fan chart shows one to three fans")
    fan_names = [clean(fan.name) for fan in fans]
    line_names, mark_names = [clean(line.name) for line in lines], [clean(mark.name) for mark in marks]
    names = [*fan_names, *line_names, *mark_names]
    data: list[Spec] = [
        {"day": day.isoformat(), "series": name, "low": float(low), "value": float(mid), "high": float(high)}
        for name, fan in zip(fan_names, fans, strict=True)
        for day, low, mid, high in fan.points
    ]
    steps = _dated(line_names, lines)
    points = _dated(mark_names, marks)
    values = [float(row[part]) for row in data for part in ("low", "high")]
    values += [float(row["value"]) for row in (*steps, *points)]
    domain = _domain(values, from_zero)
    labels = _labels(fan_names, fans, line_names, lines, domain, unit)
    room = min(250, 16 + int(7.6 * max((len(str(row["label"])) for row in labels), default=0)))
    colours = [_colour(place, len(fans)) for place in range(len(names))]
    colour = {
        "field": "series",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": colours},
    }
    dash = {
        "field": "series",
        "type": "nominal",
        "legend": None,
        "scale": {
            "domain": names,
            "range": [list(DASHES[place % len(DASHES)]) for place in range(len(names))],
        },
    }
    x = {
        "field": "day",
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "scale": {"type": "utc"},
        "axis": {"title": None, "format": "%b %Y", "labelOverlap": "parity", "grid": False, "tickCount": 6},
    }
    scale = {"domain": domain, "nice": False, "zero": False}
    y: Spec = {"type": "quantitative", "scale": scale, "axis": axis_of(unit) | {"tickCount": 6}}
    both = {"x": x, "y": y | {"field": "value"}, "color": colour}
    layers: list[Spec] = [
        {
            "mark": {"type": "area", "opacity": 0.22 if len(fans) == 1 else 0.15},
            "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "color": colour},
        },
        {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": both | {"strokeDash": dash}},
    ]
    if steps:
        layers.append(
            {
                "data": {"values": steps},
                "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
                "encoding": both | {"strokeDash": dash},
            }
        )
    if points:
        layers += _marks(points, both)
    layers.append(
        {
            "data": {"values": labels},
            "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"},
            "encoding": both | {"y": y | {"field": "place"}, "text": {"field": "label"}},
        }
    )
    spec = spec_of({"layer": layers, "height": HEIGHT, "width": WIDTH - room - 70}, data)
    spec["autosize"] = {"type": "pad"}
    spec["title"] = key_of("Band: the figure lies in it 8 times in 10. Its line: as likely above as below.")
    return Chart(
        clean(title),
        _sentences(fan_names, fans, line_names, lines, unit),
        spec,
        _columns(fan_names, line_names, mark_names, unit),
        _rows(fans, lines, marks, unit),
    )


def _dated(names: Sequence[str], lines: Sequence[Timeline]) -> list[Spec]:
    return [
        {"day": day.isoformat(), "series": name, "value": float(value)}
        for name, line in zip(names, lines, strict=True)
        for day, value in line.points
    ]


def _marks(points: list[Spec], both: Spec) -> list[Spec]:
    """Diamonds with a white rim, and their names above."""
    rim = {"type": "point", "shape": "diamond", "filled": True, "size": 130, "opacity": 1, "stroke": "white"}
    words = {"type": "text", "dy": -14, "align": "right", "fontWeight": "bold"}
    named: dict[str, Spec] = {str(row["series"]): row for row in points}
    return [
        {"data": {"values": points}, "mark": rim, "encoding": both},
        {
            "data": {"values": list(named.values())},
            "mark": words,
            "encoding": both | {"text": {"field": "series"}},
        },
    ]


def _colour(place: int, fans: int) -> str:
    """Fans take the palette; lines are ink, so that what is certain looks unlike what is not."""
    return PALETTE[place] if place < fans else (INK, PALETTE[4])[min(1, place - fans)]


def _domain(values: list[float], from_zero: bool) -> list[float]:
    values = values or [0.0]
    low, high = (min(0.0, *values) if from_zero else min(values)), max(values)
    margin = (high - low or abs(high) or 1.0) * 0.1
    return [low if from_zero and low == 0 else low - margin, high + margin]


def _labels(
    fan_names: Sequence[str],
    fans: Sequence[Fan],
    line_names: Sequence[str],
    lines: Sequence[Timeline],
    domain: list[float],
    unit: Unit,
) -> list[Spec]:
    """What each fan's middle and each line ends at, with its name, moved apart so that none touch."""
    ends: list[tuple[str, date, Number]] = [
        (name, fan.points[-1][0], fan.points[-1][2])
        for name, fan in zip(fan_names, fans, strict=True)
        if fan.points
    ]
    ends += [(name, *line.points[-1]) for name, line in zip(line_names, lines, strict=True) if line.points]
    least = (domain[1] - domain[0]) / HEIGHT * LABEL_PIXELS
    places = spread([float(value) for _, _, value in ends], least)
    return [
        {
            "day": day.isoformat(),
            "series": name,
            "value": float(value),
            "place": place,
            "label": f"{unit.text(value)}  {name}",
        }
        for (name, day, value), place in zip(ends, places, strict=True)
    ]


def _sentences(
    fan_names: Sequence[str],
    fans: Sequence[Fan],
    line_names: Sequence[str],
    lines: Sequence[Timeline],
    unit: Unit,
) -> str:
    parts = []
    for name, fan in zip(fan_names, fans, strict=True):
        if not fan.points:
            parts.append(f"{name}: no figure is held.")
            continue
        (first, *_), (last, low, middle, high) = fan.points[0], fan.points[-1]
        parts.append(
            f"{name}: {unit.text(fan.points[0][2], word=True)} on {day_text(first)}; on {day_text(last)} "
            f"{unit.text(middle, word=True)}, and 8 times in 10 from {unit.text(low)} to {unit.text(high)}."
        )
    for name, line in zip(line_names, lines, strict=True):
        if line.points:
            day, value = line.points[-1]
            parts.append(f"{name}: {unit.text(value, word=True)} on {day_text(day)}.")
    return " ".join(parts)


def _columns(
    fan_names: Sequence[str], line_names: Sequence[str], mark_names: Sequence[str], unit: Unit
) -> tuple[str, ...]:
    parts = [f"{name}, {part}" for name in fan_names for part in ("middle", "P10", "P90")]
    return headings("Date", [*parts, *line_names, *mark_names], unit)


def _rows(
    fans: Sequence[Fan], lines: Sequence[Timeline], marks: Sequence[Timeline], unit: Unit
) -> tuple[tuple[str, ...], ...]:
    held: list[dict[date, tuple[Number | None, ...]]] = [
        {day: (middle, low, high) for day, low, middle, high in fan.points} for fan in fans
    ]
    nothing: tuple[Number | None, ...] = (None, None, None)
    certain = [dict(line.points) for line in (*lines, *marks)]
    days = sorted({day for each in held for day in each} | {day for each in certain for day in each})
    return tuple(
        (
            day_text(day),
            *(unit.text(value) for each in held for value in each.get(day, nothing)),
            *(unit.text(each[day]) if day in each else "" for each in certain),
        )
        for day in days
    )
