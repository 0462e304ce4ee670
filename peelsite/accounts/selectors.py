"""Reads of accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from peelsite.accounts.models import ApiToken, Membership, Session, SignIn, User
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


SIGN_INS_SHOWN = 20


def sign_ins_of(user: User) -> list[SignIn]:
    """The latest sign-ins, and those that a wrong password did not open."""
    return sign_ins_of_users([user.pk])


def sign_ins_of_users(user_ids: Collection[int]) -> list[SignIn]:
    return list(SignIn.objects.filter(user__in=user_ids)[:SIGN_INS_SHOWN])


def sign_ins_before(force: Force, day: date) -> QuerySet[SignIn]:
    """Sign-ins before `day` of users who are or were members of the force."""
    members = Membership.objects.filter(force=force).values("user_id")
    return SignIn.objects.filter(user_id__in=members, at__date__lt=day)


def tokens_of(user: User | AnonymousUser) -> QuerySet[ApiToken]:
    """The user's tokens, revoked and expired ones too, the newest first."""
    return ApiToken.objects.filter(user_id=user.pk).select_related("force").order_by("-created_at")


def sessions_of(user: User) -> QuerySet[Session]:
    """The user's sessions that have not ended, the last used first."""
    return Session.objects.filter(user_id=user.pk, expire_date__gt=timezone.now()).order_by("-expire_date")


@dataclass(frozen=True)
class Factor:
    """One second factor as its user sees it. `codes_left` is set for recovery codes alone."""

    pk: int
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    codes_left: int | None = None


def factors_of(user: User) -> list[Factor]:
    """App, passkeys, recovery codes; one query."""
    rows = sorted(
        Authenticator.objects.filter(user_id=user.pk),
        key=lambda row: (row.type != "totp", row.type != "webauthn", row.created_at),
    )
    return [_factor(row) for row in rows]


def _factor(row: Authenticator) -> Factor:
    kind = str(row.type)
    if kind == Authenticator.Type.RECOVERY_CODES:
        left = len(row.wrap().get_unused_codes())
        return Factor(row.pk, kind, "Recovery codes", row.created_at, row.last_used_at, left)
    name = "App for codes" if kind == Authenticator.Type.TOTP else f"Passkey: {row.wrap().name}"
    return Factor(row.pk, kind, name, row.created_at, row.last_used_at)
