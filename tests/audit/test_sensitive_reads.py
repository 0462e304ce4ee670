"""Sensitive reads: written down for good, with a reason, and shown to those who look after history."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.audit.models import SensitiveRead
from peelsite.audit.services import SensitiveSubject, sensitive_read_record
from tests.factories import force_make, person_make, signed_in, user_make

pytestmark = pytest.mark.django_db

REASON = "Return to work meeting on Monday"


@pytest.fixture
def force():
    return force_make()


def read_make(force, user=None, *, people=1, **fields) -> SensitiveRead:
    subjects = [
        SensitiveSubject(person.pk, str(person))
        for person in (person_make(force, family_name=f"Invented{number}") for number in range(people))
    ]
    return sensitive_read_record(
        **{
            "user": user,
            "force": force,
            "kind": "health_record",
            "reason": REASON,
            "subjects": subjects,
            "path": "/testshire/people/1/health/",
            "request_id": "abcdef0123456789",
        }
        | fields
    )


@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "x"])
def test_a_reason_is_asked_for(force, reason):
    with pytest.raises(ValidationError, match="Say why"):
        read_make(force, reason=reason)
    assert not SensitiveRead.objects.exists()


def test_an_unknown_kind_is_refused(force):
    with pytest.raises(ValidationError, match="no kind"):
        read_make(force, kind="gossip")


def test_postgres_asks_for_a_reason_and_labels_too(force):
    for wrong in ({"reason": " "}, {"reason": REASON, "person_ids": [1], "labels": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SensitiveRead.objects.create(force=force, kind="health_record", **wrong)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_sensitiveread SET reason = 'another one'", "DELETE FROM audit_sensitiveread"]
)
def test_the_owner_of_the_table_cannot_change_or_delete_one(force, statement):
    read_make(force)
    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert SensitiveRead.objects.get().reason == REASON


def test_reads_are_found_by_person(force):
    one, other = read_make(force), read_make(force)
    assert list(SensitiveRead.objects.about(one.person_ids[0])) == [one]
    assert list(SensitiveRead.objects.about(other.person_ids[0])) == [other]


def test_names_are_shown_to_those_who_may_see_people(force):
    hr, reader = user_make(Role.HR, force), user_make(Role.INSPECTION_READER, force)
    read_make(force, hr, people=5)
    url = reverse("history:sensitive-reads", args=[force.slug])
    html = signed_in(hr).get(url).content.decode()
    assert "Invented0" in html
    assert "and 2 others" in html
    hidden = signed_in(reader).get(url).content.decode()
    assert "Invented" not in hidden
    assert "5 people" in hidden
    assert REASON in hidden
    assert "Invented" not in signed_in(reader).get(url, {"download": "csv"}).getvalue().decode()


def test_the_list_is_filtered_and_costs_the_same_for_more(force, django_assert_max_num_queries):
    hr, other = user_make(Role.HR, force), user_make(Role.HR, force)
    for user in (hr, hr, other):
        read_make(force, user)
    read_make(force, None, kind="list_export")
    client = signed_in(hr)
    url = reverse("history:sensitive-reads", args=[force.slug])
    client.get(url)
    with django_assert_max_num_queries(8):
        assert "4 reads" in client.get(url).content.decode()
    assert "1 read" in client.get(url, {"user": other.pk}).content.decode()
    by_command = client.get(url, {"kind": "list_export"}).content.decode()
    assert "A command" in by_command
    assert "Nothing sensitive was read" in client.get(url, {"last": "2001-12-31"}).content.decode()


def test_reads_for_programs(force):
    hr, reader = user_make(Role.HR, force), user_make(Role.INSPECTION_READER, force)
    read_make(force, hr)
    read_make(force_make("Otherset"))
    (row,) = signed_in(hr).get("/api/v1/sensitive-reads/").json()["results"]
    assert row["user"] == hr.name
    assert row["people_count"] == 1
    assert "Invented0" in row["people"][0]
    (row,) = signed_in(reader).get("/api/v1/sensitive-reads/").json()["results"]
    assert row["people"] == []
    assert signed_in(user_make(Role.FINANCE, force)).get("/api/v1/sensitive-reads/").status_code == 403
