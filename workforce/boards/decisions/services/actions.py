"""Writes of actions: agreed, closed, handed over."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.web.editing.records import Overtaken, Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.boards.decisions.calc import day_words
from workforce.boards.decisions.models import (
    ActionHandover,
    ActionState,
    BoardAction,
    PostToFill,
    ToFillState,
)
from workforce.boards.decisions.selectors import possible_owners
from workforce.boards.decisions.services.open_boards import asked_for_update, open_minutes
from workforce.boards.decisions.services.plans import plan_follow
from workforce.boards.meetings.models import Board


@in_turn
def action_add(*, board: Board, text: str, owner: User, due_on: date) -> BoardAction:
    """Agree an action beside the decisions."""
    board = open_minutes(board)
    action = BoardAction(force_id=board.force_id, board=board, text=text, owner=owner, due_on=due_on)
    action.full_clean()
    if not possible_owners(board.force).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": f"The owner must be a member of {board.force.name}; choose another."})
    action.save()
    return action


def _open_action(action: BoardAction, seen: Seen | None) -> BoardAction:
    """The action, locked. Raises Overtaken when it is closed, EditConflict when it is not what was `seen`."""
    action = locked(action)
    if action.state != ActionState.OPEN:
        raise Overtaken(
            f"This action is {action.get_state_display().lower()} already: {action.closed_by} closed it on "
            f"{day_words(action.closed_on)}."
        )
    if seen is not None:
        seen.check(action)
    return action


@in_turn
def action_close(
    *,
    action: BoardAction,
    state: str,
    reason: str = "",
    user: User,
    day: date,
    seen: Seen | None = None,
) -> BoardAction:
    """Mark an action as done, or drop it with the reason; `day` is the day on which it ends.

    A dropped action takes its posts off the unit heads' lists. Raises Overtaken when it is closed already or
    no longer what was `seen`; ValidationError when it is done while posts still wait for a person.
    """
    # Posts before action: the order in which a match locks them.
    asked = list(asked_for_update(action.decision_id))
    action = _open_action(action, seen)
    if state == ActionState.DROPPED and not reason.strip():
        raise ValidationError({"reason": "Enter why the action is dropped."})
    waiting = [each.pk for each in asked if each.state == ToFillState.WAITING]
    if state == ActionState.DROPPED:
        PostToFill.objects.filter(pk__in=waiting).update(state=ToFillState.WITHDRAWN)
    elif count := len(waiting):
        raise ValidationError(
            f"{count} {'post still waits' if count == 1 else 'posts still wait'} for a person. "
            "The action is done when the last one is matched."
        )
    action.state, action.closed_on = ActionState(state), day
    action.closed_by, action.closed_reason = user, reason.strip()
    action.full_clean(exclude=["decision", "board", "owner", "closed_by"])
    action.save(update_fields=["state", "closed_on", "closed_by", "closed_reason"])
    if action.decision_id:
        plan_follow(action.decision_id)
    return action


@in_turn
def action_hand_over(
    *, action: BoardAction, owner: User, due_on: date, reason: str, user: User, seen: Seen | None = None
) -> BoardAction:
    """Give an open action to another owner, or another date, with the reason; the minutes stay as agreed.

    Raises Overtaken when it is closed, EditConflict when it is no longer what was `seen`, ValidationError
    when nothing would change, or its decision can still be changed itself.
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("force").get(pk=action.board_id)
    action = _open_action(action, seen)
    if action.decision_id and not board.is_approved:
        raise ValidationError(
            "The minutes of its board are not approved yet: change the decision, and its action follows."
        )
    if (action.owner_id, action.due_on) == (owner.pk, due_on):
        raise ValidationError("Nothing would change. Choose another owner or another due date.")
    if not possible_owners(board.force).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": f"The owner must be a member of {board.force.name}; choose another."})
    handover = ActionHandover(
        action=action,
        owner_before_id=action.owner_id,
        owner=owner,
        due_before=action.due_on,
        due_on=due_on,
        reason=reason.strip(),
        handed_by=user,
        handed_at=timezone.now(),
    )
    handover.full_clean()
    handover.save()
    action.owner, action.due_on = owner, due_on
    action.save(update_fields=["owner", "due_on"])
    return action
