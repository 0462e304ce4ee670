"""What a browser may do with the site's pages: scripts, styles and frames of this site only.

A view that needs a narrower policy (a kept message, a picture opened by itself) sets its own header.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024


def content_security_policy(form_action: Iterable[str] = ()) -> str:
    """The policy of a page; `form_action` names other origins that its forms may end at."""
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data:",
            "style-src 'self'",
            "script-src 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            " ".join(("form-action 'self'", *form_action)),
        )
    )


CONTENT_SECURITY_POLICY = content_security_policy()
# No page uses any of these but passkeys; a script that came in against all odds cannot use them either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
PERMISSIONS_POLICY += ", publickey-credentials-create=(self), publickey-credentials-get=(self)"


class SecurityHeadersMiddleware:
    """Content-Security-Policy and Permissions-Policy on every response; Django's own sets the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class BodyLimitMiddleware:
    """Refuses what is too big by the size that it announces, before any of it is read or kept.

    A server reads no more of a request than was announced, and nothing when nothing was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        size = int(announced) if announced.isascii() and announced.isdigit() else 0
        most = self._most(request)
        if size <= most:
            return self.get_response(request)
        sentence = f"This is {size / MEGABYTE:,.0f} MB; the most is {most / MEGABYTE:,.0f} MB."
        if request.path.startswith("/api/"):
            refusal: HttpResponse = JsonResponse({"detail": sentence}, status=413)
        else:
            refusal = render(request, "413.html", {"sentence": sentence}, status=413)
        # Who knows its length need not wait for the end of a connection on which the body is still coming.
        refusal.headers["Content-Length"] = str(len(refusal.content))
        return refusal

    def _most(self, request: HttpRequest) -> int:
        """Bytes: files and their form for an upload, a form's or the API's data for all else."""
        if request.content_type == "multipart/form-data":
            return int(settings.IMPORT_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
