"""What a projection of strength is worked out from. Arrays of numbers only; no database.

A run starts on `day`, which is month 0. Month `m` is the month that ends `m` months later: what happens in
it shows in the state of month `m` for the first time. Where a month is asked for and nothing is to happen,
it is 0 (`NEVER`). Strength and establishment are FTE, exact to four places as in the database.

Everyone is counted once, where they really are (establishment/calc): someone acting, on temporary promotion
or attached in the cell they cover until `home_month`, then at home; someone seconded out nowhere, until
`arrive_month`.

A *cell* is an index into `Inputs.cells`, a *category* one into `Inputs.categories` (worker categories).
`AWAY` stands for no cell.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workforce.establishment.calc import CellKey

NEVER = 0
AWAY = -1

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Leaving(StrEnum):
    """Kinds of leavers, as the Home Office return names them (people.LeavingReason has the same values)."""

    RESIGNED = "resigned"
    RETIRED = "retired"
    MEDICAL = "medical"
    TRANSFERRED = "transferred"
    DISMISSED = "dismissed"
    REDUNDANT = "redundant"
    DIED = "died"


LEAVING = tuple(Leaving)


class LineKind(StrEnum):
    """What a line adds up. Every cell is a line too."""

    CELL = "cell"
    RANK_ROLE_LOCATION = "rank_role_location"
    UNIT = "unit"
    RANK = "rank"
    CATEGORY = "category"
    FORCE = "force"


@dataclass(frozen=True)
class LineKey:
    """Names a line for good: the kind and the ids behind it.

    `of` is a CellKey of a cell, (rank_id, role_id, location_id), the id of a unit (with all under it) or of
    a rank, the name of a worker category, or None of the force.
    """

    kind: LineKind
    of: Hashable = None


FORCE_LINE = LineKey(LineKind.FORCE)


@dataclass(frozen=True, kw_only=True)
class Line:
    """The cells that one line adds up, as indexes into `Inputs.cells`, each once."""

    key: LineKey
    cells: Whole


@dataclass(frozen=True, kw_only=True)
class People:
    """Everyone who serves, or is due back, one element each.

    Someone away without a date comes back at `Rates.return_rate` a month; set `away_open`. People leave the
    force while they are away as others do. Someone who has given notice leaves in `leave_month` for certain
    and not before. `absent` are on long-term absence now; `absent_to` is the month in which they are back, or
    NEVER where it is not known.
    """

    cell: Whole
    home_cell: Whole
    home_month: Whole
    fte: Floats
    category: Whole
    # Full months of service on the day, and in the substantive rank.
    service: Whole
    in_rank: Whole
    # Notice given: month, and index into LEAVING.
    leave_month: Whole
    leave_kind: Whole
    # Seconded out or on a career break out of strength: month of return into `home_cell`, and its chance.
    arrive_month: Whole
    arrive_chance: Floats
    away_open: NDArray[np.bool_]
    absent: NDArray[np.bool_]
    absent_to: Whole
    # On recuperative, adjusted or restricted duties; the month these end, or NEVER where it is not known.
    limited: NDArray[np.bool_]
    limited_to: Whole
    # Month of independent patrol; NEVER for those who reached it.
    independent_month: Whole

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """A class of joiners. `key` names its random numbers: a scenario that adds another leaves these alone.

    Each seat is taken with chance `show`. `show_seen` is how many earlier seats that chance was seen on;
    0 takes it as known. They join `training_cell` and after `training_months` go to `cells`: in proportion
    to `weights`, or without these one by one to where the vacancy is then the largest. Without a training
    cell (AWAY) they go there at once. They count in full as deployable `independent_after`
    months after joining.
    """

    key: str
    month: int
    seats: int
    category: int
    cells: tuple[int, ...]
    weights: tuple[float, ...] = ()
    fte: float = 1.0
    show: float = 1.0
    show_seen: float = 0.0
    training_cell: int = AWAY
    training_months: int = 0
    independent_after: int = 0
    # Full months of service counted on joining: 0 for recruits, more for transferees and rejoiners.
    service: int = 0


@dataclass(frozen=True, kw_only=True)
class Promotion:
    """How vacancies of one rank are filled from the rank below. Rules are given from the top rank down.

    In a board month each full vacant FTE of `to_cells` is filled with chance `share` by someone drawn at
    random from `from_cells` with enough service, while there is anyone. From `paused_from` up to, but
    without, `paused_to` no one is promoted. `passed` are (month, people) who may be promoted from then on:
    where it is given, no run promotes more than these together.
    """

    key: str
    to_cells: tuple[int, ...]
    from_cells: tuple[int, ...]
    share: float = 1.0
    least_service: int = 0
    # Months in the lower rank before the next promotion.
    least_in_rank: int = 0
    paused_from: int = NEVER
    paused_to: int = NEVER
    passed: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Recruitment:
    """Single vacancies filled from outside, as staff posts are: not by an intake, but as they fall open.

    Each month from `first_month` each full vacant FTE of `cells` is filled with chance `rate`; on average it
    is open 1/rate months. `most_a_month` caps the force's hiring (0: no cap). From `paused_from` up to, but
    without, `paused_to` no one is taken on.
    """

    key: str
    cells: tuple[int, ...]
    category: int
    rate: float
    most_a_month: int = 0
    service: int = 0
    first_month: int = 1
    paused_from: int = NEVER
    paused_to: int = NEVER


class ChangeKind(StrEnum):
    """What a decision that is taken and not yet done will do."""

    MOVE = "move"
    JOIN = "join"
    LEAVE = "leave"
    POSTS = "posts"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One planned change. `key` names its random numbers.

    MOVE takes `person` (an index into People), or, where AWAY, `fte` worth of people drawn at random, from
    `from_cell` to `to_cell`. JOIN adds `fte` in `to_cell`. LEAVE ends `person`, or `fte` drawn from
    `from_cell`. POSTS adds `fte` (negative: takes away) to the establishment of `to_cell`.
    Drawn people are whole: `fte` rounded, at least one. Where a cell has run empty fewer go.
    """

    key: str
    kind: ChangeKind
    month: int
    fte: float = 1.0
    from_cell: int = AWAY
    to_cell: int = AWAY
    person: int = AWAY
    category: int = 0
    service: int = 0


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Monthly rates, and how sure of them one is.

    `leaving[category, band, kind]` are hazards a month (chance = 1 - exp(-hazard)); band `b` holds those with
    `band_starts[b]` full months of service or more, and kinds are those of LEAVING. In each run the hazards
    of a category and band are multiplied by g ~ Gamma(L, 1/L), with L = `leaving_seen[category, band]`
    leavers that the rate was learnt from (inf: known for sure), and in each year by a shock common to the
    force, lognormal with mean 1 and, in logs, sd `shock_sd[category]` and correlation `shock_persistence`
    between one year and the next.
    """

    band_starts: Whole
    leaving: Floats
    leaving_seen: Floats
    shock_sd: Floats
    shock_persistence: float = 0.0
    # Hazards a month by category: of going on long-term absence and of coming back, and the same of limited
    # duties; spells they were learnt from.
    absence: Floats
    absence_end: Floats
    absence_seen: Floats
    limited: Floats
    limited_end: Floats
    limited_seen: Floats
    # Hazard a month of coming back from a secondment or break without a date.
    return_rate: float = 0.0

    def band(self, service: Whole) -> Whole:
        """Band of each length of service in full months."""
        return np.maximum(np.searchsorted(self.band_starts, service, side="right") - 1, 0)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything a run depends on, but the number of runs and the seed.

    `establishment[month, cell]` is FTE, months 0 to `months`; POSTS changes come on top. `threshold` is the
    gap in FTE whose chance of being exceeded is worked out: one for all lines or a mapping by line.
    Deployable counts those available, but `not_independent_share` of those before independent patrol and
    `limited_share` of those on limited duties.
    """

    day: date
    months: int = 48
    cells: tuple[CellKey, ...]
    categories: tuple[str, ...]
    cell_category: Whole
    establishment: Floats
    lines: tuple[Line, ...]
    people: People
    rates: Rates
    # Months with a board whose promotions take effect in it.
    board_months: tuple[int, ...] = ()
    intakes: tuple[Intake, ...] = ()
    promotions: tuple[Promotion, ...] = ()
    recruitment: tuple[Recruitment, ...] = ()
    changes: tuple[Change, ...] = ()
    threshold: float = 0.0
    thresholds: dict[LineKey, float] = field(default_factory=dict)
    not_independent_share: float = 0.0
    limited_share: float = 1.0

    def with_(self, **changes: Any) -> "Inputs":
        """The same with some fields replaced: how scenarios are made."""
        return replace(self, **changes)

    def without_spells(self) -> "Inputs":
        """The same without absence and limited duties, which have no part in strength."""
        none, nobody = np.zeros(len(self.categories)), np.zeros(len(self.people), np.bool_)
        return replace(
            self,
            people=replace(self.people, absent=nobody, limited=nobody),
            rates=replace(self.rates, absence=none, limited=none),
        )
