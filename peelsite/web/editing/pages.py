"""The page of a form that writes through a service, the same in every room."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from peelsite.web.editing.forms import ServiceForm
from peelsite.web.editing.once import Done, saved_once
from peelsite.web.editing.versions import removed_row

Row = TypeVar("Row", bound=models.Model)

# View decorator: what the page of a form answers to.
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def form_page(
    request: HttpRequest,
    form: ServiceForm,
    *,
    heading: str,
    back: tuple[str, str],
    done: Callable[[Any], Done],
    button: str = "Save",
    intro: str = "",
    warning: str = "",
    breadcrumbs: list[tuple[str, str]] | None = None,
    template: str = "web/form_page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or save it and go on. Answers 409 with everything typed where somebody was first.

    `back` is label and address of the record the form is about; `done(saved)` gives the address to go to and
    the sentence to say there.
    """
    if request.method == "POST" and (answer := saved_once(request, form, done)) is not None:
        href, sentence = answer
        messages.success(request, sentence)
        return HttpResponseRedirect(href)
    held = {
        "form": form,
        "heading": heading,
        "button": button,
        "intro": intro,
        "warning": warning,
        "cancel_href": back[1],
        "breadcrumbs": [*(breadcrumbs or []), back],
        "reader_id": request.user.pk,
    }
    return render(request, template, held | (context or {}), status=status_of(form))


def status_of(form: ServiceForm | None) -> int:
    """409 where somebody else was first, else 200."""
    return HTTPStatus.CONFLICT if form is not None and form.overtaken else HTTPStatus.OK


def row_or_404(
    request: HttpRequest, rows: models.QuerySet[Row], belongs: Callable[[Row], bool], **keys: Any
) -> Row:
    """The row that an address names. When a form about it is sent and it was removed meanwhile: as it was.

    A form is then shown as it was typed; saving it is refused, since the row cannot be locked any more.
    `belongs(row)` says of a removed row whether it was one of this address' force. Raises Http404.
    """
    row = rows.filter(**keys).first()
    if row is None and request.method == "POST":
        row = removed_row(rows.model, keys["pk"])
        try:
            if row is not None and not belongs(row):
                row = None
        except ObjectDoesNotExist:
            row = None
    if row is None:
        raise Http404
    return row
