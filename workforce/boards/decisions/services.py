"""Writes of decisions and actions, from the publication of the pack until the minutes are approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.web.editing.records import EditConflict, Overtaken, Seen, locked, moment
from peelsite.web.editing.turns import in_turn
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import action_sentence, day_words
from workforce.boards.decisions.models import (
    ActionHandover,
    ActionState,
    BoardAction,
    Decision,
    DecisionKind,
    DecisionPost,
    PostToFill,
    PostToFillQuerySet,
    ToFillState,
)
from workforce.boards.decisions.rules import check_decision
from workforce.boards.decisions.selectors import possible_owners, words_of
from workforce.boards.meetings.models import Board
from workforce.establishment.models import FundingSource, Post
from workforce.refusals import sentence_of


class DecidedMeanwhile(Overtaken):
    """Someone else decided on the same item since this person opened it; `current` is what they decided."""

    def __init__(self, message: str, current: Decision) -> None:
        super().__init__(message)
        self.current = current


@dataclass(frozen=True, kw_only=True)
class DecisionValues:
    """What a person decides: the fields of Decision that are typed or chosen."""

    kind: str
    effective_on: date
    due_on: date
    owner: User
    reason: str
    fte: Decimal
    source: str = ""
    posts: Sequence[Post] = ()
    funding: FundingSource | None = None
    new_posts: int | None = None
    new_reference: str = ""


@in_turn
def decision_create(
    *,
    item: AgendaItem,
    values: DecisionValues,
    user: User,
    seen: int | None = None,
    at: datetime | None = None,
) -> Decision:
    """Take a decision on an item of a published pack, with its action and the posts it names.

    `seen` is how many decisions the item had when the user looked; when there are more by now,
    DecidedMeanwhile is raised, so that two people do not decide the same gap unknowingly.
    """
    board = open_minutes(item.board)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk, board=board)
    item.board = board
    if item.removed_at is not None:
        raise ValidationError("This item was taken off the agenda before the pack was published.")
    if seen is not None and item.decisions.count() > seen:
        raise DecidedMeanwhile(_decided_meanwhile(item), item.decisions.with_labels().last())
    decision = Decision(item=item, decided_by=user, decided_at=at or timezone.now())
    return _write(decision, values)


@in_turn
def decision_change(
    *, decision: Decision, values: DecisionValues, user: User, seen: Seen | None = None
) -> Decision:
    """Change a decision. Raises EditConflict when it is no longer what the user has `seen`."""
    decision = _for_update(decision, seen)
    decision.decided_by, decision.decided_at = user, timezone.now()
    decision.version += 1
    return _write(decision, values)


@in_turn
def decision_withdraw(*, decision: Decision, seen: Seen | None = None) -> None:
    """Take a decision back before the minutes are approved, and before a person is matched to its posts.

    Raises EditConflict when it is no longer what was `seen`.
    """
    decision = _for_update(decision, seen)
    _ask_unit_heads(decision, set())
    decision.delete()


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
    asked = list(_asked_for_update(action.decision_id))
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


def open_minutes(board: Board) -> Board:
    """The board's row, locked. Raises ValidationError unless its pack is published and its minutes open."""
    boards = Board.objects.select_for_update(of=("self",), no_key=True).select_related(
        "force", "series", "approved_by"
    )
    board = boards.filter(pk=board.pk).first()
    if board is None:
        raise EditConflict(None)
    if board.is_approved:
        raise Overtaken(
            f"The minutes of the board of {day_words(board.held_on)} are approved, and nothing in them can "
            f"change: {board.approved_by} approved them at {moment(board.approved_at)}. Add a correction to "
            "the minutes instead."
        )
    if board.is_scheduled:
        raise ValidationError(
            f"The pack of the board of {day_words(board.held_on)} is not published yet. Publish it first: "
            "decisions and actions rest on its figures."
        )
    return board


def _for_update(decision: Decision, seen: Seen | None) -> Decision:
    open_minutes(decision.item.board)
    current = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("item__board__force", "decided_by", "owner", "funding")
        .filter(pk=decision.pk)
        .first()
    )
    if current is None:
        raise EditConflict(None)
    if seen is not None:
        seen.check(current)
    return current


def _write(decision: Decision, values: DecisionValues) -> Decision:
    """Check a decision and write it with its posts, its action and what unit heads are asked."""
    for name in ("kind", "source", "fte", "effective_on", "due_on", "owner", "funding", "new_posts"):
        setattr(decision, name, getattr(values, name))
    decision.reason, decision.new_reference = values.reason.strip(), values.new_reference.strip()
    decision.full_clean(exclude=["item", "decided_by"])
    check_decision(decision, values.posts)
    decision.save()
    wanted = {post.pk for post in values.posts}
    decision.decision_posts.exclude(post__in=wanted).delete()
    had = set(decision.decision_posts.values_list("post_id", flat=True))
    DecisionPost.objects.bulk_create(
        DecisionPost(decision=decision, post_id=post_id) for post_id in sorted(wanted - had)
    )
    _ask_unit_heads(decision, wanted if decision.kind == DecisionKind.FILL else set())
    _write_action(decision)
    return decision


def _ask_unit_heads(decision: Decision, wanted: set[int]) -> None:
    """One post to fill for each post of a fill; those no longer wanted go, unless a person is matched."""
    list(_asked_for_update(decision.pk))
    unwanted = decision.posts_to_fill.exclude(post__in=wanted)
    _refuse_matched(unwanted.filter(state=ToFillState.MATCHED))
    unwanted.delete()
    had = set(decision.posts_to_fill.values_list("post_id", flat=True))
    try:
        with transaction.atomic():
            PostToFill.objects.bulk_create(
                PostToFill(force_id=decision.item.board.force_id, decision=decision, post_id=post_id)
                for post_id in sorted(wanted - had)
            )
    except IntegrityError as refused:
        raise ValidationError({"posts": sentence_of(refused)}) from refused


def _asked_for_update(decision_id: int | None) -> PostToFillQuerySet:
    """The posts that unit heads are asked to fill, locked by number, and nothing that they point at."""
    asked = PostToFill.objects.filter(decision=decision_id or 0)
    return asked.select_for_update(of=("self",)).order_by("pk")


def _refuse_matched(matched) -> None:
    found = matched.select_related("post", "person").first()
    if found is not None:
        raise ValidationError(
            f"{found.person} is already matched to post {found.post.reference} by this decision, so that "
            "post stays in it. Take the match back first if it was wrong."
        )


def _write_action(decision: Decision) -> None:
    fetched = Decision.objects.with_labels().get(pk=decision.pk)
    BoardAction.objects.update_or_create(
        decision=decision,
        defaults={
            "force_id": decision.item.board.force_id,
            "board_id": decision.item.board_id,
            "text": action_sentence(words_of(fetched), decision.item.title),
            "owner": decision.owner,
            "due_on": decision.due_on,
        },
    )


def _decided_meanwhile(item: AgendaItem) -> str:
    last = item.decisions.select_related("decided_by").last()
    return (
        f"{last.decided_by} decided on this item at {moment(last.decided_at)}, after you opened it. "
        "What you typed is kept below. Save again if your decision stands beside that one."
    )
