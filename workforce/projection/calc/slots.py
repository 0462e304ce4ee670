"""Everyone who may serve within the time looked at: people, seats of intakes and planned joiners.

A slot is a person or a seat; its number is the row of the arrays of a run. Those whom `Recruitment` takes on
are added while a run goes on, in rows behind these (engine/recruiting).
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from workforce.projection.calc.draws import Indexes, name_number
from workforce.projection.calc.inputs import AWAY, NEVER, Change, ChangeKind, Inputs, Intake, People
from workforce.projection.calc.results import FLOWS, Flow

# FTE are counted in whole ten-thousandths, as exact as the database, so that nothing is lost in sums.
UNITS = 10_000
# Later than any month.
LATER = 255


@dataclass(frozen=True, kw_only=True)
class Block:
    """Slots that draw from the same random numbers, named by `key`."""

    key: str
    first: int
    last: int

    @property
    def number(self) -> int:
        return name_number(self.key)


@dataclass(frozen=True, kw_only=True)
class Slots:
    """One element each; months as in Inputs, LATER where something does not happen."""

    fte: NDArray[np.int32]
    category: Indexes
    # Full months of service at month 0; below nought for those who join later.
    service: Indexes
    # The hazard works on months after this.
    exposed_after: Indexes
    # Month in which they enter strength (0: there from the start; -1: by `open_return`), and by which flow.
    enters: Indexes
    enter_cell: Indexes
    enter_flow: Indexes
    enter_chance: NDArray[np.float64]
    open_return: NDArray[np.bool_]
    home_cell: Indexes
    home_month: Indexes
    placed_cell: Indexes
    placed_month: Indexes
    independent: Indexes
    leave_month: Indexes
    leave_kind: Indexes
    # Month in which they came to their rank; below nought for those who have it now.
    rank_since: Indexes
    # What its random numbers hang on.
    salt: Indexes

    def __len__(self) -> int:
        return len(self.fte)


# Where a seat goes to the largest vacancy when the time comes.
BY_GAP = -3


def slots_of(inputs: Inputs) -> tuple[Slots, tuple[Block, ...]]:
    """All slots, people first in their own order, then intakes and planned joiners as given."""
    parts = [_of_people(inputs.people, inputs.changes)]
    keys = ["people"]
    for intake in inputs.intakes:
        parts.append(_of_intake(intake))
        keys.append(f"intake {intake.key}")
    for change in inputs.changes:
        if change.kind is ChangeKind.JOIN:
            parts.append(_of_join(change))
            keys.append(f"join {change.key}")
    blocks, first = [], 0
    for key, part in zip(keys, parts, strict=True):
        blocks.append(Block(key=key, first=first, last=first + len(part)))
        first += len(part)
    joined = {
        each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Slots)
    }
    return Slots(**joined), tuple(blocks)


def _of_people(people: People, changes: tuple[Change, ...]) -> Slots:
    number = len(people)
    away = people.cell == AWAY
    going_home = (people.home_month != NEVER) & ~away
    for change in changes:
        # Who is given another post before the temporary one ends does not go back to the old one.
        if change.person != AWAY and change.month <= people.home_month[change.person]:
            going_home[change.person] = False
    return Slots(
        fte=units(people.fte),
        category=people.category,
        service=people.service,
        exposed_after=np.zeros(number, np.int64),
        enters=np.where(away, np.where(people.away_open, -1, people.arrive_month), 0),
        enter_cell=np.where(away, people.home_cell, people.cell),
        enter_flow=np.full(number, FLOWS.index(Flow.RETURNED)),
        enter_chance=people.arrive_chance,
        open_return=people.away_open & away,
        home_cell=people.home_cell,
        home_month=np.where(going_home, people.home_month, LATER),
        placed_cell=np.full(number, AWAY),
        placed_month=np.full(number, LATER),
        independent=people.independent_month,
        leave_month=people.leave_month,
        leave_kind=people.leave_kind,
        rank_since=-people.in_rank,
        salt=_salts("people", number),
    )


def _of_intake(intake: Intake) -> Slots:
    cells = _seat_cells(intake)
    # Whichever of the cells it comes to, it is of their rank.
    belongs = np.where(cells == BY_GAP, intake.cells[0], cells)
    direct = intake.training_cell == AWAY or intake.training_months == 0
    first = cells if direct else np.full(intake.seats, intake.training_cell)
    return _joiners(
        key=f"intake {intake.key}",
        month=intake.month,
        fte=np.full(intake.seats, intake.fte),
        category=intake.category,
        service=intake.service,
        enter_cell=first,
        home_cell=belongs,
        flow=Flow.JOINED,
        chance=intake.show,
        placed_cell=cells,
        placed_month=LATER if direct else intake.month + intake.training_months,
        independent=intake.month + intake.independent_after,
    )


def _of_join(change: Change) -> Slots:
    heads = max(1, int(np.ceil(change.fte - 1e-9)))
    return _joiners(
        key=f"join {change.key}",
        month=change.month,
        fte=np.full(heads, change.fte / heads),
        category=change.category,
        service=change.service,
        enter_cell=np.full(heads, change.to_cell),
        home_cell=np.full(heads, change.to_cell),
        flow=Flow.PLANNED_JOINED,
        chance=1.0,
        placed_cell=np.full(heads, AWAY),
        placed_month=LATER,
        independent=0,
    )


def _joiners(
    *,
    key: str,
    month: int,
    fte: NDArray[np.float64],
    category: int,
    service: int,
    enter_cell: Indexes,
    home_cell: Indexes,
    flow: Flow,
    chance: float,
    placed_cell: Indexes,
    placed_month: int,
    independent: int,
) -> Slots:
    number = len(fte)

    def all_of(value: int) -> Indexes:
        return np.full(number, value, np.int64)

    return Slots(
        fte=units(fte),
        category=all_of(category),
        service=all_of(service - month),
        exposed_after=all_of(month),
        enters=all_of(month),
        enter_cell=enter_cell,
        enter_flow=all_of(FLOWS.index(flow)),
        enter_chance=np.full(number, chance),
        open_return=np.zeros(number, np.bool_),
        home_cell=home_cell,
        home_month=all_of(LATER),
        placed_cell=placed_cell,
        placed_month=all_of(placed_month),
        independent=all_of(independent),
        leave_month=all_of(NEVER),
        leave_kind=all_of(0),
        rank_since=all_of(month),
        salt=_salts(key, number),
    )


def _seat_cells(intake: Intake) -> Indexes:
    """The cell of each seat: shares of `weights` by largest remainder, or by gap."""
    if not intake.weights:
        return np.full(intake.seats, BY_GAP, np.int64)
    exact = np.array(intake.weights) / sum(intake.weights) * intake.seats
    seats = np.floor(exact).astype(np.int64)
    short = intake.seats - int(seats.sum())
    seats[np.argsort(seats - exact, kind="stable")[:short]] += 1
    return np.repeat(np.array(intake.cells, np.int64), seats)


def units(fte: NDArray[np.float64]) -> NDArray[np.int32]:
    """FTE in whole ten-thousandths."""
    return np.rint(fte * UNITS).astype(np.int32)


def _salts(key: str, number: int) -> Indexes:
    return (np.int64(name_number(key)) << np.int64(24)) + np.arange(number, dtype=np.int64)
