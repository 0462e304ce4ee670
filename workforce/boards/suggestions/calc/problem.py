"""What a plan is made from: cells, needs, settings, ways to fill, and limits. No database.

Boards are counted from 0; a plan for one board has one. FTE are floats, heads whole people. Costs are in
points: 100 points is one FTE of a role of weight 1 left open from one board to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from workforce.establishment.calc import CellKey

POINTS_OF_A_GAP = 100.0
# Being over establishment at a later board costs less than being under it, but is not free.
BEYOND_POINTS = 30.0
# FTE below this are rounding of four decimals, not people.
SMALL = 1e-4


class Source(StrEnum):
    """Where people come from. All but CIVILIAN are the sources that a decision can name."""

    MOVE = "move"
    PROMOTION = "promotion"
    INTAKE = "intake"
    TRANSFEREE = "transferee"
    ACTING = "acting"
    AGENCY = "agency"
    CIVILIAN = "civilian"


LABELS = {
    Source.MOVE: "Move within the force",
    Source.PROMOTION: "Promotion",
    Source.INTAKE: "Intake of new joiners",
    Source.TRANSFEREE: "Transferee from another force",
    Source.ACTING: "Acting up",
    Source.AGENCY: "Agency",
    Source.CIVILIAN: "Staff in place of an officer",
}
# Those that take somebody out of a cell of the force.
FROM_A_CELL = (Source.MOVE, Source.PROMOTION, Source.ACTING)


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """The settings of a plan; the room's table of settings says what each means."""

    minimum_share: float = 0.9
    travel_limit: float = 60.0
    travel_points: float = 0.3
    training_points: float = 15.0
    disruption_points: float = 10.0
    money_points: float = 1.0
    first_priority: float = 1.5
    light_share: float = 0.05
    light_factor: float = 0.5
    location_moves: int = 4
    training_places: int = 12
    promotions: int = 3
    transferees: int = 4
    transferee_cost: float = 5000.0
    acting_points: float = 30.0
    agency_cost: float = 9000.0
    agency_boards: int = 3
    civilians: int = 2
    civilian_cost: float = 6000.0
    budget: float = 60000.0


@dataclass(frozen=True, kw_only=True)
class Group:
    """People of one cell who are alike for a plan.

    `fits` are the cells with a need whose work they can take on at once: they hold the skills asked there,
    or, where none is asked, do the same role already. Anywhere else they need a training place.
    """

    fte: float
    heads: int
    fits: frozenset[CellKey] = frozenset()


@dataclass(frozen=True, kw_only=True)
class PlanCell:
    """A cell with its figures at each board, before anything that the plan does.

    `groups` are those who have been in post long enough to be moved. `weight` is what a gap costs here, as a
    multiple of other gaps. `minimum` is the FTE that must stay.
    """

    key: CellKey
    label: str
    rank: str
    unit: str
    category: str
    rank_order: int
    establishment: tuple[float, ...]
    strength: tuple[float, ...]
    minimum: float
    weight: float = 1.0
    groups: tuple[Group, ...] = ()

    def surplus(self, board: int) -> float:
        return max(0.0, self.strength[board] - self.establishment[board])

    def spare(self, board: int) -> float:
        """FTE that may leave by a board without falling below the minimum at it."""
        return max(0.0, self.strength[board] - self.minimum)

    def gap(self, board: int) -> float:
        return self.establishment[board] - self.strength[board]


@dataclass(frozen=True, kw_only=True)
class Need:
    """An FTE that is asked for in a cell: at each board, all that is open by then and not decided yet."""

    cell: CellKey
    label: str
    fte: tuple[float, ...]
    priority: float = 1.0

    def most(self, board: int) -> float:
        """The largest need up to a board: what may have been filled by it."""
        return max(self.fte[: board + 1])


@dataclass(frozen=True, kw_only=True)
class Intake:
    """Places of an intake, free for whichever cell of the rank needs them, from a board on.

    `planned` says how many of them the plan of intakes has for a cell at present.
    """

    key: str
    label: str
    rank_id: int
    places: int
    board: int = 0
    planned: Mapping[CellKey, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CivilianPair:
    """An officer's role, at a rank, that staff of a grade may do."""

    rank_id: int
    role_id: int
    staff_rank_id: int
    staff_rank: str


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A move that a person holds fast: at least so many heads from a source (and donor) to a cell."""

    key: int
    source: Source
    donor: CellKey | None
    need: CellKey
    heads: int = 1


@dataclass(frozen=True, kw_only=True)
class Forbidden:
    """A donor that gives nobody (`need` and `source` are None), or one move that is not made."""

    key: int
    donor: CellKey | None
    need: CellKey | None = None
    source: Source | None = None

    def covers(self, source: Source, donor: CellKey | None, need: CellKey) -> bool:
        return (
            self.donor == donor
            and self.need in (None, need)
            and self.source in (None, source)
            and (donor is not None or self.source is not None)
        )


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything a plan is made from. `minutes` are between two locations; none where it is not known.

    `unit_minimums` are FTE that must stay of a whole unit, or of one rank in it. `pools` are people who
    passed for a rank and are ready by each board; a rank without one has the setting's number at each board.
    """

    cells: Mapping[CellKey, PlanCell]
    needs: tuple[Need, ...]
    weighing: Weighing = field(default_factory=Weighing)
    minutes: Mapping[tuple[int, int], float] = field(default_factory=dict)
    intakes: tuple[Intake, ...] = ()
    pairs: tuple[CivilianPair, ...] = ()
    pins: tuple[Pin, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    unit_minimums: Mapping[tuple[int, int | None], float] = field(default_factory=dict)
    pools: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    boards: int = 1
    location_names: Mapping[int, str] = field(default_factory=dict)
    rank_names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Points a head, by what they are for. What the donor's gap costs depends on the whole plan."""

    travel: float = 0.0
    training: float = 0.0
    disruption: float = 0.0
    money: float = 0.0

    @property
    def total(self) -> float:
        return self.travel + self.training + self.disruption + self.money


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to fill a need at a board: whole heads of one FTE each, at most `heads`.

    `group` is the place of the group in the donor's list. `lasts` is the number of boards it covers; None is
    for good. `pounds` is money a head.
    """

    source: Source
    need: int
    board: int
    fte: float
    heads: int
    costs: Costs
    donor: CellKey | None = None
    group: int | None = None
    supply: str = ""
    needs_training: bool = False
    # None where travel is not known.
    minutes: float | None = 0.0
    # The grade of staff who come in place of an officer.
    grade: str = ""
    pounds: float = 0.0
    lasts: int | None = None

    def covers(self, board: int) -> bool:
        """Whether somebody who comes at this option's board is still there at another."""
        return self.board <= board and (self.lasts is None or board < self.board + self.lasts)


class LimitKind(StrEnum):
    MINIMUM = "minimum"
    PEOPLE = "people"
    LOCATION = "location"
    TRAINING = "training"
    BUDGET = "budget"
    SUPPLY = "supply"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `most` of something, of which a head of each option uses an amount (option -> amount)."""

    kind: LimitKind
    label: str
    most: float
    uses: Mapping[int, float]
    board: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Problem:
    """Facts with the options and limits that follow from them, each in a fixed order."""

    facts: Facts
    options: tuple[Option, ...]
    limits: tuple[Limit, ...]

    @cached_property
    def limits_of(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """Of each option: the limits that it draws on, with the amount a head."""
        found: list[list[tuple[int, float]]] = [[] for _ in self.options]
        for place, limit in enumerate(self.limits):
            for option, amount in limit.uses.items():
                found[option].append((place, amount))
        return tuple(map(tuple, found))

    @cached_property
    def ways(self) -> dict[tuple[int, int], list[int]]:
        """(need, board) -> the options that fill it then."""
        found: dict[tuple[int, int], list[int]] = {}
        for place, option in enumerate(self.options):
            found.setdefault((option.need, option.board), []).append(place)
        return found

    def pinned(self, pin: Pin) -> list[int]:
        """Options that a pin may be met by."""
        return [
            place
            for place, option in enumerate(self.options)
            if option.source == pin.source
            and option.donor == pin.donor
            and self.facts.needs[option.need].cell == pin.need
        ]
