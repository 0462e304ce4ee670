import datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.db.backends.postgresql.psycopg_any import DateRange
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from peelsite.web.templatetags import peelsite_web as tags


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("1928.6543"), "1,928.7"),
        (Decimal("0.25"), "0.3"),
        (Decimal("-0.04"), "0.0"),
        (Decimal("-3.25"), "−3.3"),
        (12, "12.0"),
        (None, "–"),
        ("", "–"),
        ("no figure", "–"),
        (float("nan"), "–"),
    ],
)
def test_fte_has_one_decimal(value, shown):
    assert tags.fte(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.8", "0.80"),
        ("0.675", "0.675"),
        ("0.6757", "0.6757"),
        ("1928.65", "1,928.65"),
        ("1", "1.00"),
        (None, "–"),
    ],
)
def test_fte_as_held_keeps_two_to_four_decimals(value, shown):
    assert tags.fte_exact(None if value is None else Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "signed", "words"),
    [
        (Decimal("12.04"), "+12.0", "12.0 under"),
        (Decimal("-3"), "−3.0", "3.0 over"),
        (Decimal("0.04"), "0.0", "0.0"),
        (Decimal(0), "0.0", "0.0"),
    ],
)
def test_gap_has_a_sign_and_a_word(value, signed, words):
    assert tags.signed_gap(value) == signed
    assert f">{words}</span>" in tags.gap(value)


def test_gap_not_known_is_a_dash():
    assert tags.signed_gap(None) == tags.gap(None) == "–"


@given(st.decimals(min_value=-5000, max_value=5000, places=4))
def test_sign_and_word_never_disagree(value):
    signed, words = tags.signed_gap(value), tags.gap(value)
    assert signed.startswith("+") == (" under<" in words)
    assert signed.startswith("−") == (" over<" in words)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("0.05445"), "5.4%"),
        (Decimal("0.0545"), "5.5%"),
        (1, "100.0%"),
        (Decimal("-0.1"), "−10.0%"),
        (None, "–"),
    ],
)
def test_percent_is_rounded_once(value, shown):
    assert tags.percent(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("1234567.50"), "£1,234,568"), (-20, "−£20"), (0, "£0"), (None, "–")]
)
def test_pounds(value, shown):
    assert tags.pounds(value) == shown


def test_pounds_and_pence():
    assert tags.pounds(Decimal("3.145"), 2) == "£3.15"


MARCH, APRIL = datetime.date(2016, 3, 1), datetime.date(2016, 4, 1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (DateRange(MARCH, APRIL), "1 March 2016 to 31 March 2016"),
        (DateRange(MARCH, None), "1 March 2016 onwards"),
        (DateRange(None, APRIL), "until 31 March 2016"),
        (DateRange(None, None), "at any time"),
        (DateRange(MARCH, datetime.date(2016, 3, 2)), "1 March 2016"),
        (DateRange(empty=True), "–"),
        (None, "–"),
    ],
)
def test_range_of_days_in_words(value, shown):
    assert tags.daterange(value) == shown


def test_day_of_a_time_is_the_day_in_london():
    late = datetime.datetime(2016, 6, 30, 23, 30, tzinfo=datetime.UTC)
    assert tags.day(late) == "1 July 2016"
    assert tags.day(MARCH) == "1 March 2016"
    assert tags.day(None) == "–"


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "today"),
        (1, "yesterday"),
        (12, "12 days ago"),
        (-1, "tomorrow"),
        (-3, "in 3 days"),
        (1200, "1,200 days ago"),
    ],
)
def test_days_ago(days, shown):
    assert tags.days_ago(timezone.localdate() - datetime.timedelta(days=days)) == shown


def test_days_ago_of_nothing_is_a_dash():
    assert tags.days_ago(None) == "–"


def test_days_between():
    assert tags.days_between(MARCH, APRIL) == "31 days"
    assert tags.days_between(MARCH, datetime.date(2016, 3, 2)) == "1 day"
    assert tags.days_between(timezone.localdate() - datetime.timedelta(days=5)) == "5 days"
    assert tags.days_between(None) == "–"


def test_counted():
    assert [tags.counted(number, "post,posts") for number in (0, 1, 1200)] == [
        "0 posts",
        "1 post",
        "1,200 posts",
    ]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [1, 2, None, 20]),
        (3, [1, 2, 3, 4, None, 20]),
        (4, [1, 2, 3, 4, 5, None, 20]),
        (10, [1, None, 9, 10, 11, None, 20]),
        (17, [1, None, 16, 17, 18, 19, 20]),
        (20, [1, None, 19, 20]),
    ],
)
def test_page_numbers_leave_gaps_of_two_or_more(number, shown):
    assert tags.page_numbers(Paginator(range(200), 10).page(number)) == shown


def test_query_keeps_the_other_parameters():
    request = RequestFactory().get("/posts", {"role": ["a", "b"], "page": "4"})
    template = Template("{% load peelsite_web %}{% query_with download='csv' page=None %}")
    assert template.render(Context({"request": request})) == "?role=a&amp;role=b&amp;download=csv"
