"""Django's admin pages, for those who look after the whole site: superusers, whoever else is staff.

They see every force, so no role in a force opens them. Signing in and passwords are those of the site, with
its limits on wrong passwords.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class SiteAdmin(admin.AdminSite):
    site_title = site_header = "Peelsite administration"
    index_title = "Records"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in; somebody signed in who is not a superuser is refused."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        return redirect_to_login(wanted)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


class ViewOnlyAdmin(admin.ModelAdmin):
    """Rows to look at: changing them is the business of the pages, which check the rules."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeptRowsAdmin(admin.ModelAdmin):
    """Rows that are corrected but never deleted here: records lean on them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
