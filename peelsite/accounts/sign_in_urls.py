"""Signing in and passwords: those pages of the sign-in library that closed accounts need, and no others.

Accounts are made by administrators, so there is no sign-up; an address is changed by an administrator, so
there is no page of addresses.
"""

from allauth.account import views
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods, require_safe

# The library's forms would take PUT for POST.
_form = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("login/", _form(views.login), name="account_login"),
    path("logout/", _form(views.logout), name="account_logout"),
    path("inactive/", require_safe(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", _form(views.reauthenticate), name="account_reauthenticate"),
    path("password/change/", _form(views.password_change), name="account_change_password"),
    path("password/set/", _form(views.password_set), name="account_set_password"),
    path("password/reset/", _form(views.password_reset), name="account_reset_password"),
    path("password/reset/done/", require_safe(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _form(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        require_safe(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
