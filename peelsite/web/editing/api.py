"""For programs: the version of a row goes out as its ETag, and a change says by If-Match which one it is of.

RFC 9110, section 13.1.1, and RFC 6585, section 3: without If-Match a change is answered with 428, with the
ETag of an older version with 412 and the row as it is now. `If-Match: *` changes whatever stands there.
"""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from peelsite.web.editing.records import (
    SAME_MOMENT,
    EditConflict,
    Overtaken,
    Seen,
    SeenVersion,
    version_of,
)

IF_MATCH = OpenApiParameter(
    name="If-Match",
    location=OpenApiParameter.HEADER,
    type=OpenApiTypes.STR,
    required=True,
    description=(
        "The ETag of the row as you read it: its version in quotes. Another version by now is 412, with the "
        "row as it is; no If-Match is 428; * changes whatever stands there."
    ),
)
ETAG = OpenApiParameter(
    name="ETag",
    location=OpenApiParameter.HEADER,
    type=OpenApiTypes.STR,
    response=[200, 201],
    description="The version of the row in quotes, for If-Match.",
)
_ETAG = re.compile(r'(W/)?"([^"]*)"')


class Changed(APIException):
    """Somebody else was first: what was asked is done already, or cannot be done any more."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "changed"


class PreconditionFailed(APIException):
    """The row is no longer the version that the request was made from; `now` is how it stands."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "changed"

    def __init__(self, sentence: str, now: Any) -> None:
        super().__init__(sentence)
        # Set after the framework's constructor, which would turn every number into text.
        self.detail = {"detail": sentence, "now": now}


class PreconditionRequired(APIException):
    """A change that does not say which version of the row it is of."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "if_match"
    default_detail = (
        "Send If-Match with the ETag of the row as you read it, so that you cannot undo what someone else "
        "changed meanwhile. If-Match: * changes whatever stands there."
    )


def written(service: Callable[..., Any], **arguments: Any) -> Any:
    """Call a service; what it refuses is a 400 with the sentence under its field, or a 409 when overtaken."""
    try:
        row = service(**arguments)
    except EditConflict:
        raise
    except Overtaken as refused:
        raise Changed(refused.messages[0]) from refused
    except ValidationError as refused:
        errors = refused.message_dict if hasattr(refused, "error_dict") else {"detail": refused.messages}
        raise serializers.ValidationError(errors) from refused
    except IntegrityError as refused:
        raise Changed(SAME_MOMENT) from refused
    if row is not None:
        # As it is held, with every decimal, so that its version is that of the next reader.
        row.refresh_from_db()
    return row


@extend_schema_field(serializers.CharField())
class VersionField(serializers.Field):
    """The version of the row, which is its ETag: send it as If-Match with a change."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "The row's ETag: send it as If-Match with a change.")
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, row: models.Model) -> str:
        return version_of(row)


class GuardedMixin:
    """Viewset mixin: rows have an ETag, and changes of them need If-Match.

    `guarded` names the actions at one row's address that write over what stands there; those that only move
    a row on, once, answer for themselves and are left out. The serializer shows the version in `version`.
    """

    guarded: ClassVar[frozenset[str]] = frozenset({"update", "partial_update", "destroy"})

    def seen(self) -> Seen:
        """What the request says it saw of the row. Raises PreconditionRequired when it says nothing."""
        sent = self.request.headers.get("If-Match", "").strip()
        if not sent:
            raise PreconditionRequired
        # A weak tag is of no use here: it may stand for two versions.
        tags = frozenset(tag for weak, tag in _ETAG.findall(sent) if not weak)
        return SeenVersion(None if sent == "*" else tags)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, EditConflict):
            now = self.get_serializer(self._fresh(exc.now)).data if exc.now is not None else None
            exc = PreconditionFailed(exc.messages[0], now)
        return super().handle_exception(exc)

    def _fresh(self, row: models.Model) -> models.Model:
        return self.get_queryset().filter(pk=row.pk).first() or row

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        data = getattr(response, "data", None)
        if response.status_code < 300 and isinstance(data, dict) and "version" in data:
            response["ETag"] = f'"{data["version"]}"'
        elif response.status_code == status.HTTP_412_PRECONDITION_FAILED and data.get("now"):
            response["ETag"] = f'"{data["now"]["version"]}"'
        return response
