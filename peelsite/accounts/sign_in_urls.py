"""Signing in, passwords and second factors: those pages of the sign-in library that closed accounts need.

Accounts are made by administrators, so there is no sign-up; an address is changed by an administrator, so
there is no page of addresses.
"""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from peelsite.accounts import sign_in_views
from peelsite.web.editing.pages import form_methods

# The library's forms would take PUT for POST without `form_methods`.
urlpatterns = [
    path("login/", form_methods(sign_in_views.login), name="account_login"),
    path("logout/", form_methods(views.logout), name="account_logout"),
    path("inactive/", require_safe(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", form_methods(views.reauthenticate), name="account_reauthenticate"),
    path("password/change/", form_methods(views.password_change), name="account_change_password"),
    path("password/set/", form_methods(views.password_set), name="account_set_password"),
    path("password/reset/", form_methods(views.password_reset), name="account_reset_password"),
    path("password/reset/done/", require_safe(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form_methods(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        require_safe(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", sign_in_views.factors, name="mfa_index"),
    path("second-factor/give/", form_methods(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/again/", form_methods(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/", form_methods(sign_in_views.activate_app), name="mfa_activate_totp"),
    path("second-factor/app/remove/", form_methods(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/codes/",
        require_safe(sign_in_views.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        form_methods(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("second-factor/passkeys/", sign_in_views.passkeys, name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", form_methods(sign_in_views.add_passkey), name="mfa_add_webauthn"),
    path("second-factor/passkeys/login/", form_methods(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "second-factor/passkeys/again/",
        form_methods(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        form_methods(sign_in_views.remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/name/",
        form_methods(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path("provider/<slug:provider_id>/", sign_in_views.provider_login, name="openid_connect_login"),
    path("provider/<slug:provider_id>/back/", sign_in_views.provider_back, name="openid_connect_callback"),
    path("sign-in-cancelled/", require_safe(social.login_cancelled), name="socialaccount_login_cancelled"),
]
