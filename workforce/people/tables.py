"""Lists of people."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.web.lists import FteColumn, RangeColumn
from peelsite.web.templatetags import peelsite_web
from workforce.establishment.tables.lists import ForceTable, PostLinkColumn
from workforce.people.models import Person, PostingKind


class PersonTable(ForceTable):
    """People with the posting in which each is counted on the day."""

    number = django_tables2.Column()
    full_name = django_tables2.Column(verbose_name="Name", order_by=("family_name", "given_names"))
    rank_name = django_tables2.Column(verbose_name="Rank or grade")
    post_reference = PostLinkColumn(verbose_name="Post", key="post_id")
    unit_name = django_tables2.Column(verbose_name="Unit")
    posting_kind = django_tables2.Column(verbose_name="Posting")
    posting_fte = FteColumn(verbose_name="FTE", shown=peelsite_web.fte_exact)
    employed = RangeColumn(verbose_name="Employed")

    class Meta:
        model = Person
        fields: list[str] = []
        sequence = (
            "full_name",
            "number",
            "rank_name",
            "post_reference",
            "unit_name",
            "posting_kind",
            "posting_fte",
            "employed",
        )
        attrs = {"caption_hidden": True, "row_headers": True}
        empty_text = "Nobody matches on this day."

    def render_full_name(self, value: str, record: Person) -> Any:
        href = reverse("people:person", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_full_name(self, value: str) -> str:
        return value

    def render_posting_kind(self, value: str) -> str:
        return str(PostingKind(value).label)
