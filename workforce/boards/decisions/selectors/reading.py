"""Reads of decisions, of the posts one may decide on, and of actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Force, JointUnit, Unit
from workforce.boards.agenda.calc import fte_words, gap_words
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import Amount, DecisionWords, Together, together
from workforce.boards.decisions.models import (
    ActionState,
    BoardAction,
    Decision,
    DecisionKind,
    DecisionPost,
    PostToFill,
)
from workforce.establishment.calc import CellKey, Vacancy
from workforce.establishment.models import Post
from workforce.establishment.selectors import EstablishmentFilters, vacancies_as_at
from workforce.people.models import Posting

CELL_COLUMNS = ("rank_id", "role_id", "location_id", "unit_id")


@dataclass(frozen=True, kw_only=True)
class CellContext:
    """Who is in the item's cell on a day, and which of its posts are vacant."""

    day: date
    postings: list[Posting]
    vacancies: tuple[Vacancy, ...]
    establishment_fte: Decimal
    strength_fte: Decimal

    @property
    def gap_fte(self) -> Decimal:
        return self.establishment_fte - self.strength_fte


def cell_posts(item: AgendaItem, day: date) -> QuerySet[Post]:
    """Posts of the item's cell on a day; of an item without a cell, every post of the force."""
    posts = Post.objects.of_force(item.board.force).as_at(day).order_by("reference")
    if not item.has_cell:
        return posts
    return posts.filter(
        rank_id=item.rank_id, role_id=item.role_id, location_id=item.location_id, unit_id=item.unit_id
    )


def cell_vacancies(item: AgendaItem, day: date) -> tuple[Vacancy, ...]:
    """Vacant posts of the cell, the oldest vacancy first. One query."""
    filters = EstablishmentFilters(
        rank_id=item.rank_id, role_id=item.role_id, location_id=item.location_id, unit_id=item.unit_id
    )
    vacancies = vacancies_as_at(item.board.force, day, filters=filters)
    # A unit in the filter stands for its subtree; the cell is the unit itself.
    return tuple(vacancy for vacancy in vacancies if not item.has_cell or vacancy.key == item.cell)


def cell_context(item: AgendaItem, day: date) -> CellContext:
    """The live cell. Three queries."""
    postings = list(
        Posting.objects.counted_at(day)
        .filter(
            force=item.board.force,
            post__rank=item.rank_id,
            post__role=item.role_id,
            post__location=item.location_id,
            post__unit=item.unit_id,
        )
        .select_related("person", "post")
        .order_by("post__reference", "during")
    )
    return CellContext(
        day=day,
        postings=postings,
        vacancies=cell_vacancies(item, day),
        establishment_fte=cell_posts(item, day).order_by().aggregate(total=Sum("fte"))["total"] or Decimal(0),
        strength_fte=sum((posting.fte for posting in postings), Decimal(0)),
    )


def holders_from(posts: Iterable[Post], day: date) -> QuerySet[Posting]:
    """Postings in these posts that run on `day` or later, as one sentence must name who holds a post."""
    return (
        Posting.objects.filter(post__in=list(posts))
        .filter(Q(during__endswith__gt=day) | Q(during__upper_inf=True))
        .select_related("person", "post")
        .order_by("post__reference", "during")
    )


def filled_fte(posts: Iterable[Post], day: date) -> dict[int, Decimal]:
    """post id -> FTE that fills it on a day, leaving out the supernumerary. One query."""
    rows = (
        Posting.objects.counted_at(day)
        .filter(post__in=list(posts), is_supernumerary=False)
        .order_by()
        .values("post")
        .annotate(filled=Sum("fte"))
    )
    return {row["post"]: row["filled"] for row in rows}


@dataclass(frozen=True, kw_only=True)
class DonorCell:
    """A cell that may give: who is in it on a day, beside its posts."""

    key: CellKey
    label: str
    establishment_fte: Decimal
    strength_fte: Decimal

    @property
    def words(self) -> str:
        """'Constable, Response, Watford, Team A: 12.0 in post, 2.0 FTE over establishment'."""
        gap = self.establishment_fte - self.strength_fte
        return f"{self.label}: {fte_words(self.strength_fte)} in post, {gap_words(gap)}"


def donor_cells(force: Force, day: date) -> list[DonorCell]:
    """Cells with people on a day, those furthest over establishment first. Two queries."""
    posts = {
        tuple(row[name] for name in CELL_COLUMNS): row["total"]
        for row in Post.objects.of_force(force)
        .as_at(day)
        .order_by()
        .values(*CELL_COLUMNS)
        .annotate(total=Sum("fte"))
    }
    columns = [f"post__{name}" for name in CELL_COLUMNS]
    names = [f"post__{part}__name" for part in ("rank", "role", "location", "unit")]
    rows = (
        Posting.objects.of_force(force)
        .counted_at(day)
        .order_by()
        .values(*columns, *names)
        .annotate(total=Sum("fte"))
    )
    cells = [
        DonorCell(
            key=CellKey(**{name: row[f"post__{name}"] for name in CELL_COLUMNS}),
            label=", ".join(row[name] for name in names),
            establishment_fte=posts.get(tuple(row[name] for name in columns), Decimal(0)),
            strength_fte=row["total"],
        )
        for row in rows
    ]
    return sorted(cells, key=lambda cell: (cell.establishment_fte - cell.strength_fte, cell.label))


def joint_units_of(item: AgendaItem, day: date) -> QuerySet[JointUnit]:
    """Joint units, run on a day or later, that the item's unit is or lies in; none of an item without one."""
    if item.unit is None:
        return JointUnit.objects.none()
    return (
        JointUnit.objects.of_force(item.board.force)
        .filter(unit__in=_unit_ids(item.unit))
        .filter(Q(during__endswith__gt=day) | Q(during__upper_inf=True))
        .select_related("unit", "partner")
    )


def _unit_ids(unit: Unit) -> list[int]:
    """The unit and those above it."""
    return [int(part) for part in unit.path.strip("/").split("/")]


def strength_of_cell(force: Force, cell: CellKey, day: date) -> Decimal:
    """FTE counted in a cell on a day. One query."""
    counted = Posting.objects.counted_at(day).filter(
        force=force,
        post__rank=cell.rank_id,
        post__role=cell.role_id,
        post__location=cell.location_id,
        post__unit=cell.unit_id,
    )
    return counted.order_by().aggregate(total=Sum("fte"))["total"] or Decimal(0)


def waiting_elsewhere(posts: Iterable[Post], decision: Decision | None) -> QuerySet[PostToFill]:
    """Posts that another decision already asks to fill."""
    return (
        PostToFill.objects.waiting()
        .filter(post__in=list(posts))
        .exclude(decision=decision)
        .select_related("post", "decision__item__board")
    )


def possible_owners(force: Force) -> QuerySet[User]:
    """Members of the force, who may own a decision or an action."""
    return User.objects.filter(
        is_active=True, memberships__force=force, memberships__is_active=True
    ).distinct()


def unit_head_of(item: AgendaItem) -> User | None:
    """Who heads the item's unit, or the nearest unit above it that has a head."""
    if item.unit is None:
        return None
    above = _unit_ids(item.unit)
    heads = Membership.objects.filter(
        role=Role.UNIT_HEAD, unit__in=above, is_active=True, user__is_active=True
    ).select_related("user", "unit")
    nearest = max(heads, key=lambda head: (len(head.unit.path), -head.pk), default=None)
    return nearest.user if nearest else None


def holder_numbers(posts: Iterable[Post], day: date) -> dict[int, list[str]]:
    """post id -> collar numbers of those in it on a day. One query."""
    numbers: dict[int, list[str]] = {}
    for posting in Posting.objects.counted_at(day).filter(post__in=posts).select_related("person"):
        numbers.setdefault(posting.post_id, []).append(posting.person.number)
    return numbers


def may_close(user: User, action: BoardAction) -> bool:
    """The owner, those who prepare boards and those who decide on them."""
    force = action.force
    return (
        action.owner_id == user.pk
        or user.may(Action.BOARD_PREPARE, force)
        or user.may(Action.BOARD_DECIDE, force)
    )


def may_hand_over(user: User, action: BoardAction) -> bool:
    """Those who prepare boards and those who decide on them; not its owner alone."""
    return user.may(Action.BOARD_PREPARE, action.force) or user.may(Action.BOARD_DECIDE, action.force)


def words_of(decision: Decision) -> DecisionWords:
    """A decision for its sentence; reads its posts and funding where they were not fetched before."""
    return DecisionWords(
        kind=decision.kind,
        source=decision.source,
        fte=decision.fte,
        effective_on=decision.effective_on,
        posts=[each.post.reference for each in decision.decision_posts.all()],
        funding=decision.funding.name if decision.funding else "",
        new_posts=decision.new_posts or 0,
        new_reference=decision.new_reference,
        donor=cell_words(decision, "donor"),
        profile=cell_words(decision, "to"),
        to_fte=decision.to_fte,
        joint_unit=decision.joint_unit.unit.name if decision.joint_unit else "",
        partner=decision.joint_unit.partner.name if decision.joint_unit else "",
    )


def cell_words(row: Any, prefix: str) -> str:
    """'Sergeant, Custody, Watford, Team A' of the four columns that begin with the prefix; '' of none."""
    parts = [getattr(row, f"{prefix}_{part}") for part in ("rank", "role", "location", "unit")]
    return ", ".join(part.name for part in parts) if parts[0] else ""


def decided_elsewhere(posts: Iterable[Post], decision: Decision | None) -> QuerySet[DecisionPost]:
    """Posts that another decision names and that is neither done nor dropped."""
    return (
        DecisionPost.objects.filter(post__in=list(posts), decision__action__state=ActionState.OPEN)
        .exclude(decision=decision)
        .select_related("post", "decision__item__board")
        .order_by("post__reference", "pk")
    )


def gap_to_decide(item: AgendaItem, day: date) -> Decimal:
    """FTE that the decisions on an item may dispose of together: its gap or what is vacant on the pack day,
    what is vacant on `day`, or the shortage projected with its upper range, whichever is most. One query.
    """
    vacant = sum((vacancy.vacant_fte for vacancy in cell_vacancies(item, day)), Decimal(0))
    known = (item.gap_fte, item.vacant_fte, item.projected_p90, vacant)
    return max((each for each in known if each is not None), default=Decimal(0))


def amounts_on(item: AgendaItem, without: Decision | None = None) -> list[Amount]:
    """What the decisions on an item take of its gap; those that are dropped take nothing.

    Two queries, and one for each re-profiling.
    """
    decisions = (
        item.decisions.exclude(pk=without.pk if without else None)
        .exclude(action__state=ActionState.DROPPED)
        .prefetch_related("posts")
    )
    return [
        Amount(kind=decision.kind, fte=taken_fte(decision, list(decision.posts.all())))
        for decision in decisions
    ]


def together_on(item: AgendaItem, day: date, without: Decision | None = None) -> Together:
    """The decisions on an item added up, beside what they may dispose of on a day. Three queries or more."""
    return together(amounts_on(item, without), gap_to_decide(item, day))


def taken_fte(decision: Decision, posts: Sequence[Post]) -> Decimal:
    """What one decision takes of the gap: of re-profiled posts only what is vacant of them."""
    if decision.kind != DecisionKind.REPROFILE:
        return decision.fte
    filled = filled_fte(posts, decision.effective_on)
    return sum((post.fte - filled.get(post.pk, Decimal(0)) for post in posts), Decimal(0))
