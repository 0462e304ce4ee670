"""A form that came after its session had ended: kept for half an hour, encrypted, for the user whose it was.

Files and passwords are not kept; nor is a form when a password or a role was changed meanwhile, for then the
session is gone and nobody knows whose the form is.
"""

import json
import secrets
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest

from peelsite.accounts.encryption import decrypted, encrypted
from peelsite.accounts.models import User

KEPT_SECONDS = 30 * 60
LONGEST = 200_000  # characters
NEVER_KEPT = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True)
class KeptForm:
    """Where it was to go, and its fields in order, names as often as they were sent."""

    path: str
    fields: list[tuple[str, str]]


def form_keep(request: HttpRequest, user_id: int) -> str:
    """Keep the request's form; its key, or nothing when it is too long to keep."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in NEVER_KEPT)
    ]
    text = json.dumps({"user": user_id, "path": request.get_full_path(), "fields": fields})
    if len(text) > LONGEST:
        return ""
    key = secrets.token_urlsafe(24)
    cache.set(_name(key), encrypted(text), KEPT_SECONDS)
    return key


def kept_form_of(user: User, key: str) -> KeptForm | None:
    """The form kept under the key if it is this user's; it can be read again until it runs out."""
    text = cache.get(_name(key))
    if text is None:
        return None
    kept = json.loads(decrypted(text))
    if kept["user"] != user.pk:
        return None
    return KeptForm(kept["path"], [(name, value) for name, value in kept["fields"]])


def _name(key: str) -> str:
    return f"kept-form:{key}"
