"""List pages: filter, sort, page and download in one place.

    def post_list(request, force):
        page = ListPage(
            request,
            table_class=PostTable,
            queryset=Post.objects.of_force(force).select_related("unit"),
            filterset_class=PostFilter,
            title="Posts",
            row_words="post,posts",
        )
        return page.download() or render(request, "establishment/post_list.html", {"list_page": page})

and `{% include "components/list_page.html" %}` in the template.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
import django_tables2
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from peelsite.web import exports
from peelsite.web.forms import GovukDateField
from peelsite.web.templatetags import peelsite_web

PAGE_SIZES = (50, 100, 200)
EXPORT_CHUNK = 2000


class NumberColumn(django_tables2.Column):
    """Figures: right-aligned in equal-width digits. `shown` turns the value into the page's text."""

    numeric = True

    def __init__(self, *args: Any, shown: Any = None, **kwargs: Any) -> None:
        self.shown = shown or peelsite_web.headcount
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> Any:
        return self.shown(value)

    def value(self, value: Any) -> Any:
        return value


class FteColumn(NumberColumn):
    """Full-time equivalents, to one decimal on the page and as held in a download."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, shown=kwargs.pop("shown", peelsite_web.fte), **kwargs)


class DayColumn(django_tables2.Column):
    """A day as '31 March 2016' on the page, as a date in a download."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "peelsite-nowrap"}})
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return peelsite_web.day(value)

    def value(self, value: Any) -> Any:
        return value


class RangeColumn(django_tables2.Column):
    """A half-open range of days in words."""

    def render(self, value: Any) -> str:
        return peelsite_web.daterange(value)

    def value(self, value: Any) -> str:
        return peelsite_web.daterange(value)


@extend_schema_field(OpenApiTypes.DATE)
class DayFilter(django_filters.Filter):
    """A filter of a day: three boxes on the page, `?since=2016-04-01` in a link."""

    field_class = GovukDateField


class ListPage:
    """A table of rows as one request asks for it. `?sort=-name&page=2&per_page=100&download=csv|xlsx`.

    A download holds every row of the filter in the order shown, not only the page; `downloads=False` leaves
    it out. A value that no filter understands filters nothing and is named beside its box; a page that does
    not exist is answered with the nearest one that does.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        table_class: type[django_tables2.Table],
        queryset: QuerySet[Any] | Iterable[Any],
        title: str,
        row_words: str = "row,rows",
        filterset_class: type[django_filters.FilterSet] | None = None,
        filter_heading: str = "",
        filterset_kwargs: dict[str, Any] | None = None,
        table_kwargs: dict[str, Any] | None = None,
        downloads: bool = True,
    ) -> None:
        self.request = request
        self.title = title
        self.row_words = row_words
        self.filter_heading = filter_heading
        self.downloads = downloads
        self.filterset: django_filters.FilterSet | None = None
        if filterset_class is not None:
            self.filterset = filterset_class(
                request.GET, queryset=queryset, request=request, **(filterset_kwargs or {})
            )
            self.filterset.form.mark_optional = False
            queryset = self.filterset.qs
        self.table = table_class(queryset, **(table_kwargs or {}))
        self.table.attrs.setdefault("caption", title)
        django_tables2.RequestConfig(request, paginate=False).configure(self.table)
        if self.download_format is None:
            self.table.paginate(per_page=self._per_page())
            self.table.page = self.table.paginator.get_page(
                self.request.GET.get(self.table.prefixed_page_field)
            )

    @property
    def filter_form(self) -> Any:
        return None if self.filterset is None else self.filterset.form

    @cached_property
    def count(self) -> int:
        """Rows of the filter, over all pages."""
        return self.table.page.paginator.count

    @cached_property
    def download_format(self) -> str | None:
        asked = self.request.GET.get("download")
        return asked if self.downloads and asked in ("csv", "xlsx") else None

    def download(self) -> HttpResponseBase | None:
        """The file asked for, or None when a page was asked for."""
        if self.download_format is None:
            return None
        respond = exports.csv_response if self.download_format == "csv" else exports.xlsx_response
        columns = [str(column.header) for column in self._file_columns()]
        return respond(self.title, columns, self._file_rows())

    def _file_columns(self) -> list[Any]:
        return [column for column in self.table.columns if not column.column.exclude_from_export]

    def _file_rows(self) -> Iterator[list[Any]]:
        columns = self._file_columns()
        for record in self._records():
            row = django_tables2.rows.BoundRow(record, table=self.table)
            yield [row.get_cell_value(column.name) for column in columns]

    def _records(self) -> Iterator[Any]:
        """Every record, in chunks: a queryset is never held whole."""
        data = self.table.data.data
        return data.iterator(chunk_size=EXPORT_CHUNK) if isinstance(data, QuerySet) else iter(data)

    def _per_page(self) -> int:
        asked = self.request.GET.get(self.table.prefixed_per_page_field, "")
        return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]
