"""The tables of a pack, each once: the PDF sets them, the workbook writes them, the page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from peelsite.web.templatetags import peelsite_web
from workforce.boards.decisions.calc import day_words
from workforce.boards.pack.calc import months_until
from workforce.boards.pack.models import Dimension, PackForecast, PackLine
from workforce.boards.pack.selectors import Pack
from workforce.boards.pack.selectors.health import lines_kept_back

# Shown in place of health figures of few people.
KEPT_BACK = "not shown"
KEPT_BACK_NOTE = (
    f"“{KEPT_BACK}”: fewer than five people, or a line from which so few could be worked out. "
    "Those who may see health records find them on the establishment page."
)
AVAILABILITY = "Availability = strength − people absent for more than 28 days. Limited duties count in it."


class Level(Decimal):
    """A figure as it stood, in a column of changes: it has no plus sign."""


class Shape(Enum):
    """How a column's values are shown: None is an en dash, and text stays text in any column."""

    TEXT = "text"
    FTE = "fte"
    SIGNED = "signed"
    COUNT = "count"
    DAY = "day"
    PERCENT = "percent"

    def text(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if value is None:
            return peelsite_web.NOTHING
        if isinstance(value, date):
            return day_words(value)
        if self is Shape.SIGNED and not isinstance(value, Level):
            return peelsite_web.signed_gap(value)
        if self is Shape.COUNT:
            return peelsite_web.headcount(value)
        if self is Shape.PERCENT:
            return peelsite_web.percent(value, 0)
        return peelsite_web.fte(value)


@dataclass(frozen=True, kw_only=True)
class PackTable:
    """A table with its values as held; `last_is_total` sets the last row apart."""

    name: str
    caption: str
    columns: tuple[str, ...]
    shapes: tuple[Shape, ...]
    rows: tuple[tuple[Any, ...], ...]
    last_is_total: bool = False
    note: str = ""

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            tuple(shape.text(value) for shape, value in zip(self.shapes, row, strict=True))
            for row in self.rows
        )


def table_of(
    name: str, caption: str, columns: Sequence[tuple[str, Shape]], rows: Sequence[Sequence[Any]], **more: Any
) -> PackTable:
    return PackTable(
        name=name,
        caption=caption,
        columns=tuple(label for label, _ in columns),
        shapes=tuple(shape for _, shape in columns),
        rows=tuple(tuple(row) for row in rows),
        **more,
    )


_STRENGTH = (
    ("Establishment", Shape.FTE),
    ("Strength", Shape.FTE),
    ("Gap", Shape.SIGNED),
    ("Under", Shape.FTE),
    ("Over", Shape.FTE),
    ("Availability", Shape.FTE),
    ("Acting", Shape.FTE),
    ("Seconded out", Shape.FTE),
    ("Limited duties, people", Shape.COUNT),
)


def strength_tables(pack: Pack) -> list[PackTable]:
    """Establishment, strength and availability by worker type, rank, unit, role and location, FTE."""
    kept_back = lines_kept_back(pack.lines)
    order = (Dimension.TYPE, Dimension.RANK, Dimension.UNIT, Dimension.ROLE, Dimension.LOCATION)
    tables = []
    for dimension in order:
        lines = [line for line in pack.lines if line.dimension == dimension]
        if not lines or pack.total is None:
            continue
        rows = [strength_values(line, kept_back) for line in [*lines, pack.total]]
        hides = any(KEPT_BACK in row for row in rows)
        tables.append(
            table_of(
                f"Strength by {dimension.label.lower()}",
                f"Strength by {dimension.label.lower()}, {day_words(pack.board.pack_on)}, FTE",
                ((dimension.label, Shape.TEXT), *_STRENGTH),
                rows,
                last_is_total=True,
                note=f"{AVAILABILITY} {KEPT_BACK_NOTE}" if hides else AVAILABILITY,
            )
        )
    return tables


def strength_values(line: PackLine, kept_back: set[tuple[str, str]]) -> tuple[Any, ...]:
    """Label and figures of one line, as `_STRENGTH` names them."""
    hides = (line.dimension, line.key) in kept_back
    indent = "\N{NO-BREAK SPACE}" * 3 * line.depth
    return (
        indent + line.label,
        line.establishment_fte,
        line.strength_fte,
        line.gap_fte,
        line.under_fte,
        line.over_fte,
        KEPT_BACK if hides else line.available_fte,
        line.acting_fte,
        line.seconded_out_fte,
        KEPT_BACK if hides else line.limited_heads,
    )


def forecast_table(pack: Pack) -> PackTable | None:
    """Strength at the end of each month to the end of the financial year, and the range of the gap then."""
    told = [(line, pack.forecast_of_line(line)) for line in forecast_lines(pack)]
    told = [(line, forecast) for line, forecast in told if forecast is not None]
    if not told or pack.edition is None:
        return None
    months = months_until(told[0][1].days, pack.edition.year_ends_on)
    last = months[-1]
    columns = [("Line", Shape.TEXT), ("Now", Shape.COUNT)]
    columns += [(f"{told[0][1].days[month]:%b %y}", Shape.COUNT) for month in months]
    columns += [
        ("Posts then", Shape.FTE),
        ("Gap then", Shape.SIGNED),
        ("Range of the gap", Shape.TEXT),
    ]
    rows = [
        (
            "\N{NO-BREAK SPACE}" * 3 * line.depth + line.label,
            line.strength_fte,
            *(forecast.strength[month] for month in months),
            forecast.establishment[last],
            forecast.gap[last],
            range_words(forecast, last),
        )
        for line, forecast in told
    ]
    return table_of(
        "Forecast by month",
        f"Strength forecast by month to {day_words(told[0][1].days[last])}, whole FTE",
        columns,
        rows,
        last_is_total=True,
        note=(
            "Strength of a month is the middle of the projection (P50); the range holds four runs of five "
            "(P10 to P90). Middles of lines do not add up to the middle of the force."
        ),
    )


def forecast_lines(pack: Pack) -> list[PackLine]:
    """Worker types, ranks and commands, then the force."""
    chosen = [line for line in pack.lines if line.dimension in (Dimension.TYPE, Dimension.RANK)]
    chosen += [line for line in pack.lines if line.dimension == Dimension.UNIT and line.depth == 0]
    order = {Dimension.TYPE: 0, Dimension.RANK: 1, Dimension.UNIT: 2}
    chosen.sort(key=lambda line: (order[Dimension(line.dimension)], line.position))
    return [*chosen, pack.total] if pack.total else []


def range_words(forecast: PackForecast, month: int) -> str:
    """'+80.1 to +110.4'."""
    low, high = forecast.gap_low[month], forecast.gap_high[month]
    return f"{peelsite_web.signed_gap(low)} to {peelsite_web.signed_gap(high)}"


def months_ahead(forecast: PackForecast, months: int) -> int:
    """The place of the day so many months on, or of the last day there is."""
    return min(months, len(forecast.days) - 1)


def matters_table(pack: Pack) -> PackTable:
    """The cells with the widest gaps: now, and in six and twelve months with the range."""
    rows = []
    for item in pack.matters:
        forecast = pack.forecast_of_item(item)
        ahead: list[Any] = [None] * 5
        if forecast is not None:
            six, twelve = months_ahead(forecast, 6), months_ahead(forecast, 12)
            ahead = [
                forecast.gap[six],
                range_words(forecast, six),
                forecast.gap[twelve],
                range_words(forecast, twelve),
                forecast.chance[twelve],
            ]
        rows.append((item.title, item.gap_fte, *ahead))
    return table_of(
        "Cells that matter",
        "The cells with the widest gaps, FTE",
        (
            ("Rank, role, location and unit", Shape.TEXT),
            ("Gap now", Shape.SIGNED),
            ("In 6 months", Shape.SIGNED),
            ("Range", Shape.TEXT),
            ("In 12 months", Shape.SIGNED),
            ("Range", Shape.TEXT),
            ("Chance beyond threshold", Shape.PERCENT),
        ),
        rows,
    )


def agenda_table(pack: Pack) -> PackTable:
    return table_of(
        "Decisions asked",
        "Agenda: decisions asked",
        (
            ("Item", Shape.TEXT),
            ("Gap, FTE", Shape.SIGNED),
            ("Why it is asked", Shape.TEXT),
        ),
        [
            (f"{number}. {item.title}", item.gap_fte, item.reason)
            for number, item in enumerate(pack.items, start=1)
        ],
    )


def actions_table(pack: Pack) -> PackTable:
    return table_of(
        "Action log",
        "Actions of the last board, and those of earlier boards still open",
        (
            ("Action", Shape.TEXT),
            ("Agreed", Shape.DAY),
            ("Owner", Shape.TEXT),
            ("Due", Shape.DAY),
            ("State", Shape.TEXT),
        ),
        [
            (
                each.text,
                each.agreed_on,
                each.owner_name,
                each.due_on,
                "Overdue" if each.is_late else each.get_state_display(),
            )
            for each in pack.carried
        ],
    )


def notes_table(pack: Pack) -> PackTable | None:
    if not pack.notes:
        return None
    return table_of(
        "Notes",
        "Notes on the lines of the strength table",
        (("Line", Shape.TEXT), ("Of", Shape.TEXT), ("Note", Shape.TEXT)),
        [(note.label, note.get_dimension_display(), note.text) for note in pack.notes],
    )
