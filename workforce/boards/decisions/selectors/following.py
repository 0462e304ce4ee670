"""Reads of how decisions stand: matched of asked, carried out, ended, late and back before a board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from peelsite.forces.models import Force
from workforce.boards.decisions.calc import Followed, Standing, late_since, progress_sentence, standing
from workforce.boards.decisions.calc.words import day_words
from workforce.boards.decisions.models import (
    ActionHandover,
    ActionState,
    Decision,
    PostToFill,
    ReturnedDecision,
    ToFillState,
)
from workforce.boards.meetings.models import Board


@dataclass(frozen=True, kw_only=True)
class Standings:
    """A decision with where it has got to."""

    decision: Decision
    followed: Followed
    standing: Standing
    sentence: str


def decisions_followed(force: Force) -> QuerySet[Decision]:
    """Every decision of a force's boards, with what its progress is read from. Five queries when read."""
    return following(Decision.objects.filter(item__board__force=force))


def following(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """With the action, its hand-overs and the posts that unit heads are asked to fill."""
    asked = PostToFill.objects.select_related("post", "posting").order_by("post__reference")
    handed = ActionHandover.objects.select_related("owner").order_by("pk")
    return (
        decisions.with_labels()
        .select_related("action__owner", "item__board__series", "item__unit")
        .annotate(
            asked_count=_posts(~Q(posts_to_fill__state=ToFillState.WITHDRAWN)),
            matched_count=_posts(Q(posts_to_fill__state=ToFillState.MATCHED)),
            review_day_on=Coalesce("review_on", "due_on"),
        )
        .prefetch_related(
            Prefetch("posts_to_fill", asked),
            Prefetch("action__handovers", handed),
        )
        # Counted rows have no order of their own any more.
        .order_by("item__board__held_on", "item__position", "pk")
    )


def _posts(where: Q) -> Count:
    return Count("posts_to_fill", filter=where & Q(posts_to_fill__isnull=False), distinct=True)


def standing_filter(decisions: QuerySet[Decision], state: str, day: date) -> QuerySet[Decision]:
    """Those of a Standing on a day, as `standing` says it of each."""
    open_ = decisions.filter(action__state=ActionState.OPEN)
    past = Q(effective_on__lt=day) | Q(review_on__lt=day) | Q(review_on__isnull=True, due_on__lt=day)
    matched = Exists(PostToFill.objects.filter(decision=OuterRef("pk"), state=ToFillState.MATCHED))
    return {
        Standing.DONE: lambda: decisions.filter(action__state=ActionState.DONE),
        Standing.DROPPED: lambda: decisions.filter(action__state=ActionState.DROPPED),
        Standing.LATE: lambda: open_.filter(past),
        Standing.PARTLY: lambda: open_.exclude(past).filter(matched),
        Standing.OPEN: lambda: open_.exclude(past).exclude(matched),
    }[Standing(state)]()


def followed_of(decision: Decision, day: date) -> Followed:
    """What is recorded of a decision that `following` read; its action as it stood on `day`."""
    action = decision.action
    is_closed = action.closed_on is not None and action.closed_on <= day
    by_state: dict[str, list[str]] = {state: [] for state in ToFillState.values}
    for asked in decision.posts_to_fill.all():
        by_state[asked.state].append(asked.post.reference)
    handed = list(action.handovers.all())
    return Followed(
        kind=decision.kind,
        effective_on=decision.effective_on,
        review_on=decision.review_day,
        is_approved=decision.item.board.is_approved,
        owner=action.owner.name,
        action_state=action.state if is_closed else ActionState.OPEN.value,
        closed_on=action.closed_on if is_closed else None,
        closed_reason=action.closed_reason if is_closed else "",
        matched=by_state[ToFillState.MATCHED],
        waiting=by_state[ToFillState.WAITING],
        withdrawn=by_state[ToFillState.WITHDRAWN],
        handed_over=(
            f"Handed over to {handed[-1].owner.name}, due on {day_words(handed[-1].due_on)}" if handed else ""
        ),
    )


def standings(decisions: Iterable[Decision], day: date) -> list[Standings]:
    """How each of the decisions that `following` read stands on a day."""
    found = []
    for decision in decisions:
        followed = followed_of(decision, day)
        found.append(
            Standings(
                decision=decision,
                followed=followed,
                standing=standing(followed, day),
                sentence=progress_sentence(followed, day),
            )
        )
    return found


def late_decisions(board: Board, day: date) -> list[tuple[Decision, Followed]]:
    """Decisions of earlier boards of the series that are late on `day`, the longest late first.

    Four queries, whatever their number.
    """
    earlier = Board.objects.before(board).with_frozen_pack()
    decisions = (
        following(Decision.objects.filter(item__board__in=earlier, item__board__approved_at__isnull=False))
        .filter(Q(action__closed_on__isnull=True) | Q(action__closed_on__gt=day))
        .order_by("effective_on", "pk")
    )
    followed = [(decision, followed_of(decision, day)) for decision in decisions]
    late = [(since, each) for each in followed if (since := late_since(each[1], day)) is not None]
    return [each for _, each in sorted(late, key=lambda pair: (pair[0], pair[1][0].pk))]


def returns_of(decision: Decision) -> QuerySet[ReturnedDecision]:
    """The boards to which it came back late, the first one first."""
    return decision.returns.select_related("board__series", "item").order_by("board__held_on")
