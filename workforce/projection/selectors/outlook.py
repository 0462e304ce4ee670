"""What the newest projection says, and what changes would do to it: read by boards, skills and packs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workforce.establishment.calc import CellKey
from workforce.projection.calc.inputs import FORCE_LINE, Floats, LineKey, LineKind
from workforce.projection.calc.results import Fan, Flow
from workforce.projection.models import ChangeKind


@dataclass(frozen=True, kw_only=True)
class Point:
    """One line in one month: FTE, and the chance that the gap is greater than `threshold`. A gap is short
    above nought. Every range is P10 to P90."""

    month: int
    day: date
    establishment: float
    strength: float
    gap: float
    gap_low: float
    gap_high: float
    chance: float
    threshold: float


@dataclass(frozen=True, kw_only=True)
class OutlookLine:
    """One line of a projection; arrays [month], month 0 is the as-at day.

    `budget` are the funded FTE on given days: budget-based, never mixed with the rest. `flows` are mean FTE
    a month, signed; over some months they and the change of establishment add up to that of the mean gap.
    """

    key: LineKey
    # 'Sergeant, Custody, Watford, Detention A'; a unit's and a rank's own name; the force's.
    label: str
    days: tuple[date, ...]
    threshold: float
    establishment: Floats
    strength: Fan
    gap: Fan
    available: Fan
    deployable: Fan
    chance: Floats
    flows: Mapping[Flow, Floats]
    budget: tuple[tuple[date, float], ...] = ()

    def at(self, month: int) -> Point:
        """The line `month` months after the as-at day; the last month for any later one."""
        month = min(month, len(self.days) - 1)
        return Point(
            month=month,
            day=self.days[month],
            establishment=float(self.establishment[month]),
            strength=float(self.strength.p50[month]),
            gap=float(self.gap.p50[month]),
            gap_low=float(self.gap.p10[month]),
            gap_high=float(self.gap.p90[month]),
            chance=float(self.chance[month]),
            threshold=self.threshold,
        )

    def on(self, day: date) -> Point:
        """The line in the first month that ends on or after `day`."""
        return self.at(next((m for m, end in enumerate(self.days) if end >= day), len(self.days) - 1))


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A finished run with its lines. `days` are the as-at day and the end of each month after it."""

    run_id: int
    force_id: int
    as_at: date
    scenario: str
    draws: int
    seed: int
    engine_version: str
    days: tuple[date, ...]
    lines: Mapping[LineKey, OutlookLine]
    # Worker category of each rank.
    categories: Mapping[int, str]
    # Ids from the top down to each unit itself.
    unit_paths: Mapping[int, tuple[int, ...]]

    @property
    def force(self) -> OutlookLine:
        return self.lines[FORCE_LINE]

    @property
    def cells(self) -> dict[CellKey, OutlookLine]:
        return {line.key.of: line for line in self.of_kind(LineKind.CELL)}

    def of_kind(self, kind: LineKind) -> list[OutlookLine]:
        """Its lines of a kind: units in the order of the tree, ranks the most senior first."""
        return [line for line in self.lines.values() if line.key.kind == kind]

    def cell(self, key: CellKey) -> OutlookLine | None:
        return self.lines.get(LineKey(LineKind.CELL, key))

    def unit(self, unit_id: int) -> OutlookLine | None:
        """With all units under it."""
        return self.lines.get(LineKey(LineKind.UNIT, unit_id))

    def month_of(self, day: date) -> int:
        """The first month that ends on or after `day`, the last one for days beyond."""
        return next((m for m, end in enumerate(self.days) if end >= day), len(self.days) - 1)


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that will be done: `kind` of models.ChangeKind, from a cell, to a cell or both, from a day.

    `until` is the first day on which it no longer counts. FTE is above nought: posts that end are POST_END of
    their `from_cell`. A promotion without `from_cell` is drawn from the rank below.
    """

    kind: ChangeKind
    fte: Decimal
    on: date
    from_cell: CellKey | None = None
    to_cell: CellKey | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class EffectLine:
    """One line without the changes and with them, and the mean difference of its gap run by run."""

    before: OutlookLine
    after: OutlookLine
    difference: Floats = field(repr=False)

    @property
    def label(self) -> str:
        return self.before.label


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What changes would do: the lines they touch (cells first, then units, ranks and the force)."""

    as_at: date
    days: tuple[date, ...]
    lines: tuple[EffectLine, ...]
    seconds: float
