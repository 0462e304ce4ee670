"""A small force with skills: two teams of responders, one post of a specialist, and who holds what.

Watford response: 4 people, 2 hold first response       Stevenage response: 3 people, 1 holds it
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role as UserRole
from peelsite.forces.models import Force, Unit
from tests import factories
from workforce.people.models import Person
from workforce.skills.models import Course, CoursePlace, PersonSkill, Skill, SkillRequirement

DAY = date(2016, 3, 31)
FROM = date(2015, 4, 1)


def skill_make(force: Force, code: str = "DIG-FR", **fields: Any) -> Skill:
    given = {"name": f"Skill {code}", "levels": ["Trained"], "group": "digital", "lasts_months": 36}
    return Skill.objects.create(force=force, code=code, **given | fields)


def asked(
    skill: Skill, *, starts_on: date = FROM, ends_before: date | None = None, **fields: Any
) -> SkillRequirement:
    """Everyone in a role or post, from April 2015 on, unless told."""
    during = DateRange(starts_on, ends_before)
    return SkillRequirement.objects.create(force=skill.force, skill=skill, during=during, **fields)


def held(
    person: Person,
    skill: Skill,
    *,
    since: date = FROM,
    ends_before: date | None = date(2018, 4, 1),
    by: User | None = None,
    **fields: Any,
) -> PersonSkill:
    """Confirmed by `by`; without it self-assessed and waiting."""
    state = {"state": "self_assessed"} if by is None else {"state": "confirmed", "decided_by": by}
    return PersonSkill.objects.create(
        force=person.force,
        person=person,
        skill=skill,
        during=DateRange(since, ends_before),
        stated_on=since,
        **{"decided_on": since} if by else {},
        **state | fields,
    )


def course_make(skill: Skill, **fields: Any) -> Course:
    given = {
        "title": f"Course of {skill}",
        "provider": "Invented college",
        "during": DateRange(date(2016, 5, 10), date(2016, 5, 12)),
        "places": 2,
        "cost_per_place": Decimal("95.50"),
    }
    return Course.objects.create(skill=skill, **{"force": skill.force} | given | fields)


def rows_make(force: Force, person: Person, user: User) -> dict[str, Any]:
    """One row of every table of skills, by the names that addresses give them."""
    skill = skill_make(force, f"{force.name[:5].upper()}-FR", name=f"{force.name} first response")
    course = course_make(skill)
    return {
        "skill": skill,
        "skill-requirement": asked(skill, role=force.roles.first()),
        "person-skill": held(person, skill, by=user),
        "waiting": held(person, skill, evidence=f"Work in {force.name}"),
        "course": course,
        "course-place": CoursePlace.objects.create(force=force, course=course, person=person),
    }


@dataclass
class World:
    force: Force
    hr: User
    head: User
    watford: Unit
    stevenage: Unit
    skill: Skill
    people: dict[str, Person] = field(default_factory=dict)


def world_make(name: str = "Testshire") -> World:
    """W1 to W4 in Watford response, S1 to S3 in Stevenage response; W1, W2 and S1 hold first response."""
    force = factories.force_make(name, opening_day=DAY)
    command = factories.unit_make(force, "Local policing")
    watford, stevenage = (
        factories.unit_make(
            force, place, parent=command, area=factories.area_make(force, place[:3].upper(), name=place)
        )
        for place in ("Watford", "Stevenage")
    )
    response = factories.role_make(force, "Response")
    hr = factories.user_make(UserRole.HR, force)
    world = World(
        force=force,
        hr=hr,
        head=factories.user_make(UserRole.UNIT_HEAD, force, unit=watford),
        watford=watford,
        stevenage=stevenage,
        skill=skill_make(force, name="First response"),
    )
    for unit, count in ((watford, 4), (stevenage, 3)):
        team = factories.unit_make(force, f"{unit} response", parent=unit, area=unit.area)
        for number in range(1, count + 1):
            code = f"{unit.name[0]}{number}"
            person = factories.person_make(force, code, family_name=f"Sample {code}")
            factories.posting_make(person, factories.post_make(force, f"P-{code}", unit=team, role=response))
            world.people[code] = person
    asked(world.skill, role=response)
    for code in ("W1", "W2", "S1"):
        held(world.people[code], world.skill, by=hr)
    return world
