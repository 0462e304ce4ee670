"""Courses, what they cost by plan year and unit, and who should get their places."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from peelsite.forces.models import Force, Unit
from workforce.people.models import Absence, Person
from workforce.skills.calc import Candidate, Suggested, suggest
from workforce.skills.calc.holding import NOTHING, Held, months_after
from workforce.skills.models import TAKING, Course, CoursePlace, PlaceState
from workforce.skills.selectors.basis import basis_of
from workforce.skills.selectors.coverage import department_of

# What expires so soon after a course counts as a reason to renew it there.
RENEWAL_MONTHS = 6


def courses_of(force: Force) -> QuerySet[Course]:
    """Courses with how many of their places are taken, asked for and passed, and what is paid."""
    return (
        Course.objects.of_force(force).select_related("skill", "force").with_taken().order_by("during", "pk")
    )


def plan_year_of(force: Force, day: date) -> tuple[date, date]:
    """First day of the plan year that holds `day`, and of the next: they run with the leave year."""
    month, first = force.leave_year_starts_month, force.leave_year_starts_day
    begins = date(day.year, month, first)
    if begins > day:
        begins = date(day.year - 1, month, first)
    return begins, date(begins.year + 1, month, first)


@dataclass(frozen=True)
class YearCost:
    """Taken places and their cost in one plan year, whole and by the department of those who have them."""

    begins: date
    places: int
    cost: Decimal
    planned: Decimal
    by_unit: tuple[tuple[Unit | None, int, Decimal], ...]


def costs_by_year(force: Force) -> list[YearCost]:
    """By the plan year in which a course begins, the latest first; `planned` is every place of its courses.

    Three queries.
    """
    units = {unit.pk: unit for unit in Unit.objects.of_force(force)}
    planned: dict[date, Decimal] = {}
    for begins, cost in (
        Course.objects.of_force(force)
        .taking_place()
        .values_list("during__startswith", F("places") * F("cost_per_place"))
    ):
        year, _ = plan_year_of(force, begins)
        planned[year] = planned.get(year, Decimal(0)) + cost
    taken = (
        CoursePlace.objects.of_force(force)
        .taking()
        .order_by()
        .values_list("course__during__startswith", "unit__path")
        .annotate(number=Count("pk"), cost=Sum("course__cost_per_place"))
    )
    found: dict[date, dict[int | None, tuple[int, Decimal]]] = {}
    for begins, path, number, cost in taken:
        unit_id = department_of(path) if path else None
        by_unit = found.setdefault(plan_year_of(force, begins)[0], {})
        places, paid = by_unit.get(unit_id, (0, Decimal(0)))
        by_unit[unit_id] = places + number, paid + cost
    return [
        YearCost(
            begins=year,
            places=sum(places for places, _ in found.get(year, {}).values()),
            cost=sum((cost for _, cost in found.get(year, {}).values()), Decimal(0)),
            planned=planned.get(year, Decimal(0)),
            by_unit=tuple(
                (units.get(unit_id) if unit_id else None, places, cost)
                for unit_id, (places, cost) in sorted(
                    found.get(year, {}).items(), key=lambda item: (-item[1][1], item[0] or 0)
                )
            ),
        )
        for year in sorted(planned.keys() | found.keys(), reverse=True)
    ]


def places_of(course: Course) -> QuerySet[CoursePlace]:
    """Who asked for or has a place, with their unit."""
    return course.given.select_related("person", "unit", "asked_by", "course__skill")


@dataclass(frozen=True)
class SuggestedPerson:
    """A person for a place of a course, and why."""

    person: Person
    unit: Unit
    reason: str


def suggested_for(course: Course, day: date, *, places: int | None = None) -> list[SuggestedPerson]:
    """Who should get the places that are left, in order, each with the reason; deterministic.

    Those whom a requirement asks for no more than the course gives, who lack it (or whose record of it
    expires within half a year of the course), are available on its days and have no place on a course for it
    to come. The order is that of `calc.suggest`. Ten queries.
    """
    left = max(0, course.places - course.taken) if places is None else places
    basis = basis_of(course.force, day, skill=course.skill)
    lines = basis.lines_on(day)
    barred = _not_available(course, day)
    held = basis.held_on(day)
    later = months_after(course.acquired_on, RENEWAL_MONTHS)
    asked = {
        person_id: index
        for index, line in enumerate(lines)
        if line.group.rule.level <= course.level
        for person_id in line.group.people
        if person_id not in barred
    }
    people = Person.objects.in_bulk(asked)
    candidates = [
        candidate
        for person_id, index in asked.items()
        if (
            candidate := _candidate(
                people[person_id],
                index,
                held.get((person_id, course.skill_id), NOTHING),
                lines[index].group.rule.level,
                later,
            )
        )
    ]
    return [
        SuggestedPerson(people[each.candidate.person_id], unit, _reason(each, unit))
        for each in suggest(lines, candidates, left)
        for unit in [basis.units[each.unit_id]]
    ]


def _candidate(person: Person, line: int, held: Held, level: int, later: date) -> Candidate | None:
    """The person as a candidate; None for who needs no course by then."""
    if held.level >= level and (held.ends is None or held.ends > later):
        return None
    return Candidate(
        person.pk,
        person.number,
        line,
        is_self_assessed=held.self_level >= level,
        ends=held.ends if held.level >= level else None,
    )


def _reason(suggested: Suggested, unit: Unit) -> str:
    if suggested.candidate.ends is not None:
        last = suggested.candidate.ends - timedelta(days=1)
        return f"{unit}. Holds it until {last:%-d %B %Y}; a place renews it"
    says = "Says that they can do it already. " if suggested.candidate.is_self_assessed else ""
    return f"{says}{unit} is {suggested.short} short of the {suggested.required} that it must have"


def _not_available(course: Course, day: date) -> set[int]:
    """People who have a place on this course, on one to come for the same skill, or cannot be there."""
    same_days = Q(during__overlap=course.during)
    others = Course.objects.of_force(course.force).taking_place()
    to_come = others.filter(skill=course.skill_id, level__gte=course.level, during__endswith__gt=day)
    here = Q(course=course) & ~Q(state__in=[PlaceState.GIVEN_UP, PlaceState.ASKED])
    then = Q(state__in=TAKING, course__in=others.filter(same_days))
    soon = Q(state__in=[PlaceState.OFFERED, PlaceState.BOOKED, PlaceState.ATTENDED], course__in=to_come)
    busy = CoursePlace.objects.of_force(course.force).filter(here | then | soon)
    away = Absence.objects.of_force(course.force).filter(same_days)
    leaving = Person.objects.of_force(course.force).filter(employed__endswith__lt=course.during.upper)
    return {
        *busy.values_list("person_id", flat=True),
        *away.values_list("person_id", flat=True),
        *leaving.values_list("pk", flat=True),
    }
