"""Who is led to a second factor, what opens without one, and what stays when it is lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from peelsite.accounts.models import Session, User
from peelsite.accounts.permissions import Role
from peelsite.accounts.second_factor import roles_that_need_it
from tests.accounts.codes import totp_code
from tests.accounts.passkeys import passkey_make
from tests.factories import PASSWORD, force_make, user_make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _factors_are_required(settings) -> None:
    settings.MFA_REQUIRED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture
def force():
    return force_make()


def signed_in(user) -> Client:
    """With a password alone."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def app_of(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_who_only_reads_figures_needs_none(force):
    assert Role.FINANCE not in roles_that_need_it()
    needing = {Role.HR, Role.UNIT_HEAD, Role.CHIEF_OFFICER, Role.ANALYST, Role.ADMINISTRATOR}
    assert needing <= set(roles_that_need_it())
    finance = signed_in(user_make(Role.FINANCE, force))
    assert finance.get(f"/{force.slug}/establishment/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/me/", "/testshire/people/", "/me/tokens/new/", "/api/"])
def test_no_page_opens_before_one_is_set_up(force, path):
    answer = signed_in(user_make(Role.HR, force)).get(path)
    assert answer["Location"] == reverse("mfa_index")


def test_a_session_at_the_api_is_told_so(force):
    answer = signed_in(user_make(Role.HR, force)).get("/api/v1/posts/")
    assert answer.status_code == 403
    assert "Your role needs a second factor" in answer.json()["detail"]


def test_superusers_and_the_admin_pages_need_one():
    operator = User.objects.create_superuser("operator@peelsite.invalid", PASSWORD, name="Operator")
    answer = signed_in(operator).get("/admin/")
    assert answer["Location"] == reverse("mfa_index")


def test_a_session_that_came_in_without_the_factor_is_asked_for_it(force):
    user = user_make(Role.HR, force)
    app_of(user)
    client = Client()
    client.force_login(user)
    assert client.get("/me/")["Location"].startswith(reverse("mfa_reauthenticate"))


def test_the_key_of_the_app_is_not_in_the_database_as_it_is(force):
    user = user_make(Role.HR, force)
    secret = app_of(user)
    assert secret not in str(Authenticator.objects.get().data)


def test_a_code_signs_in_once(force):
    user = user_make(Role.HR, force)
    code = totp_code(app_of(user))
    first, second = signed_in(user), signed_in(user)
    assert first.post(reverse("mfa_authenticate"), {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    assert first.get("/me/").status_code == 200
    again = second.post(reverse("mfa_authenticate"), {"code": code})
    assert "was used already" in again.content.decode()


def test_the_last_factor_stays_and_another_may_go(force):
    user = user_make(Role.HR, force)
    client = signed_in_with_code(user)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    passkey = passkey_make(user)
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()
    passkey = passkey_make(user)
    Authenticator.objects.filter(user=user, type="totp").delete()
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def signed_in_with_code(user) -> Client:
    secret = app_of(user)
    client = signed_in(user)
    client.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    return client


def test_five_wrong_codes_lock_out_and_the_administrator_sees_and_lifts_it(force):
    user = user_make(Role.HR, force)
    secret = app_of(user)
    client = signed_in(user)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    locked = client.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    assert "Too many wrong passwords or codes" in locked.content.decode()
    administrator = signed_in_with_code(user_make(Role.ADMINISTRATOR, force))
    membership = user.memberships.get()
    page = reverse("accounts:member", args=[force.slug, membership.pk])
    assert "after too many wrong passwords or codes" in administrator.get(page).content.decode()
    administrator.post(reverse("accounts:member-unlock", args=[force.slug, membership.pk]))
    assert "after too many wrong passwords or codes" not in administrator.get(page).content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": totp_code(secret)}).status_code == 302


def test_a_reset_by_the_administrator_ends_sessions_and_leads_to_a_new_factor(force):
    user = user_make(Role.HR, force)
    client = signed_in_with_code(user)
    assert client.get("/me/").status_code == 200
    administrator = signed_in_with_code(user_make(Role.ADMINISTRATOR, force))
    membership = user.memberships.get()
    administrator.post(reverse("accounts:member-factors", args=[force.slug, membership.pk]))
    assert not Authenticator.objects.filter(user=user).exists()
    assert not Session.objects.filter(user=user).exists()
    assert "why=ended" in client.get("/me/")["Location"]
    assert signed_in(user).get("/me/")["Location"] == reverse("mfa_index")


def test_setting_one_up_ends_the_sessions_that_came_in_without(force):
    user = user_make(Role.HR, force)
    elsewhere, here = signed_in(user), signed_in(user)
    secret = here.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = here.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/")["Location"].startswith(reverse("account_login"))


def test_sensitive_changes_ask_again_after_a_while(force, settings):
    client = signed_in_with_code(user_make(Role.HR, force))
    assert client.get("/me/tokens/new/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    assert client.get("/me/tokens/new/")["Location"].startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("mfa_add_webauthn"))["Location"].startswith(reverse("account_reauthenticate"))
    made = client.post("/api/v1/tokens/", {"name": "x"}, content_type="application/json")
    assert made.status_code in (400, 403)
