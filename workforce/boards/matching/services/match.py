"""The match: one person for one post, once, with the posting that goes with it."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.web.editing.records import EditConflict, Overtaken, Seen, moment
from peelsite.web.editing.turns import in_turn
from workforce.boards.decisions.models import (
    ActionState,
    BoardAction,
    FillSource,
    PostToFill,
    ToFillState,
)
from workforce.boards.decisions.services import plan_follow
from workforce.boards.matching.models import MATCH_KINDS, AskedSide, MoveProposal, MoveState
from workforce.boards.matching.selectors import match_traces, may_undo, posts_to_fill_of
from workforce.boards.matching.selectors.moves import present_posting, to_ask
from workforce.establishment.models import Post
from workforce.people.models import AWAY_KINDS, Person, Posting, PostingKind
from workforce.people.services import person_move, posting_create, posting_withdraw
from workforce.refusals import sentence_of
from workforce.turns import people_and_posts_hold

# How the board's source is put into a posting unless the unit head chooses otherwise.
KIND_BY_SOURCE = {FillSource.ACTING: PostingKind.ACTING}

ALL_MATCHED = "Every post is matched to a person."


@in_turn
def post_match(
    *,
    to_fill: PostToFill,
    person: Person,
    starts_on: date,
    kind: str = PostingKind.SUBSTANTIVE,
    ends_before: date | None = None,
    user: User,
    day: date,
) -> PostToFill:
    """Put a person into a post that a board decided to fill; the last match makes the action done.

    A substantive match moves the person: the present substantive posting ends the day before. Any other kind
    leaves it theirs. `day` is the day on which the action counts as done.

    Raises PermissionDenied unless the post is in a unit that the user heads; Overtaken when the post is
    matched or withdrawn already; ValidationError when the posting is refused, when the head of the person's
    present unit has to agree first, or while somebody else is proposed for the post.
    """
    may_match_check(to_fill, user)
    to_fill = waiting_for_update(to_fill)
    person_check(to_fill.force_id, person, kind)
    for asked in to_ask(user=user, post=to_fill.post, posting=present_posting(person, day)):
        if asked.side == AskedSide.LEAVES:
            raise ValidationError(
                {"person": f"{person} works in {asked.unit}: its head has to agree. Propose the move."}
            )
    other = MoveProposal.objects.open().filter(post=to_fill.post_id).select_related("person").first()
    if other is not None:
        raise ValidationError(
            {"person": f"{other.person} is proposed for this post. Take that proposal back first."}
        )
    people_and_posts_hold(people=[person.pk], posts=[to_fill.post_id])
    posting = posting_make(person, to_fill.post, kind, starts_on, ends_before)
    return matched(to_fill=to_fill, person=person, posting=posting, user=user, day=day)


def may_match_check(to_fill: PostToFill, user: User) -> None:
    """Raises PermissionDenied unless the user heads the post's unit; EditConflict when the row is gone."""
    if not PostToFill.objects.filter(pk=to_fill.pk).exists():
        raise EditConflict(None)
    if not user.reach(Action.POST_MATCH, to_fill.force) or not (
        posts_to_fill_of(user, to_fill.force).filter(pk=to_fill.pk).exists()
    ):
        raise PermissionDenied


def person_check(force_id: int, person: Person, kind: str) -> None:
    if person.force_id != force_id:
        raise ValidationError({"person": "This person belongs to another force; choose one of your own."})
    if kind not in MATCH_KINDS:
        raise ValidationError({"kind": "Choose substantive, temporary promotion, acting or attachment."})


def matched(*, to_fill: PostToFill, person: Person, posting: Posting, user: User, day: date) -> PostToFill:
    """Write that a locked post has its person; the last one closes the decision's action."""
    to_fill.state, to_fill.person, to_fill.posting = ToFillState.MATCHED, person, posting
    to_fill.matched_by, to_fill.matched_at = user, timezone.now()
    to_fill.save(update_fields=["state", "person", "posting", "matched_by", "matched_at"])
    _finish_action(to_fill, user, day)
    plan_follow(to_fill.decision_id)
    return to_fill


@in_turn
def match_undo(*, to_fill: PostToFill, user: User, seen: Seen | None = None) -> PostToFill:
    """Take a match back while nothing leans on it: the posting is withdrawn, the post waits again.

    What the match did besides is undone too: the posting that it ended runs as before, and the action that it
    made done is open again. Raises PermissionDenied unless the user heads the unit or keeps people's records;
    ValidationError when the posting, or the one that it ended, was changed since.
    """
    if not may_undo(user, to_fill):
        raise PermissionDenied
    # Posts before action: the order in which a match locks them.
    to_fill = PostToFill.objects.select_for_update(of=("self",)).select_related("post").get(pk=to_fill.pk)
    if to_fill.state != ToFillState.MATCHED:
        raise Overtaken(f"Nobody is matched to post {to_fill.post.reference} any more.")
    if seen is not None:
        seen.check(to_fill)
    posting = Posting.objects.select_for_update().get(pk=to_fill.posting_id)
    person = to_fill.person
    undone = match_traces(posting)
    if undone is None:
        raise ValidationError(
            f"The posting of {person} in post {to_fill.post.reference}, or the one before it, was changed "
            "since the match. End the posting on the person's page instead."
        )
    to_fill.state, to_fill.person, to_fill.posting = ToFillState.WAITING, None, None
    to_fill.matched_by, to_fill.matched_at = None, None
    try:
        with transaction.atomic():
            to_fill.save(update_fields=["state", "person", "posting", "matched_by", "matched_at"])
            posting_withdraw(posting=posting)
            if undone.ended is not None:
                ended = Posting.objects.select_for_update().get(pk=undone.ended.pk)
                ended.during = undone.ran
                ended.save(update_fields=["during"])
    except IntegrityError as refused:
        raise ValidationError(
            f"The match of {person} to post {to_fill.post.reference} cannot be taken back: "
            f"{sentence_of(refused)}"
        ) from refused
    MoveProposal.objects.filter(to_fill=to_fill, state=MoveState.DONE, person=person).update(
        state=MoveState.WITHDRAWN, reason="The match was taken back."
    )
    BoardAction.objects.filter(
        decision=to_fill.decision_id, state=ActionState.DONE, closed_reason=ALL_MATCHED
    ).update(state=ActionState.OPEN, closed_on=None, closed_by=None, closed_reason="")
    plan_follow(to_fill.decision_id)
    return to_fill


def waiting_for_update(to_fill: PostToFill) -> PostToFill:
    """The row, locked: of two unit heads at once, the second waits here and is told."""
    to_fill = (
        PostToFill.objects.select_for_update(of=("self",))
        .select_related("post", "force", "matched_by", "person")
        .filter(pk=to_fill.pk)
        .first()
    )
    if to_fill is None:
        raise EditConflict(None)
    if to_fill.state == ToFillState.MATCHED:
        raise Overtaken(
            f"{to_fill.matched_by} has already matched {to_fill.person} to post {to_fill.post.reference}, "
            f"at {moment(to_fill.matched_at)}."
        )
    if to_fill.state == ToFillState.WITHDRAWN:
        raise Overtaken(f"The board no longer asks to fill post {to_fill.post.reference}.")
    return to_fill


def posting_make(person: Person, post: Post, kind: str, starts_on: date, ends_before: date | None) -> Posting:
    """The posting of a match: a substantive one ends the present posting the day before.

    A posting without an end ends with its post, where that has one: PostgreSQL holds none beyond.
    """
    is_away = kind in AWAY_KINDS
    if ends_before is not None and not is_away:
        raise ValidationError(
            {"ends_before": "A substantive posting has no end date here; clear it, or choose another kind."}
        )
    ends_before = ends_before or post.during.upper
    if is_away:
        fte = fte_of(person, starts_on, post)
        return posting_create(
            person=person, post=post, kind=kind, starts_on=starts_on, ends_before=ends_before, fte=fte
        )
    if ends_before is None:
        return person_move(person=person, post=post, starts_on=starts_on)
    present = Posting.objects.as_at(starts_on).filter(person=person, is_away=False).first()
    return posting_create(
        person=person,
        post=post,
        starts_on=starts_on,
        ends_before=ends_before,
        fte=present.fte if present else Decimal(1),
        ends_present=True,
    )


def fte_of(person: Person, day: date, post: Post) -> Decimal:
    """A person works in the covered post what they work in their own, and not more than the post is."""
    own = Posting.objects.as_at(day).filter(person=person, is_away=False).first()
    return min(own.fte if own else Decimal(1), post.fte)


def _finish_action(to_fill: PostToFill, user: User, day: date) -> None:
    """Close the decision's action once none of its posts waits; the lock takes two last matches in turn."""
    action = (
        BoardAction.objects.select_for_update(of=("self",))
        .filter(decision=to_fill.decision_id, state=ActionState.OPEN)
        .first()
    )
    if action is None or PostToFill.objects.waiting().filter(decision=to_fill.decision_id).exists():
        return
    action.state, action.closed_on, action.closed_by = ActionState.DONE, day, user
    action.closed_reason = ALL_MATCHED
    action.save(update_fields=["state", "closed_on", "closed_by", "closed_reason"])
