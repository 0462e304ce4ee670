"""A page sent twice, by a double click or from the browser's history, has one effect."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from peelsite.web.editing.forms import ServiceForm
from peelsite.web.editing.turns import in_turn
from peelsite.web.models import SentForm

# The address to go to, and the sentence to say there.
Done = tuple[str, str]


def saved_once(request: HttpRequest, form: ServiceForm, done: Callable[[Any], Done]) -> Done | None:
    """Save a form, once for each page that was shown; None when something is to be corrected first.

    The page's key is written in the transaction of its effect: a second sending waits for the first one's
    end. The same content again leads where the first one led. Other content comes back with a sentence,
    as the person may mean a second record, and gets a key of its own.

    Works beside forms without a key, such as edits of a record, whose base says whether they were done.
    """
    sent_key = form.data.get(form.add_prefix("form_key"), "") if "form_key" in form.fields else ""
    if not sent_key:
        saved = form.saved()
        return None if saved is None else done(saved)
    digest = _digest(request)
    sent, is_first = _sent(request, form, done, sent_key[:32], digest)
    if is_first:
        return (sent.href, sent.sentence) if sent.href else None
    if sent.digest == digest:
        return sent.href, f"{sent.sentence} You sent the page twice; it counts once."
    form.sent_before(
        f"You have sent this page before: {sent.sentence} Send it again if you mean another one beside it."
    )
    return None


@in_turn
def _sent(
    request: HttpRequest, form: ServiceForm, done: Callable[[Any], Done], key: str, digest: str
) -> tuple[SentForm, bool]:
    """The key's row, and whether this sending is the first; its effect and the row are one transaction.

    Without an effect, as something is to be corrected first, the row goes again and leads nowhere.
    """
    sent, is_first = SentForm.objects.get_or_create(user=request.user, key=key, defaults={"digest": digest})
    if is_first:
        saved = form.saved()
        if saved is None:
            transaction.set_rollback(True)
            return sent, True
        sent.href, sent.sentence = done(saved)
        sent.save(update_fields=["href", "sentence"])
        _forget(request)
    return sent, is_first


def _digest(request: HttpRequest) -> str:
    """Of everything that was sent, files by name and size, without the token that each page has anew."""
    held = sorted(
        (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
    )
    files = sorted((name, each.name, each.size) for name, each in request.FILES.items())
    return hashlib.sha256(repr((request.path, held, files)).encode()).hexdigest()


def _forget(request: HttpRequest) -> None:
    before = timezone.now() - timedelta(days=SentForm.KEPT_DAYS)
    SentForm.objects.filter(user=request.user, sent_at__lt=before).delete()
