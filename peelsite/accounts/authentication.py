"""`Authorization: Bearer peel_…` for programs."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from rest_framework import authentication, exceptions

from peelsite.accounts.models import ApiToken, token_digest
from peelsite.walls.middleware import narrow_to_named

# A busy program would otherwise write a row on every call.
LAST_USED_STEP = timedelta(minutes=5)


class TokenAuthentication(authentication.BaseAuthentication):
    keyword = "Bearer"

    def authenticate(self, request):
        header = authentication.get_authorization_header(request).split()
        if not header or header[0].lower() != b"bearer":
            return None
        if len(header) != 2:
            raise exceptions.AuthenticationFailed(
                "The Authorization header must read: Bearer, a space, the token."
            )
        token = (
            ApiToken.objects.select_related("user", "force")
            .filter(digest=token_digest(header[1].decode("latin-1")))
            .first()
        )
        if token is None or not token.is_live or not token.user.is_active:
            raise exceptions.AuthenticationFailed("This token is unknown, revoked or past its end.")
        now = timezone.now()
        ApiToken.objects.filter(
            Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - LAST_USED_STEP), pk=token.pk
        ).update(last_used_at=now)
        token.user.token = token
        # The wall's middleware came before the token was read, and knew nobody.
        narrow_to_named(token.user, request.query_params.get("force"))
        return token.user, token

    def authenticate_header(self, request) -> str:
        return self.keyword
