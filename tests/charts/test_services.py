"""Drawing with the real engine and the real database."""

import threading
import xml.etree.ElementTree as ET
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from peelsite.charts import services
from peelsite.charts.calc import Chart, finish_svg
from peelsite.charts.models import RenderedChart
from tests.charts import samples

SVG = "{http://www.w3.org/2000/svg}"
LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "src")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", samples.KINDS)
def test_every_kind_is_drawn_the_same_twice_and_fetches_nothing(kind):
    chart = kind()
    svg = services.chart_svg(chart=chart)
    RenderedChart.objects.all().delete()
    assert services.chart_svg(chart=chart) == svg
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text == chart.description
    for element in root.iter():
        assert element.tag not in {f"{SVG}script", f"{SVG}foreignObject", f"{SVG}image", f"{SVG}a"}
        assert not any(name in LINKS or name.startswith("on") for name in element.attrib)


@pytest.mark.django_db
def test_the_drawing_shows_the_figures_as_text():
    texts = {e.text for e in ET.fromstring(services.chart_svg(chart=samples.gaps())).iter(f"{SVG}text")}
    assert {"Constable", "45.8 short", "2.0 over", "at establishment"} <= texts


@pytest.mark.django_db
def test_png_is_drawn_at_its_scale():
    one = services.chart_png(chart=samples.gaps(), scale=Decimal(1))
    two = services.chart_png(chart=samples.gaps())
    width = [int.from_bytes(png[16:20]) for png in (one, two)]
    assert one.startswith(b"\x89PNG")
    assert width[1] == pytest.approx(2 * width[0], abs=1)
    assert RenderedChart.objects.count() == 2
    with pytest.raises(ValidationError):
        services.chart_png(chart=samples.gaps(), scale=Decimal(5))


@pytest.mark.django_db
def test_a_specification_the_engine_refuses_is_kept_as_refused():
    chart = Chart(
        "Broken", "Nothing.", {"mark": {"type": "no such mark"}, "data": {"values": []}}, ("A",), ()
    )
    figure = services.chart_figure(chart=chart)
    assert services.chart_render(digest=figure.digest) is False
    row = RenderedChart.objects.get(digest=figure.digest)
    assert row.content is None
    assert row.error == "This chart could not be drawn; its figures are in the table."
    assert services.chart_claim(digest=figure.digest) is False


@pytest.mark.django_db
def test_an_address_in_a_specification_is_not_fetched():
    data = {"url": "http://127.0.0.1:9/figures.json"}
    chart = Chart("x", "x", {"data": data, "mark": "bar", "encoding": {"x": {"field": "a"}}}, ("A",), ())
    digest = services.chart_figure(chart=chart).digest
    assert services.chart_render(digest=digest) is False


@pytest.mark.django_db
def test_an_unknown_digest_is_nothing_to_draw():
    assert services.chart_render(digest="0" * 64) is False


@pytest.mark.django_db
def test_a_page_notes_a_chart_without_drawing_it(monkeypatch):
    monkeypatch.setattr(services, "_draw", lambda row: pytest.fail("a page drew"))
    figure = services.chart_figure(chart=samples.gaps())
    again = services.chart_figure(chart=samples.gaps())
    assert figure == again
    assert not figure.ready
    assert RenderedChart.objects.get().content is None


@pytest.mark.django_db
def test_one_caller_in_thirty_seconds_has_it_drawn():
    digest = services.chart_figure(chart=samples.gaps()).digest
    assert services.chart_claim(digest=digest) is True
    assert services.chart_claim(digest=digest) is False
    RenderedChart.objects.update(asked_at=timezone.now() - timedelta(seconds=31))
    assert services.chart_claim(digest=digest) is True
    services.chart_render(digest=digest)
    RenderedChart.objects.update(asked_at=None)
    assert services.chart_claim(digest=digest) is False


@pytest.mark.django_db(transaction=True)
def test_two_connections_at_once_draw_once(monkeypatch):
    """The first holds the row while it draws; the second waits for it and draws nothing."""
    drawn, results = [], []
    drawing, go_on = threading.Event(), threading.Event()
    real = services._draw

    def slow(row):
        drawn.append(row.digest)
        drawing.set()
        assert go_on.wait(20)
        return real(row)

    def ask():
        try:
            results.append(services.chart_svg(chart=samples.lines()))
        finally:
            connection.close()

    monkeypatch.setattr(services, "_draw", slow)
    first, second = threading.Thread(target=ask), threading.Thread(target=ask)
    first.start()
    assert drawing.wait(20)
    second.start()
    _wait_until_one_is_blocked(second)
    go_on.set()
    first.join(20)
    second.join(20)
    assert len(drawn) == 1
    assert len(results) == 2
    assert results[0] == results[1]
    assert RenderedChart.objects.count() == 1


def _wait_until_one_is_blocked(thread):
    blocked = """SELECT count(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'"""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(blocked)
            if cursor.fetchone()[0]:
                return
        thread.join(0.02)
    pytest.fail("the second connection never waited")


@pytest.mark.django_db
def test_old_drawings_are_forgotten(capsys):
    services.chart_figure(chart=samples.gaps())
    services.chart_figure(chart=samples.lines())
    old = RenderedChart.objects.filter(title="Gap by rank")
    old.update(created_at=timezone.now() - timedelta(days=91))
    call_command("purge_charts")
    assert capsys.readouterr().out == "1 drawn charts forgotten.\n"
    assert RenderedChart.objects.get().title == "Workforce since 2010"


def test_the_engine_is_not_started_by_importing_the_services():
    import subprocess
    import sys

    code = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE']='peelsite.settings'; django.setup();"
        "import peelsite.charts.services, peelsite.charts.views; sys.exit('vl_convert' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_in_the_svg_are_escaped():
    chart = samples.hostile()
    svg = finish_svg("<svg ></svg>", title=chart.title, description=chart.description, digest="0" * 64)
    assert "<script" not in svg
    ET.fromstring(svg)
