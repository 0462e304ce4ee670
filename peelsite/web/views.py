import logging

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from peelsite.web import gallery as gallery_parts
from peelsite.web.editing.pages import form_methods

log = logging.getLogger(__name__)


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers: for the watcher that restarts it."""
    return HttpResponse("live\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database and Redis answer, else 503 and the name of what does not; why is in the log."""
    state = {"database": _database_answers(), "redis": _redis_answers()}
    status = 200 if all(state.values()) else 503
    return JsonResponse(
        {name: "ready" if well else "not ready" for name, well in state.items()}, status=status
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        log.exception("The database does not answer")
        return False


def _redis_answers() -> bool:
    try:
        cache.get("health")
    except (RedisError, OSError):
        log.exception("Redis does not answer")
        return False
    return True


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html", {"heading": "Accessibility statement"})


@login_not_required
@form_methods
def gallery(request: HttpRequest) -> HttpResponseBase:
    """Every component with invented content, to look at while building: only on one's own machine."""
    return gallery_parts.show(request)
