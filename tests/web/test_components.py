from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import SafeString

from tests.web.markup import elements


def progress(**changes: object) -> SimpleNamespace:
    facts = {
        "label": "Reading",
        "done": 120_000,
        "total": 235_000,
        "percent": 51,
        "finished": False,
        "note": "",
    }
    return SimpleNamespace(**(facts | changes))


def test_progress_under_way_asks_again_and_says_how_far():
    html = render_to_string("components/progress.html", {"progress": progress(), "poll_url": "/jobs/4/"})
    assert elements(html, "div", hx_get="/jobs/4/")
    (bar,) = elements(html, "progress")
    assert (bar["max"], bar["value"]) == ("100", "51")
    assert "120,000 of 235,000 (51%)" in html


def test_progress_that_has_ended_asks_no_more():
    context = {"progress": progress(finished=True), "poll_url": "/jobs/4/"}
    html = render_to_string("components/progress.html", context)
    assert not [attrs for attrs in elements(html, "div") if "hx-get" in attrs]


def test_progress_without_a_total_claims_no_figure():
    html = render_to_string("components/progress.html", {"progress": progress(total=0, percent=0)})
    (bar,) = elements(html, "progress")
    assert "value" not in bar
    assert "Waiting to start" in html


@pytest.mark.parametrize(("seconds", "found"), [(5, 1), (None, 0)])
def test_page_of_running_work_reloads_itself_without_scripts(seconds, found):
    request = RequestFactory().get("/")
    html = render_to_string("base.html", {"refresh_seconds": seconds}, request=request)
    assert len(elements(html, "meta", http_equiv="refresh")) == found


def chart(**changes: object) -> dict[str, object]:
    facts = {
        "svg": SafeString("<svg></svg>"),
        "title": "Gap by rank",
        "description": "",
        "columns": ["Rank", "Gap"],
        "rows": [["Sergeant", "2.0"]],
    }
    return facts | changes


def test_chart_always_has_its_figures_beside_it():
    html = render_to_string("components/chart.html", {"chart": chart(), "chart_id": "gap"})
    assert elements(html, "svg")
    assert elements(html, "figure", aria_labelledby="gap-title")
    assert len(elements(html, "th", scope="col")) == 2
    assert elements(html, "th", scope="row")
    assert not [attrs for attrs in elements(html, "details") if "open" in attrs]


def test_chart_not_drawn_yet_shows_its_figures_at_once():
    html = render_to_string("components/chart.html", {"chart": chart(svg="")})
    assert not elements(html, "div", role="img")
    assert [attrs for attrs in elements(html, "details") if "open" in attrs]


def test_chart_markup_that_is_not_marked_safe_is_escaped():
    html = render_to_string("components/chart.html", {"chart": chart(svg="<script>1</script>", title="<b>")})
    assert not elements(html, "script")
    assert not elements(html, "b")


def test_key_figure_leads_to_its_rows():
    figures = [{"label": "Gap", "value": "3.0 under", "href": "/gap/", "note": "FTE", "kind": "warning"}]
    html = render_to_string("components/key_figures.html", {"figures": figures})
    assert elements(html, "a", href="/gap/")
    assert elements(html, "div", class_="peelsite-figure--warning")


def test_task_names_its_hint_and_status_to_those_who_listen():
    tasks = [{"title": "Match", "href": "/m/", "hint": "Response", "status": "Overdue", "colour": "red"}]
    html = render_to_string("components/task_list.html", {"tasks": tasks, "list_id": "hr"})
    (link,) = elements(html, "a", href="/m/")
    assert link["aria-describedby"].split() == ["hr-1-hint", "hr-1-status"]
    assert elements(html, "div", id="hr-1-hint")
    assert elements(html, "div", id="hr-1-status")


@pytest.mark.parametrize(
    ("tag", "words", "role"),
    [
        ("success", "Success", "alert"),
        ("error", "There is a problem", "alert"),
        ("info", "Important", "region"),
    ],
)
def test_message_says_in_words_what_its_colour_says(tag, words, role):
    said = [SimpleNamespace(level_tag=tag, __str__=lambda: "Done")]
    html = render_to_string("components/messages.html", {"messages": said})
    assert words in html
    assert elements(html, "div", class_="govuk-notification-banner", role=role)


def test_confirmation_is_a_form_that_can_be_left():
    context = {"heading": "Delete the post", "button": "Delete", "cancel_href": "/posts/", "danger": True}
    html = render_to_string("components/confirm.html", context, request=RequestFactory().get("/"))
    assert elements(html, "form", method="post")
    assert elements(html, "input", name="csrfmiddlewaretoken")
    assert elements(html, "button", class_="govuk-button--warning")
    assert elements(html, "a", href="/posts/")
