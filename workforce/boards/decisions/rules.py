"""What a decision must agree with before it is written. Each refusal says what to do instead."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from peelsite.forces.models import Unit
from workforce.boards.agenda.calc import fte_words
from workforce.boards.decisions.calc import Amount, day_words, listed, new_references, together
from workforce.boards.decisions.models import DONOR_SOURCES, Decision, DecisionKind, FillSource
from workforce.boards.decisions.selectors import (
    amounts_on,
    cell_posts,
    cell_words,
    decided_elsewhere,
    filled_fte,
    gap_to_decide,
    holders_from,
    possible_owners,
    strength_of_cell,
    taken_fte,
    waiting_elsewhere,
)
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post

WITH_POSTS = (DecisionKind.FILL, DecisionKind.DELETE, DecisionKind.REPROFILE)


def check_decision(decision: Decision, posts: Sequence[Post]) -> None:
    """Raises ValidationError naming the field, for a decision not saved yet and the posts it names."""
    force = decision.item.board.force
    if not possible_owners(force).filter(pk=decision.owner_id).exists():
        raise ValidationError({"owner": f"The owner must be a member of {force.name}; choose another."})
    if decision.kind in WITH_POSTS:
        _check_posts(decision, posts)
    elif posts:
        raise ValidationError(
            {"posts": "Posts are chosen only to be filled, deleted or re-profiled; clear them."}
        )
    _check_of_force(decision)
    if decision.donor is not None:
        _check_donor(decision, posts)
    if decision.kind == DecisionKind.FILL:
        _check_fill(decision, posts)
    elif decision.kind == DecisionKind.DELETE:
        check_delete(decision, posts)
    elif decision.kind == DecisionKind.NEW:
        check_new(decision)
    elif decision.kind == DecisionKind.REPROFILE:
        check_reprofile(decision, posts)
    if decision.item.has_cell:
        _check_together(decision, posts)


def _check_of_force(decision: Decision) -> None:
    """The cells that a decision names are of its own force."""
    force = decision.item.board.force
    for prefix, field in (("donor", "donor"), ("to", "to_unit")):
        rows = [getattr(decision, f"{prefix}_{part}") for part in ("role", "location", "unit")]
        rank = getattr(decision, f"{prefix}_rank")
        if any(row is not None and row.force_id != force.pk for row in rows) or (
            rank is not None and rank.force_id not in (None, force.pk)
        ):
            raise ValidationError({field: f"Choose a rank, role, location and unit of {force.name}."})


def _check_donor(decision: Decision, posts: Sequence[Post]) -> None:
    """The cell that gives: where the source takes from one, another than the one that gains, with people."""
    source = FillSource(decision.source) if decision.source else None
    if decision.kind != DecisionKind.FILL or source not in DONOR_SOURCES:
        raise ValidationError(
            {"donor": "Only a promotion, a move or acting takes from a cell of the force; clear it."}
        )
    if any(_cell_of(post) == decision.donor for post in posts):
        raise ValidationError(
            {"donor": "This is the cell that gains. Choose the one that gives, or leave it empty."}
        )
    strength = strength_of_cell(decision.item.board.force, decision.donor, decision.effective_on)
    if strength < decision.fte:
        raise ValidationError(
            {
                "donor": f"{cell_words(decision, 'donor')} has {fte_words(strength)} FTE in post on "
                f"{day_words(decision.effective_on)}, and {fte_words(decision.fte)} would leave it. Choose "
                "another cell, or take fewer."
            }
        )


def _check_together(decision: Decision, posts: Sequence[Post]) -> None:
    """Fills, holds, deletions and re-profilings on one item dispose of no more than there is."""
    own = Amount(kind=decision.kind, fte=taken_fte(decision, posts))
    others = amounts_on(decision.item, without=decision if decision.pk else None)
    found = together([*others, own], gap_to_decide(decision.item, decision.effective_on))
    if own.fte and found.is_too_much:
        alone = "" if not others else ", with the other decisions on this item"
        named = "fte" if decision.kind in (DecisionKind.FILL, DecisionKind.HOLD) else "posts"
        raise ValidationError(
            {
                named: f"That would be {found.words}{alone}: {fte_words(-found.left_fte)} FTE too much. "
                "Decide less, or change the other decisions first."
            }
        )


def _cell_of(post: Post) -> CellKey:
    return CellKey(
        rank_id=post.rank_id, role_id=post.role_id, location_id=post.location_id, unit_id=post.unit_id
    )


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
    decided = decided_elsewhere(posts, decision if decision.pk else None).first()
    if decided is not None:
        board = decided.decision.item.board
        raise ValidationError(
            {
                "posts": f"The board of {day_words(board.held_on)} has already decided on post "
                f"{decided.post.reference}. Choose another post, or change that decision."
            }
        )


def _check_fill(decision: Decision, posts: Sequence[Post]) -> None:
    if decision.source == FillSource.MOVE and decision.donor is None:
        raise ValidationError({"donor": "Select the rank, role, location and unit that people move from."})
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


def check_reprofile(decision: Decision, posts: Sequence[Post]) -> None:
    """Re-profiled posts become something else, within their life, under references not used yet; with a
    change of allocation the partner of a joint unit that runs then employs them, and nobody holds them."""
    if decision.joint_unit_id is not None:
        _check_joint_unit(decision, [post.unit for post in posts])
        check_delete(decision, posts)
        return
    if decision.profile is None:
        raise ValidationError(
            {"to_rank": "Select the rank, role, location and unit of the posts afterwards."}
        )
    same = [
        post.reference
        for post in posts
        if _cell_of(post) == decision.profile and decision.to_fte in (None, post.fte)
    ]
    if same:
        raise ValidationError(
            {
                "to_rank": f"Nothing would change for {listed(same)}. "
                "Change the rank, role, location, unit or FTE."
            }
        )
    begun = [post.reference for post in posts if post.during.lower >= decision.effective_on]
    if begun:
        raise ValidationError(
            {
                "effective_on": f"{listed(begun)} would not exist before {day_words(decision.effective_on)}. "
                "Choose a day after the first day of every post."
            }
        )
    _check_references(decision, len(posts))


def _check_joint_unit(decision: Decision, units: Sequence[Unit]) -> None:
    joint = decision.joint_unit
    if joint.force_id != decision.item.board.force_id or decision.effective_on not in _Days(joint.during):
        raise ValidationError(
            {
                "joint_unit": f"{joint} is not run together on {day_words(decision.effective_on)}; choose "
                "another joint unit or another date."
            }
        )
    outside = [unit.name for unit in units if not unit.path.startswith(joint.unit.path)]
    if outside:
        raise ValidationError(
            {"joint_unit": f"{listed(sorted(set(outside)))} is not in {joint.unit}; choose another."}
        )


class _Days:
    """`day in _Days(range)` of a half-open range of days."""

    def __init__(self, during: Any) -> None:
        self.during = during

    def __contains__(self, day: date) -> bool:
        return self.during.lower <= day and (self.during.upper is None or day < self.during.upper)


def _check_references(decision: Decision, count: int) -> None:
    if not decision.new_reference:
        raise ValidationError({"new_reference": "Enter the reference of the new post."})
    used = Post.objects.of_force(decision.item.board.force).filter(
        reference__in=new_references(decision.new_reference, count)
    )
    if used.exists():
        raise ValidationError(
            {"new_reference": f"The force already has post {used[0].reference}; enter another reference."}
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
    _check_references(decision, decision.new_posts)
    if decision.joint_unit_id is not None:
        _check_joint_unit(decision, [decision.item.unit])
