"""Signing in by a force's own identity provider: who gets in, and what is taken over from it.

Nobody is signed up here. The provider vouches for an address; the account with that address gets in if it is
open and a member of the provider's force. The first time, the account is tied to the provider's subject, so
that an address that is given to somebody else later does not open it.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from peelsite.accounts.models import User
from peelsite.accounts.provider_settings import IdentityProvider
from peelsite.accounts.second_factor import BY_PROVIDER

KEPT_CLAIMS = ("sub", "email", "email_verified")


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account, or show one page that does not say whether there is one."""
        provider = settings.IDENTITY_PROVIDERS[sociallogin.account.provider]
        data = sociallogin.account.extra_data
        claims = data.get("id_token") or {}
        user = _account_for(sociallogin, provider, data.get("userinfo") or claims)
        if user is None:
            context = {"provider": provider}
            page = render(request, "socialaccount/no_account.html", context, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.account.extra_data = {
            name: value
            for name, value in (claims | (data.get("userinfo") or {})).items()
            if name in KEPT_CLAIMS
        }
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data", "last_login"])
        else:
            sociallogin.connect(request, user)
        if provider.second_factor_in(claims):
            record_authentication(request, user, "mfa", type=BY_PROVIDER, provider=provider.force_slug)


def _account_for(sociallogin: SocialLogin, provider: IdentityProvider, claims: dict) -> User | None:
    """The account that the provider's claims open, or None."""
    email = str(claims.get("email") or "").lower()
    verified = claims.get("email_verified") is True or provider.addresses_are_verified
    if not (verified and provider.takes(email)):
        return None
    if sociallogin.is_existing:
        user = sociallogin.user
    else:
        user = User.objects.filter(email=email).first()
        if user is None or _is_tied_to_another(user, provider):
            return None
    if user.email != email or not user.is_active:
        return None
    return user if any(force.slug == provider.force_slug for force in user.forces()) else None


def _is_tied_to_another(user: User, provider: IdentityProvider) -> bool:
    """Whether another subject of this provider opened the account before."""
    return SocialAccount.objects.filter(user=user, provider=provider.force_slug).exists()
