"""A page with a form, sent twice: by a double click, from the browser's history, by two requests at once."""

from typing import Any

import pytest
from django.db import connections
from django.test import Client

from peelsite.accounts.permissions import Role
from peelsite.forces.models import Force
from peelsite.web.models import SentForm
from tests import factories
from tests.editing.hammer import Crowd
from tests.editing.pages import opened, sent_of


def page_of(force: Force) -> tuple[Client, str, dict[str, Any]]:
    client, address = Client(), f"/{force.slug}/people/add/"
    client.force_login(factories.user_make(Role.HR, force))
    typed = {"number": "7001", "family_name": "Invented", "employed_from": "2010-04-01"}
    return client, address, opened(client, address) | typed


@pytest.mark.django_db
def test_the_same_page_twice_is_one_person() -> None:
    force = factories.force_make()
    client, address, sent = page_of(force)
    first, second = (client.post(address, sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert force.people.count() == 1
    assert "You sent the page twice; it counts once." in client.get(second["Location"]).content.decode()


@pytest.mark.django_db
def test_the_same_page_with_another_person_in_it_asks_first() -> None:
    force = factories.force_make()
    client, address, sent = page_of(force)
    client.post(address, sent)
    told = client.post(address, sent | {"number": "7002"})
    assert told.status_code == 409
    assert "You have sent this page before" in told.content.decode()
    assert force.people.count() == 1
    assert client.post(address, sent_of(told.context["form"])).status_code == 302
    assert force.people.count() == 2


@pytest.mark.django_db
def test_a_page_that_was_refused_is_sent_again_under_its_key() -> None:
    force = factories.force_make()
    client, address, sent = page_of(force)
    assert client.post(address, sent | {"family_name": ""}).status_code == 200
    assert not SentForm.objects.exists()
    assert client.post(address, sent).status_code == 302


@pytest.mark.django_db
def test_keys_are_each_persons_own() -> None:
    force = factories.force_make()
    client, address, sent = page_of(force)
    client.post(address, sent)
    other, _, _ = page_of(force)
    assert other.post(address, sent | {"number": "7002"}).status_code == 302
    assert force.people.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_person() -> None:
    force = factories.force_make()
    client, address, sent = page_of(force)
    cookies = client.cookies
    answers: list[tuple[int, str]] = []

    def click() -> None:
        own = Client()
        own.cookies = cookies
        answer = own.post(address, sent)
        answers.append((answer.status_code, answer.headers.get("Location", "")))
        connections.close_all()

    with Crowd(2) as pair:
        pair.at_once("click", [click, click])
        assert not pair.tally.faults, pair.tally.faults
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 302
    assert force.people.count() == 1
