"""The sign-in library's pages where the site asks more of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.socialaccount.providers.openid_connect import views as openid_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.second_factor import AFTER_ENROLMENT, has_factor, is_required
from peelsite.accounts.selectors import factors_of
from peelsite.accounts.services import sessions_end
from peelsite.web.middleware import content_security_policy

# Why one is at the sign-in page again: by the words that the session's middleware puts into its address.
REASONS = {
    "idle": "You were signed out because you had not used the site for {idle} minutes.",
    "age": "You were signed out because you had signed in {hours} hours ago.",
    "ended": (
        "You have been signed out. That is done from another browser, when your password, your roles or your "
        "second factor change, or when you have been away for a day."
    ),
}


class LoginView(account_views.LoginView):
    """Says why somebody was signed out, and offers the providers of forces."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reason = REASONS.get(self.request.GET.get("why", ""), "")
        kept = "/me/unsent/" in self.request.GET.get("next", "")
        return super().get_context_data(**kwargs) | {
            "reason": reason.format(idle=settings.SESSION_IDLE_MINUTES, hours=settings.SESSION_HOURS),
            "form_is_kept": kept,
            "providers": settings.IDENTITY_PROVIDERS.values(),
        }

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **response_kwargs)
        # The button of a provider is a form that ends there: this page alone may lead away.
        origins = {provider.origin for provider in settings.IDENTITY_PROVIDERS.values()}
        response["Content-Security-Policy"] = content_security_policy(form_action=sorted(origins))
        return response


login = LoginView.as_view()


@require_safe
@login_required
@never_cache
def factors(request: HttpRequest) -> HttpResponse:
    """The user's second factors; the page that every other leads to while one is missing."""
    must_enrol = is_required(request.user) and not has_factor(request.user)
    context = {
        "heading": "Set up a second factor" if must_enrol else "Your second factors",
        "must_enrol": must_enrol,
        "factors": factors_of(request.user),
        "breadcrumbs": [] if must_enrol else [("Your account", reverse("accounts:me"))],
    }
    return render(request, "mfa/index.html", context)


def _factor_added(request: HttpRequest, kind: str) -> None:
    """Whoever set up a factor has just used it; browsers that came in without one sign in again."""
    record_authentication(request, request.user, "mfa", type=kind)
    sessions_end(user=request.user, but_not=request.session.session_key)


class ActivateAppView(totp_views.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _factor_added(self.request, Authenticator.Type.TOTP)
        return response


class AddPasskeyView(webauthn_views.AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _factor_added(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskeyView(webauthn_views.RemoveWebAuthnView):
    """The last factor of somebody who needs one stays."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


class ViewRecoveryCodesView(recovery_views.ViewRecoveryCodesView):
    """Where the way leads on to the page that was asked for before a factor was set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        onward = self.request.session.pop(AFTER_ENROLMENT, "") or reverse("accounts:me")
        return super().get_context_data(**kwargs) | {"onward": onward}


activate_app = ActivateAppView.as_view()
add_passkey = AddPasskeyView.as_view()
remove_passkey = RemovePasskeyView.as_view()
view_recovery_codes = ViewRecoveryCodesView.as_view()


@require_safe
@login_required
def passkeys(request: HttpRequest) -> HttpResponse:
    """The library leads here after a passkey was changed; they are listed among the factors."""
    return redirect("mfa_index")


def of_known_provider(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """View decorator, for nobody in particular: an unknown provider leads to our own sign-in."""

    @wraps(view)
    def checked(request: HttpRequest, provider_id: str) -> HttpResponse:
        if provider_id not in settings.IDENTITY_PROVIDERS:
            return redirect("account_login")
        return view(request, provider_id)

    return login_not_required(checked)


@of_known_provider
@require_POST
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the force's own sign-in."""
    return openid_views.login(request, provider_id)


@of_known_provider
@require_safe
def provider_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the force's own sign-in."""
    return openid_views.callback(request, provider_id)
