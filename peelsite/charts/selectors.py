"""Reading drawings."""

from dataclasses import dataclass

from peelsite.charts.models import RenderedChart


@dataclass(frozen=True)
class Drawing:
    """A noted SVG: `content` once drawn, `error` if the renderer refused it, neither while it waits."""

    digest: str
    title: str
    description: str
    content: bytes | None
    error: str


def svg_drawing(digest: str) -> Drawing | None:
    """The SVG of that digest, or None if no page ever asked for it."""
    row = RenderedChart.objects.filter(digest=digest, format=RenderedChart.SVG).defer("spec").first()
    if row is None:
        return None
    content = None if row.content is None else bytes(row.content)
    return Drawing(row.digest, row.title, row.description, content, row.error)
