"""Pages of people: who may see what, and HR's forms."""

from datetime import timedelta

import pytest
from django.urls import reverse

from peelsite.accounts.permissions import Role
from tests import factories
from tests.editing.pages import opened, typed
from workforce.people.models import Absence, Person, Posting

pytestmark = pytest.mark.django_db
DAY = factories.START + timedelta(days=100)
ON = DAY.isoformat()


@pytest.fixture
def force():
    return factories.force_make("Testshire")


@pytest.fixture
def person(force):
    person = factories.person_make(force, "1187", family_name="Plume", given_names="Robin")
    factories.posting_make(person, factories.post_make(force, "B-1"))
    person.absences.create(force=force, kind="career_break", during=(DAY, None))
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def hr(client, force):
    client.force_login(factories.user_make(Role.HR, force))
    return client


def address_of(name, person, *more):
    return reverse(f"people:{name}", args=[person.force.slug, person.pk, *more])


def test_the_list_is_searched_by_name_and_number(hr, force, person):
    factories.person_make(force, "2000", family_name="Other")
    listed = reverse("people:list", args=[force.slug])
    for words in ("plume", "1187", "robin plu"):
        page = hr.get(listed, {"q": words, "on": ON}).context["list_page"]
        assert [row.full_name for row in page.table.data.data] == ["Robin Plume"]
    assert hr.get(listed, {"on": ON}).context["list_page"].count == 2
    assert hr.get(listed, {"on": "2009-01-01"}).context["list_page"].count == 0
    response = hr.get(listed, {"on": ON, "download": "csv"})
    assert "B-1" in b"".join(response.streaming_content).decode()


def test_absences_are_for_those_who_may_see_health_records(client, force, person):
    for role, is_shown in ((Role.HR, True), (Role.CHIEF_OFFICER, False)):
        client.force_login(factories.user_make(role, force))
        page = client.get(address_of("person", person)).content.decode()
        assert "Robin Plume" in page
        assert ("Career break" in page) is is_shown
        assert (address_of("leave", person) in page) is is_shown


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.HR, 200), (Role.UNIT_HEAD, 200), (Role.FINANCE, 403), (Role.ADMINISTRATOR, 403), (None, 404)],
)
def test_who_may_open_people(client, force, person, role, status):
    unit = force.units.first() if role == Role.UNIT_HEAD else None
    client.force_login(factories.user_make(role, force if role else None, unit=unit))
    assert client.get(reverse("people:list", args=[force.slug])).status_code == status
    assert client.get(address_of("person", person)).status_code == status


def test_only_hr_opens_the_forms(client, force, person):
    client.force_login(factories.user_make(Role.CHIEF_OFFICER, force))
    posting, absence = person.postings.get(), person.absences.get()
    addresses = [
        reverse("people:create", args=[force.slug]),
        *(address_of(name, person) for name in ("correct", "leave", "posting-create", "absence-create")),
        address_of("duty-create", person),
        address_of("posting-end", person, posting.pk),
        address_of("posting-withdraw", person, posting.pk),
        address_of("absence-end", person, absence.pk),
    ]
    for address in addresses:
        assert client.get(address).status_code == 403, address
        assert client.post(address, {}).status_code == 403, address
    client.force_login(factories.user_make(Role.HR, force))
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_a_person_of_another_force_is_not_there(hr, person):
    theirs = factories.person_make(factories.force_make("Otherford"), "9")
    for name in ("person", "correct", "leave", "posting-create"):
        assert hr.get(reverse(f"people:{name}", args=[person.force.slug, theirs.pk])).status_code == 404
    absence = person.absences.get()
    other = factories.person_make(person.force, "10")
    assert hr.get(address_of("absence-end", other, absence.pk)).status_code == 404


def test_hr_adds_a_person_and_posts_them(hr, force, person):
    response = hr.post(
        reverse("people:create", args=[force.slug]),
        {
            "number": "3000",
            "family_name": "Quill",
            "given_names": "Ash",
            "employed_from_day": "1",
            "employed_from_month": "4",
            "employed_from_year": "2012",
        },
    )
    made = Person.objects.get(number="3000")
    assert response["Location"] == address_of("person", made)
    data = {"kind": "substantive", "post": "b-1", "starts_on": "2012-04-01", "fte": "1"}
    form = hr.post(address_of("posting-create", made), data).context["form"]
    assert "would be filled with 2 FTE" in form.errors["post"][0]
    free = factories.post_make(force, "B-2")
    response = hr.post(address_of("posting-create", made), data | {"post": "b-2", "ends_on": "2012-04-30"})
    assert response.status_code == 302
    posting = made.postings.get()
    assert (posting.post, posting.during.upper.isoformat()) == (free, "2012-05-01")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"post": "NONE-SUCH"}, "post"),
        ({"post": ""}, "post"),
        ({"kind": "seconded_out", "host": "College"}, "post"),
        ({"kind": "seconded_in"}, "host"),
        ({"host": "College"}, "host"),
        ({"fte": "1.5"}, "fte"),
        ({"starts_on": "2016-02-31"}, "starts_on"),
        ({"ends_on": "2010-01-01"}, "ends_on"),
        ({"starts_on": "2001-01-01"}, "starts_on"),
    ],
)
def test_what_is_wrong_stands_at_its_field(hr, force, given, field):
    factories.post_make(force, "B-9")
    newcomer = factories.person_make(force, "4000")
    data = {"kind": "substantive", "post": "B-9", "starts_on": ON, "fte": "1"} | given
    form = hr.post(address_of("posting-create", newcomer), data).context["form"]
    assert list(form.errors) == [field]
    assert not Posting.objects.filter(person=newcomer).exists()


def test_a_move_in_one_step(hr, force, person):
    factories.post_make(force, "B-2")
    data = {"kind": "substantive", "post": "B-2", "starts_on": ON, "fte": "1", "ends_present": "on"}
    assert hr.post(address_of("posting-create", person), data).status_code == 302
    assert [str(posting.post) for posting in person.postings.order_by("during")] == ["B-1", "B-2"]


def test_ending_and_withdrawing_a_posting(hr, person):
    posting = person.postings.get()
    end = address_of("posting-end", person, posting.pk)
    seen = opened(hr, end)
    assert hr.post(end, seen | {"ends_on": ON}).status_code == 302
    late = hr.post(end, seen | {"ends_on": "2010-03-01"})
    assert late.status_code == 409
    assert "changed this record" in str(late.context["form"].errors)
    posting.refresh_from_db()
    assert posting.during.upper == DAY + timedelta(days=1)
    assert typed(hr, address_of("posting-withdraw", person, posting.pk)).status_code == 302
    assert not person.postings.exists()


def test_leaving_and_health_records(hr, person):
    absence = Absence.objects.get(person=person)
    ends_on = (DAY + timedelta(days=9)).isoformat()
    assert typed(hr, address_of("absence-end", person, absence.pk), ends_on=ends_on).status_code == 302
    data = {"kind": "recuperative", "starts_on": ON}
    assert hr.post(address_of("duty-create", person), data).status_code == 302
    form = hr.post(address_of("duty-create", person), data).context["form"]
    assert form.errors == {"starts_on": ["This person is already on limited duties in these dates."]}
    left = typed(hr, address_of("leave", person), ends_on="2012-03-31", reason="retired")
    assert left.status_code == 302
    page = hr.get(address_of("person", person)).content.decode()
    assert "Normal retirement" in page
    assert "Leaver" in page
