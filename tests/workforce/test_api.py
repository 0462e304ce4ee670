"""The API of establishment and people: whose rows, who may write, and what a refusal looks like."""

from datetime import timedelta

import pytest
from django.urls import reverse

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role
from peelsite.audit.models import SensitiveRead
from tests import factories
from workforce.establishment import selectors
from workforce.establishment.models import Post
from workforce.people.models import Person

pytestmark = pytest.mark.django_db
DAY = factories.START + timedelta(days=100)
ON = DAY.isoformat()
READ_BY_ALL = [
    "force",
    "area",
    "unit",
    "location",
    "rank",
    "role",
    "funding-source",
    "post",
    "establishment",
    "vacancy",
]
PEOPLE = ["person", "posting"]
HEALTH = ["absence", "limited-duty"]


@pytest.fixture
def force():
    force = factories.force_make("Testshire")
    factories.area_make(force)
    factories.rank_make(force, "CLERK")
    person = factories.person_make(force, "1187")
    factories.posting_make(person, factories.post_make(force, "B-1"))
    factories.post_make(force, "B-2")
    person.absences.create(force=force, kind="sickness", during=(factories.START, None))
    person.limited_duties.create(force=force, kind="adjusted", during=(factories.START, None))
    return force


@pytest.fixture
def other():
    other = factories.force_make("Otherford")
    factories.area_make(other)
    factories.rank_make(other, "THEIRS")
    factories.posting_make(factories.person_make(other, "1"), factories.post_make(other, "THEIRS"))
    return other


@pytest.fixture
def hr(client, force):
    """HR that may see health records too, and says why with every request."""
    user = factories.user_make(Role.HR, force)
    Membership.objects.create(user=user, force=force, role=Role.HEALTH)
    client.force_login(user)
    client.defaults["HTTP_X_REASON"] = "Nightly extract for the payroll"
    return client


def send(client, address, data, method="post", if_match=""):
    headers = {"X-Change-Reason": "As the file says"} | ({"If-Match": if_match} if if_match else {})
    return getattr(client, method)(address, data, content_type="application/json", headers=headers)


@pytest.mark.parametrize("name", [*READ_BY_ALL, *PEOPLE, *HEALTH])
def test_anonymous_is_refused(client, name):
    assert client.get(reverse(f"{name}-list")).status_code in (401, 403)


@pytest.mark.parametrize("name", [*READ_BY_ALL, *PEOPLE, *HEALTH])
def test_only_rows_of_ones_own_forces(hr, force, other, name):
    answer = hr.get(reverse(f"{name}-list"), {"force": force.slug, "on": ON})
    assert answer.status_code == 200, answer.content
    assert "THEIRS" not in answer.content.decode()
    assert "otherford" not in answer.content.decode()
    answer = hr.get(reverse(f"{name}-list"), {"force": other.slug, "on": ON})
    if name in ("establishment", "vacancy"):
        assert answer.status_code == 404
    else:
        assert "otherford" not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "names", "status"),
    [
        (Role.FINANCE, READ_BY_ALL, 200),
        (Role.FINANCE, PEOPLE, 403),
        (Role.CHIEF_OFFICER, PEOPLE, 200),
        (Role.CHIEF_OFFICER, HEALTH, 403),
        (Role.HR, HEALTH, 403),
        # Without a reason.
        (Role.HEALTH, HEALTH, 400),
    ],
)
def test_who_reads_what(client, force, role, names, status):
    client.force_login(factories.user_make(role, force))
    for name in names:
        answer = client.get(reverse(f"{name}-list"), {"force": force.slug, "on": ON})
        assert answer.status_code == status, name


def test_health_records_are_read_with_a_reason_that_is_kept(hr, force):
    for name in HEALTH:
        rows = hr.get(reverse(f"{name}-list"), {"force": force.slug}).json()["results"]
        assert hr.get(reverse(f"{name}-detail", args=[rows[0]["id"]])).status_code == 200
        one, listed = SensitiveRead.objects.order_by("-pk")[:2]
        assert (listed.kind, one.kind) == ("health_list", "health_record")
        assert listed.reason == one.reason == "Nightly extract for the payroll"
        assert one.person_ids == [rows[0]["person"]]


def test_the_establishment_is_that_of_the_page(hr, force):
    answer = hr.get(reverse("establishment-list"), {"force": force.slug, "on": ON}).json()
    total = selectors.establishment_as_at(force, DAY).total
    assert answer["total"]["establishment_fte"] == str(total.establishment_fte)
    assert answer["total"]["gap_fte"] == "1.0000"
    assert answer["total"]["long_term_absent_heads"] == 1
    assert [line["label"] for line in answer["by_rank"]] == ["Constable"]
    assert answer["by_type"][0]["key"] == "officers"
    assert hr.get(reverse("establishment-list"), {"force": force.slug, "on": "x"}).status_code == 400


def test_small_health_figures_are_null_for_those_who_may_not_see_them(client, force):
    client.force_login(factories.user_make(Role.FINANCE, force))
    answer = client.get(reverse("establishment-list"), {"force": force.slug, "on": ON}).json()
    for figures in (answer["total"], answer["by_rank"][0]["figures"]):
        assert figures["long_term_absent_heads"] is None
        assert figures["available_fte"] is None
        assert figures["headcount"] == 1


def test_vacancies_with_their_age(hr, force):
    (vacancy,) = hr.get(reverse("vacancy-list"), {"force": force.slug, "on": ON}).json()
    assert (vacancy["reference"], vacancy["age_days"], vacancy["vacant_fte"]) == ("B-2", 100, "1.0000")


def post_data(force):
    post = force.posts.get(reference="B-1")
    names = ("rank", "role", "unit", "location", "funding")
    return {name: getattr(post, f"{name}_id") for name in names} | {
        "force": force.slug,
        "reference": "API-1",
        "starts_on": ON,
        "fte": "0.8",
    }


def test_a_post_is_added_corrected_reprofiled_and_ended(hr, force):
    answer = send(hr, reverse("post-list"), post_data(force))
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["fte"], made["starts_on"], made["ends_before"]) == ("0.8000", ON, None)
    address = reverse("post-detail", args=[made["id"]])
    assert hr.get(address).json()["version"] == made["version"]
    change = {"reference": "API-2", "funding": made["funding"], "starts_on": ON, "ends_before": None}
    assert answer["ETag"] == f'"{made["version"]}"'
    assert send(hr, address, change, "put").status_code == 428
    corrected = send(hr, address, change, "put", answer["ETag"])
    assert corrected.json()["reference"] == "API-2"
    stale = send(hr, address, change | {"reference": "API-3"}, "put", answer["ETag"])
    assert stale.status_code == 412
    assert stale["ETag"] == corrected["ETag"]
    assert stale.json()["now"] == corrected.json()
    assert "changed this record" in stale.json()["detail"]
    succeeding = send(
        hr,
        reverse("post-reprofile", args=[made["id"]]),
        {"reference": "API-4", "fte": "0.5", "starts_on": (DAY + timedelta(days=30)).isoformat()},
        if_match="*",
    )
    assert succeeding.status_code == 201, succeeding.content
    assert (succeeding.json()["succeeds"], succeeding.json()["fte"]) == (made["id"], "0.5000")
    end = {"ends_before": (DAY + timedelta(days=60)).isoformat()}
    end_address = reverse("post-end", args=[succeeding.json()["id"]])
    ended = send(hr, end_address, end, if_match=succeeding["ETag"])
    assert ended.json()["ends_before"] == end["ends_before"]
    assert send(hr, end_address, end, if_match=succeeding["ETag"]).status_code == 412
    again = send(hr, end_address, end, if_match=ended["ETag"])
    assert again.status_code == 400
    assert "ends_before" in again.json()


def test_refusals_stand_under_their_field(hr, force):
    answer = send(hr, reverse("post-list"), post_data(force) | {"reference": "B-1"})
    assert answer.status_code == 400
    assert answer.json() == {"reference": ["This force already has a post with this reference."]}
    newcomer = factories.person_make(force, "5000")
    data = {"person": newcomer.pk, "post": force.posts.get(reference="B-1").pk, "starts_on": ON}
    answer = send(hr, reverse("posting-list"), data)
    assert answer.status_code == 400
    assert "would be filled with 2 FTE" in answer.json()["post"][0]


def test_nothing_is_written_into_another_force(hr, force, other):
    theirs = Post.objects.get(reference="THEIRS")
    for data in (
        post_data(force) | {"force": other.slug},
        post_data(force) | {"unit": theirs.unit_id},
        post_data(force) | {"rank": theirs.force.grades.get().pk},
    ):
        assert send(hr, reverse("post-list"), data).status_code == 400
    stranger = Person.objects.get(force=other)
    data = {"person": stranger.pk, "post": force.posts.first().pk, "starts_on": ON}
    assert send(hr, reverse("posting-list"), data).status_code == 400
    assert send(hr, reverse("post-end", args=[theirs.pk]), {"ends_before": ON}).status_code == 404


def test_only_hr_writes(client, force):
    client.force_login(factories.user_make(Role.CHIEF_OFFICER, force))
    assert send(client, reverse("post-list"), post_data(force)).status_code == 403
    posting = force.postings.first()
    assert client.delete(reverse("posting-detail", args=[posting.pk])).status_code == 403
    assert send(client, reverse("posting-end", args=[posting.pk]), {"ends_before": ON}).status_code == 403


def test_people_join_move_and_leave(hr, force):
    data = {"force": force.slug, "number": "6000", "family_name": "Quill", "employed_from": "2010-05-01"}
    made = send(hr, reverse("person-list"), data).json()
    data = {"person": made["id"], "post": force.posts.get(reference="B-2").pk, "starts_on": "2010-05-01"}
    posting = send(hr, reverse("posting-list"), data).json()
    assert (posting["kind"], posting["ends_before"]) == ("substantive", None)
    absence = {"person": made["id"], "kind": "study", "starts_on": ON}
    assert send(hr, reverse("absence-list"), absence).status_code == 201
    duty = {"person": made["id"], "kind": "adjusted", "starts_on": ON}
    assert send(hr, reverse("limited-duty-list"), duty).status_code == 201
    leaving = {"leaves_before": "2012-01-01", "reason": "resigned"}
    left = send(
        hr, reverse("person-leave", args=[made["id"]]), leaving, if_match=f'"{made["version"]}"'
    ).json()
    assert (left["employed_until"], left["leaving_reason"]) == ("2012-01-01", "resigned")
    assert hr.get(reverse("posting-detail", args=[posting["id"]])).json()["ends_before"] == "2012-01-01"
    assert hr.get(reverse("person-list"), {"on": "2012-01-01"}).json()["count"] == 1
    address = reverse("posting-detail", args=[posting["id"]])
    why = {"X-Change-Reason": "Recorded twice"}
    assert hr.delete(address, headers=why).status_code == 428
    stale = hr.delete(address, headers=why | {"If-Match": f'"{posting["version"]}"'})
    assert stale.status_code == 412, "the leaving ended it"
    assert hr.delete(address, headers=why | {"If-Match": stale["ETag"]}).status_code == 204


def test_lists_are_filtered_and_paged(hr, force):
    unit = force.units.first()
    assert hr.get(reverse("post-list"), {"unit": unit.pk, "page_size": 1}).json()["count"] == 2
    assert hr.get(reverse("post-list"), {"reference": "b-2"}).json()["count"] == 1
    assert hr.get(reverse("post-list"), {"on": "2001-01-01"}).json()["count"] == 0
    assert hr.get(reverse("posting-list"), {"kind": "acting"}).json()["count"] == 0
    assert hr.get(reverse("absence-list"), {"long_term_on": ON}).json()["count"] == 1
    assert hr.get(reverse("unit-list"), {"under": unit.pk}).json()["count"] == 1
    assert hr.get(reverse("post-list"), {"unit": "nonsense"}).status_code == 400
