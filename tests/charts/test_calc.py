"""Specifications, sentences and tables of charts."""

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsite.charts.calc import (
    Series,
    Timeline,
    Unit,
    bar_chart,
    digest_of,
    finish_svg,
    line_chart,
    strip_chart,
)
from peelsite.charts.calc.base import CRIMSON, PALETTE, SLATE
from peelsite.charts.calc.lines import spread
from peelsite.charts.calc.strips import swarm
from tests.charts import samples


def _contrast_with_white(colour: str) -> float:
    """WCAG 2.2 contrast ratio, relative luminance as defined there."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


@pytest.mark.parametrize("colour", [*PALETTE, SLATE, CRIMSON])
def test_every_colour_stands_out_from_the_page(colour):
    # 3:1 is asked of graphics; white figures are printed inside stacked bars, and those need 4.5:1.
    assert _contrast_with_white(colour) >= 4.5


@pytest.mark.parametrize("kind", samples.KINDS)
def test_a_specification_is_plain_json_and_the_same_each_time(kind):
    one, two = kind(), kind()
    assert json.dumps(one.spec, allow_nan=False) == json.dumps(two.spec)
    assert digest_of(one, output="svg", engine="1") == digest_of(two, output="svg", engine="1")
    assert digest_of(one, output="svg", engine="1") != digest_of(one, output="svg", engine="2")
    assert all(len(row) == len(one.columns) for row in one.rows)


def test_numbers_are_rounded_once_half_up_from_the_exact_value():
    assert Unit("FTE", 1).text(Decimal("1928.65")) == "1,928.7"
    assert Unit("FTE", 1).text(Decimal("-0.04")) == "0.0"
    assert Unit("FTE", 1).text(Decimal("-2.25"), word=True) == "\N{MINUS SIGN}2.3 FTE"
    assert Unit(percent=True, decimals=1).text(Decimal("0.56849")) == "56.8%"
    assert Unit().text(None) == "not held"


def test_grouped_bars_say_their_figures_and_name_the_missing_one():
    chart = samples.grouped()
    assert "2016: Officers 1,929 FTE, Staff 1,247 FTE, PCSOs 221 FTE." in chart.description
    assert chart.columns == ("Category", "2010 (FTE)", "2016 (FTE)", "2020 budget (FTE)")
    assert chart.rows[2] == ("PCSOs", "267", "221", "not held")
    drawn = {(row["category"], row["series"]) for row in chart.spec["data"]["values"]}
    assert ("PCSOs", "2020 budget") not in drawn
    assert len(drawn) == 8


def test_shares_say_ours_then_the_mean():
    assert samples.shares().description == (
        "Officers: Hertfordshire 56.8%, mean of forces 60.4%; "
        "Staff: Hertfordshire 36.7%, mean of forces not held."
    )


def test_parts_of_a_stacked_bar_follow_on_from_each_other():
    rows = [r for r in samples.stacked().spec["data"]["values"] if r["category"] == "Hertfordshire"]
    assert [r["from"] for r in rows] == pytest.approx([0, 0.568, 0.935])
    assert rows[-1]["to"] == pytest.approx(1)
    # A sliver has no room for its figure; the table has it.
    assert [r["inside"] for r in rows] == ["56.8%", "36.7%", ""]


def test_parts_of_a_stacked_bar_cannot_be_negative():
    with pytest.raises(ValueError, match="negative"):
        bar_chart("x", ["a"], [Series("s", (-1,))], unit=Unit(), stacked=True)


def test_gaps_are_never_netted():
    chart = samples.gaps()
    assert chart.description == (
        "Of 4 categories, 2 below establishment and 1 above it. The largest gap is 45.8 FTE in Constable. "
        "The most above establishment is Inspector, by 2.0 FTE."
    )
    labels = [row["label"] for row in chart.spec["data"]["values"]]
    assert labels == ["45.8 short", "6.5 short", "2.0 over", "at establishment"]
    assert chart.rows[2] == ("Inspector", "88.0", "90.0", "\N{MINUS SIGN}2.0")


def test_lines_say_where_they_start_and_end():
    chart = samples.lines()
    assert chart.description.startswith(
        "Officers: 2,187 FTE on 31 March 2010, down to 1,929 FTE on 31 March 2016."
    )
    assert chart.rows[-1] == ("31 March 2016", "1,929", "1,246")


def test_a_line_without_figures_says_so():
    chart = line_chart("x", [Timeline("Officers", ())], unit=Unit())
    assert chart.description == "Officers: no figure is held."
    assert chart.rows == ()
    one = line_chart("x", [Timeline("Officers", ((date(2016, 3, 31), 5),))], unit=Unit("FTE"))
    assert one.description == "Officers: 5 FTE on 31 March 2016."


def test_the_strip_names_our_place_and_lists_a_force_without_a_figure_last():
    chart = samples.forces_strip()
    assert chart.description == (
        "Hertfordshire is at 56.8%, inside the band; the mean of the 43 forces compared is 55.8%, "
        "and the band read as broadly in line runs from 52.0% to 59.6%."
    )
    assert len(chart.rows) == 44
    assert chart.rows[-1] == ("Force without a figure", "not held")
    assert samples.forces_strip("Elsewhere").description.startswith("No figure is held for Elsewhere;")


def test_the_strip_stands_when_all_forces_are_equal():
    chart = strip_chart("x", [("A", 0), ("B", 0)], marked="A", mean=0, low=0, high=0, unit=Unit())
    json.dumps(chart.spec, allow_nan=False)
    assert "A is at 0, inside the band" in chart.description


numbers = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(numbers, max_size=12), st.floats(0.5, 1e4))
def test_labels_are_moved_apart_and_keep_their_order(values, least):
    places = spread(values, least)
    order = sorted(range(len(values)), key=lambda i: values[i])
    for below, above in pairwise(order):
        assert places[above] - places[below] >= least - 1e-6 * max(1, abs(places[above]))


@given(st.lists(st.floats(0, 600), max_size=60))
def test_dots_of_one_level_never_touch(places):
    places = sorted(places)
    levels = swarm(places, 11)
    for level in set(levels):
        row = [p for p, at in zip(places, levels, strict=True) if at == level]
        assert all(b - a >= 11 for a, b in pairwise(row))


@given(st.text())
def test_any_name_gives_text_that_xml_and_json_carry(name):
    chart = bar_chart(name, [name], [Series(name, (1,))], unit=Unit())
    text = json.dumps([chart.title, chart.spec], ensure_ascii=False)
    text.encode()
    assert not any(c in text for c in "\x00\x0b\x1b\ufffe")


def test_the_svg_gets_one_name_and_description():
    svg = finish_svg("<svg width='1'><g/></svg>", title="A & B", description="<none>", digest="ab" * 32)
    assert svg.startswith('<svg role="img" aria-labelledby="tabababababab dabababababab" width=')
    assert '<title id="tabababababab">A &amp; B</title>' in svg
    assert "&lt;none&gt;</desc><g/></svg>" in svg
    with pytest.raises(ValueError, match="SVG"):
        finish_svg("<html></html>", title="", description="", digest="ab" * 32)
