"""What the generator makes: posts, people, postings, absences and limited duties."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from peelsite.demonstration.calc.plan import Cell, Group

WHOLE = Decimal(1)
HALF = Decimal("0.5")


@dataclass(eq=False)
class Post:
    """A post; `ends` is the first day on which it is no more. `succeeds`: the post it replaced."""

    reference: str
    cell: Cell
    fte: Decimal
    starts: date
    ends: date | None = None
    succeeds: "Post | None" = None
    slots: list["Slot"] = field(default_factory=list)

    def is_open(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(eq=False)
class Slot:
    """Room for one person in a post: a job share has two. `kept_for`: the place of someone who is away."""

    post: Post
    fte: Decimal
    free_from: date
    holder: "Person | None" = None
    kept_for: "Person | None" = None

    @property
    def is_vacant(self) -> bool:
        return self.holder is None and self.kept_for is None


@dataclass(eq=False)
class Posting:
    """`ends`: the first day on which it no longer runs. `post` is None while seconded out."""

    post: Post | None
    kind: str
    starts: date
    fte: Decimal
    ends: date | None = None
    is_supernumerary: bool = False
    host: str = ""

    @property
    def is_away(self) -> bool:
        return self.kind in ("temporary", "acting", "attachment", "seconded_out")

    def runs(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(eq=False)
class Spell:
    """An absence or a time on limited duties."""

    kind: str
    starts: date
    ends: date | None


@dataclass(eq=False)
class Person:
    """`group`: where the published totals count the person now. `place_by`: when a trainee
    wants a place. `own_slot`: kept while away. `is_lent`: by another force."""

    number: str
    group: Group
    joined: date
    service_from: date
    left: date | None = None
    reason: str = ""
    given_names: str = ""
    family_name: str = ""
    slot: Slot | None = None
    own_slot: Slot | None = None
    place_by: date | None = None
    is_seconded_out: bool = False
    is_lent: bool = False
    postings: list[Posting] = field(default_factory=list)
    absences: list[Spell] = field(default_factory=list)
    limited_duties: list[Spell] = field(default_factory=list)

    def service_years(self, day: date) -> float:
        return (day - self.service_from).days / 365.25

    def counted_posting(self, day: date) -> Posting | None:
        """Where the person is counted on a day: away before substantive."""
        running = [posting for posting in self.postings if posting.runs(day)]
        return max(running, key=lambda posting: posting.is_away, default=None)


@dataclass
class MadeForce:
    """The outcome: every post and every person there ever was."""

    posts: list[Post]
    people: list[Person]
