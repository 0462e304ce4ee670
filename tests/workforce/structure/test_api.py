"""The parts of a force by the API: HR writes them, with the version of what was read."""

import pytest
from django.urls import reverse

from peelsite.accounts.permissions import Role as UserRole
from peelsite.forces.models import Unit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return factories.force_make("Testshire")


@pytest.fixture
def hr(client, force):
    client.force_login(factories.user_make(UserRole.HR, force))
    return client


def send(client, method, name, data=None, pk=None, *, etag="*"):
    address = reverse(name, args=[pk] if pk else [])
    return getattr(client, method)(
        address, data or {}, content_type="application/json", headers={"If-Match": etag}
    )


GIVEN = {
    "area": ({"code": "A1", "name": "North"}, {"code": "A1", "name": "South"}),
    "location": ({"code": "L1", "name": "Northgate"}, {"code": "L2", "name": "Northgate", "area": None}),
    "unit": ({"code": "U1", "name": "Crime", "parent": None}, {"code": "U1", "name": "Crime command"}),
    "rank": (
        {"code": "G1", "name": "Grade 1", "category": "staff", "order": 1},
        {"code": "G1", "name": "Grade one", "category": "staff", "order": 2},
    ),
    "role": ({"code": "R1", "name": "Diver"}, {"code": "R1", "name": "Diving"}),
    "funding-source": (
        {"name": "Grant", "kind": "grant", "ends_on": "2017-03-31"},
        {"name": "Grant", "kind": "core", "ends_on": None},
    ),
}


@pytest.mark.parametrize("name", GIVEN)
def test_made_changed_and_removed(hr, force, name):
    new, changed = GIVEN[name]
    made = send(hr, "post", f"{name}-list", {"force": force.slug, **new})
    assert made.status_code == 201, made.content
    assert made.json().items() >= new.items()
    pk = made.json()["id"]
    answer = send(hr, "put", f"{name}-detail", changed, pk, etag=made.headers["ETag"])
    assert answer.status_code == 200, answer.content
    assert answer.json().items() >= changed.items()
    stale = send(hr, "put", f"{name}-detail", changed, pk, etag=made.headers["ETag"])
    assert stale.status_code == 412
    assert send(hr, "delete", f"{name}-detail", pk=pk).status_code == 204
    assert hr.get(reverse(f"{name}-detail", args=[pk])).status_code == 404


def test_refusals_are_sentences_on_their_fields(hr, force):
    unit = factories.unit_make(force, "Crime", code="U1")
    again = send(hr, "post", "unit-list", {"force": force.slug, "code": "u1", "name": "Other"})
    assert again.status_code == 400
    assert again.json()["code"] == ["This force already has a unit with this code."]
    factories.post_make(force, "P-1", unit=unit)
    answer = send(hr, "delete", "unit-detail", pk=unit.pk)
    assert answer.status_code == 400
    assert "1 post names it" in answer.json()["detail"][0]


def test_units_move_and_close(hr, force):
    crime, ops = factories.unit_make(force, "Crime"), factories.unit_make(force, "Ops")
    fraud = factories.unit_make(force, "Fraud", parent=crime)
    moved = send(hr, "post", "unit-move", {"parent": ops.pk}, fraud.pk)
    assert moved.json()["path"] == f"/{ops.pk}/{fraud.pk}/"
    closed = send(hr, "post", "unit-close", {"closed_on": "2016-04-01"}, fraud.pk)
    assert closed.json()["closed_on"] == "2016-04-01"
    assert Unit.objects.get(pk=fraud.pk).closed_on is not None


def test_another_forces_rows_cannot_be_named(hr, force):
    foreign = factories.area_make(factories.force_make("Otherford"))
    given = {"force": force.slug, "code": "L1", "name": "Place", "area": foreign.pk}
    answer = send(hr, "post", "location-list", given)
    assert answer.status_code == 400
    assert "area" in answer.json()
    assert send(hr, "put", "area-detail", {"code": "A", "name": "B"}, foreign.pk).status_code == 404


def test_national_ranks_are_not_changed(hr, force):
    constable = factories.ranks_make()["CON"]
    given = {"code": "CON", "name": "Bobby", "category": "officer", "order": 1}
    for answer in (
        send(hr, "put", "rank-detail", given, constable.pk),
        send(hr, "delete", "rank-detail", pk=constable.pk),
    ):
        assert answer.status_code == 400
        assert "national rank" in answer.json()["detail"][0]


def test_only_an_administrator_changes_the_settings(hr, client, force):
    given = {
        "worker_categories": ["officer", "staff", "pcso"],
        "leave_year_starts_month": 9,
        "leave_year_starts_day": 1,
        "week_starts_on": 1,
        "opening_day": None,
    }
    assert send(hr, "put", "force-detail", given, force.slug).status_code == 403
    client.force_login(factories.user_make(UserRole.ADMINISTRATOR, force))
    answer = send(client, "put", "force-detail", given, force.slug)
    assert answer.status_code == 200, answer.content
    assert answer.json()["leave_year_starts_month"] == 9
