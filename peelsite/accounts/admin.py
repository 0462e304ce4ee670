"""Accounts in the operator's pages: close an account for the whole site, give a force its administrator."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group

from peelsite.accounts.models import ApiToken, Membership, User
from peelsite.accounts.services import sessions_end
from peelsite.web.admin_site import KeptRowsAdmin

# Roles in forces take the place of groups, and a user has one address. Second factors are reset on the page
# of a member; providers are settings.
for model in (Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    fields = ["force", "role", "unit", "is_active"]
    raw_id_fields = ["unit"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class UserForm(forms.ModelForm):
    def clean_email(self) -> str:
        """Addresses are held in lower case, so that each is one account."""
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(KeptRowsAdmin):
    """Passwords are set by the link that the site sends, never typed here; accounts are never deleted."""

    form = UserForm
    list_display = ["name", "email", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "is_active", "is_superuser", "last_login", "joined_at"]
    readonly_fields = ["last_login", "joined_at"]
    inlines = [MembershipInline]

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            sessions_end(user=form.instance, but_not=request.session.session_key)


@admin.register(Membership)
class MembershipAdmin(KeptRowsAdmin):
    list_display = ["user", "force", "role", "unit", "is_active"]
    list_filter = ["role", "is_active", ("force", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "force", "unit"]
    search_fields = ["user__name", "user__email"]
    autocomplete_fields = ["user", "force", "unit"]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        sessions_end(user=obj.user, but_not=request.session.session_key)


@admin.register(ApiToken)
class ApiTokenAdmin(KeptRowsAdmin):
    """To look at and to revoke; a token is made by its user."""

    list_display = ["name", "user", "created_at", "expires_at", "revoked_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["name", "user__email"]
    readonly_fields = ["user", "name", "actions", "force", "created_at", "expires_at", "last_used_at"]
    fields = ["user", "name", "actions", "force", "created_at", "expires_at", "revoked_at", "last_used_at"]

    def has_add_permission(self, request) -> bool:
        return False
