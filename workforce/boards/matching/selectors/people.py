"""Everyone who could take a post, assessed: a fixed number of queries, however many people and posts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from peelsite.forces.models import Force
from workforce.boards.matching.calc import (
    Assessment,
    Need,
    PersonFacts,
    PostFacts,
    Team,
    Terms,
    assess,
    whole_months,
)
from workforce.boards.matching.calc.facts import Cell
from workforce.boards.matching.selectors.reading import Read, Wanted, held_on, read_facts
from workforce.boards.matching.selectors.rules import matching_numbers, minimum_strengths
from workforce.establishment.models import Post, Rank
from workforce.people.models import PostingKind
from workforce.skills.selectors import RequiredSkill, requirements_of
from workforce.travel.selectors import minutes_between


@dataclass(frozen=True)
class Candidates:
    """Everyone in a post on the day, assessed for one post: those who can, those who cannot, in order."""

    post: PostFacts
    people: Mapping[int, PersonFacts]
    able: tuple[Assessment, ...]
    unable: tuple[Assessment, ...]
    sees_health: bool = False

    def of(self, person_id: int) -> Assessment | None:
        """The assessment of one person; None of somebody who is in no post."""
        return next((each for each in (*self.able, *self.unable) if each.person_id == person_id), None)


def candidates_for(
    force: Force, wanted: Sequence[Wanted], day: date, *, sees_health: bool = False
) -> list[Candidates]:
    """Everyone who is in a post on `day`, assessed for each of the posts, the best first.

    Nineteen queries, for one post or for many. `sees_health` decides only whether the fact of limited duties
    is told, to somebody who may see health records and has said why; the order is the same for all.
    """
    terms = Terms(
        minimum_tenure_months=matching_numbers(force).minimum_tenure_months, sees_health=sees_health
    )
    needs = requirements_of([each.post.pk for each in wanted], max(each.on for each in wanted))
    read = read_facts(force, wanted, needs, day)
    posts = _posts(force, wanted, needs)
    minutes = minutes_between(force)
    teams = _teams(force, read, day)
    return [_assessed(post, read, day, minutes, teams, terms) for post in posts]


def _assessed(
    post: PostFacts,
    read: Read,
    day: date,
    minutes: Mapping[tuple[int, int], int],
    teams: "_Teams",
    terms: Terms,
) -> Candidates:
    people = {
        person: _facts(person, post, read, day, minutes, teams)
        for person in read.postings.keys() | read.away.keys()
        if _counted(read, person)["post_id"] is not None and person in read.postings
    }
    found = [assess(post, facts, terms) for facts in people.values()]
    found.sort(key=lambda each: (-each.score, people[each.person_id].name, each.person_id))
    return Candidates(
        post,
        people,
        tuple(each for each in found if not each.cannot),
        tuple(each for each in found if each.cannot),
        terms.sees_health,
    )


def _counted(read: Read, person: int) -> dict[str, Any]:
    return read.away.get(person) or read.postings[person]


def _posts(
    force: Force, wanted: Sequence[Wanted], needs: Mapping[int, tuple[RequiredSkill, ...]]
) -> list[PostFacts]:
    """Two queries: the posts with their names, and the ranks."""
    found = Post.objects.select_related("rank", "role", "location", "unit").in_bulk(
        [each.post.pk for each in wanted]
    )
    ranks = list(Rank.objects.for_force(force).order_by("-order"))
    facts = []
    for each in wanted:
        post = found[each.post.pk]
        below = next(
            (rank.pk for rank in ranks if _is_below(rank, post.rank)),
            0,
        )
        facts.append(
            PostFacts(
                post_id=post.pk,
                cell=(post.rank_id, post.role_id, post.location_id, post.unit_id),
                rank=post.rank.name,
                rank_order=post.rank.order,
                category=post.rank.category,
                role=post.role.name,
                location=post.location.name,
                unit=post.unit.name,
                fte=float(post.fte),
                below_id=below,
                takes_from_below=each.takes_from_below,
                on=each.on,
                needs=tuple(
                    Need(
                        skill_id=need.skill_id,
                        name=need.skill,
                        level=need.level,
                        level_name=need.level_name,
                        is_of_everyone=need.is_of_everyone,
                    )
                    for need in needs.get(post.pk, ())
                ),
            )
        )
    return facts


def _is_below(rank: Rank, above: Rank) -> bool:
    return rank.category == above.category and rank.order < above.order


@dataclass
class _Teams:
    """Strength by unit, and by unit and rank, with the least of each that has a minimum."""

    strength: dict[tuple[int, int | None], float]
    by_cell: dict[Cell, float]
    minimums: dict[tuple[int, int | None], float]


def _teams(force: Force, read: Read, day: date) -> _Teams:
    strength: dict[tuple[int, int | None], float] = defaultdict(float)
    by_cell: dict[Cell, float] = defaultdict(float)
    for person in read.postings.keys() | read.away.keys():
        row = _counted(read, person)
        if row["post_id"] is None or row["is_supernumerary"]:
            continue
        fte = float(row["fte"])
        strength[row["unit_id"], None] += fte
        strength[row["unit_id"], row["rank_id"]] += fte
        by_cell[_cell(row)] += fte
    minimums = {key: float(fte) for key, fte in minimum_strengths(force, day).items()}
    return _Teams(strength, by_cell, minimums)


def _cell(row: Mapping[str, Any]) -> Cell:
    return row["rank_id"], row["role_id"], row["location_id"], row["unit_id"]


def _facts(
    person: int,
    post: PostFacts,
    read: Read,
    day: date,
    minutes: Mapping[tuple[int, int], int],
    teams: _Teams,
) -> PersonFacts:
    own, counted = read.postings[person], _counted(read, person)
    cell, on = _cell(counted), post.on
    filling = 0.0 if counted["is_supernumerary"] else float(counted["fte"])
    booked = read.booked.get(person)
    absent, limited = read.absent.get(on, {}), read.limited.get(on, {})
    return PersonFacts(
        person_id=person,
        name=f"{own['given_names']} {own['family_name']}".strip(),
        number=own["number"],
        rank_id=own["rank_id"],
        rank=own["rank"],
        rank_order=own["rank_order"],
        category=own["category"],
        post_id=counted["post_id"],
        cell=cell,
        role=counted["role"],
        location=counted["location"],
        unit=counted["unit"],
        fte=float(own["fte"]),
        months_in_post=whole_months(own["starts"], on),
        months_in_role=read.months_in_role.get(person, {}).get(post.cell[1], 0),
        away=PostingKind(counted["kind"]).label if counted["is_away"] else "",
        away_until=counted["ends"] if counted["is_away"] else None,
        leaves=own["leaves"],
        is_absent=person in absent,
        back_on=absent.get(person),
        is_limited=person in limited,
        limited_until=limited.get(person),
        promotion=read.promotion.get(person, {}).get(post.cell[0], ""),
        hours=read.hours.get(on, {}).get(person),
        wishes=read.wishes.get(person),
        held=held_on(read.held.get(person, {}), on),
        minutes=minutes.get((cell[2], post.cell[2])),
        gap_after=teams_gap(read, teams, cell, filling),
        teams=_left(teams, counted, filling),
        booked_on=booked[0] if booked else None,
        booked_where=booked[1] if booked else "",
    )


def teams_gap(read: Read, teams: _Teams, cell: Cell, filling: float) -> float:
    """The gap of a cell once somebody who fills so much of it has gone."""
    return read.establishment.get(cell, 0.0) - teams.by_cell.get(cell, 0.0) + filling


def _left(teams: _Teams, counted: Mapping[str, Any], filling: float) -> tuple[Team, ...]:
    """The minimums that the person's going touches: of the whole unit, and of their rank in it."""
    found = []
    for key, name in (
        ((counted["unit_id"], None), counted["unit"]),
        ((counted["unit_id"], counted["rank_id"]), f"{counted['unit']}, {counted['rank'].lower()}s,"),
    ):
        if key in teams.minimums:
            now = teams.strength[key]
            found.append(Team(name, now - filling, teams.minimums[key], now))
    return tuple(found)
