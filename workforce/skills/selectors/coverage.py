"""Coverage by skill and place on a day, who is behind each figure, and where a force is short."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from peelsite.forces.models import Force, Unit
from workforce.skills.calc import Figures, Group, Held, Line, summed
from workforce.skills.calc.holding import NOTHING, months_after
from workforce.skills.models import Skill
from workforce.skills.selectors.basis import Basis, basis_of

# Below this a chance is not worth raising: half a person.
LEAST_EXPECTED = 0.5


@dataclass(frozen=True)
class Coverage:
    """The lines of a force on one day, and their sums. Nothing here asks the database."""

    basis: Basis
    on: date
    lines: tuple[Line, ...]

    def within(self, unit: Unit | None) -> "Coverage":
        """Only a unit with all below it."""
        if unit is None:
            return self
        held = tuple(line for line in self.lines if line.group.path.startswith(unit.path))
        return Coverage(self.basis, self.on, held)

    def of_area(self, area_id: int) -> "Coverage":
        return Coverage(
            self.basis,
            self.on,
            tuple(line for line in self.lines if self.basis.area_of(line.group.path) == area_id),
        )

    @cached_property
    def by_skill(self) -> dict[int, Figures]:
        return summed(self.lines, lambda line: line.skill_id)

    @cached_property
    def by_unit(self) -> dict[tuple[int, int], Figures]:
        """By skill and unit, each unit with all below it."""
        totals: dict[tuple[int, int], Figures] = {}
        for line in self.lines:
            for unit_id in _ids(line.group.path):
                key = (line.skill_id, unit_id)
                totals[key] = totals.get(key, Figures()) + line.figures
        return totals

    @cached_property
    def by_area(self) -> dict[tuple[int, int], Figures]:
        """By skill and local policing area, of the units that are in one."""
        return summed(
            self.lines,
            lambda line: (line.skill_id, area) if (area := self.basis.area_of(line.group.path)) else None,
        )

    @cached_property
    def by_place(self) -> dict[tuple[int, int], Figures]:
        """By skill and the department in which a line lies; a command's own posts count at the command."""
        return summed(self.lines, lambda line: (line.skill_id, department_of(line.group.path)))


@dataclass(frozen=True)
class Shortage:
    """A department in which less of a skill is held than the skill's own threshold asks for.

    People, not FTE. On a later day `expected_gap` counts who may have left by then; `low` to `high` is where
    it lies with 80%.
    """

    skill: Skill
    unit: Unit
    on: date
    required: int
    held: int
    gap: int
    expected_gap: float
    low: float
    high: float

    @property
    def area(self) -> str:
        """The local policing area of the unit, '' where it is in none."""
        return self.unit.area.name if self.unit.area else ""

    @property
    def expected_share(self) -> float:
        """The share of what is required that is held on the day, as expected."""
        return 1 - self.expected_gap / self.required

    @property
    def sentence(self) -> str:
        """'Cyber-crime first response: 12 of 60 required in Stevenage, 48 short.'"""
        return (
            f"{self.skill}: {self.held} of {self.required} required in {self.unit}, "
            f"{round(self.expected_gap)} short."
        )


@dataclass(frozen=True)
class Skilled:
    """A person asked for a skill, and what they hold of it."""

    person_id: int
    group: Group
    held: Held
    in_3: Held
    in_6: Held

    @property
    def holds(self) -> bool:
        return self.held.level >= self.group.rule.level

    @property
    def is_self_assessed(self) -> bool:
        """Says so, and nobody has confirmed it."""
        return not self.holds and self.held.self_level >= self.group.rule.level

    def lapses(self, later: Held) -> bool:
        return self.holds and later.level < self.group.rule.level


SHOWS: dict[str, tuple[str, Callable[[Skilled], bool]]] = {
    "required": ("Everyone who is asked for it", lambda each: True),
    "held": ("Hold it, confirmed and in date", lambda each: each.holds),
    "gap": ("Do not hold it", lambda each: not each.holds),
    "self_assessed": ("Say so, not confirmed", lambda each: each.is_self_assessed),
    "expiring_3": ("Expires within 3 months", lambda each: each.lapses(each.in_3)),
    "expiring_6": ("Expires within 6 months", lambda each: each.lapses(each.in_6)),
}


def coverage_of(force: Force, day: date, on: date | None = None, *, skill: Skill | None = None) -> Coverage:
    """Coverage on `on` (none: `day`), people as placed on `day`, with what expires within 6 months."""
    return coverage_on(basis_of(force, day, skill=skill), on or day, looks_ahead=True)


def coverage_on(basis: Basis, on: date, *, looks_ahead: bool = False, renewed: bool = False) -> Coverage:
    """Coverage on `on` from what is read already; the options are those of `Basis.lines_on`."""
    return Coverage(basis, on, tuple(basis.lines_on(on, looks_ahead=looks_ahead, renewed=renewed)))


def people_behind(
    basis: Basis, on: date, *, skill_id: int, unit: Unit | None, show: str, area_id: int | None = None
) -> list[Skilled]:
    """The people behind one figure of a skill, in the order of their units. `show` is one of SHOWS."""
    held = basis.held_on(on)
    in_3, in_6 = (basis.held_on(months_after(on, months)) for months in (3, 6))
    groups = [
        group
        for group in basis.groups_on(on)
        if group.rule.skill_id == skill_id
        and (unit is None or group.path.startswith(unit.path))
        and (area_id is None or basis.area_of(group.path) == area_id)
    ]
    is_shown = SHOWS[show][1]
    people = (
        Skilled(person, group, *(each.get((person, skill_id), NOTHING) for each in (held, in_3, in_6)))
        for group in groups
        for person in group.people
    )
    return [each for each in people if is_shown(each)]


def shortages(force: Force, day: date, on: date, *, renewed: bool = False) -> tuple[Shortage, ...]:
    """Where the force is short of a skill on `on`, as people are placed on `day`; the widest gap first.

    `renewed` takes what expires until then as renewed, so that only people who leave are lost.
    A place is a department with all below it; for local policing that is an area. Six queries, and those of
    `stay_chances` for a later day.
    """
    return shortages_in(coverage_on(basis_of(force, day), on, renewed=renewed))


def shortages_in(coverage: Coverage) -> tuple[Shortage, ...]:
    """The shortages of a coverage that is already there."""
    basis = coverage.basis
    found = (
        Shortage(
            basis.skills[skill_id],
            basis.units[unit_id],
            coverage.on,
            figures.required,
            figures.held,
            figures.gap,
            figures.expected_gap,
            figures.low,
            figures.high,
        )
        for (skill_id, unit_id), figures in coverage.by_place.items()
        if _is_short(basis.skills[skill_id], figures)
    )
    return tuple(
        sorted(found, key=lambda each: (-each.expected_gap, each.skill.name, each.unit.name, each.unit.pk))
    )


def _is_short(skill: Skill, figures: Figures) -> bool:
    share = figures.expected_share
    return share is not None and share < float(skill.short_below) and figures.expected_gap >= LEAST_EXPECTED


def _ids(path: str) -> list[int]:
    """The units of a path from the top: '/1/4/9/' is 1, 4, 9."""
    return [int(part) for part in path.strip("/").split("/")]


def department_of(path: str) -> int:
    """The department of a unit's path, the command itself where it stands at the top."""
    ids = _ids(path)
    return ids[1] if len(ids) > 1 else ids[0]
