"""Writes of skills: what they do, and the sentences with which they refuse."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.web.editing.records import EditConflict, SeenVersion
from tests import factories
from tests.workforce.skills.invented import DAY, course_make, held, skill_make, world_make
from workforce.people.models import Absence
from workforce.skills import services
from workforce.skills.models import CoursePlace, PlaceState, SkillState
from workforce.skills.selectors import coverage_of
from workforce.skills.services import CourseValues, SkillValues

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return world_make()


def refusal(call, **arguments) -> str:
    with pytest.raises(ValidationError) as refused:
        call(**arguments)
    return " ".join(refused.value.messages)


def values(**fields) -> SkillValues:
    return SkillValues(**{"code": "NEW", "name": "A new skill", "levels": ["Low", "High"]} | fields)


def test_a_skill_keeps_its_levels_in_order(world):
    made = services.skill_create(force=world.force, values=values(levels=[" Low ", "", "High"]))
    assert made.levels == ["Low", "High"]
    assert (made.level_name(2), made.level_name(3)) == ("High", "3")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"levels": [" "]}, "Give at least one level"),
        ({"levels": ["Low", "low"]}, "'Low' is there twice"),
        ({"levels": [f"L{n}" for n in range(10)]}, "9 levels at most; these are 10"),
        ({"short_below": Decimal("1.2")}, "from 0 to 100%"),
        ({"code": "dig-fr"}, "already has a skill with this code"),
        ({"name": "FIRST RESPONSE"}, "already has a skill with this name"),
    ],
)
def test_a_skill_that_is_not_right_is_refused(world, fields, sentence):
    assert sentence in refusal(services.skill_create, force=world.force, values=values(**fields))


def test_a_level_in_use_is_renamed_and_not_taken_away(world):
    skill = skill_make(world.force, "X", levels=["Low", "High"])
    held(world.people["W1"], skill, level=2, by=world.hr)
    renamed = values(code="X", name="X", levels=["Basic", "Expert"])
    assert services.skill_change(skill=skill, values=renamed).levels == ["Basic", "Expert"]
    fewer = values(code="X", name="X", levels=["Basic"])
    sentence = refusal(services.skill_change, skill=skill, values=fewer)
    assert "Level 2 of X (Expert) is held, required or taught" in sentence


def test_a_skill_changed_meanwhile_is_not_written_over(world):
    with pytest.raises(EditConflict):
        services.skill_change(
            skill=world.skill, values=values(), seen=SeenVersion(frozenset({"another version"}))
        )


def test_a_retired_skill_is_asked_of_nobody_and_a_used_one_is_not_removed(world):
    assert "Retire it instead" in refusal(services.skill_remove, skill=world.skill)
    world.skill = services.skill_retire(skill=world.skill, retired_on=DAY)
    assert coverage_of(world.force, DAY).lines == ()
    sentence = refusal(_say, world=world, code="W3")
    assert sentence == "First response is retired since 31 March 2016."
    unused = skill_make(world.force, "UNUSED")
    services.skill_remove(skill=unused)
    assert not world.force.skills.filter(code="UNUSED").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "choose a role, or name a post"),
        ({"role": True, "post": True}, "and not both"),
        ({"post": True, "unit": True}, "leave the unit empty"),
        ({"post": True, "extent": "number", "number": 2}, "choose 'Everyone'"),
        ({"role": True, "extent": "number"}, "how many in each unit"),
        ({"role": True, "extent": "share", "share": Decimal("1.5")}, "above 0 to 100%"),
        ({"role": True, "level": 2}, "has no level 2. Its levels: 1 Trained."),
        ({"role": True, "ends_before": date(2016, 1, 1)}, "must not be before the first"),
        ({"role": True}, "The role is already asked for this skill"),
    ],
)
def test_a_requirement_that_is_not_right_is_refused(world, fields, sentence):
    rows = {
        "role": world.force.roles.get(),
        "post": world.force.posts.first(),
        "unit": world.watford,
    }
    given = {"level": 1, "starts_on": DAY} | {name: rows.get(name, value) for name, value in fields.items()}
    assert sentence in refusal(services.requirement_create, skill=world.skill, **given)


def test_a_requirement_ends_and_another_begins(world):
    (present,) = world.skill.requirements.all()
    services.requirement_end(requirement=present, ends_before=DAY)
    made = services.requirement_create(
        skill=world.skill,
        level=1,
        role=world.force.roles.get(),
        extent="number",
        number=2,
        starts_on=DAY,
    )
    assert made.how_many == "2 in each unit"
    assert coverage_of(world.force, DAY).by_skill[world.skill.pk].required == 4
    sentence = refusal(services.requirement_end, requirement=made, ends_before=DAY)
    assert "It begins on 31 March 2016; the end must be later" in sentence
    services.requirement_remove(requirement=made)
    assert coverage_of(world.force, DAY).by_skill == {}


def _say(world, code="W3", **fields):
    person = world.people[code]
    given = {
        "person": person,
        "skill": world.skill,
        "level": 1,
        "acquired_on": date(2016, 1, 10),
        "evidence": "Did it at work",
        "user": world.head,
        "day": DAY,
    }
    return services.skill_self_assess(**given | fields)


def test_what_people_say_counts_once_somebody_else_confirms_it(world):
    said = _say(world)
    assert said.during == DateRange(date(2016, 1, 10), date(2019, 1, 10))
    figures = coverage_of(world.force, DAY).by_skill[world.skill.pk]
    assert (figures.gap, figures.self_assessed) == (4, 1)
    confirmed = services.skill_confirm(held=said, user=world.hr, day=DAY)
    assert (confirmed.state, confirmed.decided_by, confirmed.decided_on) == ("confirmed", world.hr, DAY)
    figures = coverage_of(world.force, DAY).by_skill[world.skill.pk]
    assert (figures.gap, figures.self_assessed) == (3, 0)
    sentence = refusal(services.skill_refuse, held=said, reason="No", user=world.hr, day=DAY)
    assert "is confirmed already" in sentence


def test_nobody_decides_on_their_own_skills(world):
    own = world.people["W3"]
    own.user = world.hr
    own.save()
    said = _say(world)
    for call, more in (
        (services.skill_confirm, {"day": DAY}),
        (services.skill_refuse, {"day": DAY, "reason": "No"}),
    ):
        assert "Nobody decides on their own skills" in refusal(call, held=said, user=world.hr, **more)
    sentence = refusal(
        services.skill_record,
        person=own,
        skill=world.skill,
        level=1,
        acquired_on=DAY,
        user=world.hr,
        day=DAY,
    )
    assert "Nobody decides on their own skills" in sentence
    services.skill_withdraw(held=said, user=world.hr)
    assert not own.skills.exists()


def test_a_refusal_says_why(world):
    said = _say(world)
    assert "Say why" in refusal(services.skill_refuse, held=said, reason=" ", user=world.hr, day=DAY)
    refused = services.skill_refuse(held=said, reason="The certificate is of 2009", user=world.hr, day=DAY)
    assert (refused.state, refused.refusal) == (SkillState.REFUSED, "The certificate is of 2009")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"acquired_on": date(2016, 4, 1)}, "the day is ahead"),
        ({"ends_before": date(2016, 1, 1)}, "cannot expire before"),
        ({"level": 3}, "has no level 3"),
    ],
)
def test_a_skill_said_with_wrong_dates_is_refused(world, fields, sentence):
    assert sentence in refusal(_say, world=world, **fields)


def test_one_self_assessment_of_a_skill_waits_at_a_time(world):
    _say(world)
    assert "waits to be confirmed already" in refusal(_say, world=world, acquired_on=date(2016, 2, 1))


def test_a_new_record_takes_over_from_the_one_before(world):
    person = world.people["W1"]
    new = services.skill_record(
        person=person, skill=world.skill, level=1, acquired_on=DAY, user=world.hr, day=DAY
    )
    before, after = person.skills.order_by("during")
    assert before.during == DateRange(date(2015, 4, 1), DAY)
    assert after == new
    sentence = refusal(
        services.skill_record,
        person=person,
        skill=world.skill,
        level=1,
        acquired_on=date(2016, 3, 1),
        user=world.hr,
        day=DAY,
    )
    assert "is confirmed from 31 March 2016 already" in sentence


def test_the_last_day_of_a_skill_is_moved(world):
    record = world.people["W1"].skills.get()
    services.skill_end(held=record, ends_before=DAY, user=world.hr)
    assert coverage_of(world.force, DAY).by_skill[world.skill.pk].held == 2
    sentence = refusal(services.skill_end, held=record, ends_before=date(2015, 4, 1), user=world.hr)
    assert "acquired on 1 April 2015" in sentence


def test_several_are_confirmed_all_or_none(world):
    rows = [_say(world, code) for code in ("W3", "W4", "S2")]
    services.skill_confirm(held=rows[1], user=world.hr, day=DAY)
    assert "already" in refusal(services.skills_confirm, waiting=rows, user=world.hr, day=DAY)
    assert world.people["W3"].skills.get().state == SkillState.SELF_ASSESSED
    services.skills_confirm(waiting=[rows[0], rows[2]], user=world.hr, day=DAY)
    assert coverage_of(world.force, DAY).by_skill[world.skill.pk].gap == 1
    assert "Choose at least one" in refusal(services.skills_confirm, waiting=[], user=world.hr, day=DAY)


def course_values(world, **fields) -> CourseValues:
    given = {
        "title": "First response in March",
        "skill": world.skill,
        "level": 1,
        "provider": "Invented college",
        "starts_on": date(2016, 3, 29),
        "ends_on": DAY,
        "places": 2,
        "cost_per_place": Decimal(95),
    }
    return CourseValues(**given | fields)


def test_a_gap_is_closed_by_whoever_passes(world):
    course = services.course_create(force=world.force, values=course_values(world))
    place = services.place_ask(course=course, person=world.people["S2"], user=world.head, day=DAY)
    assert place.unit == world.people["S2"].postings.get().post.unit
    for state in (PlaceState.OFFERED, PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.PASSED):
        services.place_move(place=place, state=state, user=world.hr, day=DAY)
    (record,) = world.people["S2"].skills.all()
    assert (record.state, record.decided_by, record.during) == (
        "confirmed",
        world.hr,
        DateRange(DAY, date(2019, 3, 31)),
    )
    assert record.evidence == "Passed First response in March, Invented college"
    assert coverage_of(world.force, DAY).by_skill[world.skill.pk].gap == 3
    sentence = refusal(services.place_move, place=place, state="failed", user=world.hr, day=DAY)
    assert sentence == "The place of Alex Sample S2 (S2) is passed; it stays as it is."


def test_places_beyond_those_of_the_course_are_refused(world):
    course = services.course_create(force=world.force, values=course_values(world, places=1))
    services.place_offer(course=course, person=world.people["S2"], user=world.hr, day=DAY)
    sentence = refusal(services.place_offer, course=course, person=world.people["S3"], user=world.hr, day=DAY)
    assert sentence.startswith("First response in March has 1 place, and it is given.")
    services.place_ask(course=course, person=world.people["S3"], user=world.hr, day=DAY)
    given_up = course.given.get(person=world.people["S2"])
    services.place_move(place=given_up, state=PlaceState.GIVEN_UP, user=world.hr, day=DAY)
    services.place_offer(course=course, person=world.people["S3"], user=world.hr, day=DAY)
    assert course.given.taking().get().person == world.people["S3"]


def test_several_places_are_offered_all_or_none(world):
    course = services.course_create(force=world.force, values=course_values(world))
    people = [world.people[code] for code in ("S2", "S3", "W3")]
    assert "all of them are given" in refusal(
        services.places_offer, course=course, people=people, user=world.hr, day=DAY
    )
    assert not course.given.exists()
    assert len(services.places_offer(course=course, people=people[:2], user=world.hr, day=DAY)) == 2


def test_who_is_away_or_elsewhere_cannot_have_a_place(world):
    course = services.course_create(force=world.force, values=course_values(world))
    other = course_make(skill_make(world.force, "X"), during=DateRange(DAY, date(2016, 4, 2)))
    away, busy, leaver = (world.people[code] for code in ("S2", "S3", "W3"))
    Absence.objects.create(
        force=world.force, person=away, kind="sickness", during=DateRange(date(2016, 3, 30), None)
    )
    CoursePlace.objects.create(force=world.force, course=other, person=busy, state="booked")
    leaver.postings.update(during=DateRange(factories.START, date(2016, 3, 30)))
    leaver.employed = DateRange(factories.START, date(2016, 3, 30))
    leaver.save()
    offered = {"course": course, "user": world.hr, "day": DAY}
    sentence = refusal(services.place_offer, person=away, **offered)
    assert "is not available on all days of the course" in sentence
    assert "sick" not in sentence
    assert "absen" not in sentence
    sentence = refusal(services.place_offer, person=busy, **offered)
    assert "has a place on Course of Skill X from 31 March 2016 to 1 April 2016" in sentence
    assert "leaves the force before the course ends" in refusal(
        services.place_offer, person=leaver, **offered
    )


def test_results_wait_for_the_course_and_are_not_ones_own(world):
    later = course_values(world, starts_on=date(2016, 3, 31), ends_on=date(2016, 4, 2))
    course = services.course_create(force=world.force, values=later)
    person = world.people["S2"]
    place = services.place_offer(course=course, person=person, user=world.hr, day=DAY)
    services.place_move(place=place, state="booked", user=world.hr, day=DAY)
    before = date(2016, 3, 30)
    moved = {"place": place, "user": world.hr}
    assert "begins on 31 March" in refusal(services.place_move, state="no_show", day=before, **moved)
    assert "ends on 2 April" in refusal(services.place_move, state="passed", day=DAY, **moved)
    person.user = world.hr
    person.save()
    sentence = refusal(services.place_move, state="attended", day=DAY, **moved)
    assert "Nobody records their own result" in sentence


def test_a_course_with_places_given_keeps_skill_and_free_days(world):
    course = services.course_create(force=world.force, values=course_values(world))
    person = world.people["S2"]
    services.place_offer(course=course, person=person, user=world.hr, day=DAY)
    other = course_values(world, skill=skill_make(world.force, "X"))
    assert "plan another course" in refusal(services.course_change, course=course, values=other)
    fewer = course_values(world, places=1)
    assert services.course_change(course=course, values=fewer).places == 1
    Absence.objects.create(
        force=world.force,
        person=person,
        kind="special",
        during=DateRange(date(2016, 4, 4), date(2016, 4, 9)),
    )
    moved = course_values(world, starts_on=date(2016, 4, 5), ends_on=date(2016, 4, 5))
    assert "is not available" in refusal(services.course_change, course=course, values=moved)


def test_a_cancelled_course_gives_its_places_up(world):
    course = services.course_create(force=world.force, values=course_values(world))
    place = services.place_offer(course=course, person=world.people["S2"], user=world.hr, day=DAY)
    assert "Cancel it instead" in refusal(services.course_remove, course=course)
    services.course_cancel(course=course)
    place.refresh_from_db()
    assert (place.state, place.reason) == (PlaceState.GIVEN_UP, "The course is cancelled")
    sentence = refusal(services.place_move, place=place, state="offered", user=world.hr, day=DAY)
    assert "is cancelled" in sentence
    assert "is cancelled" in refusal(services.course_change, course=course, values=course_values(world))


def test_a_course_that_was_attended_is_not_cancelled(world):
    course = services.course_create(force=world.force, values=course_values(world))
    place = services.place_offer(course=course, person=world.people["S2"], user=world.hr, day=DAY)
    for state in ("booked", "attended"):
        services.place_move(place=place, state=state, user=world.hr, day=DAY)
    assert "has taken place" in refusal(services.course_cancel, course=course)


def test_rows_of_two_forces_do_not_meet(world):
    other = world_make("Othershire")
    for call in (
        lambda: services.skill_record(
            person=other.people["W3"], skill=world.skill, level=1, acquired_on=DAY, user=world.hr, day=DAY
        ),
        lambda: services.requirement_create(
            skill=world.skill, level=1, role=other.force.roles.get(), starts_on=DAY
        ),
        lambda: services.place_ask(
            course=course_make(world.skill), person=other.people["W1"], user=world.hr, day=DAY
        ),
    ):
        with pytest.raises(ValidationError, match=r"different forces|another force"):
            call()
