"""What a browser may do with the site's pages: scripts, styles and frames of this site only.

A view that needs a narrower policy (a kept message, a picture opened by itself) sets its own header.
"""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse


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
