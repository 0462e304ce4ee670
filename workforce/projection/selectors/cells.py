"""The cells of a force that people can choose from, in words."""

from datetime import date
from typing import Any

from django.db.models import Q

from peelsite.forces.models import Force
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.projection.models import ScenarioChange

_PARTS = ("rank_id", "role_id", "location_id", "unit_id")


def cells_of(force: Force, day: date) -> list[tuple[CellKey, str]]:
    """Every cell with posts on `day` or later, the most senior rank first. One query."""
    rows = (
        Post.objects.of_force(force)
        .filter(Q(during__endswith__gt=day) | Q(during__upper_inf=True))
        .order_by("rank__category", "-rank__order", "role__name", "location__name", "unit__name")
        .values_list(*_PARTS, "rank__name", "role__name", "location__name", "unit__name")
        .distinct()
    )
    return [
        (CellKey(**dict(zip(_PARTS, row[:4], strict=True))), ", ".join(dict.fromkeys(row[4:])))
        for row in rows
    ]


def cell_text(cell: CellKey | None) -> str:
    """'4-17-2-33': the cell in an address or a form."""
    return "-".join(str(getattr(cell, part)) for part in _PARTS) if cell else ""


def cell_from(text: str) -> CellKey | None:
    """The cell of such a text, none where it is no such text."""
    parts = text.split("-")
    if len(parts) != len(_PARTS) or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return CellKey(**{name: int(part) for name, part in zip(_PARTS, parts, strict=True)})


def cell_of_change(change: ScenarioChange | Any) -> CellKey | None:
    """The cell that a difference names, if it names a whole one."""
    ids = {part: getattr(change, part) for part in _PARTS}
    return CellKey(**ids) if all(ids.values()) else None
