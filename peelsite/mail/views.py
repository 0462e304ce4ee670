"""The outbox: what would have been sent."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.mail.backend import OutboxBackend
from peelsite.mail.selectors import attachment_of, outbox_of, parts_of
from peelsite.mail.tables import OutboxTable
from peelsite.web.lists import ListPage


@require_safe
@force_page(Action.OUTBOX_VIEW)
def outbox(request, force):
    page = ListPage(
        request,
        table_class=OutboxTable,
        queryset=outbox_of(force),
        title="Outbox",
        row_words="message,messages",
        table_kwargs={"force": force},
    )
    kept_here = settings.EMAIL_BACKEND.endswith(OutboxBackend.__name__)
    return page.download() or render(
        request, "mail/outbox.html", {"list_page": page, "heading": "Outbox", "kept_here": kept_here}
    )


@require_safe
@force_page(Action.OUTBOX_VIEW)
def message(request, force, message_id):
    kept = get_object_or_404(outbox_of(force), pk=message_id)
    context = {
        "kept": kept,
        "parts": parts_of(kept),
        "heading": kept.subject,
        "breadcrumbs": [("Outbox", reverse("mail:outbox", args=[force.slug]))],
    }
    return render(request, "mail/message.html", context)


@require_safe
@force_page(Action.OUTBOX_VIEW)
def message_html(request, force, message_id):
    """The HTML part as a mail program would show it, in a page that can run and fetch nothing."""
    kept = get_object_or_404(outbox_of(force), pk=message_id)
    response = HttpResponse(parts_of(kept).html)
    response["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    return response


@require_safe
@force_page(Action.OUTBOX_VIEW)
def attachment(request, force, message_id, number):
    kept = get_object_or_404(outbox_of(force), pk=message_id)
    found = attachment_of(kept, number)
    if found is None:
        raise Http404
    described, content = found
    response = HttpResponse(content, content_type=described.content_type)
    response["Content-Disposition"] = content_disposition_header(True, described.name)
    return response
