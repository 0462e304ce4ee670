"""Writes of decisions, from the publication of the pack until the minutes are approved."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.web.editing.records import EditConflict, Seen, moment
from peelsite.web.editing.turns import in_turn
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import action_sentence
from workforce.boards.decisions.models import (
    BoardAction,
    Decision,
    DecisionKind,
    DecisionPost,
    PostToFill,
    ToFillState,
)
from workforce.boards.decisions.rules import check_decision
from workforce.boards.decisions.selectors import Deciding, words_of
from workforce.boards.decisions.services.open_boards import asked_for_update, open_minutes
from workforce.boards.decisions.services.plans import plan_follow, plan_forget
from workforce.boards.decisions.services.values import DecidedMeanwhile, DecisionValues
from workforce.refusals import sentence_of

# Values that a decision takes as they are given.
TAKEN = (
    "kind",
    "source",
    "fte",
    "effective_on",
    "due_on",
    "owner",
    "funding",
    "new_posts",
    "to_fte",
    "joint_unit",
)


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


def decision_try(*, item: AgendaItem, values: DecisionValues, decision: Decision | None = None) -> Deciding:
    """What a decision would change if it were taken now, or changed to these values; nothing is written.

    Raises what `decision_create` would raise of the values. For showing the effect before it is confirmed.
    """
    tried = Decision(pk=decision.pk if decision else None, item=item, decided_by=values.owner)
    tried._state.adding, tried.decided_at = decision is None, timezone.now()
    _take(tried, values)
    return Deciding(
        kind=tried.kind,
        source=tried.source,
        fte=tried.fte,
        effective_on=tried.effective_on,
        posts=values.posts,
        cell=item.cell if item.has_cell else None,
        donor=tried.donor,
        profile=tried.profile,
        to_fte=tried.to_fte,
        is_allocation=tried.is_allocation,
    )


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
    plan_forget(decision)
    decision.delete()


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
    _take(decision, values)
    decision.save()
    wanted = {post.pk for post in values.posts}
    decision.decision_posts.exclude(post__in=wanted).delete()
    had = set(decision.decision_posts.values_list("post_id", flat=True))
    DecisionPost.objects.bulk_create(
        DecisionPost(decision=decision, post_id=post_id) for post_id in sorted(wanted - had)
    )
    _ask_unit_heads(decision, wanted if decision.kind == DecisionKind.FILL else set())
    _write_action(decision)
    plan_follow(decision.pk)
    return decision


def _take(decision: Decision, values: DecisionValues) -> None:
    """Put the values into the decision and check it. Raises ValidationError naming the field."""
    for name in TAKEN:
        setattr(decision, name, getattr(values, name))
    decision.review_on = values.review_on or values.due_on
    decision.reason, decision.new_reference = values.reason.strip(), values.new_reference.strip()
    for prefix, cell in (("donor", values.donor), ("to", values.profile)):
        for part in ("rank", "role", "location", "unit"):
            setattr(decision, f"{prefix}_{part}_id", getattr(cell, f"{part}_id", None))
    decision.full_clean(exclude=["item", "decided_by"], validate_constraints=False)
    # Said in words first: what the constraints hold is the last word.
    check_decision(decision, values.posts)
    decision.validate_constraints()


def _ask_unit_heads(decision: Decision, wanted: set[int]) -> None:
    """One post to fill for each post of a fill; those no longer wanted go, unless a person is matched."""
    list(asked_for_update(decision.pk))
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
