"""Reads of proposed moves: who is to be asked, what clashes, and whether several can be done together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action, Role
from peelsite.forces.models import Force, Unit
from workforce.boards.matching.calc import Checked, Holding, Minimum, Move, Seat, check
from workforce.boards.matching.calc.scoring import day_words, last_day
from workforce.boards.matching.models import (
    AskedSide,
    AskedState,
    MinimumStrength,
    MoveAsked,
    MoveProposal,
    MoveState,
)
from workforce.boards.matching.models.moves import MoveProposalQuerySet
from workforce.boards.matching.selectors.rules import matching_numbers
from workforce.establishment.models import Post
from workforce.people.models import AWAY_KINDS, Absence, Person, Posting
from workforce.skills.models import TAKING, CoursePlace, CourseState

_DAY = timedelta(days=1)


def heads_of(unit: Unit) -> list[User]:
    """Who heads the unit, or the nearest unit above it that has a head; empty where none has. One query."""
    above = [int(part) for part in unit.path.strip("/").split("/")]
    heads = list(
        Membership.objects.filter(
            role=Role.UNIT_HEAD, unit__in=above, is_active=True, user__is_active=True
        ).select_related("user", "unit")
    )
    nearest = max((len(head.unit.path) for head in heads), default=0)
    found = {head.user_id: head.user for head in heads if len(head.unit.path) == nearest}
    return [found[pk] for pk in sorted(found)]


@dataclass(frozen=True)
class ToAsk:
    side: str
    unit: Unit


def present_posting(person: Person, day: date) -> Posting | None:
    """Where a person is counted on a day. One query."""
    return (
        Posting.objects.counted_at(day)
        .filter(person=person)
        .select_related("post__unit", "post__rank", "post__role", "post__location")
        .first()
    )


def to_ask(*, user: User, post: Post, posting: Posting | None) -> list[ToAsk]:
    """Which units' heads have to agree to a move that the user proposes.

    Nobody is asked about a unit that the user heads, or whose person is in no post, or that no one heads.
    Three queries at most.
    """
    reach = user.reach(Action.POST_MATCH, post.force)
    asked = []
    if posting is not None and posting.post is not None:
        unit = posting.post.unit
        if not reach.covers(unit.path) and heads_of(unit):
            asked.append(ToAsk(AskedSide.LEAVES, unit))
    if not reach.covers(post.unit.path):
        asked.append(ToAsk(AskedSide.JOINS, post.unit))
    return asked


def moves_within(user: User, force: Force) -> MoveProposalQuerySet:
    """Moves that the user may see: HR and chief officers all; unit heads those of their units."""
    moves = MoveProposal.objects.of_force(force)
    if may_answer_for(user, force):
        return moves
    reach = user.reach(Action.POST_MATCH, force)
    asked = MoveAsked.objects.filter(reach.in_units("unit__path"), proposal=OuterRef("pk"))
    return moves.filter(reach.in_units("post__unit__path") | Q(Exists(asked)))


def may_answer_for(user: User, force: Force) -> bool:
    """HR and chief officers, who may answer for an absent head with a reason."""
    return user.may(Action.PEOPLE_EDIT, force) or user.may(Action.BOARD_DECIDE, force)


def may_decide_on(user: User, proposal: MoveProposal) -> bool:
    """The heads of the unit that is to be filled: of the first post where the move is one of a chain."""
    reach = user.reach(Action.POST_MATCH, proposal.force)
    first = proposal
    if proposal.chain_id is not None:
        first = proposal.chain.moves.select_related("post__unit").order_by("place", "pk").first() or proposal
    return bool(reach) and reach.covers(first.post.unit.path)


def is_head_of(user: User, asked: MoveAsked, force: Force) -> bool:
    reach = user.reach(Action.POST_MATCH, force)
    return bool(reach) and reach.covers(asked.unit.path)


def with_asked(moves: QuerySet[MoveProposal]) -> QuerySet[MoveProposal]:
    """Moves with their labels and who was asked. Two queries."""
    asked = MoveAsked.objects.select_related("unit", "answered_by").order_by("pk")
    return moves.with_labels().prefetch_related(Prefetch("asked", asked))


def waiting_for_answer_of(user: User, force: Force) -> QuerySet[MoveAsked]:
    """Moves about which this unit head is asked, the oldest first. One query."""
    reach = user.reach(Action.POST_MATCH, force)
    if not reach:
        return MoveAsked.objects.none()
    return (
        MoveAsked.objects.filter(
            reach.in_units("unit__path"),
            proposal__force=force,
            proposal__state__in=[MoveState.ASKED, MoveState.LATER],
            state=AskedState.WAITING,
        )
        .select_related("unit", "proposal__post__unit", "proposal__person", "proposal__proposed_by")
        .order_by("asked_at", "pk")
    )


def moves_unanswered(force: Force, now: datetime) -> QuerySet[MoveProposal]:
    """Moves about which a head was asked longer ago than the force's days to answer. Two queries."""
    since = now - timedelta(days=matching_numbers(force).answer_days)
    late = MoveAsked.objects.filter(proposal=OuterRef("pk"), state=AskedState.WAITING, asked_at__lte=since)
    return MoveProposal.objects.of_force(force).filter(Exists(late), state=MoveState.ASKED)


def moves_to_settle(user: User, force: Force) -> QuerySet[MoveProposal]:
    """Moves of this unit head with an answer: another date offered, or agreed and not yet done."""
    reach = user.reach(Action.POST_MATCH, force)
    if not reach:
        return MoveProposal.objects.none()
    return (
        MoveProposal.objects.of_force(force)
        .filter(reach.in_units("post__unit__path"), state__in=[MoveState.LATER, MoveState.AGREED])
        .with_labels()
        .order_by("starts_on", "pk")
    )


@dataclass(frozen=True)
class Clash:
    """What does not go with a move. `is_hard`: it cannot be done so; else one may go on knowing it."""

    words: str
    is_hard: bool


def clashes(proposal: MoveProposal, day: date) -> list[Clash]:
    """What a proposed move, saved or not, meets. The kind of an absence is never told."""
    found = [*_dates(proposal, day), *_employment(proposal), *_postings(proposal), *_others(proposal)]
    found += _absences(proposal) + _courses(proposal)
    if proposal.chain_id is None and not any(each.is_hard for each in found):
        found += clash_words(check_moves(proposal.force, [proposal]), [proposal])
    return found


def _dates(proposal: MoveProposal, day: date) -> list[Clash]:
    if proposal.starts_on < day:
        return [Clash(f"{day_words(proposal.starts_on)} is past; choose a later first day.", is_hard=True)]
    return []


def _employment(proposal: MoveProposal) -> list[Clash]:
    leaves = proposal.person.employed.upper
    if leaves is None:
        return []
    last = last_day(leaves)
    if leaves <= proposal.starts_on:
        return [Clash(f"{proposal.person} leaves the force, last day {last}.", is_hard=True)]
    return [Clash(f"{proposal.person} is on notice, last day {last}.", is_hard=False)]


def _postings(proposal: MoveProposal) -> list[Clash]:
    """Postings of the same layer that begin on the first day or later, which the new one would overlap."""
    is_away = proposal.kind in AWAY_KINDS
    until = proposal.ends_before or date.max
    rows = (
        Posting.objects.filter(
            person=proposal.person_id,
            is_away=is_away,
            during__startswith__gte=proposal.starts_on,
            during__startswith__lt=until,
        )
        .exclude(post=proposal.post_id, pk=proposal.posting_id)
        .select_related("post")
        .order_by("during")
    )
    found = [
        Clash(
            f"{proposal.person} is due to go to {_where(row)} on {day_words(row.during.lower)}.", is_hard=True
        )
        for row in rows
    ]
    if is_away:
        running = Posting.objects.filter(
            person=proposal.person_id, is_away=True, during__contains=proposal.starts_on
        ).exclude(during__startswith=proposal.starts_on)
        found += [
            Clash(
                f"{proposal.person} is away from their own post in {_where(row)} on that day.", is_hard=True
            )
            for row in running.select_related("post")
        ]
    return found


def _where(posting: Posting) -> str:
    return f"post {posting.post.reference}" if posting.post else posting.host


def _others(proposal: MoveProposal) -> list[Clash]:
    """Other open proposals for the same post or the same person."""
    others = (
        MoveProposal.objects.of_force(proposal.force)
        .open()
        .exclude(pk=proposal.pk)
        .filter(Q(post=proposal.post_id) | Q(person=proposal.person_id))
        .select_related("person", "post", "proposed_by")
    )
    found = []
    for other in others:
        if other.post_id == proposal.post_id:
            words = (
                f"{other.person} is proposed for post {other.post.reference} already, by {other.proposed_by}."
            )
            found.append(Clash(words, is_hard=True))
        elif other.state == MoveState.AGREED:
            words = f"It is agreed that {other.person} goes to post {other.post.reference} on "
            found.append(Clash(f"{words}{day_words(other.starts_on)}.", is_hard=True))
        else:
            words = f"{other.person} is proposed for post {other.post.reference} too, by {other.proposed_by}."
            found.append(Clash(words, is_hard=False))
    return found


def _absences(proposal: MoveProposal) -> list[Clash]:
    absent = (
        Absence.objects.long_term_at(proposal.starts_on).filter(person=proposal.person_id).order_by().first()
    )
    if absent is None:
        return []
    back = f"until {last_day(absent.during.upper)}" if absent.during.upper else "and no return is known"
    words = f"{proposal.person} is away from work on {day_words(proposal.starts_on)}, {back}."
    return [Clash(words, is_hard=False)]


def _courses(proposal: MoveProposal) -> list[Clash]:
    """A course that runs on the first day or begins in the month after it."""
    month = proposal.starts_on + timedelta(days=30)
    places = (
        CoursePlace.objects.filter(person=proposal.person_id, state__in=TAKING)
        .exclude(course__state=CourseState.CANCELLED)
        .filter(course__during__endswith__gt=proposal.starts_on, course__during__startswith__lte=month)
        .select_related("course")
        .order_by("course__during")
    )
    found = []
    for course in (place.course for place in places):
        span = f"from {day_words(course.during.lower)} to {last_day(course.during.upper)}"
        found.append(Clash(f"{proposal.person} is on the course {course} {span}.", is_hard=False))
    return found


def check_moves(force: Force, moves: Sequence[MoveProposal]) -> Checked:
    """Whether these moves, saved or not, can be done together. Five queries."""
    if not moves:
        return check([], [], {}, [])
    first = min(move.starts_on for move in moves)
    joined = {move.post_id for move in moves}
    later = Q(during__endswith__gt=first) | Q(during__upper_inf=True)
    own = Posting.objects.filter(later, person__in={move.person_id for move in moves}, post__isnull=False)
    left = set(own.order_by().values_list("post__unit_id", flat=True))
    touched = (
        Posting.objects.of_force(force)
        .filter(later)
        .filter(Q(post__in=joined) | Q(post__unit__in=left) | Q(person__in={m.person_id for m in moves}))
        .order_by()
        .values_list("person_id", flat=True)
    )
    holdings = [
        Holding(
            person=person,
            post=post or 0,
            fte=float(fte),
            starts=starts,
            ends=ends,
            is_away=is_away,
            is_supernumerary=is_supernumerary,
        )
        for person, post, fte, starts, ends, is_away, is_supernumerary in Posting.objects.filter(
            later, person__in=set(touched)
        )
        .order_by("pk")
        .values_list(
            "person_id",
            "post_id",
            "fte",
            "during__startswith",
            "during__endswith",
            "is_away",
            "is_supernumerary",
        )
    ]
    seats = _seats({holding.post for holding in holdings} | joined)
    return check(
        holdings,
        [
            Move(
                person=move.person_id,
                post=move.post_id,
                starts=move.starts_on,
                # A posting without an end ends with its post.
                ends=move.ends_before or seats[move.post_id].ends,
                is_away=move.kind in AWAY_KINDS,
            )
            for move in moves
        ],
        seats,
        _minimums(force, left, first),
    )


def _seats(posts: Iterable[int]) -> dict[int, Seat]:
    rows = Post.objects.filter(pk__in=posts).values_list(
        "pk", "fte", "unit_id", "rank_id", "during__startswith", "during__endswith"
    )
    return {pk: Seat(float(fte), unit, rank, starts, ends) for pk, fte, unit, rank, starts, ends in rows}


def _minimums(force: Force, units: set[int], first: date) -> list[Minimum]:
    rows = MinimumStrength.objects.of_force(force).from_day(first).filter(unit__in=units).order_by("pk")
    return [
        Minimum(unit, rank, float(fte), starts, ends)
        for unit, rank, fte, starts, ends in rows.values_list(
            "unit_id", "rank_id", "fte", "during__startswith", "during__endswith"
        )
    ]


def clash_words(checked: Checked, moves: Sequence[MoveProposal]) -> list[Clash]:
    """What a check found, in sentences. Three queries, for names."""
    people = {move.person_id: str(move.person) for move in moves}
    posts = {move.post_id: move.post.reference for move in moves}
    units = Unit.objects.in_bulk({each.unit for each in checked.below})
    found = [Clash(f"{people[person]} moves twice.", is_hard=True) for person in checked.twice]
    found += [
        Clash(f"Post {posts[post]} does not exist for the whole of the time.", is_hard=True)
        for post in checked.outside
    ]
    found += [
        Clash(
            f"Post {posts[each.post]} of {each.limit:.1f} FTE would hold {each.fte:.1f} "
            f"{_span(each.starts, each.ends)}.",
            is_hard=True,
        )
        for each in checked.overfull
    ]
    found += [
        Clash(
            f"{units[each.unit]} would have {each.fte:.1f} FTE{_of_rank(each.rank)} "
            f"{_span(each.starts, each.ends)}, below its minimum of {each.minimum:.1f}.",
            is_hard=False,
        )
        for each in checked.below
    ]
    return found


def _of_rank(rank: int | None) -> str:
    return " of one rank" if rank is not None else ""


def _span(starts: date, ends: date | None) -> str:
    return f"from {day_words(starts)} to {day_words(ends - _DAY)}" if ends else f"from {day_words(starts)}"
