"""The page of a form that writes through a service, the same for posts and people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from workforce.forms import ServiceForm


def form_page(
    request: HttpRequest,
    form: ServiceForm,
    *,
    heading: str,
    back: tuple[str, str],
    done: Any,
    button: str = "Save",
    intro: str = "",
    warning: str = "",
    breadcrumbs: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """Show the form, or save it and go on.

    `back` is label and address of the record the form is about; `done(saved)` gives the address to go to and
    the sentence to say there.
    """
    if request.method == "POST":
        saved = form.saved()
        if saved is not None:
            href, sentence = done(saved)
            messages.success(request, sentence)
            return HttpResponseRedirect(href)
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "intro": intro,
        "warning": warning,
        "cancel_href": back[1],
        "breadcrumbs": [*(breadcrumbs or []), back],
    }
    return render(request, "workforce/form.html", context)
