"""Two people at once: the last place is given once, a self-assessment is decided once."""

from datetime import date

import pytest

from tests import factories
from tests.workforce.boards.test_parallel import at_once
from tests.workforce.skills.invented import DAY, course_make, held, world_make
from workforce.skills import services
from workforce.skills.models import CoursePlace, PersonSkill, SkillState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return world_make()


def test_the_last_place_of_a_course_is_given_once(world):
    course = course_make(world.skill, places=1)
    done, refused = at_once(
        *[
            lambda code=code: services.place_offer(
                course=course, person=world.people[code], user=world.hr, day=DAY
            )
            for code in ("W3", "S2")
        ]
    )
    assert done == "done"
    assert "has 1 place, and it is given" in refused
    assert CoursePlace.objects.taking().count() == 1


def test_ten_people_ask_for_four_places_at_once_and_four_have_one(world):
    course = course_make(world.skill, places=4)
    people = [factories.person_make(world.force) for _ in range(10)]
    outcomes = at_once(
        *[
            lambda person=person: services.place_offer(course=course, person=person, user=world.hr, day=DAY)
            for person in people
        ]
    )
    assert outcomes.count("done") == 4
    assert CoursePlace.objects.taking().count() == 4


def test_one_decision_on_a_self_assessment_counts(world):
    said = held(world.people["W3"], world.skill, evidence="Says so")
    done, refused = at_once(
        lambda: services.skill_confirm(held=said, user=world.hr, day=DAY),
        lambda: services.skill_refuse(held=said, reason="No certificate", user=world.head, day=DAY),
    )
    assert done == "done"
    assert "already" in refused
    assert PersonSkill.objects.get(pk=said.pk).state in (SkillState.CONFIRMED, SkillState.REFUSED)


def test_two_records_of_one_skill_at_once_leave_one_spell(world):
    outcomes = at_once(
        *[
            lambda day=day: services.skill_record(
                person=world.people["W3"], skill=world.skill, level=1, acquired_on=day, user=world.hr, day=DAY
            )
            for day in (date(2016, 3, 1), date(2016, 3, 1))
        ]
    )
    assert outcomes[0] == "done"
    assert "is confirmed from 1 March 2016 already" in outcomes[1]
