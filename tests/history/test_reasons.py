"""What asks a person on a page why it is changed asks a program as well, and says so in the schema."""

import pytest
from django.test import Client
from django.urls import reverse

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role
from tests.factories import force_make, person_make, post_make, posting_make, user_make
from tests.history.test_tracked import source_of_last
from tests.workforce.boards.invented import world_make
from workforce.boards.decisions.models import Decision
from workforce.establishment.models import Post
from workforce.people.models import Person, Posting

pytestmark = pytest.mark.django_db

# Endpoint, method and model of everything whose page is a ReasonedForm.
REASONED = [
    ("person-detail", "put", Person),
    ("posting-detail", "delete", Posting),
    ("post-detail", "put", Post),
    ("member-detail", "patch", Membership),
    ("decision-detail", "delete", Decision),
]


def everything_in(force) -> Client:
    user = user_make(Role.HR, force)
    for role in set(Role.values) - {Role.HR, Role.UNIT_HEAD, Role.PARTNER}:
        Membership.objects.create(user=user, force=force, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rows() -> dict:
    world = world_make("Testshire")
    world.publish()
    person, post = person_make(world.force), post_make(world.force)
    return {
        Person: person,
        Posting: posting_make(person, post),
        Post: post,
        Membership: Membership.objects.get(user=world.analyst),
        Decision: world.decide("B-1"),
    }


@pytest.mark.parametrize(("name", "method", "model"), REASONED)
def test_a_program_that_gives_no_reason_is_refused(rows, name, method, model):
    row = rows[model]
    force = row.item.board.force if model is Decision else row.force
    client, address = everything_in(force), reverse(name, args=[row.pk])
    before = model.objects.filter(pk=row.pk).values().get()
    for why in ({}, {"X-Change-Reason": " \t "}, {"X-Change-Reason": "x"}):
        answer = getattr(client, method)(
            address, {}, content_type="application/json", headers={"If-Match": "*"} | why
        )
        assert answer.status_code == 400
        assert list(answer.json()) == ["change_reason"]
    assert model.objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize(("name", "method", "model"), REASONED)
def test_another_forces_row_is_not_there_with_or_without_a_reason(rows, name, method, model):
    stranger = everything_in(force_make("Otherset"))
    for why in ({}, {"X-Change-Reason": "Told by pay"}):
        answer = getattr(stranger, method)(
            reverse(name, args=[rows[model].pk]), {}, content_type="application/json", headers=why
        )
        assert answer.status_code == 404


def test_the_reason_stands_in_the_history_in_any_script():
    force = force_make()
    posting = posting_make(person_make(force), post_make(force))
    why = "Zoë’s posting was recorded twice"
    answer = everything_in(force).delete(
        reverse("posting-detail", args=[posting.pk]),
        headers={"If-Match": "*", "X-Change-Reason": why.encode().decode("latin-1")},
    )
    assert answer.status_code == 204
    assert source_of_last(Posting, posting.pk).reason == why


def test_the_schema_says_where_a_reason_is_asked_for():
    schema = everything_in(force_make()).get("/api/schema/?format=json").json()
    asked = {
        (path, method)
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        for parameter in operation.get("parameters", ())
        if parameter["name"] == "X-Change-Reason" and parameter["required"] and parameter["in"] == "header"
    }
    expected = {(reverse(name, args=[7]).replace("7", "{id}"), method) for name, method, _ in REASONED}
    # Tried with their own rooms.
    expected |= {("/api/v1/person-skills/{id}/", "delete"), ("/api/v1/retention-rules/{id}/", "put")}
    assert asked == expected
