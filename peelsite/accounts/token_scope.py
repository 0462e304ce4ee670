"""What a token may do: the actions and the force that its maker gave it, and never more than its user may.

`User.token` is the token of this request, or None for somebody signed in at a page. What a user may do is
narrowed by it where permissions are asked for; here are the refusals, which say what the token lacks.
"""

from typing import Any

from rest_framework.exceptions import PermissionDenied

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force


class TokenIsTooNarrow(PermissionDenied):
    """403 with a sentence that names what the token was not made for."""


def check_action(user: Any, action: Action) -> None:
    """Raise TokenIsTooNarrow when the request's token was not made for the action."""
    token = getattr(user, "token", None)
    if token is not None and action not in token.actions:
        raise TokenIsTooNarrow(
            f"The token {token.name} was not made for {action}. Make one that is, on the page Your account."
        )


def check_force(user: Any, force: Force) -> None:
    """Raise TokenIsTooNarrow when the request's token was made for another force that is the user's too."""
    token = getattr(user, "token", None)
    if token is None or token.force_id in (None, force.pk):
        return
    if user.memberships.filter(is_active=True, force=force).exists():
        raise TokenIsTooNarrow(f"The token {token.name} was made for {token.force.name} alone.")


def check_force_named(user: Any, slug: str) -> None:
    """The same for a force that a request names; one that the user knows nothing of is not there."""
    if (
        slug
        and getattr(user, "token", None) is not None
        and (force := Force.objects.filter(slug=slug).first())
    ):
        check_force(user, force)
