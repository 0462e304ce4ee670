"""Opening a page with a form, and sending it as a browser would: everything it showed, with what is typed."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.test import Client

from peelsite.web.editing import words
from peelsite.web.editing.records import SeenVersion, version_of


def opened(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page would send as it was opened, hidden fields too."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return sent_of(answer.context["form"])


def sent_of(form: forms.Form) -> dict[str, Any]:
    """What the browser sends of a form as it stands on a page."""
    sent: dict[str, Any] = {}
    for bound in form:
        if bound.name == "version":
            sent[bound.html_name] = str(bound.value() or "")
            continue
        value = bound.value()
        if bound.name == "change_reason":
            sent[bound.html_name] = value or "Written down wrongly"
            continue
        if isinstance(value, tuple):
            sent |= {
                f"{bound.html_name}_{part}": text
                for part, text in zip(("day", "month", "year"), value, strict=True)
            }
            continue
        text = words.sent(bound.field, value)
        if isinstance(bound.field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
            sent[bound.html_name] = [each for each in text.split(",") if each]
        elif text or not isinstance(bound.field.widget, forms.CheckboxInput | forms.RadioSelect):
            sent[bound.html_name] = text
    return sent


def typed(client: Client, address: str, **changes: Any) -> HttpResponse:
    """Open a page, type these values and send it."""
    return client.post(address, opened(client, address) | changes)


def seen_now(row: Any) -> SeenVersion:
    """What somebody sees who reads the row now."""
    return SeenVersion(frozenset({version_of(type(row)._default_manager.get(pk=row.pk))}))
