"""The chance of a gap in every cell that a plan touches, without the plan and with all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from peelsite.forces.selectors import opening_day
from workforce.boards.meetings.calc import months_after
from workforce.boards.suggestions.calc.outcome import PlannedMove
from workforce.boards.suggestions.calc.problem import Source
from workforce.boards.suggestions.calc.shifted import chance_above
from workforce.boards.suggestions.models import FillMove, FillPlan
from workforce.boards.suggestions.selectors.facts import Asked
from workforce.establishment.calc import ACTING_LIMIT_DAYS, CellKey
from workforce.projection.models import ChangeKind
from workforce.projection.selectors import Change, Outlook, effect_of, outlook_of

# Chances are read so long after the last board of a plan: time for people to arrive, and for others to leave.
MONTHS_ON = 3


@dataclass(frozen=True, kw_only=True)
class Chances:
    """Chance of a gap greater than the cell's threshold on a day, by cell; empty without a projection."""

    read_on: date | None = None
    run_id: int | None = None
    before: Mapping[CellKey, float] = field(default_factory=dict)
    after: Mapping[CellKey, float] = field(default_factory=dict)


def chances_of(plan: FillPlan) -> Chances:
    """One what-if of the projection for a plan as it was kept, read cell by cell. Takes seconds."""
    force, board = plan.force, plan.board
    day = max(plan.day, opening_day(force))
    changes = [change_of(move, board.series.interval_months) for move in plan.moves.select_related("need")]
    effect = effect_of(force, day, changes) if changes else None
    if effect is None:
        return Chances()
    read_on = read_on_of(plan.last_board_on)
    lines = [line for line in effect.lines if isinstance(line.before.key.of, CellKey)]
    return Chances(
        read_on=read_on,
        before={line.before.key.of: line.before.on(read_on).chance for line in lines},
        after={line.before.key.of: line.after.on(read_on).chance for line in lines},
    )


def change_of(move: FillMove, interval_months: int) -> Change:
    """A move as the projection takes it. Staff in place of an officer end the officer's post."""
    if move.source == Source.CIVILIAN:
        return Change(kind=ChangeKind.POST_END, fte=move.fte, on=move.board_on, from_cell=move.need.cell)
    until = None
    if move.source == Source.ACTING:
        until = move.board_on + timedelta(days=ACTING_LIMIT_DAYS)
    elif move.source == Source.AGENCY:
        until = months_after(move.board_on, int(move.plan.weighing["agency_boards"]) * interval_months)
    return Change(
        kind=ChangeKind(move.source),
        fte=move.fte,
        on=move.board_on,
        from_cell=move.donor,
        to_cell=move.need.cell,
        until=until,
    )


def read_on_of(last_board_on: date) -> date:
    return months_after(last_board_on, MONTHS_ON)


def quick_chances(asked: Asked, outlook: Outlook | None, moves: Iterable[PlannedMove]) -> Chances:
    """A reading at once, from the ranges that the projection stored, shifted by what moves (calc.shifted).

    What acting and agency give does not count, as it ends.
    """
    if outlook is None:
        return Chances()
    read_on = read_on_of(asked.boards_on[-1])
    more: dict[CellKey, float] = {need.cell: 0.0 for need in asked.facts.needs}
    for move in moves:
        if move.lasts is None:
            more[move.need.cell] += move.fte
            if move.donor is not None:
                more[move.donor.key] = more.get(move.donor.key, 0.0) - move.fte
    before, after = {}, {}
    for key, fte in more.items():
        line = outlook.cell(key)
        if line is not None:
            point = line.on(read_on)
            before[key] = point.chance
            after[key] = (
                chance_above(point.threshold, point.gap_low, point.gap, point.gap_high, fte)
                if fte
                else point.chance
            )
    return Chances(read_on=read_on, run_id=outlook.run_id, before=before, after=after)


def worst_chance(chances: Chances) -> float | None:
    """The largest chance of a gap among all needs and donors of a plan."""
    return max(chances.after.values(), default=None)


def outlook_for(asked: Asked) -> Outlook | None:
    """The projection that a board's plan is read against. Eight queries."""
    force = asked.board.force
    return outlook_of(force, max(asked.board.pack_on, opening_day(force)))
