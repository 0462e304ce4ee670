"""What later rooms add to the page of a person: each gives a template and what it shows.

A room puts its panel in place when its app is ready: `panels.register("workforce/skills/panel.html", panel)`.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from workforce.people.models import Person

# Gets the request, the person and whether it is the reader's own page; answers what the template shows.
Panel = Callable[[HttpRequest, Person, bool], dict[str, Any]]

_panels: dict[str, Panel] = {}


def register(template: str, panel: Panel) -> None:
    """Add a panel below the postings; the same template again replaces it."""
    _panels[template] = panel


def panels_of(request: HttpRequest, person: Person, *, is_own: bool) -> list[tuple[str, dict[str, Any]]]:
    """Template and content of every panel, in the order in which rooms registered them."""
    return [(template, panel(request, person, is_own)) for template, panel in _panels.items()]
