"""REST framework's parsers: what a request's body says of a force narrows the wall as its address does.

The body is read in the middle of a request, before anything of it is looked up.
"""

from collections.abc import Mapping
from typing import Any

from rest_framework import parsers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from peelsite.walls.middleware import narrow_to_named


class JSONParser(parsers.JSONParser):
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        content = super().parse(stream, media_type, parser_context)
        narrow_to_body(parser_context["request"], content)
        return content


class MultiPartParser(parsers.MultiPartParser):
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        content = super().parse(stream, media_type, parser_context)
        narrow_to_body(parser_context["request"], content.data)
        return content


def narrow_to_body(request: Request, content: Any) -> None:
    """Reach the force that the body names alone, if the user is a member.

    Raises ValidationError when the address names another: one request is about one force.
    """
    slug = content.get("force") if isinstance(content, Mapping) else None
    if not isinstance(slug, str) or not request.user.is_authenticated:
        return
    named = request.query_params.get("force")
    if named and named != slug:
        raise ValidationError({"force": [f"The address names the force {named}; name one force only."]})
    narrow_to_named(request.user, slug)
