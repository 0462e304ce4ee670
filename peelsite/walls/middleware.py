"""Narrows PostgreSQL to what a request may reach: one force, or the forces of whoever asks."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

from peelsite import walls

ADMIN_NAMESPACE = "admin"


class WallMiddleware:
    """Stands right after AuthenticationMiddleware.

    Nobody reaches anything; a member reaches the forces of their roles, and under /<force>/… or ?force= that
    force alone, and so with "force" in the body of a call (`walls.parsers`). A superuser's admin pages, which
    no role opens, reach everything. What is streamed is read when this has returned: it goes on reaching what
    its request did.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _reach_of(request.user):
            response = self.get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                response.streaming_content = _reaching(walls.reach(), response.streaming_content)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Once the address is understood."""
        user = request.user
        if not user.is_authenticated:
            return
        if ADMIN_NAMESPACE in request.resolver_match.namespaces:
            if user.is_active and user.is_superuser:
                walls.narrow_to(walls.EVERYTHING)
            return
        narrow_to_named(user, kwargs.get("force") or request.GET.get("force"))


def narrow_to_named(user: Any, slug: Any) -> None:
    """Reach the force with this slug alone if the user is a member, else all forces of the user's roles."""
    forces = user.forces()
    walls.narrow(*(force.pk for force in [found for found in forces if found.slug == slug] or forces))


def _reach_of(user: Any) -> AbstractContextManager[None]:
    return walls.within(*(force.pk for force in user.forces())) if user.is_authenticated else walls.within()


def _reaching(value: str, content: Iterator[bytes]) -> Iterator[bytes]:
    rows = iter(content)
    while True:
        with walls.reaching(value):
            try:
                chunk = next(rows)
            except StopIteration:
                return
        yield chunk
