"""The schema is whole, its pages show it, and refusals are plain and limited."""

from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from peelsite.accounts.permissions import Role
from peelsite.apidocs.selectors import resources
from peelsite.web.throttling import MemberThrottle, NobodyThrottle
from tests import factories
from tests.access.world import token_of
from tests.web.markup import ids


@pytest.fixture
def member(db: None) -> Any:
    return factories.user_make(Role.HR, factories.force_make())


@pytest.fixture
def bearer(member: Any) -> Client:
    return Client(headers={"authorization": f"Bearer {token_of(member)}"})


def test_the_schema_is_valid_and_nothing_in_it_was_guessed() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_every_resource_has_a_page_with_its_endpoints(member: Any, client: Client) -> None:
    client.force_login(member)
    index = client.get(reverse("api-docs")).content.decode()
    assert len(resources()) > 20
    for resource in resources():
        href = reverse("api-docs-resource", args=[resource.slug])
        assert f'href="{href}"' in index
        page = client.get(href).content.decode()
        for endpoint in resource.endpoints:
            assert f"{endpoint.method.upper()} {endpoint.path}" in page
        assert len(ids(page)) == len(set(ids(page)))


def test_every_resource_is_described() -> None:
    """In words about the resource: a class without its own would show those of a mixin."""
    words = [resource.description for resource in resources()]
    assert all(words)
    assert len(words) == len(set(words))


def test_an_unknown_resource_is_not_there(member: Any, client: Client) -> None:
    client.force_login(member)
    assert client.get(reverse("api-docs-resource", args=["submarines"])).status_code == 404


def test_a_token_opens_what_its_user_may_see(bearer: Client) -> None:
    answer = bearer.get("/api/v1/posts/", {"page_size": 2})
    assert answer.status_code == 200
    assert set(answer.json()) == {"count", "next", "previous", "results"}


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("get", "/api/v1/posts/999999/", 404, "There is nothing here, or nothing that you may see."),
        ("get", "/api/v1/outbox/", 403, "Your roles in this force do not allow this."),
        ("delete", "/api/v1/posts/", 405, "This address does not take this method"),
    ],
)
def test_refusals_are_sentences(bearer: Client, method: str, path: str, status: int, said: str) -> None:
    answer = getattr(bearer, method)(path)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_what_cannot_be_read_is_said_to_be_so(bearer: Client) -> None:
    answer = bearer.post("/api/v1/posts/", "{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("The request could not be read")


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, "Sign in, or send a token"),
        ({"authorization": "Bearer peel_wrong"}, "This token is unknown, revoked or past its end."),
        ({"authorization": "Bearer"}, "The Authorization header must read"),
    ],
)
def test_nobody_is_told_how_to_be_somebody(db: None, headers: dict[str, str], said: str) -> None:
    answer = Client(headers=headers).get("/api/v1/posts/")
    assert answer.status_code == 401
    assert said in answer.json()["detail"]


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three requests a minute, and two refusals."""
    cache.clear()
    rates = {"member": "3/min", "nobody": "2/min"}
    monkeypatch.setattr(MemberThrottle, "THROTTLE_RATES", rates)
    monkeypatch.setattr(NobodyThrottle, "THROTTLE_RATES", rates)


def test_a_token_that_asks_too_often_is_told_when_to_come_back(
    limited: None, bearer: Client, member: Any
) -> None:
    assert [bearer.get("/api/v1/me/").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = bearer.get("/api/v1/me/")
    assert "Too many requests. Try again in" in refused.json()["detail"]
    assert int(refused.headers["Retry-After"]) <= 60
    other = Client(headers={"authorization": f"Bearer {token_of(member)}"})
    assert other.get("/api/v1/me/").status_code == 200


def test_guessing_tokens_is_slowed_down_by_address(limited: None, db: None, bearer: Client) -> None:
    guesser = Client(headers={"authorization": "Bearer peel_guess"}, REMOTE_ADDR="192.0.2.9")
    assert [guesser.get("/api/v1/me/").status_code for _ in range(3)] == [401, 401, 429]
    claims = Client(headers={"x-forwarded-for": "198.51.100.1"}, REMOTE_ADDR="192.0.2.9")
    assert claims.get("/api/v1/me/").status_code == 429
    assert bearer.get("/api/v1/me/").status_code == 200
