"""Signing in as people do: with a password and an app, with a passkey, and through their force's provider."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from peelsite.accounts.models import Session, User
from peelsite.accounts.permissions import Role
from tests import factories
from tests.accounts.codes import totp_code
from tests.identity_provider import DOMAIN, identity_provider, use_provider

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _factors_are_required(transactional_db: None, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture
def user() -> User:
    return factories.user_make(Role.HR, factories.force_make(), email=f"alex.sample@{DOMAIN}")


def give_password(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_role("textbox", name="Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_url("**/accounts/login/**")


def test_an_app_is_set_up_and_signed_in_with(
    new_page: Callable[..., Page], user: User, axe: Callable[[Page], None]
) -> None:
    page = new_page()
    give_password(page, user)
    page.wait_for_url("**/second-factor/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    axe(page)
    page.goto("/testshire/people/")
    page.wait_for_url("**/second-factor/")  # no other page opens before
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".peelsite-key").inner_text()
    assert page.locator("img.peelsite-qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    axe(page)
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Set up", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("This code is not right")
    axe(page)
    page.get_by_label("Code from the app").fill(totp_code(secret))
    page.get_by_role("button", name="Set up", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these recovery codes")
    recovery_code = page.locator(".peelsite-codes code").first.inner_text()
    axe(page)
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url("**/testshire/people/")  # on to the page that was asked for

    sign_out(page)
    give_password(page, user)
    page.wait_for_url("**/second-factor/give/")
    axe(page)
    page.goto("/testshire/people/")
    page.wait_for_url("**/second-factor/give/")  # the password alone opens nothing
    page.get_by_label("Code", exact=True).fill(totp_code(secret, steps_ahead=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/testshire/**")

    page.goto("/accounts/second-factor/app/remove/")
    expect(page.locator("main")).to_contain_text("This is your last second factor")
    axe(page)
    page.goto("/accounts/second-factor/codes/new/")
    axe(page)
    page.goto("/accounts/second-factor/")
    axe(page)
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text("Chrome on Linux, this one")
    axe(page)

    sign_out(page)
    give_password(page, user)
    page.get_by_label("Code", exact=True).fill(recovery_code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/testshire/**")


def test_a_passkey_is_added_and_signs_in_alone(
    new_page: Callable[..., Page], user: User, axe: Callable[[Page], None]
) -> None:
    page = new_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    made = devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    give_password(page, user)
    page.get_by_role("button", name="Add a passkey").click()
    axe(page)
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these recovery codes")
    page.get_by_role("button", name="I have kept them").click()

    sign_out(page)
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/testshire/**")
    page.goto("/accounts/second-factor/")
    expect(page.locator("main")).to_contain_text("Passkey: Work laptop")
    page.get_by_role("link", name="Rename").click()
    axe(page)
    page.get_by_label("Name").fill("Desk")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove").click()
    axe(page)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("This is your last second factor")

    sign_out(page)
    devices.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": made["authenticatorId"], "isUserVerified": False},
    )
    expect(page.get_by_text("The passkey was not used")).to_be_hidden()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()  # no finger, face or PIN: not in


def test_a_member_signs_in_through_their_force(
    new_page: Callable[..., Page], user: User, axe: Callable[[Page], None], settings: Any
) -> None:
    known = {"sub": "alex", "email": user.email, "email_verified": True, "amr": ["pwd", "mfa"]}
    stranger = {"sub": "sam", "email": f"sam@{DOMAIN}", "email_verified": True, "amr": ["mfa"]}
    with identity_provider(known, stranger) as issuer:
        use_provider(settings, issuer)
        page = new_page()
        page.goto("/testshire/people/")
        axe(page)
        page.get_by_role("button", name="Sign in with Testshire Police").click()
        page.wait_for_url(f"{issuer}/**")
        page.get_by_role("button", name="alex").click()
        # The provider asked for a second factor, so that the site does not.
        page.wait_for_url("**/testshire/people/")
        sign_out(page)
        page.get_by_role("button", name="Sign in with Testshire Police").click()
        page.get_by_role("button", name="sam").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You cannot sign in this way")
        axe(page)
    assert not User.objects.filter(email=f"sam@{DOMAIN}").exists()


def test_what_was_typed_outlives_the_session(
    new_page: Callable[..., Page], axe: Callable[[Page], None], settings: Any
) -> None:
    settings.MFA_REQUIRED = False
    administrator = factories.user_make(Role.ADMINISTRATOR, factories.force_make())
    page = new_page()
    give_password(page, administrator)
    page.goto("/testshire/members/new/")
    page.get_by_label("Email address").fill("kim.sample@peelsite.invalid")
    page.get_by_label("Name").fill("Kim Sample")
    page.get_by_label("Role").select_option("analyst")
    Session.objects.update(expire_date="2016-01-01T00:00Z")
    page.get_by_role("button", name="Add the member").click()
    page.wait_for_url("**/accounts/login/**")
    expect(page.locator("main")).to_contain_text("you had not used the site for 30 minutes")
    axe(page)
    page.get_by_label("Email").fill(administrator.email)
    page.get_by_role("textbox", name="Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send what you typed?")
    axe(page)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("alert")).to_contain_text("Kim Sample is now Analyst in Testshire")
