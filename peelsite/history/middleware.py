"""Puts the user, the path and an id of the request beside every row version that the request writes."""

import uuid
from typing import Any

import pghistory.middleware
from django.http import HttpRequest, HttpResponse

LONGEST_REASON = 500


class RequestHistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Only writing methods get a context; the request id also goes back in the X-Request-ID header.

    A program that corrects something says why in X-Change-Reason; people are asked by the form.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex
        response = super().__call__(request)
        response["X-Request-ID"] = request.request_id
        return response

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().get_context(request) | {"method": request.method, "request": request.request_id}
        reason = " ".join(request.headers.get("X-Change-Reason", "").split())
        return context | {"reason": reason[:LONGEST_REASON]} if reason else context
