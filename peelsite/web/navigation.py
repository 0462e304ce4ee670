"""The service navigation, filled from above: the ground floor knows no room.

A room puts its item in place from its app's `ready()`:

    navigation.register("Boards", "boards:list", action=Action.BOARD_VIEW, order=20)

An item whose page does not exist, or that the user may not open, is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import NoReverseMatch, reverse


class ForceLike(Protocol):
    name: str
    slug: str


class Member(Protocol):
    """What the menu asks of a signed-in user; `peelsite.accounts.models.User` answers it."""

    def forces(self) -> Iterable[Any]: ...

    def reach(self, action: Any, force: Any) -> Any: ...


@dataclass(frozen=True)
class Item:
    """One place in the service navigation; `url_name` takes the force's slug as its one argument."""

    label: str
    url_name: str
    action: Any
    order: int


@dataclass(frozen=True)
class Link:
    """An item as one user sees it; `current` is true when the page asked for lies within it."""

    label: str
    href: str
    current: bool


_items: dict[str, Item] = {}


def register(label: str, url_name: str, *, action: Any = None, order: int = 100) -> None:
    """Put an item into the service navigation; the same label again replaces it. No action: every member."""
    _items[label] = Item(label, url_name, action, order)


def links(user: Member | None, force: ForceLike | None, path: str) -> list[Link]:
    """The navigation of one user in one force, for the page at `path`."""
    if user is None or force is None:
        return []
    shown = []
    for item in sorted(_items.values(), key=lambda item: (item.order, item.label)):
        try:
            href = reverse(item.url_name, args=[force.slug])
        except NoReverseMatch:
            continue
        if item.action is None or user.reach(item.action, force):
            shown.append(Link(item.label, href, _within(path, href)))
    return shown


def _within(path: str, href: str) -> bool:
    """Whether a page lies in the same room of the same force: /<force>/<room>/..."""
    room = href.strip("/").split("/")[:2]
    return path.strip("/").split("/")[:2] == room
