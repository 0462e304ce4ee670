"""Skills for programs: the same rules as the pages, with versions."""

from datetime import date

import pytest
from django.urls import reverse

from peelsite.accounts.permissions import Role as UserRole
from tests import factories
from tests.query_counts import query_count
from tests.workforce.skills.invented import course_make, held, world_make
from workforce.skills.models import CoursePlace, PersonSkill, Skill

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def world():
    return world_make()


@pytest.fixture
def hr(world):
    return factories.signed_in(world.hr)


def post(client, name, data, *rest, version="*"):
    return client.post(reverse(name, args=rest), data, content_type=JSON, headers={"If-Match": version})


def test_the_catalogue_is_read_and_kept(world, hr):
    made = post(hr, "skill-list", {"force": world.force.slug, "code": "X", "name": "X", "levels": ["A", "B"]})
    assert made.status_code == 201, made.json()
    address = reverse("skill-detail", args=[made.json()["id"]])
    assert hr.get(address).headers["ETag"] == f'"{made.json()["version"]}"'
    changed = {"code": "X", "name": "New name", "levels": ["A"]}
    assert hr.put(address, changed, content_type=JSON).status_code == 428
    version = f'"{made.json()["version"]}"'
    answer = hr.put(address, changed, content_type=JSON, headers={"If-Match": version})
    assert answer.json()["name"] == "New name"
    answer = hr.put(address, changed, content_type=JSON, headers={"If-Match": version})
    assert answer.status_code == 412
    answer = post(hr, "skill-retire", {"retired_on": "2016-04-01"}, made.json()["id"])
    assert answer.json()["retired_on"] == "2016-04-01"
    listed = hr.get(reverse("skill-list"), {"force": world.force.slug, "in_use_on": "2016-05-01"})
    assert [row["name"] for row in listed.json()["results"]] == ["First response"]
    assert hr.delete(address, headers={"If-Match": "*"}).status_code == 204
    twice = {"force": world.force.slug, "code": "dig-fr", "name": "X", "levels": ["A"]}
    refused = post(hr, "skill-list", twice)
    assert refused.json() == {"code": ["This force already has a skill with this code."]}


def test_requirements_are_asked_and_end(world, hr):
    given = {"skill": world.skill.pk, "post": world.force.posts.first().pk, "starts_on": "2016-01-01"}
    made = post(hr, "skill-requirement-list", given)
    assert made.status_code == 201, made.json()
    ended = post(hr, "skill-requirement-end", {"ends_before": "2016-02-01"}, made.json()["id"])
    assert ended.json()["ends_before"] == "2016-02-01"
    listed = hr.get(reverse("skill-requirement-list"), {"on": "2016-03-31"})
    assert listed.json()["count"] == 1
    gone = hr.delete(reverse("skill-requirement-detail", args=[made.json()["id"]]), headers={"If-Match": "*"})
    assert gone.status_code == 204


def test_a_unit_head_confirms_and_records_within_the_units_only(world):
    head = factories.signed_in(world.head)
    said = held(world.people["W3"], world.skill, evidence="Says so")
    theirs = held(world.people["S2"], world.skill, evidence="Says so")
    listed = head.get(reverse("person-skill-list"), {"state": "self_assessed"}).json()
    assert [row["id"] for row in listed["results"]] == [said.pk]
    assert post(head, "person-skill-confirm", {}, said.pk).json()["state"] == "confirmed"
    assert post(head, "person-skill-confirm", {}, said.pk).status_code == 400
    assert post(head, "person-skill-confirm", {}, theirs.pk).status_code == 404
    given = {"skill": world.skill.pk, "acquired_on": "2016-03-01", "evidence": "Certificate"}
    made = post(head, "person-skill-list", given | {"person": world.people["W4"].pk})
    assert (made.status_code, made.json()["ends_before"]) == (201, "2019-03-01")
    assert post(head, "person-skill-list", given | {"person": world.people["S3"].pk}).status_code == 403
    refused = post(head, "person-skill-refuse", {"reason": "Not so"}, made.json()["id"])
    assert refused.status_code == 400
    ended = post(head, "person-skill-end", {"ends_before": "2016-06-01"}, made.json()["id"])
    assert ended.json()["ends_before"] == "2016-06-01"
    address = reverse("person-skill-detail", args=[made.json()["id"]])
    assert head.delete(address, headers={"If-Match": "*"}).status_code == 400
    said_why = {"If-Match": "*", "X-Change-Reason": "Recorded of somebody else"}
    assert head.delete(address, headers=said_why).status_code == 204
    assert PersonSkill.objects.filter(person=world.people["W4"]).count() == 0


def test_courses_and_places(world, hr):
    given = {
        "title": "In May",
        "skill": world.skill.pk,
        "provider": "Invented college",
        "starts_on": "2016-03-30",
        "ends_on": "2016-03-31",
        "places": 1,
        "cost_per_place": "95.50",
    }
    course = post(hr, "course-list", given).json()
    assert (course["taken"], course["ends_before"]) == (0, "2016-04-01")
    head = factories.signed_in(world.head)
    place = post(head, "course-place-list", {"course": course["id"], "person": world.people["W3"].pk})
    assert place.status_code == 201, place.json()
    assert post(head, "course-place-move", {"state": "offered"}, place.json()["id"]).status_code == 403
    for state in ("offered", "booked", "passed"):
        moved = post(hr, "course-place-move", {"state": state}, place.json()["id"])
        assert moved.json()["state"] == state
    assert world.people["W3"].skills.get().during.upper == date(2019, 3, 31)
    answer = hr.get(reverse("course-detail", args=[course["id"]]))
    assert answer.json()["taken"] == 1
    changed = hr.put(
        reverse("course-detail", args=[course["id"]]),
        given | {"places": 4},
        content_type=JSON,
        headers={"If-Match": "*"},
    )
    assert changed.json()["places"] == 4
    assert post(hr, "course-cancel", {}, course["id"]).status_code == 400


def test_coverage_now_and_ahead(world, hr):
    asked = {"force": world.force.slug}
    rows = hr.get(reverse("skill-coverage-list"), asked).json()
    assert {(row["unit"], row["required"], row["held"], row["gap"], row["is_short"]) for row in rows} == {
        (world.watford.pk, 4, 2, 2, True),
        (world.stevenage.pk, 3, 1, 2, True),
    }
    (row,) = hr.get(
        reverse("skill-coverage-list"), asked | {"unit": world.watford.pk, "at": "2018-06-01"}
    ).json()
    assert (row["gap"], row["expected_gap"]) == (4, 4.0)
    assert hr.get(reverse("skill-coverage-list"), {"force": "elsewhere"}).status_code == 404
    assert hr.get(reverse("skill-coverage-list"), asked | {"on": "someday"}).status_code == 400


def test_another_force_sees_none_of_it(world):
    stranger = factories.signed_in(factories.user_make(UserRole.HR, factories.force_make("Othershire")))
    place = CoursePlace.objects.create(
        force=world.force, course=course_make(world.skill), person=world.people["W3"]
    )
    for name in ("skill", "skill-requirement", "person-skill", "course", "course-place"):
        assert stranger.get(reverse(f"{name}-list")).json()["count"] == 0
    assert stranger.get(reverse("course-place-detail", args=[place.pk])).status_code == 404
    assert Skill.objects.filter(force=world.force).exists()


@pytest.mark.parametrize("many", [False, True])
def test_queries_do_not_grow_with_the_rows(world, hr, many):
    for _ in range(30 if many else 1):
        person = factories.person_make(world.force)
        held(person, world.skill, by=world.hr)
        CoursePlace.objects.create(force=world.force, course=course_make(world.skill), person=person)
    for name in (
        "skill-list",
        "skill-requirement-list",
        "person-skill-list",
        "course-list",
        "course-place-list",
        "skill-coverage-list",
    ):
        with query_count(f"api {name}"):
            assert hr.get(reverse(name), {"force": world.force.slug}).status_code == 200
