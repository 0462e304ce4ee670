"""Required, held and short, line by line: one requirement in one unit. None pays for another."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

import numpy as np

from workforce.skills.calc.demand import EVERYONE, Group
from workforce.skills.calc.holding import NOTHING, Held

Key = TypeVar("Key", bound=Hashable)

# 80% of a normal distribution lie within so many standard deviations.
DEVIATIONS_OF_80_PERCENT = 1.2816


@dataclass(frozen=True)
class Figures:
    """Numbers of people. required = held + gap; `spare` hold it beyond what is required of their unit.

    `self_assessed` say that they hold it and are not confirmed; they are in the gap. `expected_gap` counts
    each holder by the chance that they still serve, and `variance` is that of it.
    """

    required: int = 0
    held: int = 0
    gap: int = 0
    spare: int = 0
    self_assessed: int = 0
    expiring_3: int = 0
    expiring_6: int = 0
    expected_gap: float = 0.0
    variance: float = 0.0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.required + other.required,
            self.held + other.held,
            self.gap + other.gap,
            self.spare + other.spare,
            self.self_assessed + other.self_assessed,
            self.expiring_3 + other.expiring_3,
            self.expiring_6 + other.expiring_6,
            self.expected_gap + other.expected_gap,
            self.variance + other.variance,
        )

    @property
    def share(self) -> float | None:
        """The share of what is required that is held; None where nothing is required."""
        return self.held / self.required if self.required else None

    @property
    def expected_share(self) -> float | None:
        return 1 - self.expected_gap / self.required if self.required else None

    @property
    def low(self) -> float:
        """P10 of the gap."""
        return max(0.0, self.expected_gap - DEVIATIONS_OF_80_PERCENT * sqrt(self.variance))

    @property
    def high(self) -> float:
        """P90 of the gap."""
        return min(float(self.required), self.expected_gap + DEVIATIONS_OF_80_PERCENT * sqrt(self.variance))

    @property
    def held_range(self) -> tuple[float, float, float]:
        """What is held of what is required: P10, as expected, and P90."""
        return self.required - self.high, self.required - self.expected_gap, self.required - self.low


@dataclass(frozen=True)
class Line:
    """One requirement in one unit, with what is held there."""

    group: Group
    figures: Figures

    @property
    def skill_id(self) -> int:
        return self.group.rule.skill_id


def coverage(
    groups: Iterable[Group],
    held: Mapping[tuple[int, int], Held],
    *,
    in_3: Mapping[tuple[int, int], Held] | None = None,
    in_6: Mapping[tuple[int, int], Held] | None = None,
    stay: Mapping[int, float] | None = None,
) -> list[Line]:
    """The line of every group, from what people hold on the day and 3 and 6 months after it.

    `stay` is the chance that a person still serves on the day (not in it: surely). Who has left counts as
    replaced by someone without the skill: what is required stays.
    """
    return [Line(group, _figures(group, held, in_3, in_6, stay or {})) for group in groups]


def _figures(
    group: Group,
    held: Mapping[tuple[int, int], Held],
    in_3: Mapping[tuple[int, int], Held] | None,
    in_6: Mapping[tuple[int, int], Held] | None,
    stay: Mapping[int, float],
) -> Figures:
    skill, level, required = group.rule.skill_id, group.rule.level, group.required
    holders = [person for person in group.people if held.get((person, skill), NOTHING).level >= level]
    counted = min(len(holders), required)
    sure = set(holders)
    chances = [stay.get(person, 1.0) for person in holders]
    expected, variance = expected_held(chances, required, capped=group.rule.extent != EVERYONE)
    return Figures(
        required=required,
        held=counted,
        gap=required - counted,
        spare=len(holders) - counted,
        self_assessed=sum(
            person not in sure and held.get((person, skill), NOTHING).self_level >= level
            for person in group.people
        ),
        expiring_3=_lapsed(holders, in_3, skill, level),
        expiring_6=_lapsed(holders, in_6, skill, level),
        expected_gap=required - expected,
        variance=variance,
    )


def _lapsed(holders: list[int], later: Mapping[tuple[int, int], Held] | None, skill: int, level: int) -> int:
    """Holders who no longer hold it on the later day, as nothing renews it."""
    if later is None:
        return 0
    return sum(later.get((person, skill), NOTHING).level < level for person in holders)


def expected_held(chances: list[float], required: int, *, capped: bool) -> tuple[float, float]:
    """Mean and variance of the holders who still serve, counted up to what is required.

    Each holder serves or not, independently of the others. Where more may hold it than are required, the
    distribution is worked out holder by holder (Poisson binomial), as the cap bends it.
    """
    if all(chance >= 1.0 for chance in chances):
        return float(min(len(chances), required)), 0.0
    if not capped:
        return sum(chances), sum(chance * (1 - chance) for chance in chances)
    shares = np.zeros(len(chances) + 1)
    shares[0] = 1.0
    for place, chance in enumerate(chances, start=1):
        shares[1 : place + 1] = shares[1 : place + 1] * (1 - chance) + shares[:place] * chance
        shares[0] *= 1 - chance
    counted = np.minimum(np.arange(len(chances) + 1), required)
    mean = float(shares @ counted)
    return mean, max(0.0, float(shares @ counted**2) - mean * mean)


def chances_between(
    earlier: Mapping[int, float], later: Mapping[int, float], share: float
) -> dict[int, float]:
    """Chances of staying on a day between two, by person: `share` of the way, at an even rate of leaving.

    Who is not in `earlier` surely served then.
    """
    return {
        person: before * (at_end / before) ** share if (before := earlier.get(person, 1.0)) > 0 else 0.0
        for person, at_end in later.items()
    }


def summed(lines: Iterable[Line], key: Callable[[Line], Key | None]) -> dict[Key, Figures]:
    """Figures by key, added line by line, so that no excess pays for a gap; a key of None is left out."""
    totals: dict[Key, Figures] = {}
    for line in lines:
        at = key(line)
        if at is not None:
            totals[at] = totals.get(at, Figures()) + line.figures
    return totals
