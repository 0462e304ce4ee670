"""Puts the user, the path and an id of the request beside every row version that the request writes."""

import uuid
from contextlib import suppress
from typing import Any

import pghistory.middleware
from django.http import HttpRequest, HttpResponse

LONGEST_REASON = 500
REASON_HEADER = "X-Change-Reason"


def reason_of(request: Any) -> str:
    """What the header of a request gives as the reason, in one line; '' where it gives none.

    Servers hand headers on as Latin-1 (PEP 3333); programs write them in UTF-8.
    """
    sent = request.headers.get(REASON_HEADER, "")
    with suppress(UnicodeError):
        sent = sent.encode("latin-1").decode()
    return " ".join(sent.split())[:LONGEST_REASON]


class RequestHistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Only writing methods get a context; the request id also goes back in the X-Request-ID header.

    A program that corrects something says why in REASON_HEADER; people are asked by the form.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex
        response = super().__call__(request)
        response["X-Request-ID"] = request.request_id
        return response

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().get_context(request) | {"method": request.method, "request": request.request_id}
        reason = reason_of(request)
        return context | {"reason": reason} if reason else context
