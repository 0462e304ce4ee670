"""The lists behind the figures: posts, people where they are counted, vacancies and gaps."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force
from peelsite.web.lists import DayColumn, FteColumn, NumberColumn, RangeColumn
from peelsite.web.templatetags import peelsite_web
from workforce.establishment.models import Post
from workforce.establishment.tables.figures import COUNTED, POSTS
from workforce.people.models import Posting


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
    """People where they are counted; person and health columns are only for those who may see them.

    `named` is how far the reader may see who people are: elsewhere the name is left out.
    """

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

    def __init__(self, *args: Any, named: Reach, **kwargs: Any) -> None:
        self.named = named
        super().__init__(*args, **kwargs)

    def _is_named(self, record: Posting) -> bool:
        return self.named.covers(record.post.unit.path if record.post else "")

    def render_person(self, value: Any, record: Posting) -> Any:
        if not self._is_named(record):
            return "not shown"
        href = reverse("people:person", args=[self.force.slug, value.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_person(self, value: Any, record: Posting) -> str:
        return str(value) if self._is_named(record) else "not shown"

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
