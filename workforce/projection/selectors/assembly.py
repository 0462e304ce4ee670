"""From rows as read to the arrays that the engine projects. No queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from workforce.establishment.calc import CellKey
from workforce.people.models import PostingKind
from workforce.projection.calc.inputs import (
    AWAY,
    LEAVING,
    NEVER,
    Change,
    ChangeKind,
    Floats,
    People,
)
from workforce.projection.selectors.months import full_months, month_of
from workforce.projection.selectors.reading import Recorded, Row, by_person, cell_of

# A reason that is not recorded counts as the most frequent one.
DEFAULT_REASON = "resigned"


@dataclass
class Book:
    """Cells by number, in the order in which they were met, and the months of days."""

    recorded: Recorded
    ends: tuple[date, ...]
    # False in a back-test: what was dated ahead may have been recorded only afterwards.
    knows_ahead: bool
    categories: tuple[str, ...]
    numbers: dict[CellKey, int] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.ends[0]

    @property
    def months(self) -> int:
        return len(self.ends) - 1

    def number(self, cell: CellKey | None) -> int:
        if cell is None:
            return AWAY
        return self.numbers.setdefault(cell, len(self.numbers))

    def month(self, day: date | None) -> int:
        """The month in which it shows, NEVER where there is no day or it lies beyond the last month."""
        if day is None:
            return NEVER
        month = month_of(day, self.ends)
        return month if month <= self.months else NEVER

    def known(self, day: date | None) -> date | None:
        """A day that lies ahead, unless this is a back-test."""
        return day if self.knows_ahead else None

    def category_of(self, rank_id: int) -> int:
        return self.categories.index(self.recorded.ranks[rank_id].category)


def establishment_of(book: Book) -> Callable[[], Floats]:
    """Meets the cells of every post now; called once all cells are known, gives FTE [month, cell].

    A day's establishment is the FTE of the posts that are in being on it. In a back-test posts begin and end
    as they did: a force decides its posts, and is not asked to foresee them.
    """
    steps = [
        (book.number(cell_of(row)), _first(book, row["starts"]), _first(book, row["ends"]), row["fte"])
        for row in book.recorded.posts
        if row["starts"] <= book.ends[-1]
    ]

    def filled() -> Floats:
        levels = np.zeros((book.months + 1, len(book.numbers)))
        for cell, first, last, fte in steps:
            levels[first:last, cell] += fte
        return levels

    return filled


def _first(book: Book, day: date | None) -> int:
    """The first month whose end is on `day` or after it, from 0; one past the last where there is none."""
    if day is None:
        return book.months + 1
    return 0 if day <= book.day else month_of(day, book.ends)


@dataclass
class _Person:
    """One element of People, and the changes that postings ahead make of it."""

    person_id: int
    cell: int
    home_cell: int
    home_month: int
    fte: float
    category: int
    service: int
    in_rank: int
    leave_month: int
    leave_kind: int
    arrive_month: int = NEVER
    arrive_chance: float = 1.0
    away_open: bool = False


def people_of(
    book: Book, *, return_chance: float, patrol_months: dict[str, int]
) -> tuple[People, tuple[int, ...], list[Change]]:
    """Everyone who serves or is due back, their ids in the same order, and the postings that lie ahead."""
    health = _health(book)
    ahead = by_person(book.recorded.postings_ahead) if book.knows_ahead else {}
    found: list[_Person] = []
    changes: list[Change] = []
    for row in book.recorded.people:
        person = _person(book, row, return_chance)
        if person is None:
            continue
        index = len(found)
        found.append(person)
        changes += _moves(book, person, index, ahead.pop(person.person_id, []))
    for rows in ahead.values():
        changes += _joins(book, rows)
    return _arrays(book, found, health, patrol_months), tuple(p.person_id for p in found), changes


def _person(book: Book, row: Row, return_chance: float) -> _Person | None:
    """None for someone with no posting, who is in no strength and due back to none."""
    own, away = cell_of(row, "own_", ""), cell_of(row, "away_", "")
    is_out = row["away_kind"] == PostingKind.SECONDED_OUT
    if (own is None and (away is None or is_out)) or (is_out and own is None):
        return None
    rank = own.rank_id if own else away.rank_id
    leave_month, leave_kind = _leaving(book, row)
    person = _Person(
        person_id=row["person_id"],
        cell=AWAY if is_out else book.number(away or own),
        home_cell=book.number(own),
        home_month=NEVER,
        fte=row["own_fte"] if is_out or away is None else row["away_fte"],
        category=book.category_of(rank),
        service=full_months(row["joined"], book.day),
        in_rank=full_months(row["in_rank_since"] or row["joined"], book.day),
        leave_month=leave_month,
        leave_kind=leave_kind,
    )
    if is_out:
        back = book.known(row["away_ends"])
        person.arrive_month, person.arrive_chance = book.month(back), return_chance
        person.away_open = back is None
        # A return beyond the last month is not seen.
        if not person.away_open and person.arrive_month == NEVER:
            return None
    elif away is not None:
        person.home_month = book.month(book.known(row["away_ends"]))
    elif row["own_kind"] == PostingKind.SECONDED_IN:
        # Home is the other force.
        person.home_cell, person.home_month = AWAY, book.month(book.known(row["own_ends"]))
        if person.home_month == NEVER:
            person.home_cell = person.cell
    if person.home_cell == AWAY and person.home_month == NEVER:
        person.home_cell = person.cell
    return person


def _leaving(book: Book, row: Row) -> tuple[int, int]:
    """Month of notice given, and which kind of leaver; someone due to go beyond the last month stays."""
    if row["left_on"] is None or not book.knows_ahead:
        return NEVER, 0
    reason = row["leaving_reason"] or DEFAULT_REASON
    return month_of(row["left_on"], book.ends), [str(kind) for kind in LEAVING].index(reason)


def _moves(book: Book, person: _Person, index: int, rows: list[Row]) -> Iterator[Change]:
    """Postings that are recorded already and begin later: someone moves, and comes home where it ends."""
    for place, row in enumerate(rows):
        month, to = book.month(row["starts"]), cell_of(row)
        if month == NEVER or to is None:
            continue
        is_home = not row["is_away"] and person.cell != person.home_cell
        if is_home and (person.home_month == NEVER or person.home_month >= month):
            # They are still away by then: it is where they come home to.
            person.home_cell = book.number(to)
            continue
        yield _change(book, f"posting {person.person_id} {place}", ChangeKind.MOVE, month, row, to, index)
        back = book.month(row["ends"]) if row["is_away"] else NEVER
        if back > month and person.home_cell != AWAY:
            yield Change(
                key=f"posting {person.person_id} {place} back",
                kind=ChangeKind.MOVE,
                month=back,
                fte=row["fte"],
                to_cell=person.home_cell,
                person=index,
                category=person.category,
            )


def _joins(book: Book, rows: list[Row]) -> Iterator[Change]:
    """Someone who has a posting ahead and none today joins in its month."""
    row = next((row for row in rows if cell_of(row) is not None), None)
    if row is None:
        return
    month = book.month(row["starts"])
    if month != NEVER:
        yield _change(book, f"posting {row['person_id']}", ChangeKind.JOIN, month, row, cell_of(row), AWAY)


def _change(book: Book, key: str, kind: ChangeKind, month: int, row: Row, to: CellKey, person: int) -> Change:
    return Change(
        key=key,
        kind=kind,
        month=month,
        fte=row["fte"],
        to_cell=book.number(to),
        person=person,
        category=book.category_of(to.rank_id),
        service=full_months(row["joined"], row["starts"]),
    )


def _health(book: Book) -> dict[str, dict[int, int]]:
    """Month in which each long-term absence and limited duty ends, by person."""
    found: dict[str, dict[int, int]] = {"absence": {}, "limited": {}}
    for row in book.recorded.health:
        found[row["what"]][row["person_id"]] = book.month(book.known(row["ends"]))
    return found


def _arrays(
    book: Book, found: list[_Person], health: dict[str, dict[int, int]], patrol_months: dict[str, int]
) -> People:
    def whole(name: str) -> np.ndarray:
        return np.array([getattr(person, name) for person in found], np.int64)

    def in_health(what: str) -> tuple[np.ndarray, np.ndarray]:
        ends = health[what]
        return (
            np.array([person.person_id in ends for person in found], np.bool_),
            np.array([ends.get(person.person_id, NEVER) for person in found], np.int64),
        )

    absent, absent_to = in_health("absence")
    limited, limited_to = in_health("limited")
    service, category = whole("service"), whole("category")
    needed = np.array([patrol_months.get(name, 0) for name in book.categories], np.int64)
    independent = np.maximum(0, needed[category] - service) if found else service
    return People(
        cell=whole("cell"),
        home_cell=whole("home_cell"),
        home_month=whole("home_month"),
        fte=np.array([person.fte for person in found], np.float64),
        category=category,
        service=service,
        in_rank=whole("in_rank"),
        leave_month=whole("leave_month"),
        leave_kind=whole("leave_kind"),
        arrive_month=whole("arrive_month"),
        arrive_chance=np.array([person.arrive_chance for person in found], np.float64),
        away_open=np.array([person.away_open for person in found], np.bool_),
        absent=absent,
        absent_to=absent_to,
        limited=limited,
        limited_to=limited_to,
        independent_month=independent,
    )
