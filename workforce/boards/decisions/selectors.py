"""Reads of decisions, of the posts one may decide on, and of actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Force
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import DecisionWords
from workforce.boards.decisions.models import BoardAction, Decision, PostToFill
from workforce.establishment.calc import Vacancy
from workforce.establishment.models import Post
from workforce.establishment.selectors import EstablishmentFilters, vacancies_as_at
from workforce.people.models import Posting


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
    if not item.has_cell:
        return None
    above = [int(part) for part in item.unit.path.strip("/").split("/")]
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
    )
