"""Every address of the site, read from the URL resolver itself: nothing can be left out by forgetting it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern. `name` is 'namespace:name', or the route in brackets where a pattern has no name."""

    name: str
    route: str
    view: Callable[..., Any]
    parameters: frozenset[str]

    @property
    def is_api(self) -> bool:
        return self.route.startswith(("api/v1/", "api/schema/"))


def addresses(resolver: URLResolver | None = None) -> list[Address]:
    """All patterns of the root resolver, or of one given."""
    return list(_walk(resolver or get_resolver(), "", "", frozenset()))


def _walk(resolver: URLResolver, route: str, space: str, parameters: frozenset[str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern).removeprefix("^")
        # A view's fixed arguments are none of the address'.
        found = parameters | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, whole, inner, found)
        elif isinstance(pattern, URLPattern):
            yield Address(
                f"{space}{pattern.name}" if pattern.name else f"[{whole}]", whole, pattern.callback, found
            )
