"""What a decision would do to the newest projection, before it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import LineEffect, ProjectedRange
from workforce.boards.decisions.models import Decision, DecisionKind
from workforce.boards.decisions.selectors.plans import ORIGIN, Deciding, planned
from workforce.boards.meetings.calc import months_after
from workforce.establishment.calc import CellKey
from workforce.projection.calc.inputs import LineKind
from workforce.projection.selectors import Change, EffectLine, OutlookLine, Point, effect_of, outlook_of


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line to show: its words and figures, and the projections without and with the decision."""

    kind: LineKind
    effect: LineEffect
    before: OutlookLine
    after: OutlookLine


@dataclass(frozen=True, kw_only=True)
class ShownEffect:
    """The effect of a decision on the newest projection; without `as_at` there is no projection.

    `lines` are the cells that gain, those that give, their units and ranks. A decision that changes neither
    posts nor people has no effect but time: `unchanged` is then its cell as projected anyway.
    """

    as_at: date | None = None
    lines: tuple[ShownLine, ...] = ()
    unchanged: ShownLine | None = None
    changes: tuple[Change, ...] = ()


def effect_shown(
    item: AgendaItem, deciding: Deciding, day: date, decision: Decision | None = None
) -> ShownEffect:
    """What a decision that is checked and not taken would do, from the same draws with and without it.

    Of a `decision` that is changed, what it plans until now is left out of both.
    """
    force = item.board.force
    horizon = months_after(item.board.pack_on, item.board.series.projection_months)
    on = max(horizon, deciding.effective_on)
    changes = planned(deciding)
    if not changes:
        return _unchanged(item, deciding, day)
    effect = effect_of(force, day, changes, without=(ORIGIN, decision.pk) if decision else None)
    if effect is None:
        return ShownEffect(changes=tuple(changes))
    gives = {change.from_cell for change in changes if change.from_cell != deciding.cell}
    return ShownEffect(
        as_at=effect.as_at,
        lines=tuple(_line(line, on, gives) for line in effect.lines if _is_shown(line, changes)),
        changes=tuple(changes),
    )


def _unchanged(item: AgendaItem, deciding: Deciding, day: date) -> ShownEffect:
    outlook = outlook_of(item.board.force, day)
    if outlook is None:
        return ShownEffect()
    line = outlook.cell(item.cell) if item.has_cell else None
    if line is None:
        return ShownEffect(as_at=outlook.as_at)
    on = deciding.effective_on if deciding.kind == DecisionKind.HOLD else outlook.days[-1]
    shown = ShownLine(
        kind=LineKind.CELL, effect=_effect(line, line, on, gives=False), before=line, after=line
    )
    return ShownEffect(as_at=outlook.as_at, unchanged=shown)


def _is_shown(line: EffectLine, changes: Sequence[Change]) -> bool:
    """The cells, and their own units and ranks: not the units above, nor the whole force."""
    cells = {cell for change in changes for cell in (change.from_cell, change.to_cell) if cell is not None}
    key = line.before.key
    if key.kind is LineKind.CELL:
        return True
    if key.kind is LineKind.UNIT:
        return key.of in {cell.unit_id for cell in cells}
    return key.kind is LineKind.RANK and key.of in {cell.rank_id for cell in cells}


def _line(line: EffectLine, on: date, gives: set[CellKey | None]) -> ShownLine:
    key = line.before.key
    return ShownLine(
        kind=key.kind,
        effect=_effect(line.before, line.after, on, gives=key.kind is LineKind.CELL and key.of in gives),
        before=line.before,
        after=line.after,
    )


def _effect(before: OutlookLine, after: OutlookLine, on: date, *, gives: bool) -> LineEffect:
    first, second = before.on(on), after.on(on)
    return LineEffect(
        label=before.label,
        on=first.day,
        threshold=first.threshold,
        before=_range(first),
        after=_range(second),
        gives=gives,
    )


def _range(point: Point) -> ProjectedRange:
    return ProjectedRange(p10=point.gap_low, p50=point.gap, p90=point.gap_high, chance=point.chance)
