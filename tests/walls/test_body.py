"""A force named in a request's body narrows the wall of that request as one in its address does."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from rest_framework import viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from peelsite.accounts.permissions import Role
from peelsite.forces.models import Area, Force
from peelsite.walls.parsers import JSONParser, MultiPartParser
from tests.access.walk import addresses
from tests.access.world import token_of
from tests.factories import force_make, user_make
from tests.walls.standing import as_application, raw_keys

pytestmark = pytest.mark.django_db


class BareViewSet(viewsets.ViewSet):
    """Understands what it is sent, then asks PostgreSQL for all areas there are."""

    permission_classes = [IsAuthenticated]

    def create(self, request: Any) -> Response:
        assert request.data is not None
        return Response(sorted(raw_keys(Area)))


_router = SimpleRouter()
_router.register("api/v1/bare", BareViewSet, "bare")


class urls:
    urlpatterns = _router.urls


@pytest.fixture
def areas(settings: Any) -> dict[str, int]:
    """By the slug of each of three forces, the number of its area."""
    settings.ROOT_URLCONF = urls
    forces = [force_make(name) for name in ("Aldershire", "Bexshire", "Cornshire")]
    return {force.slug: Area.objects.create(force=force, code="A", name=force.name).pk for force in forces}


def member_of_two() -> Any:
    user = user_make(Role.HR, Force.objects.get(slug="aldershire"))
    user.memberships.create(force=Force.objects.get(slug="bexshire"), role=Role.HR)
    return user


def clients(user: Any) -> list[tuple[Client, dict[str, str]]]:
    """Signed in at a page, and with a token."""
    signed_in = Client()
    signed_in.force_login(user)
    return [(signed_in, {}), (Client(), {"Authorization": f"Bearer {token_of(user)}"})]


@pytest.mark.parametrize("kind", ["json", "form"])
def test_a_bare_select_finds_the_named_force_alone(areas: dict[str, int], kind: str) -> None:
    user = member_of_two()
    with as_application():
        for client, headers in clients(user):
            for named, found in (
                ({"force": "aldershire"}, ["aldershire"]),
                ({"force": "bexshire"}, ["bexshire"]),
                ({"name": "of no force"}, ["aldershire", "bexshire"]),
                # Where one is no member nothing opens that was not open.
                ({"force": "cornshire"}, ["aldershire", "bexshire"]),
            ):
                sent = {"content_type": "application/json"} if kind == "json" else {}
                answer = client.post("/api/v1/bare/", named, headers=headers, **sent)
                assert answer.json() == [areas[slug] for slug in found], named


def test_one_request_is_about_one_force(areas: dict[str, int]) -> None:
    (client, headers), _ = clients(member_of_two())
    sent = {"data": {"force": "bexshire"}, "content_type": "application/json", "headers": headers}
    refused = client.post("/api/v1/bare/?force=aldershire", **sent)
    assert refused.status_code == 400
    assert "name one force only" in refused.json()["force"][0]
    assert client.post("/api/v1/bare/?force=bexshire", **sent).json() == [areas["bexshire"]]


@pytest.mark.parametrize("odd", [{"force": 7}, {"force": ["aldershire"]}, ["aldershire"], {}])
def test_what_names_no_force_narrows_nothing(areas: dict[str, int], odd: Any) -> None:
    (client, _), _ = clients(member_of_two())
    answer = client.post("/api/v1/bare/", odd, content_type="application/json")
    assert answer.status_code == 200
    assert len(answer.json()) == 2


def test_every_endpoint_reads_bodies_with_these_parsers() -> None:
    views = [address.view for address in addresses(get_resolver("peelsite.urls")) if address.is_api]
    parsers = {parser for view in views if hasattr(view, "cls") for parser in view.cls.parser_classes}
    assert parsers == {JSONParser, MultiPartParser}
