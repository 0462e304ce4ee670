"""What closed accounts need to sign in, and no more; and how wrong passwords are slowed down."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests import factories


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_confirm_email"])
def test_pages_of_open_accounts_are_gone(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/accounts/confirm-email/"])
def test_their_addresses_are_gone(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.fixture
def address_of_caller() -> str:
    """An address that no other test calls from: limits are counted in Redis, which tests share."""
    cache.clear()
    return "192.0.2.77"


def sign_in(client: Client, email: str, password: str, address: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address)


def test_five_wrong_passwords_are_told_to_wait(db: None, client: Client, address_of_caller: str) -> None:
    user = factories.user_make(None)
    for _ in range(5):
        answer = sign_in(client, user.email, "not the password", address_of_caller)
        assert "The email address or the password is not right" in answer.content.decode()
    answer = sign_in(client, user.email, factories.PASSWORD, address_of_caller)
    assert "Too many wrong passwords or codes. Wait 5 minutes" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated


def test_somebody_else_can_sign_in_meanwhile(db: None, client: Client, address_of_caller: str) -> None:
    user, other = factories.user_make(None), factories.user_make(None)
    for _ in range(6):
        sign_in(client, user.email, "not the password", address_of_caller)
    assert sign_in(client, other.email, factories.PASSWORD, address_of_caller).status_code == 302


def test_a_caller_who_tries_many_accounts_is_told_to_wait(
    db: None, client: Client, address_of_caller: str
) -> None:
    users = [factories.user_make(None) for _ in range(11)]
    for user in users[:10]:
        sign_in(client, user.email, "not the password", address_of_caller)
    answer = sign_in(client, users[10].email, factories.PASSWORD, address_of_caller)
    assert "Too many wrong passwords" in answer.content.decode()


def test_an_unknown_address_gets_no_message_and_the_same_answer(
    db: None, client: Client, address_of_caller: str
) -> None:
    user = factories.user_make(None)
    known, unknown = (
        client.post(reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=address_of_caller)
        for email in (user.email, "nobody@peelsite.invalid")
    )
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_the_admin_pages_sign_in_by_the_sites_own_page(db: None, client: Client) -> None:
    """Their own page would not count wrong passwords."""
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    tried = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert tried["Location"].startswith(reverse("account_login"))
