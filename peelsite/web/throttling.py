"""How often the API may be asked: rates by scope are in the settings, counts in Redis.

The history of a key is a list of the moments within the last period, as REST framework keeps it.
"""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class MemberThrottle(SimpleRateThrottle):
    """Counts each token, and each person signed in by the page, apart."""

    scope = "member"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if not request.user.is_authenticated:
            return None
        caller = f"token-{request.auth.pk}" if request.auth else f"user-{request.user.pk}"
        return f"throttle:{self.scope}:{caller}"


class NobodyThrottle(SimpleRateThrottle):
    """Counts refusals of nobody and of wrong tokens by the address they come from."""

    scope = "nobody"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"throttle:{self.scope}:{self.get_ident(request)}"
