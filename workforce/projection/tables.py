"""Lists of projections; each line, run, plan and assumption leads to its page."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.web.lists import DayColumn, FteColumn, NumberColumn
from peelsite.web.templatetags import peelsite_web
from workforce.establishment.tables.lists import ForceTable
from workforce.projection.models import Intake, ProjectionRun
from workforce.projection.selectors.assumptions import AssumptionRow
from workforce.projection.selectors.figures import SOURCES
from workforce.projection.selectors.lines import slug_of
from workforce.projection.selectors.outlook import OutlookLine

_LOOKS = {"caption_hidden": True, "row_headers": True}


class ShareColumn(NumberColumn):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, shown=lambda value: peelsite_web.percent(value, 0), **kwargs)


class LineTable(django_tables2.Table):
    """Lines with their gap now and in a month: give it rows made by `line_rows`."""

    label = django_tables2.Column(verbose_name="Line")
    establishment = FteColumn(verbose_name="Establishment then (FTE)")
    now = FteColumn(verbose_name="Gap now (FTE)")
    gap = FteColumn(verbose_name="Gap then, middle")
    low = FteColumn(verbose_name="Gap then, P10")
    high = FteColumn(verbose_name="Gap then, P90")
    threshold = FteColumn(verbose_name="Threshold (FTE)")
    chance = ShareColumn(verbose_name="Chance beyond it")

    class Meta:
        attrs = _LOOKS
        order_by = "-gap"
        empty_text = "No line matches. Choose another sort of line, or clear the filter."

    def __init__(self, *args: Any, force: Any, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)

    def render_label(self, value: str, record: dict[str, Any]) -> Any:
        href = reverse("projection:line", args=[self.force.slug, record["slug"]])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_label(self, value: str) -> str:
        return value


def line_rows(lines: list[OutlookLine], months: int) -> list[dict[str, Any]]:
    """Rows of LineTable and of the API."""
    rows = []
    for line in lines:
        point = line.at(months)
        rows.append(
            {
                "slug": slug_of(line.key),
                "label": line.label,
                "establishment": point.establishment,
                "now": float(line.gap.p50[0]),
                "gap": point.gap,
                "low": point.gap_low,
                "high": point.gap_high,
                "threshold": point.threshold,
                "chance": point.chance,
            }
        )
    return rows


class AssumptionTable(django_tables2.Table):
    label = django_tables2.Column(verbose_name="Assumption")
    group = django_tables2.Column(verbose_name="Of")
    value = NumberColumn(verbose_name="Value used")
    unit = django_tables2.Column()
    source = django_tables2.Column()
    evidence = django_tables2.Column(verbose_name="Rests on", orderable=False)
    reason = django_tables2.Column(verbose_name="Set because", orderable=False)

    class Meta:
        attrs = _LOOKS
        empty_text = "No assumption matches."

    def __init__(self, *args: Any, force: Any, may_edit: bool, **kwargs: Any) -> None:
        self.force, self.may_edit = force, may_edit
        super().__init__(*args, **kwargs)

    def render_label(self, value: str, record: AssumptionRow) -> Any:
        if not self.may_edit:
            return value
        href = reverse("projection:assumption", args=[self.force.slug, record.code])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_label(self, value: str) -> str:
        return value

    def render_value(self, record: AssumptionRow) -> str:
        return value_words(record.value, record.unit)

    def value_value(self, value: float) -> float:
        return value

    def render_unit(self, value: str) -> str:
        return unit_words(value)

    def value_unit(self, value: str) -> str:
        return value

    def render_source(self, value: str) -> str:
        return SOURCES[value]

    def value_source(self, value: str) -> str:
        return SOURCES[value]

    def render_reason(self, value: str, record: AssumptionRow) -> str:
        if not value:
            return peelsite_web.NOTHING
        return f"{value} ({record.set_by or 'by a program'}, {record.set_on})"


def is_percent(unit: str) -> bool:
    """Whether a figure is a share or a chance, and shown in per cent."""
    return unit in ("share", "a year", "a month")


def value_words(value: float, unit: str) -> str:
    if is_percent(unit):
        return peelsite_web.percent(value, 1)
    return f"{value:g}"


def unit_words(unit: str) -> str:
    """What stands beside a value: 'chance in a year', 'months', 'per cent'."""
    return {"a year": "chance in a year", "a month": "chance in a month", "share": "share"}.get(unit, unit)


class IntakeTable(ForceTable):
    name = django_tables2.Column()
    starts_on = django_tables2.Column(verbose_name="Month")
    rank = django_tables2.Column(orderable=False)
    number = NumberColumn(verbose_name="Places", orderable=False)
    where = django_tables2.Column(verbose_name="Where they go", empty_values=(), orderable=False)
    show_rate = ShareColumn(verbose_name="Share who start")
    months_to_patrol = NumberColumn(verbose_name="Months to patrol")

    class Meta:
        model = Intake
        fields: list[str] = []
        sequence = ("name", "starts_on", "rank", "number", "where", "show_rate", "months_to_patrol")
        attrs = _LOOKS
        order_by = "starts_on"
        empty_text = "No intake is planned."

    def __init__(self, *args: Any, may_edit: bool, **kwargs: Any) -> None:
        self.may_edit = may_edit
        super().__init__(*args, **kwargs)

    def render_name(self, value: str, record: Intake) -> Any:
        if not self.may_edit:
            return value
        href = reverse("projection:intake", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_name(self, value: str) -> str:
        return value

    def render_starts_on(self, value: Any) -> str:
        return f"{value:%B %Y}"

    def value_starts_on(self, value: Any) -> Any:
        return value

    def render_where(self, record: Intake) -> str:
        return "; ".join(str(place) for place in record.places.all())

    def value_where(self, record: Intake) -> str:
        return self.render_where(record)


class RunTable(ForceTable):
    as_at = DayColumn(verbose_name="As at")
    of = django_tables2.Column(verbose_name="Of", accessor="scenario_name", empty_values=())
    state = django_tables2.Column(empty_values=(), orderable=False)
    done_at = django_tables2.Column(verbose_name="Made", orderable=True)
    draws = NumberColumn(verbose_name="Runs")
    seed = NumberColumn(verbose_name="Seed")
    engine_version = django_tables2.Column(verbose_name="Engine")
    inputs_digest = django_tables2.Column(verbose_name="Inputs", orderable=False)
    requested_by = django_tables2.Column(verbose_name="Asked for by", orderable=False)

    class Meta:
        model = ProjectionRun
        fields: list[str] = []
        sequence = (
            "as_at",
            "of",
            "state",
            "done_at",
            "draws",
            "seed",
            "engine_version",
            "inputs_digest",
            "requested_by",
        )
        attrs = _LOOKS
        order_by = "-done_at"
        empty_text = "No projection has been made yet."

    def render_as_at(self, value: Any, record: ProjectionRun) -> Any:
        href = reverse("projection:run", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, peelsite_web.day(value))

    def value_as_at(self, value: Any) -> Any:
        return value

    def render_of(self, record: ProjectionRun) -> str:
        return record.scenario_name or "The plan"

    def value_of(self, record: ProjectionRun) -> str:
        return self.render_of(record)

    def render_state(self, record: ProjectionRun) -> str:
        return "Done" if record.done_at else "Not done yet"

    def value_state(self, record: ProjectionRun) -> str:
        return self.render_state(record)

    def render_done_at(self, value: Any) -> str:
        return peelsite_web.day(value)

    def value_done_at(self, value: Any) -> Any:
        return value

    def render_inputs_digest(self, value: str) -> Any:
        return format_html("<code>{}</code>", value[:12]) if value else peelsite_web.NOTHING

    def value_inputs_digest(self, value: str) -> str:
        return value

    def render_requested_by(self, value: Any) -> str:
        return str(value)
