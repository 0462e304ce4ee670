"""The planned changes of decisions, which the next projection carries until they are done."""

from workforce.boards.decisions.models import ActionState, Decision
from workforce.boards.decisions.selectors import ORIGIN, changes_of
from workforce.projection.services import plan_clear, plan_done, plan_replace


def plan_follow(decision_id: int) -> None:
    """Let the planned changes say what a decision still does: all, the posts that wait, or nothing any more.

    Called in the transaction of whatever changed the decision, its action or its posts, after their locks.
    """
    decision = (
        Decision.objects.with_labels().select_related("action", "item__board__force").get(pk=decision_id)
    )
    of_decision = {
        "force": decision.item.board.force,
        "origin_kind": ORIGIN,
        "origin_id": decision.pk,
    }
    if decision.action.state == ActionState.DONE:
        plan_done(**of_decision)
    elif decision.action.state == ActionState.DROPPED:
        plan_clear(**of_decision)
    else:
        plan_replace(**of_decision, changes=changes_of(decision))


def plan_forget(decision: Decision) -> None:
    """A decision that is taken back plans nothing."""
    plan_clear(force=decision.item.board.force, origin_kind=ORIGIN, origin_id=decision.pk)
