"""The chance of a gap in every cell that a plan touches, without the plan and with all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from peelsite.forces.selectors import opening_day
from workforce.boards.meetings.calc import months_after
from workforce.boards.suggestions.calc.outcome import PlannedMove
from workforce.boards.suggestions.calc.problem import Source
from workforce.boards.suggestions.calc.shifted import chance_above
from workforce.boards.suggestions.selectors.facts import Asked
from workforce.establishment.calc import ACTING_LIMIT_DAYS, CellKey
from workforce.projection.models import ChangeKind
from workforce.projection.selectors import Change, Outlook, effect_of, newest_run, outlook_of

# Chances are read so long after the last board of a plan: time for people to arrive, and for others to leave.
MONTHS_ON = 3


@dataclass(frozen=True, kw_only=True)
class Chances:
    """Chance of a gap greater than the cell's threshold on a day, by cell; empty without a projection."""

    read_on: date | None = None
    run_id: int | None = None
    before: Mapping[CellKey, float] = field(default_factory=dict)
    after: Mapping[CellKey, float] = field(default_factory=dict)


def chances_of(asked: Asked, moves: Iterable[PlannedMove]) -> Chances:
    """One what-if of the projection for the whole plan, read cell by cell."""
    force = asked.board.force
    day = max(asked.board.pack_on, opening_day(force))
    run = newest_run(force, day)
    changes = [change for move in moves for change in changes_of(asked, move)]
    if run is None or not changes:
        return Chances()
    effect = effect_of(force, day, changes)
    if effect is None:
        return Chances()
    read_on = months_after(asked.boards_on[-1], MONTHS_ON)
    lines = [line for line in effect.lines if isinstance(line.before.key.of, CellKey)]
    return Chances(
        read_on=read_on,
        run_id=run.pk,
        before={line.before.key.of: line.before.on(read_on).chance for line in lines},
        after={line.before.key.of: line.after.on(read_on).chance for line in lines},
    )


def changes_of(asked: Asked, move: PlannedMove) -> list[Change]:
    """A move as the projection takes it. Staff in place of an officer end the officer's post."""
    on, fte = asked.boards_on[move.board], Decimal(str(round(move.fte, 4)))
    if move.source == Source.CIVILIAN:
        return [Change(kind=ChangeKind.POST_END, fte=fte, on=on, from_cell=move.need.cell)]
    until = None
    if move.source == Source.ACTING:
        until = on + timedelta(days=ACTING_LIMIT_DAYS)
    elif move.lasts is not None:
        until = months_after(on, move.lasts * asked.board.series.interval_months)
    return [
        Change(
            kind=ChangeKind(move.source.value),
            fte=fte,
            on=on,
            from_cell=move.donor.key if move.donor else None,
            to_cell=move.need.cell,
            until=until,
        )
    ]


def worst_chance(asked: Asked, outlook: Outlook | None, moves: Iterable[PlannedMove]) -> float | None:
    """The largest chance of a gap among all needs and donors of a plan, read quickly; see calc.shifted.

    What acting and agency give is over by then, and does not count.
    """
    if outlook is None:
        return None
    read_on = months_after(asked.boards_on[-1], MONTHS_ON)
    more: dict[CellKey, float] = {need.cell: 0.0 for need in asked.facts.needs}
    for move in moves:
        if move.lasts is None:
            more[move.need.cell] += move.fte
            if move.donor is not None:
                more[move.donor.key] = more.get(move.donor.key, 0.0) - move.fte
    chances = []
    for key, fte in more.items():
        line = outlook.cell(key)
        if line is not None:
            point = line.on(read_on)
            chances.append(chance_above(point.threshold, point.gap_low, point.gap, point.gap_high, fte))
    return max(chances, default=None)


def outlook_for(asked: Asked) -> Outlook | None:
    """The projection that a board's plan is read against. Eight queries."""
    force = asked.board.force
    return outlook_of(force, max(asked.board.pack_on, opening_day(force)))
