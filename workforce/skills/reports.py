"""The rows of the pages of coverage: a skill, a department that is short, a person behind a figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peelsite.accounts.reach import Reach
from peelsite.charts.calc import Chart, Fan, Timeline, fan_chart
from peelsite.charts.calc import Unit as ChartUnit
from peelsite.forces.models import Force, Unit
from workforce.people.models import Person
from workforce.skills.calc import Figures, months_after
from workforce.skills.models import Skill
from workforce.skills.selectors import Basis, Coverage, Shortage, Skilled, coverage_on, shortages_in

# The days of which coverage is shown beside today's, in months.
AHEAD = (6, 12)
MONTHS_SHOWN = 24
NAMED = 2


@dataclass(frozen=True)
class Outlook:
    """Coverage now and ahead, from one reading.

    `later` are the days AHEAD if nothing is done; `renewed` the last of them if what expires is renewed.
    """

    now: Coverage
    later: tuple[Coverage, ...]
    renewed: Coverage

    @property
    def all(self) -> tuple[Coverage, ...]:
        return (self.now, *self.later)

    def within(self, unit: Unit | None) -> "Outlook":
        later = tuple(each.within(unit) for each in self.later)
        return Outlook(self.now.within(unit), later, self.renewed.within(unit))

    def of_area(self, area_id: int | None) -> "Outlook":
        if area_id is None:
            return self
        later = tuple(each.of_area(area_id) for each in self.later)
        return Outlook(self.now.of_area(area_id), later, self.renewed.of_area(area_id))


def outlook_of(basis: Basis) -> Outlook:
    days = [months_after(basis.day, months) for months in AHEAD]
    # The days before the last follow from it at an even rate of leaving.
    basis.stay_prepare(days[-1:])
    return Outlook(
        coverage_on(basis, basis.day, looks_ahead=True),
        tuple(coverage_on(basis, day) for day in days),
        coverage_on(basis, days[-1], renewed=True),
    )


@dataclass(frozen=True)
class SkillRow:
    """One skill over some place. Gaps ahead are as expected, in whole people."""

    skill: Skill
    figures: Figures
    gap_6: int
    gap_12: int
    gap_renewed: int
    where: str
    is_short: tuple[bool, ...]

    @property
    def required(self) -> int:
        return self.figures.required

    @property
    def held(self) -> int:
        return self.figures.held

    @property
    def gap(self) -> int:
        return self.figures.gap

    @property
    def self_assessed(self) -> int:
        return self.figures.self_assessed

    @property
    def expiring_6(self) -> int:
        return self.figures.expiring_6


def skill_rows(outlook: Outlook, *, group: str = "") -> list[SkillRow]:
    """Skills that are required somewhere, the widest gap first."""
    short = [shortages_in(each) for each in outlook.all]
    skills = outlook.now.basis.skills
    found = {skill_id for each in outlook.all for skill_id in each.by_skill}
    rows = [
        SkillRow(
            skill=skills[skill_id],
            figures=outlook.now.by_skill.get(skill_id, Figures()),
            gap_6=_expected(outlook.later[0], skill_id),
            gap_12=_expected(outlook.later[1], skill_id),
            gap_renewed=_expected(outlook.renewed, skill_id),
            where=_where([each for each in short[0] if each.skill.pk == skill_id]),
            is_short=tuple(any(each.skill.pk == skill_id for each in then) for then in short),
        )
        for skill_id in found
        if not group or skills[skill_id].group == group
    ]
    return sorted(rows, key=lambda row: (-row.gap, -row.gap_12, row.skill.name))


def _expected(coverage: Coverage, skill_id: int) -> int:
    return round(coverage.by_skill.get(skill_id, Figures()).expected_gap)


def _where(short: Sequence[Shortage]) -> str:
    """'Stevenage (31), Watford (28) and 4 more'."""
    names = [f"{each.unit} ({round(each.expected_gap)})" for each in short[:NAMED]]
    if len(short) > NAMED:
        return f"{', '.join(names)} and {len(short) - NAMED} more"
    return " and ".join(names)


@dataclass(frozen=True)
class ShortageRow:
    """A department that is short of a skill now or on one of the days AHEAD; `since` says which first."""

    skill: Skill
    unit: Unit
    area: str
    required: int
    held: int
    gap: int
    gap_6: int
    gap_12: int
    since: str


def shortage_rows(outlook: Outlook, *, group: str = "") -> list[ShortageRow]:
    """The widest gap now first."""
    words = ("Now", *(f"In {months} months" for months in AHEAD))
    since: dict[tuple[int, int], tuple[str, Shortage]] = {}
    for word, coverage in zip(words, outlook.all, strict=True):
        for each in shortages_in(coverage):
            if not group or each.skill.group == group:
                since.setdefault((each.skill.pk, each.unit.pk), (word, each))
    rows = []
    for key, (word, shortage) in since.items():
        now, in_6, in_12 = (each.by_place.get(key, Figures()) for each in outlook.all)
        rows.append(
            ShortageRow(
                skill=shortage.skill,
                unit=shortage.unit,
                area=shortage.area,
                required=now.required or shortage.required,
                held=now.held,
                gap=now.gap,
                gap_6=round(in_6.expected_gap),
                gap_12=round(in_12.expected_gap),
                since=word,
            )
        )
    return sorted(rows, key=lambda row: (-row.gap, -row.gap_12, row.skill.name, row.unit.name))


@dataclass(frozen=True)
class PersonRow:
    """A person asked for a skill. `until` is the last day on which what they hold is valid."""

    person: Person
    unit: Unit
    needed: str
    held: str
    until: date | None


def person_rows(basis: Basis, skill: Skill, people: Iterable[Skilled], reach: Reach) -> list[PersonRow]:
    """Of these people those within reach; one query."""
    people = list(people)
    known = (
        Person.objects.of_force(basis.force)
        .within(reach, basis.day)
        .in_bulk([each.person_id for each in people])
    )
    return [
        PersonRow(
            person=known[each.person_id],
            unit=basis.units[each.group.unit_id],
            needed=skill.level_name(each.group.rule.level),
            held=_held_words(skill, each),
            until=each.held.ends - timedelta(days=1) if each.held.ends else None,
        )
        for each in people
        if each.person_id in known
    ]


def _held_words(skill: Skill, each: Skilled) -> str:
    words = [skill.level_name(each.held.level)] if each.held.level else []
    if each.held.self_level > each.held.level:
        words.append(f"says {skill.level_name(each.held.self_level)}, not confirmed")
    return "; ".join(words) or "nothing"


def skill_chart(basis: Basis, skill: Skill, unit: Unit | None, area_id: int | None = None) -> Chart:
    """Month by month what is required of a skill and what is held, with the range of 80%."""
    days = [months_after(basis.day, months) for months in range(MONTHS_SHOWN + 1)]
    basis.stay_prepare(days[months] for months in (AHEAD[-1], MONTHS_SHOWN))
    held, renewed, required = [], [], []
    for day in days:
        now = _of_skill(coverage_on(basis, day), skill, unit, area_id)
        again = _of_skill(coverage_on(basis, day, renewed=True), skill, unit, area_id)
        held.append((day, *now.held_range))
        renewed.append((day, *again.held_range))
        required.append((day, now.required))
    return fan_chart(
        f"{skill}: required and held",
        [Fan("Held, nothing done", tuple(held)), Fan("Held, renewed", tuple(renewed))],
        unit=ChartUnit("people"),
        lines=[Timeline("Required", tuple(required))],
        from_zero=True,
    )


def _of_skill(coverage: Coverage, skill: Skill, unit: Unit | None, area_id: int | None) -> Figures:
    narrowed = coverage.within(unit)
    if area_id is not None:
        narrowed = narrowed.of_area(area_id)
    return narrowed.by_skill.get(skill.pk, Figures())


def subject(force: Force, unit: Unit | None) -> str:
    """'Hertfordshire', or 'Stevenage, Hertfordshire,'."""
    return f"{unit}, {force}," if unit else str(force)
