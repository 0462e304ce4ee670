"""What coverage is worked out from, read once: posts, people in them, requirements and what is held."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from peelsite.forces.models import Force, Unit
from workforce.establishment.models import Post
from workforce.people.models import Posting
from workforce.projection.selectors import stay_chances
from workforce.skills.calc import (
    Group,
    Held,
    Line,
    Place,
    PostSeat,
    Rule,
    Spell,
    chances_between,
    coverage,
    groups_of,
    holding_on,
    months_after,
)
from workforce.skills.models import PersonSkill, Skill, SkillRequirement, SkillState

# Spells are read so far ahead: two years, and the half year after it that is looked into for what expires.
MONTHS_READ = 31


@dataclass
class Basis:
    """The state of a force on `day`, from which coverage on that day or a later one follows without queries.

    People stay where they are counted on `day`; who leaves is replaced by someone without the skill.
    """

    force: Force
    day: date
    skills: dict[int, Skill]
    units: dict[int, Unit]
    seats: list[PostSeat]
    places: list[Place]
    requirements: list[SkillRequirement]
    spells: list[Spell]
    leaving: dict[int, date]
    _groups: dict[frozenset[int], list[Group]] = field(default_factory=dict)
    _stay: dict[date, dict[int, float]] = field(default_factory=dict)
    _held: dict[date, dict[tuple[int, int], Held]] = field(default_factory=dict)

    def held_on(self, on: date) -> dict[tuple[int, int], Held]:
        if on not in self._held:
            self._held[on] = holding_on(self.spells, on)
        return self._held[on]

    def groups_on(self, on: date) -> list[Group]:
        """The groups asked by the requirements of `on`, skills retired by then left out."""
        rules = [
            requirement
            for requirement in self.requirements
            if on in _Span(requirement.during) and not _is_retired(self.skills[requirement.skill_id], on)
        ]
        key = frozenset(rule.pk for rule in rules)
        if key not in self._groups:
            self._groups[key] = groups_of(self.seats, self.places, [self._rule(rule) for rule in rules])
        return self._groups[key]

    def lines_on(self, on: date, *, looks_ahead: bool = False, renewed: bool = False) -> list[Line]:
        """Coverage on `on`, people who may have left by then at their chance of being there still.

        `looks_ahead` counts what expires within 3 and 6 months after it; `renewed` takes what expires as
        renewed by then, so that only people who leave are lost.
        """
        ahead = {
            f"in_{months}": self.held_on(months_after(on, months)) if looks_ahead else None
            for months in (3, 6)
        }
        held = self.held_on(self.day if renewed else on)
        return coverage(self.groups_on(on), held, stay=self.stay_until(on), **ahead)

    def stay_until(self, on: date) -> dict[int, float]:
        """The chance that each person still serves on a later day; a recorded leaving is certain."""
        if on <= self.day:
            return {}
        known = sorted(day for day in self._stay if day >= on)
        chances = self._stay_between(on, known[0]) if known else self._stay_on(on)
        return chances | {person: 0.0 for person, leaves in self.leaving.items() if leaves <= on}

    def stay_prepare(self, days: Iterable[date]) -> None:
        """Ask for the chances of these days once: those of the days between follow from them.

        Between two days each person's rate of leaving is taken as the same.
        """
        for day in days:
            self._stay_on(day)

    def _stay_on(self, on: date) -> dict[int, float]:
        if on not in self._stay:
            self._stay[on] = stay_chances(self.force, self.day, on)
        return self._stay[on]

    def _stay_between(self, on: date, after: date) -> dict[int, float]:
        earlier = max((day for day in self._stay if day < on), default=self.day)
        return chances_between(
            self._stay.get(earlier, {}), self._stay[after], (on - earlier) / (after - earlier)
        )

    def area_of(self, path: str) -> int | None:
        """The local policing area of a unit, else of the nearest unit above it that is in one."""
        areas = (self.units[int(part)].area_id for part in reversed(path.strip("/").split("/")))
        return next((area for area in areas if area is not None), None)

    def _rule(self, requirement: SkillRequirement) -> Rule:
        unit = self.units.get(requirement.unit_id) if requirement.unit_id else None
        return Rule(
            rule_id=requirement.pk,
            skill_id=requirement.skill_id,
            level=requirement.level,
            role_id=requirement.role_id,
            post_id=requirement.post_id,
            path=unit.path if unit else "",
            extent=requirement.extent,
            number=requirement.number or 0,
            share=float(requirement.share or 0),
        )


class _Span:
    """`day in _Span(range)` for a half-open range of days."""

    def __init__(self, during: DateRange) -> None:
        self.during = during

    def __contains__(self, day: date) -> bool:
        return self.during.lower <= day and (self.during.upper is None or day < self.during.upper)


def _is_retired(skill: Skill, day: date) -> bool:
    return skill.retired_on is not None and skill.retired_on <= day


def basis_of(force: Force, day: date, *, skill: Skill | None = None) -> Basis:
    """Everything of a force, or of one skill in it, that coverage from `day` on rests on. Six queries."""
    ahead = DateRange(day, months_after(day, MONTHS_READ))
    of_skill = Q() if skill is None else Q(skill=skill)
    counted = (
        Posting.objects.of_force(force)
        .counted_at(day)
        .order_by("person_id")
        .values_list("person_id", "post_id", "person__employed__endswith")
    )
    placed = list(counted)
    spells = (
        PersonSkill.objects.of_force(force)
        .filter(of_skill, during__overlap=ahead)
        .exclude(state=SkillState.REFUSED)
        .order_by("person_id", "skill_id")
        .values_list("person_id", "skill_id", "level", "state", "during__startswith", "during__endswith")
    )
    return Basis(
        force=force,
        day=day,
        skills={
            row.pk: row
            for row in Skill.objects.of_force(force).filter(Q() if skill is None else Q(pk=skill.pk))
        },
        units={unit.pk: unit for unit in Unit.objects.of_force(force).select_related("area")},
        seats=[
            PostSeat(*row)
            for row in Post.objects.of_force(force)
            .as_at(day)
            .order_by("pk")
            .values_list("pk", "role_id", "unit_id", "unit__path")
        ],
        places=[Place(person, post) for person, post, _ in placed],
        requirements=list(
            SkillRequirement.objects.of_force(force).filter(of_skill, during__overlap=ahead).order_by("pk")
        ),
        spells=[
            Spell(person, skill_id, level, state == SkillState.CONFIRMED, starts, ends)
            for person, skill_id, level, state, starts, ends in spells
        ],
        leaving={person: upper for person, _, upper in placed if upper is not None},
    )
