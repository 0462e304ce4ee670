"""The picture's address, and the fragment that waits."""

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse

from peelsite.charts import services, tasks
from peelsite.charts.models import RenderedChart
from tests.charts import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    user = get_user_model().objects.create_user(email="reader@peelsite.invalid", password="x" * 14)
    client.force_login(user)
    return client


@pytest.fixture
def asked(monkeypatch):
    calls = []
    monkeypatch.setattr(tasks.chart_render, "delay_on_commit", calls.append)
    return calls


def test_a_picture_is_drawn_after_it_is_asked_for_and_then_kept_by_the_browser(signed_in, asked):
    figure = services.chart_figure(chart=samples.gaps())
    waiting = signed_in.get(figure.src)
    assert waiting.status_code == 202
    assert waiting["Cache-Control"] == "no-store"
    assert b"The chart is being drawn" in waiting.content
    signed_in.get(figure.src)
    assert asked == [figure.digest]

    tasks.chart_render(asked[0])

    ready = signed_in.get(figure.src)
    assert ready.status_code == 200
    assert ready["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert ready["Cache-Control"] == "private, max-age=31536000, immutable"
    assert ready["Content-Security-Policy"].startswith("default-src 'none'")
    assert b"45.8 short" in ready.content


def test_the_fragment_waits_then_becomes_the_picture(signed_in, asked):
    figure = services.chart_figure(chart=samples.hostile())
    waiting = signed_in.get(figure.waiting_src).content.decode()
    assert f'hx-get="{figure.waiting_src}"' in waiting
    assert asked == [figure.digest]

    tasks.chart_render(figure.digest)

    ready = signed_in.get(figure.waiting_src).content.decode()
    assert f'src="{figure.src}"' in ready
    assert "hx-get" not in ready
    assert "<script" not in ready


def test_a_refused_chart_says_so_and_is_not_asked_for_again(signed_in, asked):
    figure = services.chart_figure(chart=samples.gaps())
    RenderedChart.objects.update(error="This chart could not be drawn; its figures are in the table.")
    assert b"could not be drawn" in signed_in.get(figure.waiting_src).content
    assert b"could not be drawn" in signed_in.get(figure.src).content
    assert asked == []


@pytest.mark.parametrize("name", ["charts:image", "charts:waiting"])
def test_nobody_is_served_without_a_sign_in_and_no_unknown_chart(client, name):
    figure = services.chart_figure(chart=samples.gaps())
    response = client.get(reverse(name, kwargs={"digest": figure.digest}))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["charts:image", "charts:waiting"])
def test_an_unknown_chart_is_not_found(signed_in, name):
    assert signed_in.get(reverse(name, kwargs={"digest": "0" * 64})).status_code == 404


def test_a_png_is_not_served_as_svg(signed_in):
    services.chart_png(chart=samples.gaps())
    digest = RenderedChart.objects.get().digest
    assert signed_in.get(reverse("charts:image", kwargs={"digest": digest})).status_code == 404


def test_the_component_always_has_the_table_and_opens_it_while_there_is_no_picture():
    figure = services.chart_figure(chart=samples.gaps())
    html = render_to_string("components/chart.html", {"chart": figure, "chart_id": "gap"})
    assert "45.8" in html
    assert 'class="govuk-details" open' in html
    services.chart_render(digest=figure.digest)
    figure = services.chart_figure(chart=samples.gaps())
    assert figure.ready
    html = render_to_string("components/chart.html", {"chart": figure, "chart_id": "gap"})
    assert f'src="{figure.src}"' in html
    assert 'class="govuk-details" open' not in html
