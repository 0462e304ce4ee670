"""What is known of a post and of the people who could take it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# (rank, role, location, unit), as everywhere on the establishment.
Cell = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A skill that the post asks for. `is_of_everyone`: else of some of those in the role."""

    skill_id: int
    name: str
    level: int
    level_name: str
    is_of_everyone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """The post to fill. `rank_order` is its place in its worker type, 1 the most junior.

    `below_id` is the rank one below, 0 without one. `takes_from_below`: whether the board looks there, for a
    promotion or somebody acting.
    """

    post_id: int
    cell: Cell
    rank: str
    rank_order: int
    category: str
    role: str
    location: str
    unit: str
    fte: float
    below_id: int
    takes_from_below: bool
    on: date
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A skill in date. `ends` is the first day it no longer holds, None without an end."""

    level: int
    is_confirmed: bool
    ends: date | None


@dataclass(frozen=True, slots=True)
class Wishes:
    wants_move: bool
    not_before: date | None
    roles: frozenset[int]
    locations: frozenset[int]
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hours:
    """A flexible working agreement that runs on the first day. `ends`: the first day without it."""

    pattern: str
    hours: str
    ends: date | None
    review_on: date


@dataclass(frozen=True, slots=True)
class Team:
    """The unit that the person would leave: FTE without them, the least it must have, and FTE now."""

    unit: str
    after: float
    minimum: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """A person where they are counted now. Days are first days on which something no longer holds.

    `rank_id` and `rank` are substantive. `minutes` by road from the present place of work, None where it is
    not known. `gap_after` is the gap of the person's present cell without them. `promotion` is '',
    'qualified' or 'pool', for the rank of the post.
    """

    person_id: int
    name: str
    number: str
    rank_id: int
    rank: str
    rank_order: int
    category: str
    post_id: int
    cell: Cell
    role: str
    location: str
    unit: str
    fte: float
    months_in_post: int
    months_in_role: int = 0
    away: str = ""
    away_until: date | None = None
    leaves: date | None = None
    is_absent: bool = False
    back_on: date | None = None
    is_limited: bool = False
    limited_until: date | None = None
    promotion: str = ""
    hours: Hours | None = None
    wishes: Wishes | None = None
    held: Mapping[int, Held] = field(default_factory=dict)
    minutes: int | None = None
    gap_after: float = 0.0
    teams: tuple[Team, ...] = ()
    booked_on: date | None = None
    booked_where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the force and the reader add: least tenure in months, and whether the reader may see health."""

    minimum_tenure_months: int
    sees_health: bool = False
