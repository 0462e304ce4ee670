"""A summary's frozen content as charts and as a document for the PDF."""

from datetime import date
from decimal import Decimal

from peelsite.charts.calc import Chart, gap_bars, share_bars, strip_chart
from peelsite.charts.calc import Unit as ChartUnit
from peelsite.documents.calc import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from peelsite.inspection.indicators.calc import Unit, shown
from peelsite.inspection.summaries.calc import plural
from peelsite.inspection.summaries.reports import Content

FTE = ChartUnit("FTE", decimals=1)
SHARES = ("workforce_officers_share", "workforce_staff_share", "workforce_pcsos_share")
STRIP = "workforce_total_change"


def summary_charts(content: Content) -> dict[str, Chart]:
    """The issue's charts by name, from its frozen content alone."""
    charts = {}
    if content["units"]:
        charts["units"] = gap_bars(
            "Establishment and strength by command",
            [
                (line["label"], Decimal(line["establishment"]), Decimal(line["strength"]))
                for line in content["units"]
            ],
            unit=FTE,
        )
    measures = {line["code"]: line for line in (content["comparison"] or {"measures": []})["measures"]}
    shares = [measures[code] for code in SHARES if code in measures and measures[code]["mean"] is not None]
    if shares:
        charts["shares"] = share_bars(
            "Shares of the workforce",
            [(line["name"].split(" as ")[0], line["own"], line["mean"]) for line in shares],
            ours=content["force"],
        )
    line = measures.get(STRIP)
    if line and line["own"] is not None:
        charts["strip"] = strip_chart(
            line["name"],
            [(name, value) for name, value in line["values"]],
            marked=content["force"],
            mean=line["mean"],
            low=line["low"],
            high=line["high"],
            unit=ChartUnit(decimals=1, percent=True),
        )
    return charts


def summary_document(content: Content, svgs: dict[str, str]) -> Document:
    """The PDF's document; `svgs` holds the drawn charts by the names of `summary_charts`."""
    charts = summary_charts(content)
    figures = {
        name: Figure(svgs[name].encode(), chart.description, chart.title) for name, chart in charts.items()
    }
    as_at = date.fromisoformat(content["as_at"])
    blocks: list[Block] = [
        Paragraph(content["answers"][0], strong=True),
        BulletList(tuple(content["answers"][1:])),
        KeyFigures(
            tuple(
                KeyFigure(figure["label"], figure["value"], figure["note"], figure["kind"])
                for figure in content["key_figures"]
            )
        ),
        Heading("Where the force is short"),
        # Words and a table that may run over two pages first: the picture would leave half a page empty.
        *_gap_blocks(content),
        *([figures["units"]] if "units" in figures else []),
        Heading("Compared with other forces"),
        *_comparison_blocks(content, figures),
        Heading("Every indicator"),
        _indicator_table(content),
        Heading("Sources and definitions"),
        BulletList(tuple(content["sources"])),
        _definitions(content),
    ]
    return Document(
        title=f"Inspection summary, {content['title']}",
        subtitle=f"{content['force']}: figures as at {as_at:%-d %B %Y}",
        marking=content["marking"],
        force=content["force"],
        day=as_at,
        blocks=tuple(blocks),
    )


def _gap_blocks(content: Content) -> list[Block]:
    vacancies = content["vacancies"]
    blocks: list[Block] = [Paragraph(vacancy_sentence(vacancies))]
    if content["gaps"]:
        blocks.append(
            Table(
                f"The {len(content['gaps'])} largest gaps of {content['gap_cells']}, FTE",
                ("Rank, role, location and unit", "Establishment", "Strength", "Gap"),
                tuple(
                    (line["label"], *(shown(Unit.FTE, Decimal(line[part])) for part in GAP_PARTS))
                    for line in content["gaps"]
                ),
            )
        )
    return blocks


GAP_PARTS = ("establishment", "strength", "gap")


def vacancy_sentence(vacancies: Content) -> str:
    """How many posts are vacant, and for how long."""
    if not vacancies["count"]:
        return "No post is vacant."
    vacant = shown(Unit.FTE, Decimal(vacancies["fte"]))
    posts = plural(vacancies["count"], "post is", "posts are")
    longest = vacancies["oldest_days"]
    empty = "" if longest is None else f"; the longest empty for {plural(longest, 'day')}"
    return (
        f"{posts} vacant in whole or in part, {vacant} FTE; {vacancies['long']:,} of them for more than "
        f"{vacancies['long_days']} days{empty}."
    )


def _comparison_blocks(content: Content, figures: dict[str, Figure]) -> list[Block]:
    comparison = content["comparison"]
    if comparison is None:
        return [Paragraph("No published table of other forces is held for this day or before.")]
    day = date.fromisoformat(comparison["as_at"])
    left_out = [
        f"{line['name']}: without {', '.join(line['left_out'])}."
        for line in comparison["measures"]
        if line["left_out"]
    ]
    notes = [f"{line['name']}: {note}" for line in comparison["measures"] for note in line["notes"]]
    table = Table(
        f"{content['force']} and other forces, {day:%-d %B %Y}",
        ("Measure", content["force"], "Mean of forces", "Standing"),
        tuple(
            (
                line["name"],
                shown(Unit.PERCENT, line["own"]),
                shown(Unit.PERCENT, line["mean"]),
                line["standing"],
            )
            for line in comparison["measures"]
        ),
        ("left", "right", "right", "left"),
    )
    pictures = [figures[name] for name in ("shares", "strip") if name in figures]
    return [table, *([BulletList(tuple(left_out + notes))] if left_out + notes else []), *pictures]


def _indicator_table(content: Content) -> Table:
    before = content["previous"] is not None
    columns = ("Indicator", "Unit", "Figure", *(["Last issue"] if before else []))
    return Table(
        "Indicators",
        columns,
        tuple(
            (line["name"], line["unit"], line["shown"], *([line["before"] or "not held"] if before else []))
            for line in content["indicators"]
        ),
        ("left", "left", "right", *(["right"] if before else [])),
    )


def _definitions(content: Content) -> Table:
    return Table(
        "Definitions",
        ("Indicator", "What it counts"),
        tuple((line["name"], line["definition"]) for line in content["indicators"]),
        ("left", "left"),
    )
