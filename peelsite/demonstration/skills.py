"""Skills of the demonstration: an invented survey, with the gaps in digital skills that the inspection named.

Who holds what is drawn for each person from the shares of plan/<force>/skills.csv, with a seed; nothing of it
is published anywhere. It changes no post and no posting.
"""

import csv
import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from workforce.establishment.models import Role
from workforce.people.models import Person, Posting
from workforce.skills.calc import months_after
from workforce.skills.models import CourseState, PersonSkill, PlaceState, Skill, SkillRequirement, SkillState
from workforce.skills.reference import skills_load
from workforce.skills.selectors import courses_of, suggested_for
from workforce.skills.services import CourseValues, course_create, place_move, places_offer

Row = dict[str, str]

SEED = 2016
ASKED_FROM = date(2015, 4, 1)
# Units differ: each one's share of holders is drawn around that of the file, up to so much of the way from it
# to nobody or to everybody, whichever is nearer.
SPREAD = 0.5
# How long ago a skill that does not expire was acquired, at most.
OLDEST_MONTHS = 36
# What became of some places of the course that is over; the others passed.
RESULTS = {3: PlaceState.NO_SHOW, 7: PlaceState.FAILED}


@transaction.atomic
def skills_load_demonstration(*, force: Force, folder: Path, hr: User) -> None:
    """Catalogue, requirements, holders and courses of a force that has posts and people."""
    skills_load(force)
    survey = _Survey(force, hr)
    rows = _read(folder / "skills.csv")
    survey.requirements_write(rows)
    survey.holders_write(rows)
    survey.own_records_write()
    for row in _read(folder / "courses.csv"):
        survey.course_write(row)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class _Survey:
    def __init__(self, force: Force, hr: User) -> None:
        self.force, self.hr, self.day = force, hr, force.opening_day
        self.skills = {skill.code: skill for skill in Skill.objects.of_force(force)}
        self.draw = random.Random(SEED)  # noqa: S311 - invented rows, the same each time

    def requirements_write(self, rows: list[Row]) -> None:
        roles = {role.name: role for role in Role.objects.of_force(self.force)}
        SkillRequirement.objects.bulk_create(
            SkillRequirement(
                force=self.force,
                skill=self.skills[row["skill"]],
                level=int(row["level"]),
                role=roles[row["role"]],
                extent=row["extent"],
                number=int(row["figure"]) if row["extent"] == "number" else None,
                share=Decimal(row["figure"]) if row["extent"] == "share" else None,
                during=DateRange(ASKED_FROM, None),
            )
            for row in rows
        )

    def holders_write(self, rows: list[Row]) -> None:
        counted = (
            Posting.objects.of_force(self.force)
            .counted_at(self.day)
            .order_by("person__number")
            .values_list("person_id", "post__role__name", "post__unit_id", "person__employed__startswith")
        )
        in_role: dict[str, list[tuple[int, int, date]]] = {}
        for person_id, role, unit_id, joined in counted:
            in_role.setdefault(role, []).append((person_id, unit_id, joined))
        made: list[PersonSkill] = []
        for row in rows:
            made += self._drawn(row, in_role.get(row["role"], []))
        PersonSkill.objects.bulk_create(made, batch_size=2000)

    def _drawn(self, row: Row, people: list[tuple[int, int, date]]) -> list[PersonSkill]:
        held, said = float(row["held"]), float(row["self_assessed"])
        shares: dict[int, float] = {}
        found = []
        for person_id, unit_id, joined in people:
            share = shares.setdefault(
                unit_id, held + self.draw.uniform(-SPREAD, SPREAD) * min(held, 1 - held)
            )
            chance = self.draw.random()
            if chance < share:
                found.append(self._confirmed(row, person_id, joined))
            elif chance < share + said:
                found.append(self._said(row, person_id))
        return found

    def _confirmed(self, row: Row, person_id: int, joined: date) -> PersonSkill:
        """Acquired within the time that it lasts, and after the person joined."""
        months = self.skills[row["skill"]].lasts_months or OLDEST_MONTHS
        acquired = max(self.day - timedelta(days=self.draw.randrange(1, 30 * months)), joined)
        return self._record(
            row,
            person_id,
            acquired,
            state=SkillState.CONFIRMED,
            evidence="Training record",
            stated_by=self.hr,
            decided_by=self.hr,
            decided_on=acquired,
        )

    def _said(self, row: Row, person_id: int) -> PersonSkill:
        said = self.day - timedelta(days=self.draw.randrange(5, 120))
        evidence = "Capability survey: used at work in the last year"
        return self._record(row, person_id, said, state=SkillState.SELF_ASSESSED, evidence=evidence)

    def _record(self, row: Row, person_id: int, since: date, **fields: Any) -> PersonSkill:
        skill = self.skills[row["skill"]]
        ends = months_after(since, skill.lasts_months) if skill.lasts_months else None
        return PersonSkill(
            force=self.force,
            person_id=person_id,
            skill=skill,
            level=int(row["level"]),
            during=DateRange(since, ends),
            stated_on=since,
            **fields,
        )

    def own_records_write(self) -> None:
        """Officers who sign in say of one skill that they have it, and nothing yet of another."""
        said = self.day - timedelta(days=9)
        for person in Person.objects.of_force(self.force).filter(user__isnull=False):
            person.skills.filter(skill__code__in=["DIG-FR", "MH-FR"]).delete()
            record = self._record(
                {"skill": "MH-FR", "level": "1"},
                person.pk,
                said,
                state=SkillState.SELF_ASSESSED,
                evidence="Two months with the street triage team",
                stated_by=person.user,
            )
            record.save()

    def course_write(self, row: Row) -> None:
        """A course with the places that are offered; of one that is over also what became of them."""
        values = CourseValues(
            title=row["title"],
            skill=self.skills[row["skill"]],
            level=int(row["level"]),
            provider=row["provider"],
            starts_on=date.fromisoformat(row["first_day"]),
            ends_on=date.fromisoformat(row["last_day"]),
            places=int(row["places"]),
            cost_per_place=Decimal(row["cost"]),
            state=CourseState.CONFIRMED,
        )
        made = course_create(force=self.force, values=values)
        course = courses_of(self.force).get(pk=made.pk)
        people = [each.person for each in suggested_for(course, self.day, places=int(row["offered"]))]
        if not people:
            return
        by = {"user": self.hr, "day": self.day}
        given = places_offer(course=made, people=people, reason="Closes a gap of the unit", **by)
        if made.acquired_on < self.day:
            for number, place in enumerate(given):
                place_move(place=place, state=PlaceState.BOOKED, **by)
                place_move(place=place, state=RESULTS.get(number, PlaceState.PASSED), **by)
