"""From the requirements of roles and posts to the groups of people whom each one asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

EVERYONE, NUMBER, SHARE = "everyone", "number", "share"


@dataclass(frozen=True)
class PostSeat:
    """A post that exists on the day, filled or not. `path` holds the ids of its units, '/1/4/9/'."""

    post_id: int
    role_id: int
    unit_id: int
    path: str


@dataclass(frozen=True)
class Place:
    """A person where they are counted on the day."""

    person_id: int
    post_id: int


@dataclass(frozen=True)
class Rule:
    """A requirement: of a role (`path` '' everywhere, else in that unit and below), or of one post."""

    rule_id: int
    skill_id: int
    level: int
    role_id: int | None
    post_id: int | None
    path: str = ""
    extent: str = EVERYONE
    number: int = 0
    share: float = 0.0

    @property
    def nearness(self) -> int:
        """Of several that apply the nearest counts: the post's, else the one of the lowest unit."""
        return 10_000 if self.post_id is not None else len(self.path)


@dataclass(frozen=True)
class Group:
    """Those in one unit whom one requirement asks, in order of their ids."""

    rule: Rule
    unit_id: int
    path: str
    people: tuple[int, ...]

    @property
    def required(self) -> int:
        """How many of them must hold the skill; a number holds even where fewer people are in place."""
        if self.rule.extent == NUMBER:
            return self.rule.number
        if self.rule.extent == SHARE:
            # The share of 20 people at 15% is 3, whatever binary fractions make of it.
            return ceil(round(self.rule.share * len(self.people), 6))
        return len(self.people)


def groups_of(seats: Iterable[PostSeat], places: Iterable[Place], rules: Sequence[Rule]) -> list[Group]:
    """Every group that is asked for something, by skill, unit and requirement.

    Each person is asked by at most one requirement for a skill. A requirement of a number asks every unit
    that has posts in the role, those without people too.
    """
    nearest = _Nearest(rules)
    asked: dict[tuple[int, int], list[int]] = {}
    paths: dict[int, str] = {}
    by_post: dict[int, PostSeat] = {}
    for seat in seats:
        by_post[seat.post_id] = seat
        paths[seat.unit_id] = seat.path
        for rule in nearest.of(seat).values():
            if rule.extent == NUMBER:
                asked.setdefault((rule.rule_id, seat.unit_id), [])
    for place in places:
        found = by_post.get(place.post_id)
        if found is not None:
            for rule in nearest.of(found).values():
                asked.setdefault((rule.rule_id, found.unit_id), []).append(place.person_id)
    by_id = {rule.rule_id: rule for rule in rules}
    groups = [
        Group(by_id[rule_id], unit_id, paths[unit_id], tuple(sorted(people)))
        for (rule_id, unit_id), people in asked.items()
    ]
    return sorted(groups, key=lambda group: (group.rule.skill_id, group.path, group.rule.rule_id))


class _Nearest:
    """The requirements of a post by skill; asked once for all posts of a role in a unit."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.of_role: dict[int, list[Rule]] = {}
        self.of_post: dict[int, list[Rule]] = {}
        for rule in rules:
            if rule.post_id is not None:
                self.of_post.setdefault(rule.post_id, []).append(rule)
            elif rule.role_id is not None:
                self.of_role.setdefault(rule.role_id, []).append(rule)
        self.known: dict[tuple[int, int], Mapping[int, Rule]] = {}

    def of(self, seat: PostSeat) -> Mapping[int, Rule]:
        key = (seat.role_id, seat.unit_id)
        if key not in self.known:
            self.known[key] = _nearest_by_skill(
                rule for rule in self.of_role.get(seat.role_id, ()) if seat.path.startswith(rule.path)
            )
        own = self.of_post.get(seat.post_id)
        return self.known[key] if own is None else {**self.known[key], **_nearest_by_skill(own)}


def _nearest_by_skill(rules: Iterable[Rule]) -> dict[int, Rule]:
    return {rule.skill_id: rule for rule in sorted(rules, key=lambda rule: (rule.nearness, -rule.rule_id))}
