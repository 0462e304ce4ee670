"""Accounts in the operator's pages: close an account for the whole site, give a force its administrator."""

from django.contrib import admin

from peelsite.accounts.models import ApiToken, Membership, User


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    fields = ["force", "role", "unit", "is_active"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Passwords are set by the link that the site sends, never typed here."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login", "joined_at"]
    readonly_fields = ["last_login", "joined_at"]
    inlines = [MembershipInline]

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """To look at and to revoke; a token is made by its user."""

    list_display = ["name", "user", "created_at", "expires_at", "revoked_at", "last_used_at"]
    search_fields = ["name", "user__email"]
    readonly_fields = ["user", "name", "created_at", "expires_at", "last_used_at"]
    fields = ["user", "name", "created_at", "expires_at", "revoked_at", "last_used_at"]

    def has_add_permission(self, request) -> bool:
        return False
