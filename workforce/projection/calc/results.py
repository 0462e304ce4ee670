"""What a projection answers: ranges by line and month, and the mean flows that explain them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from workforce.projection.calc.inputs import FORCE_LINE, Floats, LineKey

# Raised with every change that gives other figures from the same inputs and seed; kept with each run.
MODEL_VERSION = "2"

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


class Flow(StrEnum):
    """What changes strength. Each month's flows of a line add up to its change of strength, in every run."""

    RESIGNED = "resigned"
    RETIRED = "retired"
    MEDICAL = "medical"
    TRANSFERRED = "transferred"
    DISMISSED = "dismissed"
    REDUNDANT = "redundant"
    DIED = "died"
    # Seconded in, and gone back to the own employer.
    SECONDMENT_ENDED = "secondment_ended"
    JOINED = "joined"
    RECRUITED = "recruited"
    PROMOTED_IN = "promoted_in"
    PROMOTED_OUT = "promoted_out"
    # Training over: posted to the cells they were recruited for.
    TRAINED_IN = "trained_in"
    TRAINED_OUT = "trained_out"
    # Acting, temporary promotion or attachment over: gone home to the substantive cell.
    HOME_IN = "home_in"
    HOME_OUT = "home_out"
    # Back from a secondment out or a break.
    RETURNED = "returned"
    # Decisions taken and not yet done.
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    PLANNED_JOINED = "planned_joined"
    PLANNED_LEFT = "planned_left"


FLOWS = tuple(Flow)
LEAVER_FLOWS = FLOWS[:8]


@dataclass(frozen=True, kw_only=True)
class Fan:
    """Range of one measure, FTE, each an array [line, month], or [month] of one line; months 0 to T.

    P10 and P90 are taken from the sums of each run: the P10 of a total is not the total of the P10s.
    """

    p10: Floats
    p50: Floats
    p90: Floats
    mean: Floats


@dataclass(frozen=True, kw_only=True)
class Result:
    """Answer of `simulate`. Arrays are [line, month]; a gap is establishment less strength."""

    version: str
    runs: int
    seed: int
    months: int
    lines: tuple[LineKey, ...]
    establishment: Floats
    strength: Fan
    gap: Fan
    # None where strength alone was asked for.
    available: Fan | None
    deployable: Fan | None
    threshold: Floats
    # Chance that the gap is greater than the line's threshold.
    chance: Floats
    # Mean FTE [flow, line, month], signed; month 0 is nought. A promotion within a line is in it twice.
    flows: Floats
    # Mean FTE [line, month] that went on long-term absence and that came back.
    absences: Floats
    absences_ended: Floats
    seconds: float

    @cached_property
    def index(self) -> dict[LineKey, int]:
        """Row of each line in the arrays."""
        return {key: row for row, key in enumerate(self.lines)}

    def of(self, measure: str, key: LineKey = FORCE_LINE) -> Fan:
        """'gap', 'strength', 'available' or 'deployable' of one line.

        KeyError for a line or a measure not asked for.
        """
        fan: Fan | None = getattr(self, measure)
        if fan is None:
            raise KeyError(measure)
        row = self.index[key]
        return Fan(p10=fan.p10[row], p50=fan.p50[row], p90=fan.p90[row], mean=fan.mean[row])

    def chance_of(self, key: LineKey = FORCE_LINE) -> Floats:
        """Chance by month that the line's gap exceeds its threshold."""
        chance: Floats = self.chance[self.index[key]]
        return chance

    def flows_of(self, key: LineKey, first: int = 1, last: int | None = None) -> dict[Flow, float]:
        """Mean FTE of each flow over months `first` to `last`, both included; those of nought left out.

        Together with the change of establishment they add up to the change of the mean gap.
        """
        part = self.flows[:, self.index[key], first : (self.months if last is None else last) + 1].sum(axis=1)
        return {flow: float(total) for flow, total in zip(FLOWS, part, strict=True) if total}
