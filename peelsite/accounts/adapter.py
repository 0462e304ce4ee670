"""Accounts as the sign-in library finds them: sign-up is closed, an administrator makes accounts."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from peelsite.accounts.lockouts import password_key
from peelsite.accounts.models import SignInKind, User
from peelsite.accounts.services import sign_in_record
from peelsite.accounts.sessions import BROWSER, browser_of


class ClosedSignUpAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": (
            "Too many wrong passwords or codes. Wait 5 minutes and try again, or ask for a new password."
        ),
        "rate_limited": "Too many tries. Wait 5 minutes and try again.",
        "email_password_mismatch": "The email address or the password is not right. Check both.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "Give the password that you use now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[BROWSER] = browser_of(request.headers.get("User-Agent", ""))
        sign_in_record(user=user, kind=SignInKind.SIGNED_IN, browser=request.session[BROWSER])

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        if user is not None:
            browser = browser_of(request.headers.get("User-Agent", ""))
            sign_in_record(user=user, kind=SignInKind.REFUSED, browser=browser)

    def get_login_stages(self) -> list[str]:
        return ["peelsite.accounts.second_factor.SecondFactorStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in a moment ago is as good as confirming it: a new user sets up a factor right away."""
        session = self.request.session
        return not 0 <= session.age < app_settings.REAUTHENTICATION_TIMEOUT

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By account alone, not by the host name that the site was called by: wrong passwords add up."""
        return password_key(credentials.get("email", ""))
