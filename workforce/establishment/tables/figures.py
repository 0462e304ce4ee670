"""What the establishment page shows: the measures of its tables, and where each figure leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from peelsite.forces.models import Force
from peelsite.web.templatetags import peelsite_web
from workforce.establishment.calc import SMALLEST_HEALTH_COUNT, EstablishmentTables, Figures, Line

FEWER = f"fewer than {SMALLEST_HEALTH_COUNT}"


@dataclass(frozen=True)
class Measure:
    """A column: its figure, and the list behind it (`page` is a URL name, `query` what the list is asked)."""

    name: str
    label: str
    page: str = ""
    query: tuple[tuple[str, str], ...] = ()
    is_health: bool = False
    # Available for duty gives away who is absent by subtraction, and has no list of its own.
    note: str = ""

    @property
    def is_fte(self) -> bool:
        return self.name.endswith("_fte")

    def text(self, figures: Figures) -> str:
        value = getattr(figures, self.name)
        return peelsite_web.fte(value) if self.is_fte else peelsite_web.headcount(value)


POSTS, COUNTED, VACANCIES, GAPS = (
    "establishment:posts",
    "establishment:postings",
    "establishment:vacancies",
    "establishment:gaps",
)


def _people(show: str) -> tuple[tuple[str, str], ...]:
    return (("show", show),)


FTE_MEASURES = (
    Measure("posts", "Posts (number)", POSTS),
    Measure("establishment_fte", "Establish\u00adment", POSTS),
    Measure("strength_fte", "Strength", COUNTED),
    Measure("gap_fte", "Gap, net", GAPS),
    Measure("under_fte", "Under", GAPS),
    Measure("over_fte", "Over", GAPS),
    Measure("vacant_fte", "Vacant posts", VACANCIES),
    Measure("supernumerary_fte", "Super\u00adnumerary", COUNTED, _people("supernumerary")),
    Measure("long_term_absent_fte", "Long-term absent", COUNTED, _people("long_term_absent"), is_health=True),
    Measure("available_fte", "Available for duty", is_health=True),
)
PEOPLE_MEASURES = (
    Measure("headcount", "In post", COUNTED),
    Measure("acting_heads", "Acting or temporary", COUNTED, _people("acting")),
    Measure("attached_heads", "Attached", COUNTED, _people("attached")),
    Measure("seconded_in_heads", "Seconded in", COUNTED, _people("seconded_in")),
    Measure("seconded_out_heads", "Seconded out", COUNTED, _people("seconded_out")),
    Measure("supernumerary_heads", "Super\u00adnumerary", COUNTED, _people("supernumerary")),
    Measure(
        "long_term_absent_heads", "Long-term absent", COUNTED, _people("long_term_absent"), is_health=True
    ),
    Measure("limited_heads", "On limited duties", COUNTED, _people("limited"), is_health=True),
)


@dataclass(frozen=True)
class Cell:
    text: str
    href: str = ""
    # What the figure is of, for those who hear the link alone.
    spoken: str = ""

    @property
    def html(self) -> str:
        """Made by hand and not in the template: a page holds thousands of them."""
        if not self.href:
            return escape(self.text)
        return (
            f'<a class="govuk-link govuk-link--no-visited-state" href="{escape(self.href)}">'
            f'{escape(self.text)}<span class="govuk-visually-hidden">, {escape(self.spoken)}</span></a>'
        )


@dataclass(frozen=True)
class Row:
    label: str
    depth: int
    cells: tuple[Cell, ...]

    @property
    def cells_html(self) -> SafeString:
        """All cells of the row, every part of them escaped."""
        opening = '<td class="govuk-table__cell govuk-table__cell--numeric">'
        joined = "".join(f"{opening}{cell.html}</td>" for cell in self.cells)
        return SafeString(joined)


@dataclass(frozen=True)
class FigureTable:
    """One table of the establishment page, ready to be shown."""

    caption: str
    first_column: str
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True)
class Dimension:
    """A way to cut the establishment: its table, and the filter that its lines stand for."""

    name: str
    label: str
    filter_name: str

    def lines(self, tables: EstablishmentTables) -> tuple[Line, ...]:
        return getattr(tables, f"by_{self.name}")


DIMENSIONS = {
    dimension.name: dimension
    for dimension in (
        Dimension("rank", "Rank or grade", "rank"),
        Dimension("role", "Role", "role"),
        Dimension("location", "Location", "location"),
        Dimension("unit", "Unit", "unit"),
        Dimension("type", "Worker type", "type"),
    )
}


class FigureLinks:
    """Where the figures of a page lead: lists of the same day and place, narrowed to a line."""

    def __init__(self, force: Force, query: dict[str, str], *, shows_health: bool) -> None:
        self.force = force
        self.query = query
        self.shows_health = shows_health
        self._starts: dict[str, str] = {}
        self._pages = {page: reverse(page, args=[force.slug]) for page in (POSTS, COUNTED, VACANCIES, GAPS)}

    def href(self, measure: Measure, narrowed: dict[str, Any] | None = None) -> str:
        """The list behind a figure; empty where there is none, or none that this reader may open."""
        start = self._start_of(measure)
        return f"{start}&{urlencode(narrowed)}" if start and narrowed else start

    def _start_of(self, measure: Measure) -> str:
        """The list of the whole page's day and place, worked out once a measure."""
        if measure.name not in self._starts:
            is_closed = not measure.page or (measure.is_health and not self.shows_health)
            query = urlencode(self.query | dict(measure.query))
            self._starts[measure.name] = "" if is_closed else f"{self._pages[measure.page]}?{query}"
        return self._starts[measure.name]

    def cell(
        self,
        measure: Measure,
        figures: Figures,
        narrowed: dict[str, Any] | None,
        label: str,
        *,
        hides_health: bool,
    ) -> Cell:
        if measure.is_health and hides_health:
            return Cell(FEWER if measure.name.endswith("_heads") else "not shown")
        if narrowed is None or not getattr(figures, measure.name):
            return Cell(measure.text(figures))
        return Cell(measure.text(figures), self.href(measure, narrowed), f"{measure.label}, {label}")

    def row(
        self, measures: Sequence[Measure], line: Line, narrowed: dict[str, Any] | None, *, hides_health: bool
    ) -> Row:
        cells = tuple(
            self.cell(measure, line.figures, narrowed, line.label, hides_health=hides_health)
            for measure in measures
        )
        return Row(line.label, line.depth, cells)

    def table(
        self, tables: EstablishmentTables, dimension: Dimension, measures: tuple[Measure, ...], unit: str
    ) -> FigureTable:
        def narrowed(line: Line) -> dict[str, Any] | None:
            return {dimension.filter_name: line.key} if line.key else None

        return FigureTable(
            caption=f"{unit} by {dimension.label.lower()}",
            first_column=dimension.label,
            measures=measures,
            rows=tuple(
                self.row(measures, line, narrowed(line), hides_health=line.hides_health)
                for line in dimension.lines(tables)
            ),
            total=self.row(
                measures,
                Line(key=None, label="Total", figures=tables.total),
                {},
                hides_health=tables.hides_health,
            ),
        )
