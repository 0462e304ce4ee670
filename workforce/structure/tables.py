"""Lists of a force's parts; each name leads to its page."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.forces.models import Area, Location, Unit, UnitLevel
from peelsite.web.lists import DayColumn, NumberColumn
from workforce.establishment.models import FundingSource, Rank, Role
from workforce.establishment.tables.lists import ForceTable

_DEPTHS = {UnitLevel.COMMAND: 0, UnitLevel.DEPARTMENT: 1, UnitLevel.TEAM: 2}


class NameColumn(django_tables2.Column):
    """A name that leads to the page of its row; `page` is the page's URL name."""

    def __init__(self, *args: Any, page: str, **kwargs: Any) -> None:
        self.page = page
        super().__init__(*args, **kwargs)

    def render(self, value: Any, record: Any, table: Any) -> Any:
        href = reverse(self.page, args=[table.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value(self, value: Any) -> Any:
        return value


_LOOKS = {"caption_hidden": True, "row_headers": True}


class AreaTable(ForceTable):
    name = NameColumn(page="structure:area")
    code = django_tables2.Column()
    units_count = NumberColumn(verbose_name="Units")
    locations_count = NumberColumn(verbose_name="Locations")

    class Meta:
        model = Area
        fields: list[str] = []
        sequence = ("name", "code", "units_count", "locations_count")
        attrs = _LOOKS
        empty_text = "No area matches."


class LocationTable(ForceTable):
    name = NameColumn(page="structure:location")
    code = django_tables2.Column()
    area = django_tables2.Column(order_by="area__name")
    posts_count = NumberColumn(verbose_name="Posts")

    class Meta:
        model = Location
        fields: list[str] = []
        sequence = ("name", "code", "area", "posts_count")
        attrs = _LOOKS
        empty_text = "No location matches."


class UnitTable(ForceTable):
    name = NameColumn(page="structure:unit", order_by="tree")
    code = django_tables2.Column()
    level = django_tables2.Column()
    parent = django_tables2.Column(verbose_name="Under", order_by="parent__name")
    area = django_tables2.Column(order_by="area__name")
    posts_count = NumberColumn(verbose_name="Posts, with all below")
    closed_on = DayColumn(verbose_name="Closed from")

    class Meta:
        model = Unit
        fields: list[str] = []
        sequence = ("name", "code", "level", "parent", "area", "posts_count", "closed_on")
        attrs = _LOOKS
        empty_text = "No unit matches."

    def render_name(self, value: str, record: Unit) -> Any:
        """Set in by its level while the list is in the order of the tree."""
        href = reverse("structure:unit", args=[self.force.slug, record.pk])
        depth = _DEPTHS[UnitLevel(record.level)] if not self.order_by or "name" in self.order_by else 0
        return format_html('{}<a class="govuk-link" href="{}">{}</a>', "\u00a0" * 4 * depth, href, value)

    def value_name(self, value: str) -> str:
        return value


class RankTable(ForceTable):
    name = NameColumn(page="structure:rank")
    code = django_tables2.Column()
    category = django_tables2.Column(verbose_name="Worker type")
    order = NumberColumn(verbose_name="Place, 1 the most junior")
    kept_by = django_tables2.Column(
        verbose_name="Kept by", accessor="force_id", order_by="force_id", empty_values=()
    )
    posts_count = NumberColumn(verbose_name="Posts")

    class Meta:
        model = Rank
        fields: list[str] = []
        sequence = ("name", "code", "category", "order", "kept_by", "posts_count")
        attrs = _LOOKS
        empty_text = "No rank or grade matches."

    def render_kept_by(self, record: Rank) -> str:
        return "National" if record.force_id is None else self.force.name

    def value_kept_by(self, record: Rank) -> str:
        return self.render_kept_by(record)


class RoleTable(ForceTable):
    name = NameColumn(page="structure:role")
    code = django_tables2.Column()
    posts_count = NumberColumn(verbose_name="Posts")

    class Meta:
        model = Role
        fields: list[str] = []
        sequence = ("name", "code", "posts_count")
        attrs = _LOOKS
        empty_text = "No role matches."


class FundingTable(ForceTable):
    name = NameColumn(page="structure:funding")
    kind = django_tables2.Column()
    ends_on = DayColumn(verbose_name="Ends")
    posts_count = NumberColumn(verbose_name="Posts")

    class Meta:
        model = FundingSource
        fields: list[str] = []
        sequence = ("name", "kind", "ends_on", "posts_count")
        attrs = _LOOKS
        empty_text = "No funding source matches."
