"""Pages of people: who may see what, and HR's forms."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role
from peelsite.audit.models import SensitiveRead
from tests import factories
from tests.editing.pages import opened, typed
from workforce.people import services
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
    record = reverse("health:record", args=[force.slug, person.pk])
    for role, leads in ((Role.HR, False), (Role.HEALTH, True), (Role.CHIEF_OFFICER, False)):
        client.force_login(factories.user_make(role, force))
        page = client.get(address_of("person", person)).content.decode()
        assert "Robin Plume" in page
        assert "Career break" not in page
        assert (record in page) is leads
        assert client.get(record).status_code == (302 if leads else 403)


def test_a_health_record_opens_with_a_reason_that_is_kept(client, force, person):
    reader = factories.user_make(Role.HEALTH, force)
    client.force_login(reader)
    record = reverse("health:record", args=[force.slug, person.pk])
    asked = client.get(record)["Location"]
    assert asked == f"{reverse('health:reason', args=[force.slug])}?next={quote(record, safe='')}"
    assert "Say in at least 10" in client.post(asked, {"reason": "because"}).content.decode()
    assert not SensitiveRead.objects.exists()
    assert client.post(asked, {"reason": "Absence review of custody"})["Location"] == record
    page = client.get(record).content.decode()
    assert "Career break" in page
    assert "Absence review of custody" in page
    read = SensitiveRead.objects.get()
    assert (read.user, read.kind, read.reason) == (reader, "health_record", "Absence review of custody")
    assert (read.person_ids, read.path) == ([person.pk], record)
    end = address_of("absence-end", person, person.absences.get().pk)
    assert client.get(end).status_code == 200


def test_a_reason_ends_after_half_an_hour_and_is_of_one_force(client, force, person):
    client.force_login(factories.user_make(Role.HEALTH, force))
    factories.reason_give(client, force)
    session = client.session
    kept = session["health_reasons"]
    assert list(kept) == [force.slug]
    kept[force.slug]["until"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    session["health_reasons"] = kept
    session.save()
    answer = client.get(reverse("health:record", args=[force.slug, person.pk]))
    assert answer.status_code == 302
    elsewhere = client.get(f"{reverse('health:reason', args=[force.slug])}?next=https://elsewhere.invalid/")
    assert elsewhere.status_code == 200
    sent = client.post(
        f"{reverse('health:reason', args=[force.slug])}?next=https://elsewhere.invalid/",
        {"reason": "Absence review of custody"},
    )
    assert sent["Location"] == reverse("people:list", args=[force.slug])


def test_a_unit_head_sees_the_people_of_the_unit(client, force, person):
    unit = person.postings.get().post.unit
    other = factories.person_make(force, "2000", family_name="Other")
    factories.posting_make(other, factories.post_make(force, "C-1", unit=factories.unit_make(force, "Far")))
    head = factories.user_make(Role.UNIT_HEAD, force, unit=unit)
    client.force_login(head)
    listed = client.get(reverse("people:list", args=[force.slug]), {"on": ON}).context["list_page"]
    assert [row.full_name for row in listed.table.data.data] == ["Robin Plume"]
    assert client.get(address_of("person", other)).status_code == 404
    postings = reverse("establishment:postings", args=[force.slug])
    page = client.get(postings, {"on": ON}).content.decode()
    assert "Plume" in page
    assert "Other" not in page
    assert "not shown" in page
    rows = b"".join(client.get(postings, {"on": ON, "download": "csv"}).streaming_content).decode()
    assert "Plume" in rows
    assert "Other" not in rows


def test_an_employee_sees_their_own_record_and_no_other(client, force, person):
    user = factories.user_make(Role.EMPLOYEE, force)
    client.force_login(user)
    own = reverse("people:own", args=[force.slug])
    assert "Ask HR to link it" in client.get(own).content.decode()
    hr = Client()
    hr.force_login(factories.user_make(Role.HR, force))
    assert typed(hr, address_of("user", person), user=user.pk).status_code == 302
    page = client.get(own).content.decode()
    assert "Robin Plume" in page
    assert "B-1" in page
    assert client.get(address_of("person", person)).status_code == 403
    other = factories.person_make(force, "2000")
    refused = typed(hr, address_of("user", other), user=user.pk)
    assert "sees the record of Robin Plume (1187) as their own" in str(refused.context["form"].errors)


def test_only_employees_can_be_given_a_record(client, force, person):
    analyst = factories.user_make(Role.ANALYST, force)
    with pytest.raises(ValidationError, match="has no role as an officer or member of staff"):
        services.person_user_set(person=person, user=analyst)


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
        *(address_of(name, person) for name in ("correct", "user", "leave", "posting-create")),
        address_of("posting-end", person, posting.pk),
        address_of("posting-withdraw", person, posting.pk),
    ]
    health = [
        *(address_of(name, person) for name in ("absence-create", "duty-create")),
        address_of("absence-end", person, absence.pk),
    ]
    for address in addresses + health:
        assert client.get(address).status_code == 403, address
        assert client.post(address, {}).status_code == 403, address
    client.force_login(factories.user_make(Role.HR, force))
    assert {client.get(address).status_code for address in addresses} == {200}
    assert {client.get(address).status_code for address in health} == {403}
    client.force_login(factories.user_make(Role.HEALTH, force))
    factories.reason_give(client, force)
    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.get(address).status_code for address in health} == {200}


def test_a_person_of_another_force_is_not_there(hr, person):
    theirs = factories.person_make(factories.force_make("Otherford"), "9")
    for name in ("person", "correct", "leave", "posting-create"):
        assert hr.get(reverse(f"people:{name}", args=[person.force.slug, theirs.pk])).status_code == 404
    posting = person.postings.get()
    other = factories.person_make(person.force, "10")
    assert hr.get(address_of("posting-end", other, posting.pk)).status_code == 404


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
    both = factories.user_make(Role.HR, person.force)
    Membership.objects.create(user=both, force=person.force, role=Role.HEALTH)
    hr.force_login(both)
    factories.reason_give(hr, person.force)
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
