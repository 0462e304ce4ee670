"""What every page's frame needs: the name, the marking, the user's forces and navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from peelsite.web import navigation

MARKING = "OFFICIAL"


class Site:
    """Read lazily by the templates: a page that does not show the menu asks the database nothing."""

    name = "Peelsite"
    marking = MARKING

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.local = settings.LOCAL

    @cached_property
    def user(self) -> Any:
        """The signed-in user, or None: an error page may be shown before anyone was asked who they are."""
        user = getattr(self._request, "user", None)
        return user if getattr(user, "is_authenticated", False) else None

    @cached_property
    def forces(self) -> list[Any]:
        return list(self.user.forces()) if self.user else []

    @cached_property
    def force(self) -> Any:
        """The force whose page this is, else the user's only one, else None."""
        slug = self._request.path.strip("/").split("/")[0]
        for force in self.forces:
            if force.slug == slug:
                return force
        return self.forces[0] if len(self.forces) == 1 else None

    @cached_property
    def other_forces(self) -> list[Any]:
        return [force for force in self.forces if force != self.force]

    @cached_property
    def navigation(self) -> list[navigation.Link]:
        return navigation.links(self.user, self.force, self._request.path)

    @cached_property
    def demonstration_sign_ins(self) -> list[Any]:
        """On one's own machine: the invented people one may sign in as, each with role, email, password."""
        source = getattr(settings, "PEELSITE_DEMO_SIGN_INS", "")
        return list(import_string(source)()) if settings.LOCAL and source else []


def site(request: HttpRequest) -> dict[str, Any]:
    """`peelsite` in every template; not `site`, which the sign-in library's pages use for themselves."""
    return {"peelsite": Site(request)}
