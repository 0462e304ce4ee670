"""Accounts for programs."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from peelsite.accounts.models import ApiToken, Membership
from peelsite.accounts.permissions import Action, Role
from peelsite.accounts.services import token_create
from tests.factories import force_make, unit_make, user_make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def in_a_month() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def signed_in(user) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


def test_me_says_what_one_may_do():
    force = force_make()
    user = user_make(Role.FINANCE, force)
    body = signed_in(user).get("/api/v1/me/").json()
    assert body["email"] == user.email
    (membership,) = body["memberships"]
    assert membership["force"] == "testshire"
    assert "establishment.view" in membership["actions"]
    assert "people.view" not in membership["actions"]
    assert APIClient().get("/api/v1/me/").status_code == 401


def test_a_token_is_made_by_a_person_and_not_by_a_program():
    user = user_make(Role.HR, force_make())
    asked = {"name": "Extract", "expires_on": in_a_month(), "actions": ["people.view"]}
    made = signed_in(user).post("/api/v1/tokens/", asked, format="json")
    assert made.status_code == 201
    secret = made.json()["secret"]
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})
    (listed,) = program.get("/api/v1/tokens/").json()["results"]
    assert "secret" not in listed
    assert program.post("/api/v1/tokens/", asked, format="json").status_code == 403
    assert ApiToken.objects.count() == 1
    assert program.delete(f"/api/v1/tokens/{listed['id']}/").status_code == 204
    assert program.get("/api/v1/tokens/").status_code == 401


def test_tokens_of_others_are_not_found():
    force = force_make()
    token, _ = token_create(
        user=user_make(Role.HR, force),
        name="x",
        expires_on=timezone.localdate() + timedelta(days=1),
        actions=[Action.PEOPLE_VIEW],
    )
    other = signed_in(user_make(Role.HR, force))
    assert other.get(f"/api/v1/tokens/{token.pk}/").status_code == 404
    assert other.delete(f"/api/v1/tokens/{token.pk}/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_token_beyond_a_year_is_refused():
    late = (timezone.localdate() + timedelta(days=400)).isoformat()
    asked = {"name": "x", "expires_on": late, "actions": ["people.view"]}
    answer = signed_in(user_make(Role.HR, force_make())).post("/api/v1/tokens/", asked, format="json")
    assert answer.status_code == 400
    assert "a year at most" in answer.json()["expires_on"][0]


def test_members_for_the_administrator_of_their_force():
    force, other = force_make(), force_make("Otherset")
    administrator = user_make(Role.ADMINISTRATOR, force)
    elsewhere = user_make(Role.HR, other).memberships.get()
    client = signed_in(administrator)
    rows = client.get("/api/v1/members/").json()["results"]
    assert [row["email"] for row in rows] == [administrator.email]
    assert client.get(f"/api/v1/members/{elsewhere.pk}/").status_code == 404
    unit = unit_make(force)
    asked = {"force": "testshire", "email": "u@peelsite.invalid", "name": "U", "role": "unit_head"}
    made = client.post("/api/v1/members/", asked | {"unit": unit.code}, format="json")
    assert made.status_code == 201, made.content
    assert [message.to for message in mail.outbox] == [["u@peelsite.invalid"]]
    address, body = f"/api/v1/members/{made.json()['id']}/", {"is_active": False}
    why = {"X-Change-Reason": "Left the force"}
    assert client.patch(address, body, format="json", headers=why).status_code == 428
    assert "X-Change-Reason" in str(client.patch(address, body, format="json").json()["change_reason"])
    tag = {"If-Match": client.get(address)["ETag"]} | why
    ended = client.patch(address, body, format="json", headers=tag)
    assert client.patch(address, {"is_active": True}, format="json", headers=tag).status_code == 412
    assert ended.json()["is_active"] is False
    wrong = client.post("/api/v1/members/", asked | {"email": "v@peelsite.invalid"}, format="json")
    assert wrong.status_code == 400
    assert "select the unit they are head of" in wrong.json()["unit"][0]
    strange = client.post("/api/v1/members/", asked | {"force": "otherset"}, format="json")
    assert strange.status_code == 404


def test_members_are_closed_to_colleagues():
    force = force_make()
    membership = user_make(Role.ANALYST, force).memberships.get()
    colleague = signed_in(user_make(Role.HR, force))
    assert colleague.get("/api/v1/members/").status_code == 403
    answer = colleague.patch(f"/api/v1/members/{membership.pk}/", {"role": "hr"}, format="json")
    assert answer.status_code == 403
    assert Membership.objects.get(pk=membership.pk).role == Role.ANALYST
