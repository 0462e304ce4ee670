"""Reads for the unit head: who could take a post, and what it leaves behind."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from workforce.boards.decisions.models import FillSource, PostToFill, PostToFillQuerySet
from workforce.establishment.models import Post
from workforce.people.models import Person, Posting

# Where the board looks one rank below: those are promoted or act up into the post.
FROM_BELOW = (FillSource.PROMOTION, FillSource.ACTING)


@dataclass(frozen=True, kw_only=True)
class SourceGap:
    """What a match leaves behind: the cell of the person's present post, before and after."""

    posting: Posting
    gap_fte: Decimal

    @property
    def gap_after_fte(self) -> Decimal:
        return self.gap_fte + self.posting.fte


def posts_to_fill_of(user: User, force: Force) -> PostToFillQuerySet:
    """Posts of the board's decisions in the units that the user heads, and everything under them."""
    return PostToFill.objects.of_force(force).in_units(user.units_headed_in(force)).with_labels()


def may_undo(user: User, to_fill: PostToFill) -> bool:
    """The head of the post's unit, and those who keep people's records."""
    if user.may(Action.PEOPLE_EDIT, to_fill.force):
        return True
    heads = user.reach(Action.POST_MATCH, to_fill.force)
    return bool(heads) and posts_to_fill_of(user, to_fill.force).filter(pk=to_fill.pk).exists()


@dataclass(frozen=True)
class MatchTraces:
    """What a match did to the person's earlier posting: which one it ended, and how that ran before."""

    ended: Posting | None
    ran: Any


def match_traces(posting: Posting) -> MatchTraces | None:
    """What the history says the match that made this posting did; None when either was changed since.

    Everything that one transaction wrote has the same moment.
    """
    events = Posting.pgh_event_model.objects
    made = list(events.filter(pgh_obj_id=posting.pk).order_by("pgh_id"))
    if len(made) != 1:
        return None
    others = events.filter(
        person_id=posting.person_id, pgh_label="update", pgh_created_at=made[0].pgh_created_at
    ).exclude(pgh_obj_id=posting.pk)
    ended = others.order_by("pgh_id").first()
    if ended is None:
        return MatchTraces(None, None)
    told = list(events.filter(pgh_obj_id=ended.pgh_obj_id).order_by("pgh_id"))
    earlier = Posting.objects.filter(pk=ended.pgh_obj_id).first()
    if earlier is None or told[-1].pgh_id != ended.pgh_id or len(told) < 2:
        return None
    return MatchTraces(earlier, told[-2].during)


def source_gap(person: Person, day: date) -> SourceGap | None:
    """The cell that the person would leave, and its gap now; None for someone in no post. Three queries."""
    posting = Posting.objects.counted_at(day).filter(person=person).with_labels().first()
    if posting is None:
        return None
    cell = {name: getattr(posting.post, f"{name}_id") for name in ("rank", "role", "location", "unit")}
    establishment = Post.objects.filter(force=person.force_id, **cell).as_at(day).aggregate(total=Sum("fte"))
    strength = (
        Posting.objects.counted_at(day)
        .filter(force=person.force_id, **{f"post__{name}": value for name, value in cell.items()})
        .aggregate(total=Sum("fte"))
    )
    return SourceGap(
        posting=posting,
        gap_fte=(establishment["total"] or Decimal(0)) - (strength["total"] or Decimal(0)),
    )
