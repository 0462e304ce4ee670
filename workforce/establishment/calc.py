"""What an establishment table holds, and the arithmetic on it. No database.

FTE are Decimals of four places, headcounts whole people. Everyone is counted once, where they really
are: acting, on temporary promotion or attached in the post they cover, and not in their own; seconded out in
no post.

    gap = establishment - strength
        = vacant posts - supernumerary people          (the same figure from the other side)
        = under establishment - over establishment     (added up cell by cell, so nothing is netted unseen)

A cell is one rank in one role at one location in one unit: the finest level at which a gap is judged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

NONE = Decimal(0)

# Acting-up allowance is paid up to 46 days of a continuous spell; then it must become a temporary salary or
# promotion (Police Regulations 2003, annex U; domain 3, "Acting up").
ACTING_LIMIT_DAYS = 46

# Health figures of fewer people than this are not shown by cell to those who may not see health records.
SMALLEST_HEALTH_COUNT = 5


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The measures of one line: `*_heads` count people, `*_fte` their FTE in their counted posting."""

    posts: int = 0
    establishment_fte: Decimal = NONE
    strength_fte: Decimal = NONE
    headcount: int = 0
    # Cell by cell: posts not matched by strength, and strength beyond the posts.
    under_fte: Decimal = NONE
    over_fte: Decimal = NONE
    # Post by post: what no one who fills a post (all but the supernumerary) fills.
    vacant_fte: Decimal = NONE
    vacant_posts: int = 0
    supernumerary_fte: Decimal = NONE
    supernumerary_heads: int = 0
    # Acting and temporary promotion together, in the post they cover.
    acting_fte: Decimal = NONE
    acting_heads: int = 0
    attached_fte: Decimal = NONE
    attached_heads: int = 0
    seconded_in_fte: Decimal = NONE
    seconded_in_heads: int = 0
    # Not in strength; shown where their own post is.
    seconded_out_fte: Decimal = NONE
    seconded_out_heads: int = 0
    # More than 28 calendar days; in strength.
    long_term_absent_fte: Decimal = NONE
    long_term_absent_heads: int = 0
    # Recuperative, adjusted and management-restricted duties; in strength.
    limited_fte: Decimal = NONE
    limited_heads: int = 0

    @property
    def gap_fte(self) -> Decimal:
        """Establishment less strength: above nought is short of people."""
        return self.establishment_fte - self.strength_fte

    @property
    def available_fte(self) -> Decimal:
        """Available for duty = strength - long-term absent (Home Office); limited duties are included."""
        return self.strength_fte - self.long_term_absent_fte

    @property
    def available_heads(self) -> int:
        return self.headcount - self.long_term_absent_heads

    @property
    def gap_share(self) -> Decimal | None:
        """Gap as an unrounded share of establishment; none where there is no establishment."""
        return self.gap_fte / self.establishment_fte if self.establishment_fte else None

    @property
    def is_empty(self) -> bool:
        return self == Figures()

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in FIGURE_NAMES})


FIGURE_NAMES = tuple(each.name for each in fields(Figures))
_MEASURES_OF = attrgetter(*FIGURE_NAMES)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a table: its figures under a label. `key` is the id of the rank, role, location or unit, the
    name of a worker type, or None for the total. `depth` is the level in the tree of units, 0 at the top.
    """

    key: int | str | None
    label: str
    code: str = ""
    category: str = ""
    depth: int = 0
    figures: Figures = field(default_factory=Figures)
    # True where health figures would tell of so few people that one knows who; see `without_small_health`.
    hides_health: bool = False


@dataclass(frozen=True, kw_only=True)
class EstablishmentTables:
    """Every table of the establishment page on one day. Lines without any figure are left out."""

    force_id: int
    day: date
    total: Figures
    by_type: tuple[Line, ...]
    by_rank: tuple[Line, ...]
    by_role: tuple[Line, ...]
    by_location: tuple[Line, ...]
    # Units in tree order; the figures of a command include those of its departments and teams.
    by_unit: tuple[Line, ...]
    hides_health: bool = False


@dataclass(frozen=True, kw_only=True)
class CellKey:
    """Which cell: ids, stable over time."""

    rank_id: int
    role_id: int
    location_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class GapCell:
    """A cell whose strength is not its establishment, with the words to show it by."""

    key: CellKey
    rank: str
    rank_category: str
    role: str
    location: str
    unit: str
    # Names from the command down, for example ("Local Policing", "Watford", "Response A").
    unit_path: tuple[str, ...]
    figures: Figures

    @property
    def gap_fte(self) -> Decimal:
        return self.figures.gap_fte

    @property
    def label(self) -> str:
        """'Sergeant, Custody, Watford, Detention A'."""
        return ", ".join((self.rank, self.role, self.location, self.unit))


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """A post, or the part of one, that nobody fills on the day."""

    post_id: int
    reference: str
    key: CellKey
    rank: str
    rank_category: str
    role: str
    location: str
    unit: str
    fte: Decimal
    vacant_fte: Decimal
    # First day of the unbroken time, up to the day asked, in which at least as much was unfilled as now.
    since: date
    age_days: int
    funding: str
    funding_kind: str
    funding_ends_on: date | None
    # Who last filled it and the first day they no longer did; none where it never was filled.
    last_holder_id: int | None = None
    last_ended_on: date | None = None
    # Someone whose own post it is, but who is acting, promoted, attached or seconded out meanwhile.
    holder_id: int | None = None
    holder_away: str = ""
    # First day they are due back, where that is known.
    holder_back_on: date | None = None

    @property
    def filled_fte(self) -> Decimal:
        return self.fte - self.vacant_fte

    @property
    def is_part(self) -> bool:
        return self.vacant_fte < self.fte


@dataclass(frozen=True, kw_only=True)
class ActingSpell:
    """Someone acting on the day, and since when without a break."""

    posting_id: int
    person_id: int
    post_id: int
    reference: str
    rank: str
    unit: str
    fte: Decimal
    since: date
    # Days of the spell up to and with the day asked.
    days: int
    ends_before: date | None

    @property
    def days_past_limit(self) -> int:
        return max(0, self.days - ACTING_LIMIT_DAYS)


@dataclass(frozen=True, kw_only=True)
class WorkforceLine:
    """One type of the inspectorate's workforce: officers, staff (with designated officers) or PCSOs."""

    type: str
    label: str
    posts: int
    establishment_fte: Decimal
    strength_fte: Decimal
    headcount: int
    # Unrounded share of the whole workforce's FTE and of its headcount; none of an empty force.
    share_fte: Decimal | None
    share_headcount: Decimal | None


@dataclass(frozen=True, kw_only=True)
class WorkforceByType:
    """Workforce as the inspectorate counts it (HMIC 2016, annex A): everyone on strength, with the long-term
    absent and those seconded in; not those seconded out, contractors, special constables or volunteers.
    """

    force_id: int
    day: date
    lines: tuple[WorkforceLine, ...]
    posts: int
    establishment_fte: Decimal
    strength_fte: Decimal
    headcount: int

    def line(self, name: str) -> WorkforceLine:
        """The line of 'officers', 'staff' or 'pcsos'."""
        return next(line for line in self.lines if line.type == name)


def figures_sum(many: Iterable[Figures]) -> Figures:
    columns = zip(*map(_MEASURES_OF, many), strict=True)
    summed: dict[str, Any] = dict(zip(FIGURE_NAMES, map(sum, columns), strict=False))
    return replace(Figures(), **summed)


@dataclass(frozen=True, kw_only=True)
class TreeUnit:
    """A unit as the roll-up needs it: `path` is '/1/4/9/', the ids from the top."""

    id: int
    code: str
    name: str
    path: str

    @property
    def ids(self) -> list[int]:
        """Ids from the top down to the unit itself."""
        return [int(part) for part in self.path.strip("/").split("/")]

    @property
    def depth(self) -> int:
        return len(self.ids) - 1


def unit_lines(units: Sequence[TreeUnit], own: Mapping[int, Figures]) -> tuple[Line, ...]:
    """Lines of the tree, a unit before those under it and siblings by name; each holds its whole subtree.

    `own` has the figures of the posts placed in the unit itself. Units with an empty subtree are left out.
    """
    names = {unit.id: unit.name for unit in units}
    parts: dict[int, list[Figures]] = {}
    for unit in units:
        if unit.id in own:
            for above in unit.ids:
                parts.setdefault(above, []).append(own[unit.id])
    ordered = sorted(
        (unit for unit in units if unit.id in parts),
        key=lambda unit: [(names[above].casefold(), above) for above in unit.ids],
    )
    return tuple(
        Line(
            key=unit.id,
            label=unit.name,
            code=unit.code,
            depth=unit.depth,
            figures=figures_sum(parts[unit.id]),
        )
        for unit in ordered
    )


def workforce_lines(
    by_category: Mapping[str, Figures], types: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]
) -> tuple[WorkforceLine, ...]:
    """A line for each type, of the categories that it counts; shares are of all types together."""
    summed = {
        name: figures_sum(by_category[category] for category in categories if category in by_category)
        for name, categories in types.items()
    }
    whole = figures_sum(summed.values())
    return tuple(
        WorkforceLine(
            type=name,
            label=labels[name],
            posts=figures.posts,
            establishment_fte=figures.establishment_fte,
            strength_fte=figures.strength_fte,
            headcount=figures.headcount,
            share_fte=figures.strength_fte / whole.strength_fte if whole.strength_fte else None,
            share_headcount=Decimal(figures.headcount) / whole.headcount if whole.headcount else None,
        )
        for name, figures in summed.items()
    )


HEALTH_COUNTS = ("long_term_absent_heads", "limited_heads")


def without_small_health(tables: EstablishmentTables) -> EstablishmentTables:
    """The tables for those who may not see health records: lines with 1 to 4 such people are marked.

    Where what is hidden in a table could be had by taking the shown lines from the total, the next smallest
    line is hidden too. Of units only commands show health figures: a tree gives its parts by subtraction.
    """
    commands = tuple(line for line in tables.by_unit if line.depth == 0)
    hidden = {line.key for line in _hide_small(commands) if line.hides_health}
    return replace(
        tables,
        hides_health=any(0 < getattr(tables.total, name) < SMALLEST_HEALTH_COUNT for name in HEALTH_COUNTS),
        by_type=_hide_small(tables.by_type),
        by_rank=_hide_small(tables.by_rank),
        by_role=_hide_small(tables.by_role),
        by_location=_hide_small(tables.by_location),
        by_unit=tuple(
            replace(line, hides_health=line.depth > 0 or line.key in hidden) for line in tables.by_unit
        ),
    )


def _hide_small(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    hidden: set[int | str | None] = set()
    for name in HEALTH_COUNTS:
        smallest_first = sorted(
            (line for line in lines if getattr(line.figures, name)),
            key=lambda line: getattr(line.figures, name),
        )
        concealed = 0
        for line in smallest_first:
            count = getattr(line.figures, name)
            if count >= SMALLEST_HEALTH_COUNT and not 0 < concealed < SMALLEST_HEALTH_COUNT:
                break
            concealed += count
            hidden.add(line.key)
    return tuple(replace(line, hides_health=line.key in hidden) for line in lines)
