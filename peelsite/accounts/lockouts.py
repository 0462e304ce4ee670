"""Who is locked out after wrong passwords or codes, until when, and letting them in again.

The counts are those of the sign-in library, in Redis: each is the list of moments within the period, the
newest first. Lifting a lock-out forgets an account's; an address' own count stays.
"""

import hashlib
from datetime import UTC, datetime

from allauth.account import app_settings
from allauth.core.internal.ratelimit import parse_rates
from django.core.cache import cache

from peelsite.accounts.models import User


def password_key(email: str) -> str:
    """The name under which wrong passwords of an account, also of one that does not exist, are counted."""
    return f"sign-in:{email.lower()}"


def locked_until(user: User) -> datetime | None:
    """When the user may try again; None when they may now."""
    ends = []
    for name, rate in _counts(user):
        moments = cache.get(name) or []
        live = [moment for moment in moments if moment > datetime.now(UTC).timestamp() - rate.duration]
        if len(live) >= rate.amount:
            ends.append(live[rate.amount - 1] + rate.duration)
    return datetime.fromtimestamp(max(ends), UTC) if ends else None


def lock_out_lift(user: User) -> None:
    """Forget the user's wrong passwords and codes."""
    cache.delete_many([name for name, _ in _counts(user)])


def _counts(user: User):
    rates = [rate for rate in parse_rates(app_settings.RATE_LIMITS.get("login_failed")) if rate.per == "key"]
    for rate in rates:
        for key in (password_key(user.email), f"mfa-auth-user-{user.pk}"):
            digest = hashlib.sha256(key.encode()).hexdigest()
            yield f"allauth:rl:allauth.account:login_failed:{rate}:{digest}", rate
