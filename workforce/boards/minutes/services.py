"""Writes of minutes: notes taken, approval once, corrections after it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.records import Overtaken, Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.boards.decisions.calc import new_references
from workforce.boards.decisions.models import (
    ActionState,
    BoardAction,
    Decision,
    DecisionKind,
    DecisionPost,
)
from workforce.boards.decisions.rules import check_delete, check_new, check_reprofile
from workforce.boards.decisions.services import open_minutes, plan_follow
from workforce.boards.meetings.models import Board, BoardState
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.minutes.selectors import minutes_of
from workforce.boards.pack.calc import text_digest
from workforce.establishment.services import post_create, post_end, post_reprofile
from workforce.people.models import Posting
from workforce.turns import people_and_posts_hold

# Decisions that the approval of the minutes carries out.
CARRIED_OUT = (DecisionKind.DELETE, DecisionKind.NEW, DecisionKind.REPROFILE)


@in_turn
def notes_write(*, board: Board, attended: str, notes: str, seen: Seen | None = None) -> Board:
    """Note who was present and what else was said. Raises EditConflict unless it is what was `seen`."""
    board = open_minutes(board)
    if seen is not None:
        seen.check(board)
    board.attended, board.notes = attended.strip(), notes.strip()
    board.version += 1
    board.save(update_fields=["attended", "notes", "version"])
    return board


@in_turn
def minutes_approve(
    *, board: Board, user: User, seen_digest: str = "", at: datetime | None = None, day: date | None = None
) -> Board:
    """Approve the minutes: they are kept as text, can never change, and the establishment follows them.

    Posts that were deleted end on their date, new posts begin on theirs, re-profiled ones are succeeded, and
    the actions of these decisions are done. All of it happens or none. `seen_digest` is that of the text the
    user read; `day` is the day the actions count as done, the force's opening day unless given.

    Raises ValidationError when the minutes are approved already, changed since the user read them, or one
    decision cannot be carried out any more.
    """
    board = open_minutes(board)
    text = minutes_of(board)
    if seen_digest and seen_digest != text_digest(text):
        raise Overtaken(
            "The minutes changed after you opened them. Read them again below, then approve them."
        )
    _carry_out(board, user, day or opening_day(board.force))
    board.state, board.minutes, board.minutes_digest = BoardState.APPROVED, text, text_digest(text)
    board.approved_by, board.approved_at = user, at or timezone.now()
    board.version += 1
    board.save(update_fields=["state", "minutes", "minutes_digest", "approved_by", "approved_at", "version"])
    return board


@in_turn
def correction_add(*, board: Board, text: str, user: User) -> MinuteCorrection:
    """Add a correction to approved minutes; it can never change either."""
    board = locked(board)
    if not board.is_approved:
        raise ValidationError(
            "These minutes are not approved yet. Change them instead of adding a correction."
        )
    if not text.strip():
        raise ValidationError({"text": "Enter what is wrong and what should stand there."})
    return MinuteCorrection.objects.create(
        board=board, text=text.strip(), made_by=user, made_at=timezone.now()
    )


def _carry_out(board: Board, user: User, day: date) -> None:
    """Change the establishment as decided, and close the actions that this carries out."""
    decisions = list(
        Decision.objects.of_board(board)
        .filter(kind__in=CARRIED_OUT)
        .with_labels()
        .select_related("item__rank", "item__role", "item__unit", "item__location", "item__board__force")
    )
    ending = DecisionPost.objects.filter(decision__in=decisions).exclude(decision__kind=DecisionKind.NEW)
    posts = list(ending.values_list("post_id", flat=True))
    holders = Posting.objects.filter(post__in=posts).values_list("person_id", flat=True)
    people_and_posts_hold(people=holders, posts=posts)
    for decision in decisions:
        if decision.kind == DecisionKind.NEW:
            _create_posts(decision)
        elif decision.kind == DecisionKind.DELETE or decision.is_allocation:
            _end_posts(decision)
        else:
            _reprofile_posts(decision)
    BoardAction.objects.open().filter(decision__in=decisions).update(
        state=ActionState.DONE,
        closed_on=day,
        closed_by=user,
        closed_reason="Carried out when the minutes were approved.",
    )
    for decision in decisions:
        plan_follow(decision.pk)


def _end_posts(decision: Decision) -> None:
    """Posts that are deleted, or that the partner of a joint unit employs from then on, end here."""
    posts = list(decision.posts.select_related("unit"))
    if decision.is_allocation:
        check_reprofile(decision, posts)
    else:
        check_delete(decision, posts)
    for post in posts:
        if post.during.upper is None or post.during.upper > decision.effective_on:
            post_end(post=post, ends_before=decision.effective_on)


def _reprofile_posts(decision: Decision) -> None:
    posts = list(decision.posts.order_by("reference"))
    check_reprofile(decision, posts)
    references = new_references(decision.new_reference, len(posts))
    for post, reference in zip(posts, references, strict=True):
        post_reprofile(
            post=post,
            reference=reference,
            starts_on=decision.effective_on,
            rank=decision.to_rank,
            role=decision.to_role,
            location=decision.to_location,
            unit=decision.to_unit,
            fte=decision.to_fte or post.fte,
        )


def _create_posts(decision: Decision) -> None:
    check_new(decision)
    item = decision.item
    for reference in new_references(decision.new_reference, decision.new_posts):
        post = post_create(
            force=item.board.force,
            reference=reference,
            rank=item.rank,
            role=item.role,
            unit=item.unit,
            location=item.location,
            funding=decision.funding,
            starts_on=decision.effective_on,
            fte=decision.fte / decision.new_posts,
        )
        DecisionPost.objects.create(decision=decision, post=post)
