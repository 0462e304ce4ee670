"""Headings matched to columns; dates, numbers and yes/no out of text."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsite.imports.calc import (
    ColumnSpec,
    Match,
    column_letters,
    guess_mapping,
    match_columns,
    normalise_header,
    parse_dates,
    parse_decimals,
    parse_whole_numbers,
    parse_yes_no,
)

COLUMNS = (
    ColumnSpec("reference", "Post reference", ("Post number", "Position ID"), required=True),
    ColumnSpec("title", "Post title", ("Job title",)),
    ColumnSpec("starts", "Start date", ("Date from", "Effective date"), kind="date"),
    ColumnSpec("ends", "End date", ("Date to",), kind="date"),
    ColumnSpec("fte", "FTE", ("Full-time equivalent",), kind="decimal"),
)


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("Collar No.", "collar_number"),
        ("COLLAR  NUMBER", "collar number"),
        ("StartDate", "start date"),
        ("DateofHire", "Date of hire"),
        ("EmpID", "Emp Id"),
        ("F.T.E.", "fte"),
        ("W.T.E", "FTE"),
        ("Rank/Grade", "rank - grade"),
        ("Société", "societe"),
        ("Person's name", "Persons name"),
        ("Post #", "Post number"),
        ("\ufeffPost\u00a0ref:", "post reference"),
        ("HRReference", "HR reference"),
    ],
)
def test_headings_that_mean_the_same_are_the_same(written, same_as):
    assert normalise_header(written) == normalise_header(same_as)


def test_headings_that_differ_stay_apart():
    names = [
        "Start date",
        "End date",
        "Start time",
        "Post number",
        "Post",
        "% FTE",
        "FTE",
        "Rank 1",
        "Rank 2",
    ]
    assert len({normalise_header(name) for name in names}) == len(names)


def test_exact_headings_and_synonyms_are_found_and_extra_columns_left():
    headers = ["Notes", "Job Title", "Position_ID", "Date To", "F.T.E."]
    assert guess_mapping(headers, COLUMNS, {}) == {
        "reference": 2,
        "title": 1,
        "starts": None,
        "ends": 3,
        "fte": 4,
    }


def test_a_close_heading_is_a_guess_and_goes_to_the_column_it_is_most_like():
    found = match_columns(["Strat date", "Post refrence", "Date start"], COLUMNS)
    assert found["reference"] == Match(1, "guess")
    assert found["starts"] == Match(2, "guess")  # the same words, in another order
    assert found["ends"] == Match(None, "none")


def test_what_a_person_chose_before_comes_first_and_what_they_left_out_stays_out():
    headers = ["Post reference", "Old ref", "Job title"]
    found = match_columns(headers, COLUMNS, {"old  REF": "reference", "Job title": ""})
    assert found["reference"] == Match(1, "remembered")
    assert found["title"] == Match(None, "none")


def test_a_choice_for_a_column_that_no_longer_exists_is_forgotten():
    assert match_columns(["Job title"], COLUMNS, {"Job title": "gone"})["title"] == Match(0, "exact")


@given(st.lists(st.sampled_from(["Start date", "Date", "Start dat", "End date", "FTE", "x", ""]), max_size=8))
def test_each_heading_is_used_once(headers):
    used = [index for index in guess_mapping(headers, COLUMNS, {}).values() if index is not None]
    assert len(used) == len(set(used))
    assert all(index < len(headers) for index in used)


DAY = date(2016, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2016-03-31", "31/03/2016", "31/3/16", "31.3.16", "31-03-2016", "31 03 2016", "31-Mar-2016",
        "31-mar-16",
        "31 March 2016", "31st March 2016", "Thursday, 31 March 2016", "31 Mar. 2016", "31March2016",
        "2016/03/31",
        "2016.3.31", "20160331", "42460", "42460.75", "2016-03-31 09:30:00", "2016-03-31T09:30:00Z",
        "31/03/2016 09:30", "31/03/2016 9:30 AM", "  31/03/2016 ", "2016-03-31T09:30:00.123+01:00",
    ],
)  # fmt: skip
def test_the_ways_of_writing_a_day(text):
    assert parse_dates(pl.Series([text])).to_list() == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "", None, "31/02/2016", "29/02/2015", "03/31/2016", "2016", "31/03", "soon", "99999999", "0",
        "-42460",
        "31/03/201", "2016-13-01", "31 Marchember 2016 or so", "1/2/3/4", "00/00/0000", "123456",
    ],
)  # fmt: skip
def test_what_is_no_day_is_null(text):
    assert parse_dates(pl.Series([text], dtype=pl.String)).to_list() == [None]


def test_days_keep_their_order_and_name_and_two_figure_years_their_century():
    texts = pl.Series("c3", ["1/1/50", None, "1/1/49", "1/1/50", "x"])
    days = parse_dates(texts)
    assert days.to_list() == [date(1950, 1, 1), None, date(2049, 1, 1), date(1950, 1, 1), None]
    assert (days.name, days.dtype) == ("c3", pl.Date)
    assert parse_dates(pl.Series([], dtype=pl.String)).to_list() == []


@given(st.dates(date(1930, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_from_each_way_of_writing_it(day):
    serial = (day - date(1899, 12, 30)).days
    forms = [day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d %B %Y}",
             f"{day:%d-%b-%Y}", f"{day:%Y%m%d}", f"{day:%Y/%m/%d} 23:59", str(serial)]  # fmt: skip
    assert parse_dates(pl.Series(forms)).to_list() == [day] * len(forms)


@given(st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(0, 10**9).map(str))))
def test_no_text_makes_the_parsers_fail(texts):
    series = pl.Series("v", texts, dtype=pl.String)
    for parse in (parse_dates, parse_decimals, parse_whole_numbers, parse_yes_no):
        assert len(parse(series)) == len(texts)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.8", "0.8"), ("1,234.50", "1234.5"), ("£1,234,567.89", "1234567.89"), ("-£3", "-3"), ("£-3", "-3"),
        ("(3.50)", "-3.5"), ("−2", "-2"), ("80%", "0.8"), ("37.5 %", "0.375"), (" 7 ", "7"), (".5", "0.5"),
        ("+4", "4"), ("1 234.5", "1234.5"), ("0.12345678", "0.123457"),
        ("12345678901234567.25", "12345678901234567.25"),
        ("007", "7"),
    ],
)  # fmt: skip
def test_numbers_are_exact(text, number):
    assert parse_decimals(pl.Series([text])).to_list() == [Decimal(number)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "1.234,50",
        "1,5",
        "1,2345",
        "12,34.5",
        "1e5",
        "x",
        "5.",
        "1.2.3",
        "--1",
        "$5",
        "1/2",
        "%",
        "£",
    ],
)
def test_doubtful_numbers_are_refused(text):
    assert parse_decimals(pl.Series([text], dtype=pl.String)).to_list() == [None]


@given(st.decimals(-(10**12), 10**12, places=4, allow_nan=False))
def test_every_number_is_read_back(number):
    forms = [f"{number:f}", f"{number:,f}", f"£{number:,f}"]
    assert parse_decimals(pl.Series(forms)).to_list() == [number] * 3


def test_whole_numbers_and_yes_or_no():
    numbers = parse_whole_numbers(pl.Series("n", ["12.0", "1,234", "12.5", None, "x", "9" * 30]))
    assert (numbers.to_list(), numbers.dtype) == ([12, 1234, None, None, None, None], pl.Int64)
    answers = parse_yes_no(pl.Series("a", ["Y", " no", "TRUE", "0", "✓", "maybe", "", None]))
    assert answers.to_list() == [True, False, True, False, True, None, None, None]


def test_a_column_of_the_whole_country_is_parsed_at_once():
    """235,000 rows: a bound wide enough for a busy machine, far below what a row at a time would take."""
    days = [(date(1960, 1, 1) + timedelta(days=n % 20_000)).strftime("%d/%m/%Y") for n in range(235_000)]
    parsed = parse_dates(pl.Series(days))
    assert parsed.null_count() == 0
    assert parsed[19_999] == date(1960, 1, 1) + timedelta(days=19_999)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")]
)
def test_columns_have_the_letters_a_spreadsheet_shows(index, letters):
    assert column_letters(index) == letters
