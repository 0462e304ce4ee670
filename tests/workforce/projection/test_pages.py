"""Pages of projections: the answer, who is named, what is edited, and how many queries they make."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.jobs.models import Job
from tests import factories
from tests.editing.pages import sent_of
from tests.query_counts import query_count
from tests.workforce.projection.invented import cell_of, projected, projection_rows
from tests.workforce.projection.test_room_runs import DAY, made_force
from workforce.projection.models import Assumption, Intake, ProjectionRun, Scenario
from workforce.projection.selectors.cells import cell_text
from workforce.projection.services.records import intake_create
from workforce.projection.services.runs import run_make

HERE = {"force": "testshire"}


@pytest.fixture
def held(db):
    return made_force()


@pytest.fixture
def hr(held, client):
    client.force_login(factories.user_make(Role.HR, held[0]))
    return client


def page(client, name, **given):
    query = given.pop("query", None)
    return client.get(reverse(f"projection:{name}", kwargs=HERE | given), query)


def send(client, name, **given):
    """Fill a form's page in and send it."""
    fields = given.pop("fields")
    address = reverse(f"projection:{name}", kwargs=HERE | given)
    form = client.get(address).context["form"]
    return client.post(address, sent_of(form) | fields, follow=True)


def test_without_a_run_the_page_says_so_and_one_may_be_asked_for(hr, held):
    assert "No projection has been made yet" in page(hr, "overview").content.decode()
    answer = hr.post(reverse("projection:run-now", kwargs=HERE))
    run = ProjectionRun.objects.get()
    assert answer.url == reverse("projection:run", kwargs=HERE | {"pk": run.pk})
    assert Job.objects.get(kind="projection.run").subject_id == run.pk
    assert "Waiting to start" in hr.get(answer.url).content.decode()
    progress = page(hr, "run-progress", pk=run.pk)
    assert "HX-Refresh" not in progress
    run_make(run_id=run.pk)
    assert page(hr, "run-progress", pk=run.pk)["HX-Refresh"] == "true"


def test_the_answer_comes_first_and_the_drivers_add_up(hr, held):
    intake_create(force=held[0], name="Spring", starts_on=date(2016, 9, 1), places=[(cell_of(held[1][1]), 2)])
    projected(held[0], DAY)
    answer = page(hr, "overview", query={"months": "24"})
    text = answer.content.decode()
    assert "Testshire: 2.0 FTE short on 31 March 2016." in text
    context = answer.context
    total = context["mean_now"] + sum(each.effect for each in context["drivers"]) + context["rest"]
    assert total == pytest.approx(context["mean_later"])
    assert context["figures"][0]["label"] == "Gap now (FTE)"
    assert context["figures"][0]["value"] == "2.0"
    assert "Budget figures" in text


def test_a_list_of_lines_filters_sorts_and_downloads_what_it_shows(hr, held):
    projected(held[0], DAY)
    ranks = page(hr, "lines", query={"kind": "rank", "sort": "label"})
    names = [row.record["label"] for row in ranks.context["list_page"].table.page.object_list]
    assert names == ["Constable", "Sergeant"]
    download = page(hr, "lines", query={"kind": "rank", "sort": "label", "download": "csv"})
    rows = list(csv.reader(io.StringIO(download.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == names
    assert float(rows[1][2]) == 1.0
    none = page(hr, "lines", query={"q": "nowhere"})
    assert "No line matches" in none.content.decode()


def test_who_has_given_notice_is_named_only_to_those_who_may_see_people(held, client):
    force, posts = held
    leaver = factories.person_make(
        force, family_name="Ashgrove", left_before=date(2016, 9, 1), leaving_reason="retired"
    )
    factories.posting_make(leaver, posts[12], ends_before=date(2016, 9, 1))
    projected(force, DAY)
    elsewhere = factories.unit_make(force, "Elsewhere")
    for role, unit, expected in (
        (Role.HR, None, "Ashgrove"),
        (Role.FINANCE, None, "1 person has given notice"),
        (Role.UNIT_HEAD, elsewhere, "Someone outside your units"),
        (Role.UNIT_HEAD, posts[12].unit, "Ashgrove"),
    ):
        client.force_login(factories.user_make(role, force, unit=unit))
        text = page(client, "line", line="force").content.decode()
        assert expected in text, role
        assert ("Ashgrove" in text) is (expected == "Ashgrove")


def test_a_line_that_is_not_there_is_not_found(hr, held):
    assert page(hr, "line", line="force").status_code == 404
    projected(held[0], DAY)
    for line in ("unit-999999", "nothing", "category-nobody"):
        assert page(hr, "line", line=line).status_code == 404


def test_an_intake_is_planned_changed_and_removed(hr, held):
    place = cell_text(cell_of(held[1][1]))
    fields = {
        "name": "Autumn",
        "starts_on_day": "14",
        "starts_on_month": "9",
        "starts_on_year": "2016",
        "cell_1": place,
        "number_1": "6",
    }
    assert "Autumn is planned" in send(hr, "intake-add", fields=fields).content.decode()
    intake = Intake.objects.get()
    assert (intake.starts_on, intake.number, intake.show_rate) == (date(2016, 9, 1), 6, Decimal("0.95"))
    send(hr, "intake", pk=intake.pk, fields={"number_1": "8", "show_rate": "90"})
    intake.refresh_from_db()
    assert (Intake.objects.get().number, intake.show_rate) == (8, Decimal("0.9"))
    twice = send(hr, "intake-add", fields=fields)
    assert "Another intake of this name starts in that month" in twice.content.decode()
    without = send(hr, "intake-add", fields=fields | {"cell_2": place, "number_2": ""})
    assert "Enter how many go to place 2" in without.content.decode()
    send(hr, "intake-remove", pk=intake.pk, fields={})
    assert not Intake.objects.exists()


def test_an_assumption_is_set_with_a_reason_and_goes_back_to_own_history(hr, held):
    code = "leave.officer.60"
    refused = send(hr, "assumption", code=code, fields={"value": "7.5", "reason": ""})
    assert "Enter reason" in refused.content.decode()
    send(hr, "assumption", code=code, fields={"value": "7.5", "reason": "A new offer nearby"})
    assert Assumption.objects.get().value == Decimal("0.075")
    listed = page(hr, "assumptions", query={"of": "Leaving"}).content.decode()
    assert "A new offer nearby" in listed
    assert "1 assumption is set by the force" in listed
    send(hr, "assumption", code=code, fields={"value": "8", "reason": "Two offers"})
    assert Assumption.objects.get().value == Decimal("0.08")
    send(hr, "assumption-clear", code=code, fields={})
    assert not Assumption.objects.exists()
    assert page(hr, "assumption-clear", code=code).status_code == 404
    assert page(hr, "assumption", code="made.up").status_code == 404


def test_a_scenario_stands_beside_the_plan_with_its_difference(hr, held):
    send(hr, "scenario-add", fields={"name": "More in March", "description": ""})
    scenario = Scenario.objects.get()
    fields = {
        "starts_on_day": "1",
        "starts_on_month": "3",
        "starts_on_year": "2017",
        "number": "4",
        "cell": cell_text(cell_of(held[1][1])),
    }
    send(hr, "difference-add", pk=scenario.pk, difference="intake", fields=fields)
    assert page(hr, "scenario", pk=scenario.pk).context.get("chart") is None
    hr.post(reverse("projection:scenario-run", kwargs=HERE | {"pk": scenario.pk}))
    for run in ProjectionRun.objects.all():
        run_make(run_id=run.pk)
    shown = page(hr, "scenario", pk=scenario.pk)
    whole = next(row for row, _ in shown.context["rows"] if row.label == "Testshire")
    assert whole.difference == pytest.approx(-4 * 0.95, abs=0.35)
    assert "An extra intake of 4 in March 2017" in shown.content.decode()
    assert len(shown.context["chart"].columns) == 8
    download = page(hr, "scenario", pk=scenario.pk, query={"download": "csv"})
    assert "Testshire" in download.getvalue().decode()
    change = scenario.changes.get()
    send(hr, "difference-remove", pk=change.pk, fields={})
    assert "Project it again" in page(hr, "scenario", pk=scenario.pk).content.decode()


def test_who_may_not_edit_sees_no_button(held, client):
    projected(held[0], DAY)
    client.force_login(factories.user_make(Role.CHIEF_OFFICER, held[0]))
    for name in ("overview", "plans", "scenarios", "assumptions"):
        text = page(client, name).content.decode()
        for button in ("Project anew", "Plan an intake", "Add a scenario", "/assumptions/leave."):
            assert button not in text
    assert client.post(reverse("projection:run-now", kwargs=HERE)).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("people", [6, 60])
def test_queries_do_not_grow_with_the_force(client, people):
    force, posts = made_force(people)
    user = factories.user_make(Role.HR, force)
    rows = projection_rows(force, posts[1], user, DAY)
    projected(force, DAY, scenario=rows["scenario"])
    client.force_login(user)
    for name, given in (
        ("overview", {}),
        ("lines", {}),
        ("line", {"line": "force"}),
        ("runs", {}),
        ("run", {"pk": rows["projection"].pk}),
        ("assumptions", {}),
        ("plans", {}),
        ("scenarios", {}),
        ("scenario", {"pk": rows["scenario"].pk}),
        ("back-test", {}),
    ):
        page(client, name, **given)
        with query_count(f"projection:{name}"):
            assert page(client, name, **given).status_code == 200
    for name in (
        "intake",
        "promotion-pool",
        "budget-line",
        "planned-change",
        "assumption",
        "scenario",
        "scenario-change",
        "projection",
        "projection-line",
        "back-test",
    ):
        address = reverse(f"{name}-list")
        client.get(address)
        with query_count(f"api {name}-list"):
            assert client.get(address).status_code == 200
