"""Moves that go together, checked as one: what each day looks like before and after them.

People are counted where they really are, as everywhere: an away posting (acting, promoted for a time,
attached) takes them out of the substantive one while it runs; supernumerary postings fill no post and count
in no unit's strength. All ranges are half-open; a day of None is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

LEAST = 1e-9

# (unit, rank), or (unit, None) for everyone in the unit.
MinimumKey = tuple[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A posting: one person in one post on one layer. `post` is 0 for a secondment out of the force."""

    person: int
    post: int
    fte: float
    starts: date
    ends: date | None
    is_away: bool = False
    is_supernumerary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A person into a post from a day; an away move leaves the substantive posting theirs."""

    person: int
    post: int
    starts: date
    ends: date | None = None
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A post: how much it may hold, of which unit and rank it is, and while it exists."""

    fte: float
    unit: int
    rank: int
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least that a unit, or one rank of it, must have while it holds."""

    unit: int
    rank: int | None
    fte: float
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Overfull:
    """A post that would hold more than it may, from a day until another."""

    post: int
    starts: date
    ends: date | None
    fte: float
    limit: float


@dataclass(frozen=True, slots=True)
class Below:
    """A unit, or a rank of it, that the moves would put below its minimum, or further below it."""

    unit: int
    rank: int | None
    starts: date
    ends: date | None
    fte: float
    minimum: float
    before: float


@dataclass(frozen=True, slots=True)
class Checked:
    twice: tuple[int, ...]
    outside: tuple[int, ...]
    overfull: tuple[Overfull, ...]
    below: tuple[Below, ...]

    @property
    def is_possible(self) -> bool:
        """Nothing that PostgreSQL would refuse; whether a unit may fall below its minimum is for people."""
        return not (self.twice or self.outside or self.overfull)


def check(
    holdings: Sequence[Holding],
    moves: Sequence[Move],
    seats: Mapping[int, Seat],
    minimums: Iterable[Minimum],
) -> Checked:
    """What would be wrong once all of `moves` are done.

    `holdings` are all postings of the people who move, all in the posts that they leave or join, and all in
    the units that they leave. `twice` are people who move more than once, `outside` posts that do not exist
    for the whole of a move.
    """
    people = [move.person for move in moves]
    twice = tuple(sorted({person for person in people if people.count(person) > 1}))
    after = after_moves(holdings, moves, seats)
    outside = tuple(sorted({move.post for move in moves if not _within(move, seats[move.post])}))
    first = min((move.starts for move in moves), default=date.min)
    return Checked(
        twice,
        outside,
        tuple(_overfull(after, {move.post for move in moves}, seats, first)),
        tuple(_below(holdings, after, seats, minimums, first)),
    )


def after_moves(
    holdings: Sequence[Holding], moves: Sequence[Move], seats: Mapping[int, Seat]
) -> list[Holding]:
    """The holdings once the moves are done.

    A substantive move ends the substantive posting that runs on its first day. The mover works what they
    worked in the substantive post before; away from it, not more than the post is.
    """
    now = list(holdings)
    for move in moves:
        present = [
            each
            for each in now
            if each.person == move.person and not each.is_away and _covers(each, move.starts)
        ]
        fte = present[0].fte if present else 1.0
        for each in present if not move.is_away else ():
            now.remove(each)
            if each.starts < move.starts:
                now.append(replace(each, ends=move.starts))
        now.append(
            Holding(
                person=move.person,
                post=move.post,
                fte=min(fte, seats[move.post].fte) if move.is_away else fte,
                starts=move.starts,
                ends=move.ends,
                is_away=move.is_away,
            )
        )
    return now


def _within(move: Move, seat: Seat) -> bool:
    if move.starts < seat.starts:
        return False
    return seat.ends is None or (move.ends is not None and move.ends <= seat.ends)


def _covers(holding: Holding, day: date) -> bool:
    return holding.starts <= day and (holding.ends is None or day < holding.ends)


def spans_counted(holdings: Sequence[Holding]) -> list[tuple[Holding, date, date | None]]:
    """(holding, first day, first day after) of where people really are: the away layer covers the other."""
    away: dict[int, list[Holding]] = {}
    for each in holdings:
        if each.is_away:
            away.setdefault(each.person, []).append(each)
    found: list[tuple[Holding, date, date | None]] = []
    for each in holdings:
        if each.post == 0 or each.is_supernumerary:
            continue
        pieces: list[tuple[date, date | None]] = [(each.starts, each.ends)]
        for cover in away.get(each.person, ()) if not each.is_away else ():
            pieces = [part for piece in pieces for part in _without(piece, cover)]
        found += [(each, starts, ends) for starts, ends in pieces]
    return found


def _without(piece: tuple[date, date | None], cover: Holding) -> list[tuple[date, date | None]]:
    starts, ends = piece
    if (ends is not None and cover.starts >= ends) or (cover.ends is not None and cover.ends <= starts):
        return [piece]
    parts: list[tuple[date, date | None]] = []
    if starts < cover.starts:
        parts.append((starts, cover.starts))
    if cover.ends is not None and (ends is None or cover.ends < ends):
        parts.append((cover.ends, ends))
    return parts


class _Level:
    """A sum that steps on days."""

    def __init__(self) -> None:
        self.steps: dict[date, float] = {}

    def add(self, starts: date, ends: date | None, fte: float) -> None:
        self.steps[starts] = self.steps.get(starts, 0.0) + fte
        if ends is not None:
            self.steps[ends] = self.steps.get(ends, 0.0) - fte

    def on(self, day: date) -> float:
        return sum(step for at, step in self.steps.items() if at <= day)


def _stretches(days: Iterable[date], first: date) -> list[tuple[date, date | None]]:
    """The time from `first` on, cut at the days on which something changes."""
    cuts = sorted({first, *(day for day in days if day > first)})
    ends: list[date | None] = [*cuts[1:], None]
    return list(zip(cuts, ends, strict=True))


def _overfull(
    after: Sequence[Holding], posts: Iterable[int], seats: Mapping[int, Seat], first: date
) -> list[Overfull]:
    spans = spans_counted(after)
    found = []
    for post in sorted(posts):
        level = _Level()
        for holding, starts, ends in spans:
            if holding.post == post:
                level.add(starts, ends, holding.fte)
        limit = seats[post].fte
        found += [
            Overfull(post, starts, ends, level.on(starts), limit)
            for starts, ends in _stretches(level.steps, first)
            if level.on(starts) > limit + LEAST
        ]
    return _joined_overfull(found)


def _joined_overfull(found: list[Overfull]) -> list[Overfull]:
    joined: list[Overfull] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and last.post == each.post and last.ends == each.starts and abs(last.fte - each.fte) < LEAST:
            joined[-1] = replace(last, ends=each.ends)
        else:
            joined.append(each)
    return joined


def _below(
    before: Sequence[Holding],
    after: Sequence[Holding],
    seats: Mapping[int, Seat],
    minimums: Iterable[Minimum],
    first: date,
) -> list[Below]:
    spans_before, spans_after = spans_counted(before), spans_counted(after)
    found: list[Below] = []
    for minimum in minimums:
        was, will = _strength(spans_before, seats, minimum), _strength(spans_after, seats, minimum)
        bounds = {minimum.starts} | ({minimum.ends} if minimum.ends is not None else set())
        for starts, ends in _stretches({*was.steps, *will.steps, *bounds}, max(first, minimum.starts)):
            if minimum.ends is not None and starts >= minimum.ends:
                break
            old, new = was.on(starts), will.on(starts)
            if new < minimum.fte - LEAST and new < old - LEAST:
                each = Below(minimum.unit, minimum.rank, starts, ends, new, minimum.fte, old)
                last = found[-1] if found else None
                if (
                    last is not None
                    and replace(last, starts=starts, ends=ends) == each
                    and last.ends == starts
                ):
                    found[-1] = replace(last, ends=ends)
                else:
                    found.append(each)
    return found


def _strength(
    spans: Sequence[tuple[Holding, date, date | None]], seats: Mapping[int, Seat], minimum: Minimum
) -> _Level:
    level = _Level()
    for holding, starts, ends in spans:
        seat = seats.get(holding.post)
        if seat is not None and seat.unit == minimum.unit and minimum.rank in (None, seat.rank):
            level.add(starts, ends, holding.fte)
    return level
