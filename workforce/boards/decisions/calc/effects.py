"""What a decision does to a projection, in words. No database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workforce.boards.agenda.calc import chance_words, fte_words, gap_words, range_words
from workforce.boards.decisions.calc.words import day_words

# A middle estimate that moves by less is said not to move: it would show as the same figure.
LEAST_MOVED = 0.05


@dataclass(frozen=True, kw_only=True)
class ProjectedRange:
    """A gap on one day in FTE, short above nought, and the chance that it is more than a threshold."""

    p10: float
    p50: float
    p90: float
    chance: float

    @property
    def words(self) -> str:
        """'4.1 FTE under establishment (80% range 1.0 to 7.2 FTE under)'."""
        middle = Decimal(self.p50).quantize(Decimal("0.1"))
        return f"{gap_words(middle)} (80% range {range_words(Decimal(self.p10), Decimal(self.p90))})"


@dataclass(frozen=True, kw_only=True)
class LineEffect:
    """One line of a projection on `on`, without a decision and with it. `gives` where people leave it."""

    label: str
    on: date
    threshold: float
    before: ProjectedRange
    after: ProjectedRange
    gives: bool = False

    @property
    def moved(self) -> float:
        """Change of the middle estimate of the gap, FTE; below nought the shortage shrinks."""
        return self.after.p50 - self.before.p50

    @property
    def sentence(self) -> str:
        """What the decision does to the line, as one or two sentences."""
        chances = (chance_words(self.before.chance), chance_words(self.after.chance))
        more = f"more than {fte_words(Decimal(self.threshold))} FTE under"
        chance = (
            f"The chance of {more} stays at {chances[0]}."
            if chances[0] == chances[1]
            else f"The chance of {more} goes from {chances[0]} to {chances[1]}."
        )
        if abs(self.moved) < LEAST_MOVED:
            return f"{self.label} stays at {self.before.words} on {day_words(self.on)}. {chance}"
        return (
            f"{self.label} is projected to be {self.after.words} on {day_words(self.on)}, in place of "
            f"{self.before.words}. {chance}"
        )
