import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework.request import Request

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Force
from peelsite.web import context, navigation, views
from peelsite.web.pagination import ApiPagination
from tests.web.markup import elements


@login_not_required
def refused(request: HttpRequest):
    raise PermissionDenied


@login_not_required
def broken(request: HttpRequest):
    raise ZeroDivisionError


@login_not_required
def suspicious(request: HttpRequest):
    raise SuspiciousOperation


def nothing(request: HttpRequest, slug: str):
    raise PermissionDenied


urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("peelsite.web.urls")),
    path("refused/", refused),
    path("broken/", broken),
    path("suspicious/", suspicious),
    path("<slug:slug>/boards/", nothing, name="sample-boards"),
    path("<slug:slug>/establishment/", nothing, name="sample-establishment"),
]

in_this_file = override_settings(ROOT_URLCONF="tests.web.test_pages", DEBUG=False)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@in_this_file
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/refused/", 403, "You may not do that here"),
        ("/nowhere/", 404, "Page not found"),
        ("/suspicious/", 400, "That request could not be read"),
        ("/broken/", 500, "Sorry, something went wrong"),
    ],
)
def test_a_fault_is_answered_with_a_whole_page_that_helps(visitor, address, status, words):
    response = visitor.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert f"<title>{words} - Peelsite</title>" in html
    assert elements(html, "main", id="main-content")
    assert elements(html, "a", href="#main-content")
    assert "OFFICIAL" in html


@pytest.mark.django_db
@in_this_file
def test_a_form_without_its_token_is_refused_with_a_page_that_helps():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.invalid"})
    assert response.status_code == 403
    assert "Your page was out of date" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accessibility/", "/accounts/login/", "/accounts/password/reset/"])
def test_no_page_holds_inline_script_or_style(client, address):
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    # A block of data is not run.
    scripts = [each for each in elements(html, "script") if each.get("type") != "application/json"]
    assert all("src" in script for script in scripts)
    assert not elements(html, "style")
    assert "style=" not in html
    assert " onclick=" not in html


@pytest.mark.django_db
def test_wrong_password_is_said_once_and_in_the_title(client):
    response = client.post("/accounts/login/", {"login": "no.one@example.invalid", "password": "wrong"})
    html = response.content.decode()
    assert "<title>Error: Sign in - Peelsite</title>" in html
    assert len(elements(html, "div", class_="govuk-error-summary")) == 1


@pytest.mark.django_db
def test_sign_up_is_closed(client):
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.django_db
def test_site_lives_and_is_ready(client):
    assert client.get("/health/live").content == b"live\n"
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"database": "ready", "redis": "ready"})
    assert client.post("/health/live").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "fault", "named"),
    [
        ("connection", DatabaseError("secret detail"), "database"),
        ("cache", RedisConnectionError("secret detail"), "redis"),
    ],
)
def test_site_says_what_does_not_answer_but_not_why(rf, monkeypatch, caplog, place, fault, named):
    class Dead:
        def cursor(self):
            raise fault

        def get(self, key):
            raise fault

    monkeypatch.setattr(views, place, Dead())
    response = views.ready(rf.get("/health/ready"))
    assert response.status_code == 503
    assert f'"{named}": "not ready"' in response.content.decode()
    assert "secret" not in response.content.decode()
    assert "secret detail" in caplog.text


@pytest.fixture
def two_forces(db) -> tuple[Force, Force]:
    return tuple(
        Force.objects.create(name=f"Invented {name}", slug=name, code=f"X0000000{number}")
        for number, name in enumerate(("east", "west"))
    )


@pytest.fixture
def items(monkeypatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register("Boards", "sample-boards", action=Action.BOARD_VIEW, order=20)
    navigation.register("Establishment", "sample-establishment", order=10)
    navigation.register("Time", "a-room-not-built", order=30)


def member(force: Force, role: str) -> User:
    user = User.objects.create_user(f"{role}@example.invalid", name="Ima Gined")
    Membership.objects.create(user=user, force=force, role=role)
    return user


def site_of(user: User, address: str) -> context.Site:
    request = RequestFactory().get(address)
    request.user = user
    return context.site(request)["peelsite"]


@in_this_file
def test_navigation_holds_rooms_that_exist_and_the_user_may_enter(two_forces, items):
    east, _ = two_forces
    hr = site_of(member(east, Role.HR), "/east/boards/")
    assert hr.navigation == [
        navigation.Link("Establishment", "/east/establishment/", False),
        navigation.Link("Boards", "/east/boards/", True),
    ]
    administrator = site_of(member(east, Role.ADMINISTRATOR), "/east/boards/")
    assert [link.label for link in administrator.navigation] == ["Establishment"]


@in_this_file
def test_navigation_marks_the_room_of_deeper_pages_only_in_the_same_force(two_forces, items):
    east, west = two_forces
    user = member(east, Role.HR)
    Membership.objects.create(user=user, force=west, role=Role.HR)
    assert [link.current for link in site_of(user, "/west/boards/4/minutes/").navigation] == [False, True]
    assert site_of(user, "/west/boards/").other_forces == [east]
    # Between two forces none is meant until one is chosen.
    assert site_of(user, "/").force is None
    assert site_of(user, "/").navigation == []


@in_this_file
def test_strangers_see_no_navigation(two_forces, items):
    stranger = site_of(member(two_forces[1], Role.HR), "/east/boards/")
    assert stranger.force.slug == "west"
    assert [link.href for link in stranger.navigation] == ["/west/establishment/", "/west/boards/"]
    nobody = context.Site(RequestFactory().get("/east/boards/"))
    assert (nobody.user, nobody.forces, nobody.navigation) == (None, [], [])


@in_this_file
def test_signed_in_frame_has_menu_switcher_and_sign_out_by_post(two_forces, items):
    east, west = two_forces
    user = member(east, Role.HR)
    Membership.objects.create(user=user, force=west, role=Role.HR)
    client = Client()
    client.force_login(user)
    html = client.get("/east/boards/").content.decode()
    assert elements(html, "a", href="/east/establishment/")
    assert elements(html, "a", href="/west/")
    assert elements(html, "form", method="post", action="/accounts/logout/")
    (current,) = elements(html, "a", href="/east/boards/")
    assert current["aria-current"] == "page"


def demonstration() -> list[dict[str, str]]:
    return [{"role": "HR", "email": "hr@example.invalid", "password": "three-invented-words"}]


@pytest.mark.django_db
@pytest.mark.parametrize("local", [True, False])
def test_demonstration_sign_ins_are_shown_on_ones_own_machine_only(client, settings, local):
    settings.PEELSITE_DEMO_SIGN_INS = "tests.web.test_pages.demonstration"
    settings.LOCAL = local
    html = client.get("/accounts/login/").content.decode()
    assert ("three-invented-words" in html) is local


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "rows"), [("", 2), ("?page_size=1", 1), ("?page_size=100000", 2)])
def test_api_pages(two_forces, settings, asked, rows):
    paginator = ApiPagination()
    page = paginator.paginate_queryset(Force.objects.all(), Request(RequestFactory().get(f"/api/v1/{asked}")))
    body = paginator.get_paginated_response(page).data
    assert len(body["results"]) == rows
    assert set(body) == {"count", "next", "previous", "results"}
    assert body["count"] == 2
    assert paginator.get_page_size(Request(RequestFactory().get("/?page_size=100000"))) == 1000
