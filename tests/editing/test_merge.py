"""A form about a record that somebody else changed: what is told, kept, taken over and asked."""

from typing import Any

import pghistory
import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role
from peelsite.forces.models import Force
from peelsite.web.editing.calc import merge
from peelsite.web.editing.forms import SALT
from tests import factories
from tests.editing.pages import opened, sent_of
from workforce.people.models import Person, Posting

WORDS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "x", "y", "z"]), min_size=4, max_size=4)


@given(opened=WORDS, now=WORDS, typed=WORDS)
def test_every_change_is_told_once_and_no_untouched_field_asks(
    opened: dict[str, str], now: dict[str, str], typed: dict[str, str]
) -> None:
    merged = merge(opened, now, typed)
    assert sorted(merged.changed) == sorted(name for name in now if now[name] != opened[name])
    assert all(typed[name] == opened[name] for name in merged.theirs)
    assert all(len({opened[name], now[name], typed[name]}) == 3 for name in merged.collisions)
    assert not merged.beside


@pytest.fixture
def force(db: None) -> Force:
    return factories.force_make()


@pytest.fixture
def other(force: Force) -> User:
    return factories.user_make(Role.HR, force)


@pytest.fixture
def client(force: Force) -> Client:
    client = Client()
    client.force_login(factories.user_make(Role.HR, force))
    return client


@pytest.fixture
def person(force: Force) -> Person:
    return factories.person_make(force, "7001", family_name="Before")


def correct(person: Person) -> str:
    return reverse("people:correct", args=[person.force.slug, person.pk])


def change_by(user: User, person: Person, **values: Any) -> None:
    with pghistory.context(user=user.pk):
        Person.objects.filter(pk=person.pk).update(**values)


def test_what_only_the_other_changed_is_taken_over_and_told(
    client: Client, person: Person, other: User
) -> None:
    sent = opened(client, correct(person)) | {"given_names": "Mine", "change_reason": "As on the card."}
    change_by(other, person, number="7009")
    told = client.post(correct(person), sent)
    assert told.status_code == 409
    form = told.context["form"]
    ((row,), author) = form.conflict.rows, form.conflict.author
    assert (row.label, row.opened, row.now, row.outcome) == (
        "Collar or payroll number",
        "7001",
        "7009",
        "taken",
    )
    assert author.who == str(other)
    assert form["number"].value() == "7009"
    assert form["given_names"].value() == "Mine"
    assert client.post(correct(person), sent_of(form)).status_code == 302
    person.refresh_from_db()
    assert (person.number, person.given_names) == ("7009", "Mine")


@pytest.mark.parametrize(("keep", "name"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_a_collision_asks_and_does_what_was_chosen(
    client: Client, person: Person, other: User, keep: str, name: str
) -> None:
    sent = opened(client, correct(person)) | {"family_name": "Mine", "change_reason": "As on the card."}
    change_by(other, person, family_name="Theirs")
    form = client.post(correct(person), sent).context["form"]
    assert form["family_name"].value() == "Mine"
    unchosen = client.post(correct(person), sent_of(form))
    assert unchosen.status_code == 200
    assert "choose whose to keep" in unchosen.content.decode()
    assert client.post(correct(person), sent_of(form) | {"keep_family_name": keep}).status_code == 302
    person.refresh_from_db()
    assert person.family_name == name


def test_a_third_editor_is_told_of_the_second(client: Client, person: Person, other: User) -> None:
    sent = opened(client, correct(person)) | {"given_names": "Mine", "change_reason": "As on the card."}
    for number in ("7002", "7003"):
        change_by(other, person, number=number)
        told = client.post(correct(person), sent)
        assert told.status_code == 409
        sent = sent_of(told.context["form"])
    assert client.post(correct(person), sent).status_code == 302
    person.refresh_from_db()
    assert person.number == "7003"


def test_what_stands_beside_the_form_is_told_too(client: Client, person: Person, other: User) -> None:
    sent = opened(client, correct(person)) | {"given_names": "Mine", "change_reason": "As on the card."}
    employed = person.employed
    change_by(other, person, employed=type(employed)(employed.lower, employed.lower.replace(year=2015)))
    (row,) = client.post(correct(person), sent).context["form"].conflict.rows
    assert (row.label, row.outcome) == ("Employed, last day", "beside")


@pytest.mark.parametrize("how", ["missing", "forged", "of another record"])
def test_a_base_that_the_site_did_not_sign_is_none(client: Client, person: Person, how: str) -> None:
    sent = opened(client, correct(person)) | {"given_names": "Mine", "change_reason": "As on the card."}
    if how == "missing":
        del sent["base"]
    elif how == "forged":
        sent["base"] = sent["base"][:-3] + "abc"
    else:
        content = signing.loads(sent["base"], salt=SALT)
        sent["base"] = signing.dumps(content | {"of": "PersonCorrectForm:workforce.person:0"}, salt=SALT)
    told = client.post(correct(person), sent)
    assert told.status_code == 409
    assert "does not say what you saw" in told.content.decode()
    assert client.post(correct(person), sent_of(told.context["form"])).status_code == 302


def test_of_a_removed_record_everything_typed_is_still_there(
    client: Client, person: Person, other: User
) -> None:
    posting = factories.posting_make(person, factories.post_make(person.force))
    address = reverse("people:posting-end", args=[person.force.slug, person.pk, posting.pk])
    sent = opened(client, address) | {"ends_on": "2016-03-31", "change_reason": "As on the card."}
    with pghistory.context(user=other.pk):
        Posting.objects.filter(pk=posting.pk).delete()
    told = client.post(address, sent)
    assert told.status_code == 409
    assert f"{other} removed this record at" in told.content.decode()
    assert told.context["form"]["ends_on"].value() == "2016-03-31"
    assert client.get(address).status_code == 404
    stranger = Client()
    stranger.force_login(factories.user_make(Role.HR, factories.force_make("Otherset")))
    assert stranger.post(address, sent).status_code == 404


def test_the_schema_says_that_changes_need_if_match(client: Client) -> None:
    schema = client.get("/api/schema/?format=json", headers={"accept": "application/json"}).json()
    put = schema["paths"]["/api/v1/posts/{id}/"]["put"]
    assert {parameter["name"] for parameter in put["parameters"]} >= {"If-Match"}
    assert {"412", "428"} <= set(put["responses"])
    get = schema["paths"]["/api/v1/posts/{id}/"]["get"]
    assert "ETag" in get["responses"]["200"]["headers"]
