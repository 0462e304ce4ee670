"""Bars: by category, in parts, our share against the mean, and establishment against strength."""

from collections.abc import Sequence
from decimal import Decimal

from peelsite.charts.calc.base import (
    BAND,
    CRIMSON,
    INK,
    NAVY,
    PAPER,
    SLATE,
    WIDTH,
    Chart,
    Number,
    Series,
    Spec,
    Unit,
    axis_of,
    clean,
    colour_of,
    headings,
    key_of,
    spec_of,
)


def bar_chart(
    title: str, categories: Sequence[str], series: Sequence[Series], *, unit: Unit, stacked: bool = False
) -> Chart:
    """Horizontal bars by category: one bar a series beside each other, or one bar in parts when `stacked`.

    A single series or grouped bars carry their figure (and series name) at the bar's end; parts of a stacked
    bar carry theirs inside where there is room, and a key stands above. Parts cannot be negative.
    """
    names, labels = [clean(s.name) for s in series], [clean(c) for c in categories]
    data: list[Spec] = [
        {"category": c, "series": n, "value": float(v), "end": max(0.0, float(v)), "label": unit.text(v)}
        for n, s in zip(names, series, strict=True)
        for c, v in zip(labels, s.values, strict=True)
        if v is not None
    ]
    if stacked and any(row["value"] < 0 for row in data):
        raise ValueError("parts of a stacked bar cannot be negative")
    layers = _stacked_layers(data, names, unit) if stacked else _grouped_layers(data, names, unit)
    spec = spec_of({"layer": layers, "height": {"step": 34 if stacked else 30}}, data)
    spec["encoding"] = {"y": _rows(labels)}
    if not stacked and len(series) > 1:
        spec["encoding"]["yOffset"] = {
            "field": "series",
            "type": "nominal",
            "sort": names,
            "scale": {"paddingInner": 0.12},
        }
        spec["height"] = {"step": 25, "for": "offset"}
    sentences = [_range_sentence(n, labels, s.values, unit) for n, s in zip(names, series, strict=True)]
    rows = tuple((c, *(unit.text(s.values[i]) for s in series)) for i, c in enumerate(labels))
    return Chart(clean(title), " ".join(sentences), spec, headings("Category", names, unit), rows)


def _grouped_layers(data: list[Spec], names: list[str], unit: Unit) -> list[Spec]:
    if len(names) > 1:
        for row in data:
            row["label"] = f"{row['label']}  {row['series']}"
    colour = colour_of(names) | {"legend": None}
    widest = max((len(str(row["label"])) for row in data), default=0)
    x = {"type": "quantitative", "axis": axis_of(unit), "scale": _room(data, "value", widest)}
    # Bars of one category already stand apart; single bars need the gap.
    bar = {"type": "bar"} if len(names) > 1 else {"type": "bar", "height": {"band": 0.82}}
    return [
        {
            "mark": bar,
            "encoding": {"x": x | {"field": "value"}, "color": colour},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 5},
            "encoding": {"x": x | {"field": "end"}, "text": {"field": "label"}},
        },
    ]


def _stacked_layers(data: list[Spec], names: list[str], unit: Unit) -> list[Spec]:
    totals: dict[str, float] = {}
    for row in data:
        row["from"] = totals.get(row["category"], 0.0)
        totals[row["category"]] = row["to"] = row["from"] + row["value"]
        row["middle"] = (row["from"] + row["to"]) / 2
    longest = max(totals.values(), default=0.0)
    for row in data:
        # Inside only where about 8 pixels a character are there.
        fits = longest > 0 and row["value"] / longest * (WIDTH - 180) > 9 * len(row["label"]) + 6
        row["inside"] = row["label"] if fits else ""
    x = {"field": "from", "type": "quantitative", "axis": axis_of(unit)}
    bar = {"type": "bar", "stroke": PAPER, "strokeWidth": 1.5, "height": {"band": 0.74}}
    return [
        {"mark": bar, "encoding": {"x": x, "x2": {"field": "to"}, "color": colour_of(names)}},
        {
            "mark": {"type": "text", "color": PAPER},
            "encoding": {"x": {"field": "middle", "type": "quantitative"}, "text": {"field": "inside"}},
        },
    ]


def share_bars(
    title: str,
    rows: Sequence[tuple[str, Number | None, Number | None]],
    *,
    ours: str,
    theirs: str = "mean of forces",
    decimals: int = 1,
) -> Chart:
    """Our share against the mean, category by category; shares are proportions (0.568 is shown as 56.8%)."""
    unit = Unit(percent=True, decimals=decimals)
    series = [Series(ours, tuple(r[1] for r in rows)), Series(theirs, tuple(r[2] for r in rows))]
    chart = bar_chart(title, [r[0] for r in rows], series, unit=unit)
    for layer in chart.spec["layer"]:
        if "color" in layer["encoding"]:
            layer["encoding"]["color"]["scale"]["range"] = [NAVY, SLATE]
    parts = [
        f"{clean(name)}: {clean(ours)} {unit.text(our)}, {clean(theirs)} {unit.text(mean)}"
        for name, our, mean in rows
    ]
    return Chart(chart.title, "; ".join(parts) + ".", chart.spec, chart.columns, chart.rows)


def gap_bars(title: str, rows: Sequence[tuple[str, Number, Number]], *, unit: Unit) -> Chart:
    """Establishment (outline) against strength (bar) for each (category, establishment, strength).

    Gap = establishment - strength of that category alone: gaps are never netted across categories, so the
    description counts categories below and above establishment apart.
    """
    data: list[Spec] = []
    for name, establishment, strength in rows:
        gap = Decimal(str(establishment)) - Decimal(str(strength))
        word = "at establishment" if gap == 0 else f"{unit.text(abs(gap))} {'short' if gap > 0 else 'over'}"
        data.append(
            {
                "category": clean(name), "establishment": float(establishment), "strength": float(strength),
                "end": max(float(establishment), float(strength)), "gap": float(gap), "label": word,
            }
        )  # fmt: skip
    widest = max((len(str(row["label"])) for row in data), default=0)
    x = {"type": "quantitative", "axis": axis_of(unit), "scale": _room(data, "end", widest)}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "color": BAND, "stroke": SLATE, "height": {"band": 0.84}},
            "encoding": {"x": x | {"field": "establishment"}},
        },
        {
            "mark": {"type": "bar", "color": NAVY, "height": {"band": 0.46}},
            "encoding": {"x": x | {"field": "strength"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {
                "x": x | {"field": "end"},
                "text": {"field": "label"},
                "color": {"condition": {"test": "datum.gap > 0", "value": CRIMSON}, "value": INK},
            },
        },
    ]
    spec = spec_of({"layer": layers, "height": {"step": 36}}, data)
    order = [row["category"] for row in data]
    spec["encoding"] = {"y": _rows(order)}
    spec["title"] = key_of("Dark bar: strength. Pale outline: establishment.")
    gaps = [Decimal(str(e)) - Decimal(str(s)) for _, e, s in rows]
    table = tuple(
        (clean(n), unit.text(e), unit.text(s), unit.text(gap))
        for (n, e, s), gap in zip(rows, gaps, strict=True)
    )
    columns = headings("Category", ("Establishment", "Strength", "Gap"), unit)
    return Chart(clean(title), _gap_sentence(rows, unit), spec, columns, table)


def _room(data: list[Spec], field: str, letters: int) -> Spec:
    """A scale that leaves room for a label of so many letters after the longest bar."""
    values = [row[field] for row in data] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values) or 1.0
    share = min(0.6, (letters * 7.6 + 12) / (WIDTH - 170))
    return {"domain": [low * 1.05, low + (high - low) / (1 - share)], "nice": False}


def _rows(order: list[str]) -> Spec:
    return {"field": "category", "type": "nominal", "sort": order, "axis": {"title": None}}


def _range_sentence(name: str, labels: Sequence[str], values: Sequence[Number | None], unit: Unit) -> str:
    held = [(float(v), label, v) for label, v in zip(labels, values, strict=True) if v is not None]
    if not held:
        return f"{name}: no figure is held."
    if len(held) <= 6:
        parts = ", ".join(f"{label} {unit.text(v, word=True)}" for _, label, v in held)
        return f"{name}: {parts}."
    least, most = min(held, key=lambda row: row[0]), max(held, key=lambda row: row[0])
    return (
        f"{name}: {len(held)} categories, from {unit.text(least[2], word=True)} ({least[1]}) "
        f"to {unit.text(most[2], word=True)} ({most[1]})."
    )


def _gap_sentence(rows: Sequence[tuple[str, Number, Number]], unit: Unit) -> str:
    gaps = [(Decimal(str(e)) - Decimal(str(s)), clean(n)) for n, e, s in rows]
    short, over = [g for g in gaps if g[0] > 0], [g for g in gaps if g[0] < 0]
    parts = [f"Of {len(gaps)} categories, {len(short)} below establishment and {len(over)} above it."]
    if short:
        most = max(short, key=lambda gap: gap[0])
        parts.append(f"The largest gap is {unit.text(most[0], word=True)} in {most[1]}.")
    if over:
        most = min(over, key=lambda gap: gap[0])
        parts.append(f"The most above establishment is {most[1]}, by {unit.text(-most[0], word=True)}.")
    return " ".join(parts)
