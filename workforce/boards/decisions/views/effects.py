"""What a decision would do, for the page that asks for it: in words, in a table, and as fans."""

from typing import Any

from django.urls import reverse

from peelsite.forces.models import Force
from workforce.boards.decisions.selectors import ShownEffect
from workforce.projection.models import ChangeKind


def effect_context(shown: ShownEffect, force: Force) -> dict[str, Any]:
    """`lines` hold the words and figures; `href` leads to the projections of the force."""
    effects = [line.effect for line in shown.lines]
    return {
        "as_at": shown.as_at,
        "changes": bool(shown.changes),
        "unchanged": shown.unchanged.effect if shown.unchanged else None,
        "gains": [line.effect for line in shown.lines if _is_cell(line) and not line.effect.gives],
        "gives": [line.effect for line in shown.lines if _is_cell(line) and line.effect.gives],
        "wider": [line.effect for line in shown.lines if not _is_cell(line)],
        "lines": effects,
        "leaves": _leaves(shown),
        "href": reverse("projection:newest", args=[force.slug]),
    }


def _is_cell(line: Any) -> bool:
    return line.kind == "cell"


def _leaves(shown: ShownEffect) -> str:
    """What it leaves behind where no cell of the force is named that gives."""
    kinds = {change.kind for change in shown.changes}
    if ChangeKind.PROMOTION in kinds:
        return (
            "No cell is named that gives. The projection takes people from the rank below, wherever they "
            "are: see the ranks in the table."
        )
    if ChangeKind.ACTING in kinds:
        return "No cell is named that gives, so what it leaves behind there is not known."
    return "Nobody leaves another post of the force for it."
