"""What a decision must agree with before it is written. Each refusal says what to do instead."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError

from workforce.boards.decisions.calc import day_words, listed, new_references
from workforce.boards.decisions.models import Decision, DecisionKind
from workforce.boards.decisions.selectors import (
    cell_posts,
    filled_fte,
    holders_from,
    possible_owners,
    waiting_elsewhere,
)
from workforce.establishment.models import Post


def check_decision(decision: Decision, posts: Sequence[Post]) -> None:
    """Raises ValidationError naming the field, for a decision not saved yet and the posts it names."""
    force = decision.item.board.force
    if not possible_owners(force).filter(pk=decision.owner_id).exists():
        raise ValidationError({"owner": f"The owner must be a member of {force.name}; choose another."})
    if decision.kind in (DecisionKind.FILL, DecisionKind.DELETE):
        _check_posts(decision, posts)
    elif posts:
        raise ValidationError({"posts": "Posts are chosen only to be filled or deleted; clear them."})
    if decision.kind == DecisionKind.FILL:
        _check_fill(decision, posts)
    elif decision.kind == DecisionKind.DELETE:
        check_delete(decision, posts)
    elif decision.kind == DecisionKind.NEW:
        check_new(decision)


def _check_posts(decision: Decision, posts: Sequence[Post]) -> None:
    if not posts:
        raise ValidationError({"posts": "Select the posts."})
    inside = set(cell_posts(decision.item, decision.effective_on).filter(pk__in=[post.pk for post in posts]))
    outside = [post.reference for post in posts if post not in inside]
    if outside:
        raise ValidationError(
            {
                "posts": f"{listed(outside)} {'is' if len(outside) == 1 else 'are'} not among the posts "
                f"of this item on {day_words(decision.effective_on)}. Choose other posts or another date."
            }
        )
    waiting = waiting_elsewhere(posts, decision if decision.pk else None).first()
    if waiting is not None:
        board = waiting.decision.item.board
        raise ValidationError(
            {
                "posts": f"Post {waiting.post.reference} already waits for a person, by a decision of the "
                f"board of {day_words(board.held_on)}. Choose another post, or change that decision."
            }
        )


def _check_fill(decision: Decision, posts: Sequence[Post]) -> None:
    filled = filled_fte(posts, decision.effective_on)
    full = [post.reference for post in posts if filled.get(post.pk, Decimal(0)) >= post.fte]
    if full:
        raise ValidationError(
            {
                "posts": f"{listed(full)} will be filled on {day_words(decision.effective_on)}. "
                "Choose vacant posts."
            }
        )
    room = sum((post.fte - filled.get(post.pk, Decimal(0)) for post in posts), Decimal(0))
    if decision.fte > room:
        raise ValidationError(
            {"fte": f"The posts chosen have {room.normalize():f} FTE vacant; enter that or less."}
        )


def check_delete(decision: Decision, posts: Sequence[Post]) -> None:
    """A post that someone holds on its end date or later is not deleted."""
    holder = holders_from(posts, decision.effective_on).first()
    if holder is None:
        return
    until = f" until {day_words(holder.during.upper)}" if holder.during.upper else " with no end date"
    raise ValidationError(
        {
            "posts": f"Post {holder.post.reference} is held by {holder.person}, from "
            f"{day_words(holder.during.lower)}{until}. Move that person first, or choose a later date."
        }
    )


def check_new(decision: Decision) -> None:
    """New posts need a cell to stand in, funding that lasts, and references not used yet."""
    force = decision.item.board.force
    if not decision.item.has_cell:
        raise ValidationError(
            {"kind": "A new post needs a rank, role, location and unit; decide it on an item that has them."}
        )
    if decision.funding is None or decision.funding.force_id != force.pk:
        raise ValidationError({"funding": "Select the funding that pays for the new post."})
    ends_on = decision.funding.ends_on
    if ends_on is not None and ends_on < decision.effective_on:
        raise ValidationError(
            {"funding": f"{decision.funding} ends on {day_words(ends_on)}, before the post would begin."}
        )
    if not decision.new_posts or not decision.new_reference:
        raise ValidationError(
            {"new_reference": "Enter how many posts are created, and the reference of the new post."}
        )
    each = decision.fte / decision.new_posts
    if each != each.quantize(Decimal("0.0001")):
        raise ValidationError({"fte": "Enter an FTE that divides evenly among the new posts."})
    used = Post.objects.of_force(force).filter(
        reference__in=new_references(decision.new_reference, decision.new_posts)
    )
    if used.exists():
        raise ValidationError(
            {"new_reference": f"The force already has post {used[0].reference}; enter another reference."}
        )
