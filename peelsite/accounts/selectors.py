"""Reads of accounts."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from peelsite.accounts.models import ApiToken, Membership, User
from peelsite.forces.models import Force


def memberships_of_force(force: Force) -> QuerySet[Membership]:
    """Every membership of the force, ended ones too, with user and unit."""
    return (
        Membership.objects.filter(force=force)
        .select_related("user", "unit", "force")
        .order_by("user__name", "pk")
    )


def memberships_of_user(user: User) -> QuerySet[Membership]:
    """The user's active memberships, by force."""
    return (
        user.memberships.filter(is_active=True)
        .select_related("force", "unit")
        .order_by("force__name", "role")
    )


def tokens_of(user: User | AnonymousUser) -> QuerySet[ApiToken]:
    """The user's tokens, revoked and expired ones too, the newest first."""
    return ApiToken.objects.filter(user_id=user.pk).order_by("-created_at")
