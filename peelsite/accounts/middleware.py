"""What stands between signing in and every page: the session's limits, and the second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone

from peelsite.accounts.kept_forms import form_keep
from peelsite.accounts.second_factor import (
    AFTER_ENROLMENT,
    has_factor,
    is_required,
    session_has_second_factor,
)
from peelsite.accounts.sessions import Session

IDLE, AGE, ENDED = "idle", "age", "ended"
# Pages on the way in and out; all others wait until the second factor is there.
ON_THE_WAY = ("account_", "mfa_")
API_PREFIX = "/api/"


class SessionLimitsMiddleware:
    """Ends sessions by age, renews those in use, and sends a form that came too late to its keeper.

    The database ends a session by its lack of use. The redirect to the sign-in page says which it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_ended, request.session_was_of, request.kept_form = self._ended(request)
        response = self.get_response(request)
        if request.session_ended and _leads_to_sign_in(response):
            return _said_why(request, response)
        # What a page asks for by itself, such as the state of a job, is no use of the site by a person.
        if (
            "HX-Request" not in request.headers
            and request.session.accessed
            and request.session.needs_renewing
        ):
            request.session.modified = True
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """After the check of the form's origin, and before the sign-in page is asked for."""
        if (
            request.method == "POST"
            and request.session_was_of
            and not request.path.startswith((API_PREFIX, reverse("account_login")))
            and not request.FILES
        ):
            request.kept_form = form_keep(request, request.session_was_of)

    def _ended(self, request: HttpRequest) -> tuple[str, int | None, str]:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if not key:
            return "", None, ""
        if request.user.is_authenticated:
            if request.session.age <= settings.SESSION_HOURS * 3600:
                return "", None, ""
            user_id = request.user.pk
            logout(request)
            return AGE, user_id, ""
        row = Session.objects.filter(session_key=key).first()
        if row is None:
            return ENDED, None, ""
        if row.user_id is None or row.expire_date > timezone.now():
            return "", None, ""
        return IDLE, row.user_id, ""


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return isinstance(response, HttpResponseRedirect) and response.url.startswith(
        resolve_url(settings.LOGIN_URL)
    )


def _said_why(request: HttpRequest, response: HttpResponseRedirect) -> HttpResponseRedirect:
    """The same redirect with the reason, and by way of the kept form if there is one."""
    if request.kept_form:
        wanted = reverse("accounts:kept-form", args=[request.kept_form])
    else:
        wanted = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    query = {"why": request.session_ended} | ({"next": wanted} if wanted else {})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query)}")


class SecondFactorMiddleware:
    """Leads whoever needs a second factor, and came in without, to it before any other page opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name or ""
        if (
            not settings.MFA_REQUIRED
            or name.startswith(ON_THE_WAY)
            or not self._opens_for_a_user(request, view)
        ):
            return None
        if session_has_second_factor(request) or not is_required(request.user):
            return None
        if request.path.startswith(f"{API_PREFIX}v1/"):
            sentence = "Your role needs a second factor: open the site in a browser and set one up."
            return JsonResponse({"detail": sentence}, status=403)
        wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("home")
        if has_factor(request.user):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': wanted})}")
        request.session[AFTER_ENROLMENT] = wanted
        return redirect("mfa_index")

    def _opens_for_a_user(self, request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
        """A page of a signed-in user: the API's own views are exempt from the sign-in page, not from this."""
        is_public = not getattr(view, "login_required", True) and not request.path.startswith(API_PREFIX)
        return not is_public and SESSION_KEY in request.session
