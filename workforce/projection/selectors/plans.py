"""From what the force plans to the engine's intakes, promotions, recruitment and changes. No queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from peelsite.forces.models import WorkerCategory
from workforce.establishment.calc import CellKey
from workforce.projection.calc.inputs import (
    AWAY,
    NEVER,
    Change,
    ChangeKind,
    Intake,
    People,
    Promotion,
    Recruitment,
)
from workforce.projection.models import ChangeKind as Planned
from workforce.projection.models import Intake as IntakeRow
from workforce.projection.models import PlannedChange
from workforce.projection.selectors.assembly import Book
from workforce.projection.selectors.outlook import Change as Asked

Figures = Mapping[str, float]


def intakes_of(book: Book, rows: Iterable[IntakeRow], reserved: Counter, show_seen: float) -> list[Intake]:
    """Each intake with the cells its places go to. `reserved` counts, by rank and cell, what decisions took.

    A decision to fill from an intake takes one of its rank's places, first of the cell itself, then of the
    others; what no intake has a place for is left in `reserved`.
    """
    found = []
    for row in rows:
        month = book.month(row.starts_on)
        places = Counter(
            {
                CellKey(
                    rank_id=row.rank_id,
                    role_id=place.role_id,
                    location_id=place.location_id,
                    unit_id=place.unit_id,
                ): place.number
                for place in row.places.all()
            }
        )
        if month == NEVER or not places:
            continue
        _take(places, reserved, row.rank_id)
        found.append(
            Intake(
                key=f"intake {row.pk}",
                month=month,
                seats=sum(places.values()),
                category=book.category_of(row.rank_id),
                cells=tuple(book.number(cell) for cell in places),
                weights=tuple(float(number) for number in places.values()),
                show=float(row.show_rate),
                show_seen=show_seen,
                independent_after=row.months_to_patrol,
            )
        )
    return found


def _take(places: Counter, reserved: Counter, rank_id: int) -> None:
    """Give reserved cells of the rank their places, taken from the cells that have most beyond their own."""
    for cell in [cell for cell, number in reserved.items() if number and cell.rank_id == rank_id]:
        wanted = reserved[cell]
        free = sum(places.values()) - places[cell]
        moved = min(wanted - min(wanted, places[cell]), free)
        reserved[cell] -= min(wanted, places[cell]) + moved
        for _ in range(moved):
            donor = max((each for each in places if each != cell and places[each]), key=lambda e: places[e])
            places[donor] -= 1
            places[cell] += 1
    for cell in [cell for cell, number in places.items() if not number]:
        del places[cell]


def promotions_of(book: Book, figures: Figures, pauses: Mapping[int, tuple[int, int]]) -> list[Promotion]:
    """A rule for each rank of officers that is held, from the one below it; the most senior first.

    `pauses` are the months from and to which promotion into a rank pauses; 0 stands for every rank.
    """
    held: dict[int, list[int]] = {}
    for cell, number in book.numbers.items():
        rank = book.recorded.ranks[cell.rank_id]
        if rank.category == WorkerCategory.OFFICER:
            held.setdefault(cell.rank_id, []).append(number)
    ladder = sorted(held, key=lambda pk: -book.recorded.ranks[pk].order)
    rules = []
    for upper, lower in pairwise(ladder):
        paused_from, paused_to = pauses.get(upper, pauses.get(0, (NEVER, NEVER)))
        rules.append(
            Promotion(
                key=f"rank {upper}",
                to_cells=tuple(held[upper]),
                from_cells=tuple(held[lower]),
                share=figures["promotion.share"],
                least_service=int(figures["promotion.service"]),
                least_in_rank=int(figures["promotion.in_rank"]),
                paused_from=paused_from,
                paused_to=paused_to,
                passed=_passed(book, upper),
            )
        )
    return rules


def _passed(book: Book, rank_id: int) -> tuple[tuple[int, int], ...] | None:
    """Who waits for the rank, by the month from which; none where no pool of it is kept."""
    pools = [pool for pool in book.recorded.pools if pool.rank_id == rank_id]
    if not pools:
        return None
    months = [(0 if pool.ready_on <= book.day else book.month(pool.ready_on), pool) for pool in pools]
    return tuple((month, pool.number) for month, pool in months if month or pool.ready_on <= book.day)


def recruitment_of(book: Book, figures: Figures) -> list[Recruitment]:
    """Single vacancies filled from outside: of every worker type whose rate is above nought."""
    cells: dict[int, list[int]] = {}
    for cell, number in book.numbers.items():
        cells.setdefault(book.category_of(cell.rank_id), []).append(number)
    return [
        Recruitment(
            key=f"type {book.categories[category]}",
            cells=tuple(numbers),
            category=category,
            rate=rate,
        )
        for category, numbers in sorted(cells.items())
        if (rate := figures.get(f"recruit.{book.categories[category]}", 0.0))
    ]


def asked_of(rows: Iterable[PlannedChange]) -> list[tuple[str, Asked]]:
    """Planned changes as other rooms state them, each with the key of its random numbers."""
    return [
        (
            f"plan {row.pk}",
            Asked(
                kind=Planned(row.kind),
                fte=row.fte,
                on=row.on_day,
                until=row.until,
                from_cell=_cell(row, "from"),
                to_cell=_cell(row, "to"),
                words=row.words,
            ),
        )
        for row in rows
    ]


def _cell(row: PlannedChange, side: str) -> CellKey | None:
    ids = {f"{part}_id": getattr(row, f"{side}_{part}_id") for part in ("rank", "role", "location", "unit")}
    return CellKey(**ids) if ids["rank_id"] is not None else None


def reserved_by(asked: Iterable[tuple[str, Asked]]) -> Counter:
    """Places of intakes that decisions took, by cell."""
    found: Counter = Counter()
    for _, change in asked:
        if change.kind == Planned.INTAKE and change.to_cell is not None:
            found[change.to_cell] += max(1, round(change.fte))
    return found


def changes_of(
    book: Book, asked: Sequence[tuple[str, Asked]], people: People, reserved: Counter
) -> list[Change]:
    """The engine's changes. What was due by the as-at day and is not done comes in the first month.

    Agency workers are no strength (they are not employed), so agency changes nothing here. A promotion whose
    donor is not said comes from the nearest cell of the rank below; one with nobody below it joins. What an
    intake has no place for joins too.
    """
    strength = Counter(int(cell) for cell in people.cell if cell != AWAY)
    found: list[Change] = []
    for key, change in asked:
        month = _month(book, change.on)
        if month == NEVER or change.kind == Planned.AGENCY:
            continue
        if change.kind == Planned.INTAKE:
            joins = min(reserved[change.to_cell], max(1, round(change.fte)))
            reserved[change.to_cell] -= joins
            if joins:
                found.append(_made(book, key, ChangeKind.JOIN, month, change, fte=float(joins)))
        else:
            found += _changes(book, key, month, change, strength)
    return found


def _changes(
    book: Book, key: str, month: int, change: Asked, strength: Mapping[int, int]
) -> Iterable[Change]:
    until = book.month(change.until)
    if change.kind in (Planned.POST_START, Planned.POST_END):
        sign = 1 if change.kind == Planned.POST_START else -1
        cell = book.number(change.to_cell if sign > 0 else change.from_cell)
        for at, each in ((month, sign), (until, -sign)):
            if at != NEVER:
                suffix = "" if each == sign else " until"
                yield Change(
                    key=key + suffix,
                    kind=ChangeKind.POSTS,
                    month=at,
                    fte=each * float(change.fte),
                    to_cell=cell,
                )
        return
    if change.kind == Planned.LEAVE:
        yield _made(book, key, ChangeKind.LEAVE, month, change)
        return
    donor = book.number(change.from_cell)
    if donor == AWAY and change.kind in (Planned.PROMOTION, Planned.ACTING):
        donor = nearest_below(book, change.to_cell, strength)
    kind = ChangeKind.JOIN if donor == AWAY or change.kind == Planned.TRANSFEREE else ChangeKind.MOVE
    yield _made(book, key, kind, month, change, from_cell=donor)
    if until != NEVER:
        if kind is ChangeKind.MOVE:
            back = Asked(kind=change.kind, fte=change.fte, on=change.on, to_cell=_key(book, donor))
            yield _made(book, f"{key} until", kind, until, back, from_cell=book.number(change.to_cell))
        else:
            gone = Asked(kind=Planned.LEAVE, fte=change.fte, on=change.on, from_cell=change.to_cell)
            yield _made(book, f"{key} until", ChangeKind.LEAVE, until, gone)


def _made(
    book: Book,
    key: str,
    kind: ChangeKind,
    month: int,
    change: Asked,
    *,
    fte: float | None = None,
    from_cell: int | None = None,
) -> Change:
    cell = change.to_cell or change.from_cell
    return Change(
        key=key,
        kind=kind,
        month=month,
        fte=float(change.fte) if fte is None else fte,
        from_cell=book.number(change.from_cell) if from_cell is None else from_cell,
        to_cell=book.number(change.to_cell),
        category=book.category_of(cell.rank_id),
        service=TRANSFEREE_SERVICE if change.kind == Planned.TRANSFEREE else 0,
    )


# Transferees have served elsewhere: past probation, and past the years in which most resign.
TRANSFEREE_SERVICE = 60


def _month(book: Book, day: date) -> int:
    return 1 if day <= book.day else book.month(day)


def _key(book: Book, number: int) -> CellKey:
    return next(cell for cell, each in book.numbers.items() if each == number)


def nearest_below(book: Book, to: CellKey, strength: Mapping[int, int]) -> int:
    """The cell of the rank below that a promotion most likely comes from, AWAY where nobody is below.

    In the same unit before the same location before the same role; then where most serve.
    """
    ranks = book.recorded.ranks
    below = [
        rank
        for rank in ranks.values()
        if rank.category == ranks[to.rank_id].category and rank.order < ranks[to.rank_id].order
    ]
    for rank in sorted(below, key=lambda rank: -rank.order):
        cells = [
            (
                cell.unit_id == to.unit_id,
                cell.location_id == to.location_id,
                cell.role_id == to.role_id,
                strength[number],
                -number,
            )
            for cell, number in book.numbers.items()
            if cell.rank_id == rank.pk and strength[number]
        ]
        if cells:
            return -max(cells)[-1]
    return AWAY
