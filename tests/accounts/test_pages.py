"""The accounts pages as administrator, colleague and stranger see them, and each user's own page."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.models import ApiToken, Membership, User
from peelsite.accounts.permissions import Role
from tests.editing.pages import opened
from tests.factories import force_make, signed_in, unit_make, user_make
from tests.history.test_tracked import source_of_last

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def force():
    return force_make()


@pytest.fixture
def administrator(force):
    return user_make(Role.ADMINISTRATOR, force)


PAGES = ("members", "member-new", "member", "member-end")
POSTS = ("member-new", "member", "member-end", "member-renew", "member-password")


def address(name: str, force, membership) -> str:
    arguments = [force.slug] if name in ("members", "member-new") else [force.slug, membership.pk]
    return reverse(f"accounts:{name}", args=arguments)


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_the_administrator_only(force, administrator, name):
    membership = user_make(Role.HR, force).memberships.get()
    url = address(name, force, membership)
    assert signed_in(administrator).get(url).status_code == 200
    assert signed_in(user_make(Role.HR, force)).get(url).status_code == 403
    assert signed_in(user_make(Role.ADMINISTRATOR, force_make("Otherset"))).get(url).status_code == 404
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", POSTS)
def test_colleague_and_stranger_change_nothing(force, name):
    membership = user_make(Role.ANALYST, force).memberships.get()
    url = address(name, force, membership)
    wanted = {"email": "z@peelsite.invalid", "name": "Z", "role": Role.FINANCE}
    assert signed_in(user_make(Role.HR, force)).post(url, wanted).status_code == 403
    stranger = user_make(Role.ADMINISTRATOR, force_make("Otherset"))
    assert signed_in(stranger).post(url, wanted).status_code == 404
    membership.refresh_from_db()
    assert (membership.role, membership.is_active) == (Role.ANALYST, True)
    assert not User.objects.filter(email="z@peelsite.invalid").exists()
    assert mail.outbox == []


def test_a_membership_of_another_force_is_not_found(force, administrator):
    other = user_make(Role.HR, force_make("Otherset")).memberships.get()
    assert signed_in(administrator).get(address("member", force, other)).status_code == 404
    assert signed_in(administrator).post(address("member-end", force, other)).status_code == 404
    assert Membership.objects.get(pk=other.pk).is_active


def test_a_new_member_sets_a_password_by_the_link_and_signs_in(force, administrator):
    unit = unit_make(force)
    answer = signed_in(administrator).post(
        reverse("accounts:member-new", args=[force.slug]),
        {"email": "una@peelsite.invalid", "name": "Una Head", "role": Role.UNIT_HEAD, "unit": unit.pk},
        follow=True,
    )
    assert "Una Head is now Unit head of Response in Testshire." in answer.content.decode()
    (message,) = mail.outbox
    assert message.to == ["una@peelsite.invalid"]
    link = re.search(r"https?://[^/]+(/\S+)", message.body).group(1)
    browser = Client()
    form = browser.get(link, follow=True)
    password = "four plain invented words"
    answer = browser.post(
        form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True
    )
    assert answer.status_code == 200
    user = User.objects.get(email="una@peelsite.invalid")
    assert user.check_password(password)
    assert browser.login(email=user.email, password=password)
    used_again = Client().get(link, follow=True)
    assert "password1" not in used_again.content.decode()


def test_someone_who_has_a_password_is_sent_nothing(force, administrator):
    user = user_make(Role.HR, force_make("Otherset"))
    signed_in(administrator).post(
        reverse("accounts:member-new", args=[force.slug]), {"email": user.email, "name": "x", "role": Role.HR}
    )
    assert user.memberships.count() == 2
    assert mail.outbox == []


def test_refusals_stand_beside_the_form(force, administrator):
    answer = signed_in(administrator).post(
        reverse("accounts:member-new", args=[force.slug]),
        {"email": "una@peelsite.invalid", "name": "Una", "role": Role.UNIT_HEAD},
    )
    html = answer.content.decode()
    assert "select the unit they are head of" in html
    assert "<title>Error: " in html


def test_the_last_administrator_is_told_why_not(force, administrator):
    own = administrator.memberships.get()
    answer = signed_in(administrator).post(
        address("member-end", force, own), opened(signed_in(administrator), address("member-end", force, own))
    )
    assert "is the only administrator of Testshire" in answer.content.decode()
    assert Membership.objects.get(pk=own.pk).is_active


def test_end_and_renew(force, administrator):
    membership = user_make(Role.HR, force).memberships.get()
    client = signed_in(administrator)
    end, renew = (address(f"member-{step}", force, membership) for step in ("end", "renew"))
    untold = opened(client, end) | {"change_reason": ""}
    assert "Say why this is changed" in client.post(end, untold).content.decode()
    assert Membership.objects.get(pk=membership.pk).is_active
    assert client.post(end, opened(client, end)).status_code == 302
    assert not Membership.objects.get(pk=membership.pk).is_active
    assert signed_in(membership.user).get(f"/{force.slug}/").status_code == 404
    sent = opened(client, renew) | {"change_reason": "Asked for by the board"}
    assert client.post(renew, sent).status_code == 302
    assert source_of_last(Membership, membership.pk).reason == "Asked for by the board"
    assert Membership.objects.get(pk=membership.pk).is_active


def test_members_are_searched_and_downloaded(force, administrator):
    user_make(Role.HR, force, email="find.me@peelsite.invalid")
    client = signed_in(administrator)
    found = client.get(reverse("accounts:members", args=[force.slug]), {"search": "FIND.me"}).content.decode()
    assert "find.me@peelsite.invalid" in found
    assert administrator.email not in found
    table = client.get(reverse("accounts:members", args=[force.slug]), {"download": "csv"})
    assert b"find.me@peelsite.invalid" in b"".join(table)


def test_members_cost_the_same_whatever_their_number(force, administrator, django_assert_num_queries):
    client = signed_in(administrator)
    url = reverse("accounts:members", args=[force.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(5):
        user_make(Role.UNIT_HEAD, force, unit=unit_make(force))
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_ones_own_page_makes_a_token_that_works_until_it_is_revoked(force):
    user = user_make(Role.HR, force)
    client = signed_in(user)
    assert "Testshire" in client.get("/me/").content.decode()
    made = client.post(
        "/me/tokens/new/", {"name": "Payroll", "actions": ["people.view"], **day_boxes(30)}
    ).content.decode()
    secret = re.search(r"peel_[\w-]+", made).group()
    assert made.count(secret) == 1
    assert secret not in client.get("/me/").content.decode()
    program = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert Client().get("/api/v1/me/", **program).json()["email"] == user.email
    assert ApiToken.objects.get().last_used_at is not None
    client.post(reverse("accounts:token-end", args=[ApiToken.objects.get().pk]))
    assert Client().get("/api/v1/me/", **program).status_code == 401


def day_boxes(days: int) -> dict[str, str]:
    return {"expires_on": (timezone.localdate() + timedelta(days=days)).isoformat()}


def test_a_token_beyond_a_year_is_refused_beside_its_box(force):
    client = signed_in(user_make(Role.HR, force))
    html = client.post(
        "/me/tokens/new/", {"name": "Payroll", "actions": ["people.view"], **day_boxes(500)}
    ).content.decode()
    assert "A token lasts a year at most" in html
    assert not ApiToken.objects.exists()


def test_anothers_token_is_not_found(force):
    owner, other = user_make(Role.HR, force), user_make(Role.HR, force)
    signed_in(owner).post("/me/tokens/new/", {"name": "Payroll", "actions": ["people.view"], **day_boxes(5)})
    token = ApiToken.objects.get()
    url = reverse("accounts:token-end", args=[token.pk])
    assert signed_in(other).post(url).status_code == 404
    assert Client().post(url).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_user_without_a_force_is_told_what_to_do():
    html = signed_in(user_make(None)).get("/me/").content.decode()
    assert "You are a member of no force" in html
