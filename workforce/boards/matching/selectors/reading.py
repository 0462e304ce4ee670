"""What is read of everyone in a force who could take a post: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, Sum

from peelsite.forces.models import Force
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching.calc import Held, Hours, Wishes
from workforce.boards.matching.calc.facts import Cell
from workforce.boards.matching.models import (
    FlexibleWorking,
    MovePreference,
    MoveProposal,
    MoveState,
    PromotionPlace,
    Wish,
)
from workforce.boards.matching.selectors.posts import FROM_BELOW
from workforce.establishment.models import Post
from workforce.people.models import LONG_TERM_AFTER_DAYS, Absence, LimitedDuty, Posting
from workforce.skills.models import PersonSkill, SkillState
from workforce.skills.selectors import RequiredSkill

_DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Wanted:
    """A post that somebody is sought for: by a board's decision, or vacated within a chain of moves."""

    post: Post
    takes_from_below: bool
    on: date

    @classmethod
    def of(cls, to_fill: PostToFill, day: date) -> "Wanted":
        """As the board decided it; a day that is past becomes `day`."""
        decision = to_fill.decision
        return cls(to_fill.post, decision.source in FROM_BELOW, max(decision.effective_on, day))


@dataclass
class Read:
    """What the queries found, by person where it is about people."""

    postings: dict[int, dict[str, Any]]
    away: dict[int, dict[str, Any]]
    establishment: dict[Cell, float]
    months_in_role: dict[int, dict[int, int]] = field(default_factory=dict)
    absent: dict[date, dict[int, date | None]] = field(default_factory=dict)
    limited: dict[date, dict[int, date | None]] = field(default_factory=dict)
    hours: dict[date, dict[int, Hours]] = field(default_factory=dict)
    promotion: dict[int, dict[int, str]] = field(default_factory=dict)
    held: dict[int, dict[int, list[tuple[int, bool, date, date | None]]]] = field(default_factory=dict)
    wishes: dict[int, Wishes] = field(default_factory=dict)
    booked: dict[int, tuple[date, str]] = field(default_factory=dict)


_COLUMNS = {
    "rank_id": F("post__rank_id"),
    "rank": F("post__rank__name"),
    "rank_order": F("post__rank__order"),
    "category": F("post__rank__category"),
    "role_id": F("post__role_id"),
    "role": F("post__role__name"),
    "location_id": F("post__location_id"),
    "location": F("post__location__name"),
    "unit_id": F("post__unit_id"),
    "unit": F("post__unit__name"),
    "family_name": F("person__family_name"),
    "given_names": F("person__given_names"),
    "number": F("person__number"),
    "starts": F("during__startswith"),
    "ends": F("during__endswith"),
    "leaves": F("person__employed__endswith"),
}


def read_facts(
    force: Force,
    wanted: Sequence[Wanted],
    needs: Mapping[int, tuple[RequiredSkill, ...]],
    day: date,
) -> Read:
    """Everything about everyone in a post on `day`: thirteen queries."""
    rows = (
        Posting.objects.of_force(force)
        .as_at(day)
        .filter(person__employed__contains=day)
        .order_by()
        .values("person_id", "post_id", "kind", "is_away", "fte", "is_supernumerary", "host", **_COLUMNS)
    )
    own: dict[int, dict[str, Any]] = {}
    away: dict[int, dict[str, Any]] = {}
    for row in rows:
        (away if row["is_away"] else own)[row["person_id"]] = row
    establishment = (
        Post.objects.of_force(force)
        .as_at(day)
        .order_by()
        .values_list("rank_id", "role_id", "location_id", "unit_id")
        .annotate(total=Sum("fte"))
    )
    read = Read(own, away, {row[:4]: float(row[4]) for row in establishment})
    _read_experience(read, force, wanted, day)
    _read_presence(read, force, wanted)
    _read_promotion(read, force, wanted)
    _read_skills(read, force, {need.skill_id for found in needs.values() for need in found})
    _read_wishes(read, force)
    _read_booked(read, force, day)
    return read


def _read_experience(read: Read, force: Force, wanted: Sequence[Wanted], day: date) -> None:
    """How long each has done the roles of the posts, by then."""
    days: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = (
        Posting.objects.of_force(force)
        .filter(post__role__in={each.post.role_id for each in wanted}, during__startswith__lte=day)
        .order_by()
        .values_list("person_id", "post__role_id", "during__startswith", "during__endswith")
    )
    for person, role, starts, ends in rows:
        days[person][role] += (min(ends or day, day) - starts).days
    read.months_in_role = {
        person: {role: int(number / _DAYS_A_MONTH) for role, number in roles.items()}
        for person, roles in days.items()
    }


def _read_presence(read: Read, force: Force, wanted: Sequence[Wanted]) -> None:
    """Who is away for long, on limited duties, or works flexibly, on the first day of each post."""
    firsts = {each.on for each in wanted}
    spans = Q(pk__in=[])
    for first in firsts:
        spans |= Q(during__contains=first)
    absent = Absence.objects.of_force(force).filter(spans).order_by()
    for person, starts, ends in absent.values_list("person_id", "during__startswith", "during__endswith"):
        for first in _firsts(firsts, starts, ends):
            if _is_long(starts, ends, first):
                read.absent.setdefault(first, {})[person] = ends
    limited = LimitedDuty.objects.of_force(force).filter(spans).order_by()
    for person, starts, ends in limited.values_list("person_id", "during__startswith", "during__endswith"):
        for first in _firsts(firsts, starts, ends):
            read.limited.setdefault(first, {})[person] = ends
    for row in FlexibleWorking.objects.of_force(force).filter(spans).order_by():
        hours = Hours(row.get_pattern_display(), row.hours, row.during.upper, row.review_on)
        for first in _firsts(firsts, row.during.lower, row.during.upper):
            read.hours.setdefault(first, {})[row.person_id] = hours


def _is_long(starts: date, ends: date | None, day: date) -> bool:
    """More than 28 calendar days as dated, or so far where no end is known: as `long_term_at`."""
    return ((ends or day) - starts).days > LONG_TERM_AFTER_DAYS - (ends is None)


def _firsts(firsts: Iterable[date], starts: date, ends: date | None) -> list[date]:
    return [first for first in firsts if starts <= first and (ends is None or first < ends)]


def _read_promotion(read: Read, force: Force, wanted: Sequence[Wanted]) -> None:
    """Who may be promoted to the ranks of the posts, on the last of their first days."""
    places = (
        PromotionPlace.objects.of_force(force)
        .filter(rank__in={each.post.rank_id for each in wanted})
        .filter(during__contains=max(each.on for each in wanted))
        .order_by()
        .values_list("person_id", "rank_id", "standing")
    )
    for person, rank, standing in places:
        read.promotion.setdefault(person, {})[rank] = standing


def _read_skills(read: Read, force: Force, needed: set[int]) -> None:
    """Who holds, or says they hold, what the posts ask for."""
    rows = (
        PersonSkill.objects.of_force(force)
        .filter(skill__in=needed)
        .exclude(state=SkillState.REFUSED)
        .order_by()
        .values_list("person_id", "skill_id", "level", "state", "during__startswith", "during__endswith")
    )
    for person, skill, level, state, starts, ends in rows:
        spells = read.held.setdefault(person, {}).setdefault(skill, [])
        spells.append((level, state == SkillState.CONFIRMED, starts, ends))


def _read_wishes(read: Read, force: Force) -> None:
    wished: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Wish.objects.filter(preference__force=force).order_by()
    for person, *ids in rows.values_list("preference__person_id", "role_id", "location_id", "unit_id"):
        for name, found in zip(("role", "location", "unit"), ids, strict=True):
            if found is not None:
                wished[person][name].add(found)
    preferences = MovePreference.objects.of_force(force).order_by()
    for person, wants_move, not_before in preferences.values_list("person_id", "wants_move", "not_before"):
        read.wishes[person] = Wishes(
            wants_move,
            not_before,
            *(frozenset(wished[person][name]) for name in ("role", "location", "unit")),
        )


def _read_booked(read: Read, force: Force, day: date) -> None:
    """Who has a posting that begins later, or a move that is agreed and not done."""
    later = (
        Posting.objects.of_force(force)
        .filter(during__startswith__gt=day)
        .order_by("-during__startswith")
        .values_list("person_id", "during__startswith", "post__reference", "host")
    )
    agreed = (
        MoveProposal.objects.of_force(force)
        .filter(state=MoveState.AGREED)
        .order_by("-starts_on")
        .values_list("person_id", "starts_on", "post__reference")
    )
    for person, starts, reference, host in later:
        read.booked[person] = (starts, f"post {reference}" if reference else host)
    for person, starts, reference in agreed:
        read.booked[person] = (starts, f"post {reference}")


def held_on(spells: Mapping[int, list[tuple[int, bool, date, date | None]]], on: date) -> dict[int, Held]:
    """The best of each skill in date on a day: confirmed before self-assessed, then the higher level."""
    held = {}
    for skill, found in spells.items():
        running = [
            Held(level, confirmed, ends)
            for level, confirmed, starts, ends in found
            if starts <= on and (ends is None or on < ends)
        ]
        if running:
            held[skill] = max(running, key=lambda each: (each.is_confirmed, each.level))
    return held
