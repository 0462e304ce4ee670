"""Plans as the templates show them: figures, comparison, moves with the address that decides them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from peelsite.forces.models import Force
from peelsite.web.templatetags import peelsite_web
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.models import DecisionKind, FillSource
from workforce.boards.suggestions.calc.problem import LABELS, Source
from workforce.boards.suggestions.models import FillMove, FillNeed, FillPlan, PlanKind
from workforce.boards.suggestions.selectors import PlanRead, suggestions_of_item

SOURCES = {
    Source.MOVE: "moves within the force",
    Source.PROMOTION: "promotion",
    Source.INTAKE: "intakes",
    Source.TRANSFEREE: "transferees",
    Source.ACTING: "acting up",
    Source.AGENCY: "agency",
    Source.CIVILIAN: "staff in place of officers",
}
# A better plan that is at most this much cheaper is not spoken of.
HARDLY_BETTER = 0.0001


def figures(plan: FillPlan) -> list[dict[str, Any]]:
    """What the page answers first."""
    whole = plan.summary["plan"]
    share = plan.filled_fte / plan.asked_fte if plan.asked_fte else 0
    found = [
        {
            "label": "Can be filled, FTE",
            "value": peelsite_web.fte(plan.filled_fte),
            "note": f"{peelsite_web.percent(share, 0)} of {peelsite_web.fte(plan.asked_fte)} asked",
            "kind": "good",
            "href": "#needs",
        },
        {
            "label": "Stays open, FTE",
            "value": peelsite_web.fte(plan.open_fte),
            "note": "with why" if plan.kind == PlanKind.BOARD else "by the last board",
            "kind": "warning",
            "href": "#needs",
        },
        {
            "label": "People",
            "value": f"{plan.heads:,}",
            "note": peelsite_web.counted(whole["training_places"], "training place,training places"),
            "href": "#needs",
        },
        {
            "label": "Money, £",
            "value": f"{whole['pounds']:,.0f}",
            "note": "agency, transferees, staff",
            "href": "#limits",
        },
    ]
    if whole["worst_chance"] is not None:
        found.append(
            {
                "label": "Worst chance of a gap",
                "value": peelsite_web.percent(whole["worst_chance"], 0),
                "note": "three months on, about",
                "href": "#compared",
            }
        )
    return found


def sources_words(plan: FillPlan) -> str:
    """'24.4 FTE by moves within the force, 1.0 by promotion and 5.0 by agency.'"""
    parts = [
        f"{peelsite_web.fte(each['fte'])} by {SOURCES[Source(each['source'])]}"
        for each in plan.summary["by_source"]
    ]
    if not parts:
        return "Nothing can be filled within the limits."
    return (", ".join(parts[:-1]) + " and " if parts[1:] else "") + parts[-1] + "."


def quality_words(plan: FillPlan) -> str:
    """How good the plan is, without more than was proved."""
    if plan.distance <= HARDLY_BETTER:
        return "This is the best plan there is under these limits and prices."
    return (
        f"This is the best plan found in {plan.seconds:.0f} seconds. No plan can be more than "
        f"{plan.distance:.1%} cheaper."
    )


def comparison(plan: FillPlan) -> list[tuple[str, str, str]]:
    """(what, this plan, the simple rule)."""
    ours, rule = plan.summary["plan"], plan.summary["rule"]

    def row(label: str, name: str, shown: Any) -> tuple[str, str, str]:
        return (label, *("not known" if each[name] is None else shown(each[name]) for each in (ours, rule)))

    def points(value: float) -> str:
        return f"{value:,.0f}"

    rows = [
        row("Filled, FTE", "filled_fte", peelsite_web.fte),
        row("Stays open, FTE", "open_fte", peelsite_web.fte),
        row("People moved or brought in", "people", points),
        row("Training places", "training_places", points),
        row("Money", "pounds", peelsite_web.pounds),
        row("Cost in all, points", "points", points),
        row("of it for what stays open", "points_open", points),
        row("of it for gaps at those who give", "points_donors", points),
        row("of it for travel, training, disruption and money", "points_moves", points),
    ]
    if ours["worst_chance"] is not None:
        rows.append(
            row("Worst chance of a gap, about", "worst_chance", lambda share: peelsite_web.percent(share, 0))
        )
    return rows


def moves_shown(force: Force, moves: Sequence[FillMove], *, may_decide: bool) -> list[dict[str, Any]]:
    """Each move with its words and, for those who may decide, the address of the form filled in."""
    return [
        {
            "move": move,
            "from": move.donor_label or LABELS[Source(move.source)],
            "source": move.get_source_display(),
            "decide_href": decide_href(force, move) if may_decide and move.need.item_id else "",
        }
        for move in moves
    ]


def decide_href(force: Force, move: FillMove) -> str:
    """The form that decides on the move's item, with the move's values in it."""
    is_fill = move.source in FillSource.values
    kind = DecisionKind.FILL if is_fill else DecisionKind.REPROFILE
    values: dict[str, Any] = {
        "source": move.source if is_fill else "",
        "fte": f"{move.fte.normalize():f}",
        "effective_on": move.board_on.isoformat(),
        "reason": move.reason,
        "donor_rank": move.donor_rank_id,
        "donor_role": move.donor_role_id,
        "donor_location": move.donor_location_id,
        "donor_unit": move.donor_unit_id,
    }
    given = urlencode({name: value for name, value in values.items() if value})
    return f"{reverse('boards:decide', args=[force.slug, move.need.item_id, kind])}?{given}"


def needs_shown(force: Force, read: PlanRead, *, may_decide: bool) -> list[dict[str, Any]]:
    """Needs of the plan's first board, each with its moves."""
    return [
        need_shown(
            force,
            need,
            [move for move in read.moves if move.need_id == need.pk],
            may_decide=may_decide,
        )
        for need in read.needs
        if need.board_number == 0
    ]


def _by_words(moves: Sequence[FillMove]) -> str:
    """'5.0 agency, 1.0 moves within the force'; nothing where nothing comes."""
    found: dict[str, Any] = {}
    for move in moves:
        found[move.source] = found.get(move.source, 0) + move.fte
    return ", ".join(f"{peelsite_web.fte(fte)} {SOURCES[Source(source)]}" for source, fte in found.items())


def item_shown(force: Force, item: AgendaItem, *, may_decide: bool) -> dict[str, Any] | None:
    """What the newest plan of its board has for an item; None while there is none, or it asks nothing."""
    found = suggestions_of_item(item)
    if found is None or found.need is None:
        return None
    return {"plan": found.plan, "each": need_shown(force, found.need, found.moves, may_decide=may_decide)}


def need_shown(
    force: Force, need: FillNeed, moves: Sequence[FillMove], *, may_decide: bool
) -> dict[str, Any]:
    return {
        "need": need,
        "href": reverse("boards:item", args=[force.slug, need.item_id]) if need.item_id else "",
        "by": _by_words(moves),
        "is_drawn": need.plan.is_drawn,
        "moves": moves_shown(force, moves, may_decide=may_decide),
    }
