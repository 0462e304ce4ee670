"""Reads markup as elements, so that tests speak of controls and labels and not of strings."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str, tag: str, **wanted: str) -> list[dict[str, str]]:
    """Attributes of each element with this tag; `wanted` by attribute, `class_` for one of its classes."""
    reader = _Reader()
    reader.feed(html)
    one_class = wanted.pop("class_", None)
    return [
        attrs
        for name, attrs in reader.found
        if name == tag
        and all(attrs.get(key.replace("_", "-")) == value for key, value in wanted.items())
        and (one_class is None or one_class in attrs.get("class", "").split())
    ]


def ids(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return [attrs["id"] for _, attrs in reader.found if "id" in attrs]
