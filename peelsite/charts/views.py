"""The picture of a chart, and the fragment that waits for it.

Both ask for a sign-in only, not for a membership: a chart carries aggregated figures, and its address is the
SHA-256 of those very figures, so nobody can name an address without already holding what it shows.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peelsite.charts import selectors, services, tasks

TYPE = "image/svg+xml; charset=utf-8"
# An SVG opened by itself is a document: it may style itself and nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@login_required
def chart_image(request: HttpRequest, digest: str) -> HttpResponse:
    """The SVG; while it is being drawn, 202 with a picture that says so."""
    drawing = selectors.svg_drawing(digest)
    if drawing is None:
        raise Http404("No such chart.")
    if drawing.content is not None:
        response = HttpResponse(drawing.content, content_type=TYPE)
        response["Cache-Control"] = "private, max-age=31536000, immutable"
    else:
        _ask(digest)
        response = render(request, "charts/placeholder.svg", {"drawing": drawing}, TYPE, 202)
        response["Cache-Control"] = "no-store"
        response["Refresh"] = "2"
    response["Content-Security-Policy"] = POLICY
    return response


@require_safe
@login_required
def chart_waiting(request: HttpRequest, digest: str) -> HttpResponse:
    """The fragment htmx asks for until the picture is there; it also has the picture drawn."""
    drawing = selectors.svg_drawing(digest)
    if drawing is None:
        raise Http404("No such chart.")
    _ask(digest)
    response = render(request, "charts/waiting.html", {"drawing": drawing})
    response["Cache-Control"] = "no-store"
    return response


def _ask(digest: str) -> None:
    """Enqueue once for all who look at the same moment; refused and drawn charts are not asked for."""
    if services.chart_claim(digest=digest):
        tasks.chart_render.delay_on_commit(digest)
