import django_filters
import django_tables2
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from peelsite.forces.models import Force
from peelsite.web.lists import DayFilter, ListPage, NumberColumn
from tests.web.markup import elements
from tests.web.test_exports import content, csv_rows, sheet

pytestmark = pytest.mark.django_db


class ForceTable(django_tables2.Table):
    name = django_tables2.Column()
    region = django_tables2.Column()
    leave_year_starts_month = NumberColumn(verbose_name="Leave year")
    link = django_tables2.TemplateColumn("<a href='#'>open</a>", exclude_from_export=True, orderable=False)

    class Meta:
        attrs = {"caption": "Forces"}
        empty_text = "No forces match."


class ForceFilter(django_filters.FilterSet):
    region = django_filters.ChoiceFilter(choices=[("North", "North"), ("South", "South")])

    opened_after = DayFilter(label="Opened after", method="after")

    class Meta:
        model = Force
        fields = ["region"]

    def after(self, queryset, name, value):
        return queryset.filter(leave_year_starts_day__gte=value.day)


@pytest.fixture(autouse=True)
def forces() -> None:
    Force.objects.bulk_create(
        Force(
            name=f"Invented {number:03d}",
            slug=f"invented-{number}",
            code=f"X{number:08d}",
            region="North" if number % 3 else "South",
        )
        for number in range(120)
    )


def list_page(query: str = "", *, starts: str = "X") -> ListPage:
    return ListPage(
        RequestFactory().get(f"/forces/{query}"),
        table_class=ForceTable,
        queryset=Force.objects.filter(code__startswith=starts),
        filterset_class=ForceFilter,
        title="Forces",
        row_words="force,forces",
    )


def shown(page: ListPage) -> str:
    return render_to_string("components/list_page.html", {"list_page": page}, request=page.request)


def names(page: ListPage) -> list[str]:
    return [row.get_cell_value("name") for row in page.table.paginated_rows]


def test_first_page_by_default():
    page = list_page()
    html = shown(page)
    assert page.count == 120
    assert len(names(page)) == 50
    assert "120 forces" in html
    assert [link["href"] for link in elements(html, "a", aria_label="Page 2")] == ["?page=2"]
    assert elements(html, "div", class_="table-scroll", role="region", tabindex="0")


@pytest.mark.parametrize(
    ("query", "first", "rows"),
    [
        ("?page=3", "Invented 100", 20),
        ("?page=99", "Invented 100", 20),
        ("?page=-1", "Invented 100", 20),
        ("?page=x", "Invented 000", 50),
        ("?per_page=100", "Invented 000", 100),
        ("?per_page=1000000", "Invented 000", 50),
        ("?sort=-name", "Invented 119", 50),
        ("?sort=no_such_column", "Invented 000", 50),
        ("?region=South&page=1", "Invented 000", 40),
        ("?region=South&sort=-name", "Invented 117", 40),
    ],
)
def test_what_the_address_asks_for(query, first, rows):
    found = names(list_page(query))
    assert (found[0], len(found)) == (first, rows)


def test_day_is_filtered_by_its_boxes_or_by_a_link():
    assert list_page("?opened_after=2016-04-01").count == 120
    assert list_page("?opened_after=2016-04-02").count == 0
    boxes = "?opened_after_day=2&opened_after_month=4&opened_after_year=2016"
    assert list_page(boxes).count == 0
    assert "Opened after must be a real date" in shown(list_page("?opened_after=2016-13-01"))


def test_sort_is_said_and_links_keep_the_filter():
    html = shown(list_page("?region=North&sort=name"))
    (header,) = [attrs for attrs in elements(html, "th") if "aria-sort" in attrs]
    assert header["aria-sort"] == "ascending"
    links = [link["href"] for link in elements(html, "a", class_="peelsite-sort")]
    assert any("region=North" in link and "sort=-name" in link for link in links)


def test_figures_stand_to_the_right():
    html = shown(list_page())
    assert len(elements(html, "th", class_="govuk-table__header--numeric")) == 1
    assert len(elements(html, "td", class_="govuk-table__cell--numeric")) == 50


def test_a_choice_that_does_not_exist_filters_nothing_and_is_named():
    page = list_page("?region=East")
    assert page.count == 120
    assert "is not one of the available choices" in shown(page)


def test_nothing_found_says_what_to_do_and_offers_no_file():
    html = shown(list_page(starts="no such code"))
    assert "No forces match." in html
    assert "0 forces" in html
    assert "download=csv" not in html
    assert not elements(html, "table")


def test_csv_holds_every_row_of_the_filter_in_the_order_shown():
    response = list_page("?region=South&sort=-name&page=2&download=csv").download()
    rows = csv_rows(response)
    assert rows[0] == ["Name", "Region", "Leave year"]
    assert len(rows) == 41
    assert rows[1] == ["Invented 117", "South", "4"]


def test_xlsx_holds_figures():
    response = list_page("?download=xlsx").download()
    written = sheet(response)
    assert written.max_row == 121
    assert written["C2"].value == 4


def test_formula_in_a_record_is_made_safe():
    Force.objects.filter(slug="invented-0").update(name="=1+1")
    response = list_page("?sort=name&download=csv").download()
    assert b"\n'=1+1,South,4" in content(response)


def test_a_page_is_not_a_download():
    assert list_page().download() is None
    assert list_page("?download=exe").download() is None


def test_queries_do_not_grow_with_the_rows(django_assert_num_queries):
    with django_assert_num_queries(2):
        shown(list_page("?per_page=50"))
    with django_assert_num_queries(2):
        shown(list_page("?per_page=200"))
