"""What is shown of the establishment: the measures of its tables, where each figure leads, and the lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from peelsite.forces.models import Force
from peelsite.web.lists import DayColumn, FteColumn, NumberColumn, RangeColumn
from peelsite.web.templatetags import peelsite_web
from workforce.establishment.calc import SMALLEST_HEALTH_COUNT, EstablishmentTables, Figures, Line
from workforce.establishment.models import Post
from workforce.people.models import Posting

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


class PostLinkColumn(django_tables2.Column):
    """A post's reference that leads to its page; `key` is the row's name for the post's id."""

    def __init__(self, *args: Any, key: str = "pk", **kwargs: Any) -> None:
        self.key = key
        super().__init__(*args, **kwargs)

    def render(self, value: Any, record: Any, table: Any) -> Any:
        pk = django_tables2.A(self.key).resolve(record)
        href = reverse("establishment:post", args=[table.force.slug, pk])
        return format_html('<a class="govuk-link peelsite-nowrap" href="{}">{}</a>', href, value)

    def value(self, value: Any) -> Any:
        return value


class ForceTable(django_tables2.Table):
    """Lists of one force: `force` is there for links, `day` for what is of a day."""

    def __init__(self, *args: Any, force: Force, day: date | None = None, **kwargs: Any) -> None:
        self.force = force
        self.day = day
        super().__init__(*args, **kwargs)


class PostTable(ForceTable):
    reference = PostLinkColumn(verbose_name="Post")
    rank = django_tables2.Column(order_by=("rank__category", "rank__order"))
    role = django_tables2.Column(order_by="role__name")
    unit = django_tables2.Column(order_by="unit__name")
    location = django_tables2.Column(order_by="location__name")
    fte = FteColumn(verbose_name="FTE", shown=peelsite_web.fte_exact)
    filled_fte = FteColumn(verbose_name="Filled FTE", shown=peelsite_web.fte_exact)
    vacant_fte = FteColumn(verbose_name="Vacant FTE", shown=peelsite_web.fte_exact)
    during = RangeColumn(verbose_name="Exists")
    funding = django_tables2.Column(order_by="funding__name")

    class Meta:
        model = Post
        fields: list[str] = []
        sequence = (
            "reference",
            "rank",
            "role",
            "unit",
            "location",
            "fte",
            "filled_fte",
            "vacant_fte",
            "funding",
            "during",
        )
        attrs = {"caption_hidden": True, "row_headers": True}
        empty_text = "No posts match on this day."


class CountedTable(ForceTable):
    """People where they are counted; person and health columns are only for those who may see them."""

    person = django_tables2.Column(order_by=("person__family_name", "person__given_names"))
    post = PostLinkColumn(accessor="post__reference", key="post_id", verbose_name="Post")
    rank = django_tables2.Column(
        accessor="post__rank", order_by=("post__rank__category", "post__rank__order")
    )
    role = django_tables2.Column(accessor="post__role", order_by="post__role__name")
    unit = django_tables2.Column(accessor="post__unit", order_by="post__unit__name")
    location = django_tables2.Column(accessor="post__location", order_by="post__location__name")
    kind = django_tables2.Column(verbose_name="Posting")
    fte = FteColumn(verbose_name="FTE", shown=peelsite_web.fte_exact)
    during = RangeColumn(verbose_name="Dates")
    host = django_tables2.Column(verbose_name="Other body")
    health_kind = django_tables2.Column(verbose_name="Reason")
    health_during = RangeColumn(verbose_name="Away or limited")

    class Meta:
        model = Posting
        fields: list[str] = []
        sequence = (
            "person",
            "post",
            "rank",
            "role",
            "unit",
            "location",
            "kind",
            "fte",
            "during",
            "host",
            "health_kind",
            "health_during",
        )
        attrs = {"caption_hidden": True, "row_headers": True}
        empty_text = "Nobody matches on this day."

    def render_person(self, value: Any) -> Any:
        href = reverse("people:person", args=[self.force.slug, value.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_person(self, value: Any) -> str:
        return str(value)

    def render_kind(self, record: Posting) -> str:
        word = record.get_kind_display()
        return f"{word}, supernumerary" if record.is_supernumerary else word


class VacancyTable(ForceTable):
    """`names` gives the names of people by id, and is empty for those who may not see them."""

    reference = PostLinkColumn(verbose_name="Post", key="post_id")
    rank = django_tables2.Column()
    role = django_tables2.Column()
    unit = django_tables2.Column()
    location = django_tables2.Column()
    fte = FteColumn(verbose_name="Post FTE", shown=peelsite_web.fte_exact)
    vacant_fte = FteColumn(verbose_name="Vacant FTE", shown=peelsite_web.fte_exact)
    since = DayColumn(verbose_name="Vacant since")
    age_days = NumberColumn(verbose_name="Days vacant")
    last_holder_id = django_tables2.Column(verbose_name="Last held by", orderable=False)
    holder_away = django_tables2.Column(verbose_name="Holder away", orderable=False, empty_values=())
    funding = django_tables2.Column()
    funding_ends_on = DayColumn(verbose_name="Funding ends")

    class Meta:
        attrs = {"caption_hidden": True, "row_headers": True}
        empty_text = "No post is vacant on this day."

    def __init__(self, *args: Any, names: dict[int, str], **kwargs: Any) -> None:
        self.names = names
        super().__init__(*args, **kwargs)

    def render_last_holder_id(self, value: int) -> str:
        return self.names.get(value, "")

    def value_last_holder_id(self, value: int) -> str:
        return self.names.get(value, "")

    def render_holder_away(self, record: Any) -> str:
        if not record.holder_away:
            return peelsite_web.NOTHING
        word = str(Posting(kind=record.holder_away).get_kind_display()).lower()
        back = f", back on {peelsite_web.day(record.holder_back_on)}" if record.holder_back_on else ""
        return f"{self.names.get(record.holder_id, 'Holder')}: {word}{back}"

    def value_holder_away(self, record: Any) -> str:
        return self.render_holder_away(record) if record.holder_away else ""


class GapTable(ForceTable):
    """Cells whose strength is not their establishment; figures in FTE."""

    rank = django_tables2.Column()
    role = django_tables2.Column()
    location = django_tables2.Column()
    unit = django_tables2.Column()
    posts = NumberColumn(accessor="figures__posts", verbose_name="Posts (number)")
    establishment_fte = FteColumn(accessor="figures__establishment_fte", verbose_name="Establishment FTE")
    strength_fte = FteColumn(accessor="figures__strength_fte", verbose_name="Strength FTE")
    gap_fte = FteColumn(verbose_name="Gap FTE", shown=peelsite_web.gap)
    supernumerary_fte = FteColumn(
        accessor="figures__supernumerary_fte", verbose_name="Super\u00adnumerary FTE"
    )
    open_rows = django_tables2.Column(
        verbose_name="Rows", empty_values=(), orderable=False, exclude_from_export=True
    )

    class Meta:
        attrs = {"caption_hidden": True, "row_headers": True}
        empty_text = "No cell has a gap on this day: strength is the establishment everywhere."

    def render_open_rows(self, record: Any) -> Any:
        key = record.key
        query = urlencode(
            {
                "on": self.day.isoformat(),
                "rank": key.rank_id,
                "role": key.role_id,
                "location": key.location_id,
                "unit": key.unit_id,
                "unit_only": "on",
            }
        )
        posts, people = (reverse(name, args=[self.force.slug]) for name in (POSTS, COUNTED))
        return format_html(
            '<a class="govuk-link" href="{}?{}">Posts<span class="govuk-visually-hidden"> of {}</span></a>, '
            '<a class="govuk-link" href="{}?{}">people<span class="govuk-visually-hidden"> of {}</span></a>',
            posts,
            query,
            record.label,
            people,
            query,
            record.label,
        )
