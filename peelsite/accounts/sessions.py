"""Sessions in the database that know their user, so that a user's others can be shown and ended.

SESSION_ENGINE names this module. A session ends by itself SESSION_IDLE_MINUTES after its last use: its row
stays until the nightly purge, so that the sign-in page can say why.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

SIGNED_IN_AT = "peelsite_signed_in_at"  # seconds since 1970
SEEN_AT = "peelsite_seen_at"  # the same, rounded up to RENEWED_AFTER
BROWSER = "peelsite_browser"
# A busy user would otherwise write a row on every page.
RENEWED_AFTER = 60


class Session(AbstractBaseSession):
    """One browser's session; of nobody until it signs in."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    signed_in_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=60, blank=True)

    objects = BaseSessionManager()

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore

    @property
    def last_used_at(self) -> datetime:
        """To the minute."""
        return self.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def save(self, must_create: bool = False) -> None:
        if SESSION_KEY in self:
            self.setdefault(SIGNED_IN_AT, time.time())
            self[SEEN_AT] = time.time()
        super().save(must_create)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)
        if SESSION_KEY in data:
            row.user_id = int(data[SESSION_KEY])
            row.signed_in_at = datetime.fromtimestamp(data[SIGNED_IN_AT], UTC)
            row.browser = data.get(BROWSER, "")
        return row

    @property
    def age(self) -> float:
        """Seconds since signing in; 0 for a session of nobody."""
        return time.time() - self.get(SIGNED_IN_AT, time.time())

    @property
    def needs_renewing(self) -> bool:
        return SESSION_KEY in self and time.time() - self.get(SEEN_AT, 0) > RENEWED_AFTER


# The longest name first: every browser also names those it descends from.
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """'Edge on Windows', 'Safari on iPhone', 'A browser' when it does not say."""

    def first(names: tuple[tuple[str, str], ...]) -> str:
        return next((name for mark, name in names if mark in user_agent), "")

    browser, system = first(_BROWSERS) or "A browser", first(_SYSTEMS)
    return f"{browser} on {system}" if system else browser
