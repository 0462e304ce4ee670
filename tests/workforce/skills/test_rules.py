"""What PostgreSQL refuses by itself, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.workforce.skills.invented import DAY, FROM, asked, course_make, held, skill_make, world_make
from workforce.skills.models import Course, CoursePlace, PersonSkill, Skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return world_make()


def refused(call) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        call()
    return str(error.value)


def test_two_confirmed_spells_of_one_skill_do_not_overlap(world):
    person = world.people["W1"]
    assert "workforce_personskill_confirmed_once" in refused(
        lambda: held(person, world.skill, since=DAY, by=world.hr)
    )
    # A higher level that waits, and another skill, stand beside it.
    held(person, world.skill, since=DAY)
    assert "workforce_personskill_waits_once" in refused(lambda: held(person, world.skill, since=FROM))
    held(person, skill_make(world.force, "X"), by=world.hr)


def test_nobody_is_the_confirmer_of_their_own(world):
    person = world.people["W3"]
    person.user = world.hr
    person.save()
    assert "Nobody decides on their own skills" in refused(lambda: held(person, world.skill, by=world.hr))
    said = held(person, world.skill)
    own = PersonSkill.objects.filter(pk=said.pk)
    assert "Nobody decides on their own skills" in refused(
        lambda: own.update(state="confirmed", decided_by=world.hr, decided_on=DAY)
    )


def test_a_confirmed_skill_has_a_confirmer_and_a_refused_one_a_reason(world):
    said = PersonSkill.objects.filter(pk=held(world.people["W3"], world.skill).pk)
    assert "decided_by_someone" in refused(lambda: said.update(state="confirmed", decided_on=DAY))
    assert "refused_with_a_reason" in refused(
        lambda: said.update(state="refused", decided_by=world.hr, decided_on=DAY)
    )


def test_a_level_is_one_of_the_skill(world):
    assert "The highest level of First response is 1; it has no level 2" in refused(
        lambda: held(world.people["W3"], world.skill, level=2, by=world.hr)
    )
    assert "no level 2" in refused(lambda: asked(world.skill, post=world.force.posts.first(), level=2))
    assert "no level 2" in refused(lambda: course_make(world.skill, level=2))
    assert "workforce_skill_has_a_level" in refused(
        lambda: Skill.objects.filter(pk=world.skill.pk).update(levels=[])
    )


def test_a_requirement_names_a_role_or_a_post_and_its_figure(world):
    skill, role, post = skill_make(world.force, "X"), world.force.roles.get(), world.force.posts.first()
    for fields in ({}, {"role": role, "post": post}, {"post": post, "unit": world.watford}):
        assert "of_role_or_post" in refused(lambda fields=fields: asked(skill, **fields))
    for fields in ({"extent": "number"}, {"extent": "share", "number": 2}, {"number": 2}):
        assert "extent_and_figure" in refused(lambda fields=fields: asked(skill, role=role, **fields))


def test_one_requirement_of_a_role_in_a_unit_at_a_time(world):
    skill, role = skill_make(world.force, "X"), world.force.roles.get()
    asked(skill, role=role, ends_before=DAY)
    asked(skill, role=role, starts_on=DAY)
    asked(skill, role=role, unit=world.watford)
    assert "role_once" in refused(lambda: asked(skill, role=role, starts_on=date(2016, 5, 1)))
    assert "role_in_unit_once" in refused(lambda: asked(skill, role=role, unit=world.watford))


def test_no_more_places_are_given_than_the_course_has(world):
    course = course_make(world.skill, places=1)

    def place(code, state):
        return CoursePlace.objects.create(
            force=world.force, course=course, person=world.people[code], state=state
        )

    place("W1", "offered")
    waiting = CoursePlace.objects.filter(pk=place("W2", "asked").pk)
    assert "and it is given" in refused(lambda: waiting.update(state="booked"))
    Course.objects.filter(pk=course.pk).update(places=2)
    waiting.update(state="booked")
    assert "all of them are given" in refused(lambda: Course.objects.filter(pk=course.pk).update(places=1))


def test_rows_of_two_forces_do_not_meet(world):
    other = world_make("Othershire")
    assert "different forces" in refused(lambda: held(other.people["W1"], world.skill, by=world.hr))
    assert "another force" in refused(lambda: asked(world.skill, role=other.force.roles.get()))
    assert "different forces" in refused(
        lambda: CoursePlace.objects.create(
            force=world.force, course=course_make(world.skill), person=other.people["W1"]
        )
    )
    assert "another force" in refused(lambda: course_make(world.skill, force=other.force))


def test_dates_of_a_spell_are_not_empty(world):
    said = PersonSkill.objects.filter(pk=held(world.people["W3"], world.skill).pk)
    assert "dates_not_empty" in refused(lambda: said.update(during=DateRange(DAY, DAY)))
