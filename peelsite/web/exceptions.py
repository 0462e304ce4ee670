"""What the API says when it refuses: one plain sentence under `detail`, or sentences by field."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from peelsite.web.throttling import NobodyThrottle

SENTENCES: dict[int, str] = {
    status.HTTP_401_UNAUTHORIZED: "Sign in, or send a token: Authorization: Bearer, a space, the token.",
    status.HTTP_403_FORBIDDEN: "Your roles in this force do not allow this.",
    status.HTTP_404_NOT_FOUND: "There is nothing here, or nothing that you may see.",
    status.HTTP_406_NOT_ACCEPTABLE: "This address answers with JSON: send Accept: application/json.",
}


def plain_refusals(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's EXCEPTION_HANDLER. Refusals of nobody are counted, and become 429 when too many."""
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(serializers.as_serializer_error(error))
    if isinstance(error, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        error = _counted(error, context)
    response = exception_handler(error, context)
    if response is not None and (sentence := _sentence(error, response.status_code)):
        response.data = {"detail": sentence}
    return response


def _counted(error: exceptions.APIException, context: dict[str, Any]) -> exceptions.APIException:
    throttle = NobodyThrottle()
    if throttle.allow_request(context["request"], context["view"]):
        return error
    return exceptions.Throttled(wait=throttle.wait())


def _sentence(error: Exception, code: int) -> str | None:
    """Our words where the framework's own would stand; a sentence that a view or service wrote is kept."""
    if isinstance(error, exceptions.Throttled):
        return _wait(error.wait)
    if isinstance(error, exceptions.MethodNotAllowed):
        return "This address does not take this method; the Allow header says which it takes."
    if isinstance(error, exceptions.ParseError):
        return f"The request could not be read: {error.detail}"
    if isinstance(error, exceptions.UnsupportedMediaType):
        return "Send the data as JSON (Content-Type: application/json) or as a form with files."
    if isinstance(error, (Http404, PermissionDenied)):
        return SENTENCES[code]
    if isinstance(error, exceptions.APIException) and error.detail == error.default_detail:
        return SENTENCES.get(code)
    return None


def _wait(seconds: float | None) -> str:
    if seconds is None:
        return "Too many requests. Wait a minute and try again."
    whole = max(1, round(seconds))
    return f"Too many requests. Try again in {whole} second{'' if whole == 1 else 's'}."
