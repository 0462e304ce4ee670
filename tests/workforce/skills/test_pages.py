"""Pages of skills: the answer first, figures that open their people, who may see whom, and the forms."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from peelsite.accounts.permissions import Role as UserRole
from tests import factories
from tests.editing.pages import opened, typed
from tests.query_counts import query_count
from tests.workforce.skills.invented import DAY, FROM, asked, course_make, held, skill_make, world_make
from workforce.skills.models import Course, CoursePlace, PersonSkill, PlaceState, Skill, SkillRequirement

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return world_make()


@pytest.fixture
def hr(world):
    return factories.signed_in(world.hr)


@pytest.fixture
def head(world):
    return factories.signed_in(world.head)


def page(world, name, *rest) -> str:
    return reverse(f"skills:{name}", args=[world.force.slug, *rest])


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_the_overview_says_first_what_is_short_and_where(world, hr):
    shown = text_of(hr.get(page(world, "overview")))
    assert (
        "Testshire is short of 1 of the 1 skill required, most of all of First response: "
        "3 of the 7 people who must hold it do." in shown
    )
    assert "Stevenage (2) and Watford (2)" in shown
    rows = hr.get(page(world, "overview"), {"download": "csv"})
    assert b"First response,7,3,0,4" in b"".join(rows.streaming_content)
    narrowed = text_of(hr.get(page(world, "overview"), {"unit": world.watford.pk}))
    assert "Watford, Testshire, is short of 1 of the 1 skill required" in narrowed
    empty = text_of(hr.get(page(world, "overview"), {"group": "driving"}))
    assert "asks nobody for a skill" in empty


def test_nothing_short_is_said_too(world, hr):
    for code in ("W3", "W4", "S2", "S3"):
        held(world.people[code], world.skill, by=world.hr)
    assert "is short of none of the 1 skill required" in text_of(hr.get(page(world, "overview")))
    assert "No department is short of a skill" in text_of(hr.get(page(world, "shortages")))


def test_the_matrix_leads_down_the_tree(world, hr):
    shown = text_of(hr.get(page(world, "matrix")))
    assert "3 of 7" in shown
    shown = text_of(hr.get(page(world, "matrix"), {"unit": world.watford.parent_id}))
    assert "2 of 4" in shown
    assert "1 of 3" in shown
    team = world.watford.children.get()
    shown = text_of(hr.get(page(world, "matrix"), {"unit": team.pk}))
    assert "No unit stands below it" in shown


def test_a_unit_and_a_skill_show_their_figures(world, hr):
    shown = text_of(hr.get(page(world, "unit", world.stevenage.pk)))
    assert "1 of the 3 people who must hold it do" in shown
    answer = hr.get(page(world, "skill", world.skill.pk))
    shown = text_of(answer)
    assert "3 of 7 people who must hold it do: 4 short." in shown
    assert "First response: required and held" in shown
    assert len(answer.context["chart"].rows) == 25
    assert "Response: everyone, Trained, 1 April 2015 onwards" in shown
    unasked = skill_make(world.force, "X")
    assert "asks nobody for Skill X" in text_of(hr.get(page(world, "skill", unasked.pk)))


def test_figures_open_people_only_within_reach(world, hr, head):
    address = page(world, "people")
    shown = text_of(hr.get(address, {"show": "gap", "skill": world.skill.pk}))
    assert "Sample W3" in shown
    assert "Sample S2" in shown
    shown = text_of(head.get(address, {"show": "gap"}))
    assert "Sample W3" in shown
    assert "Sample S2" not in shown
    assert "2 more people are in units that you do not see." in shown
    analyst = factories.signed_in(factories.user_make(UserRole.ANALYST, world.force))
    assert analyst.get(address).status_code == 403
    counts = text_of(analyst.get(page(world, "skill", world.skill.pk)))
    assert "4 short" in counts
    assert address not in counts
    assert "Sample W1" in text_of(hr.get(page(world, "holders")))
    assert "Sample S1" not in text_of(head.get(page(world, "holders")))


def test_the_catalogue_is_kept_by_hr(world, hr, head):
    answer = typed(
        hr,
        page(world, "create"),
        code="CYB",
        name="Cyber-crime",
        group="digital",
        levels="Core\r\nSpecialist",
        lasts_months="36",
        short_below="90",
    )
    made = Skill.objects.get(code="CYB")
    assert answer.url == page(world, "skill", made.pk)
    assert (made.levels, str(made.short_below)) == (["Core", "Specialist"], "0.900")
    typed(hr, page(world, "change", made.pk), name="Cyber", levels="Core\r\nSpecialist\r\nLead")
    made.refresh_from_db()
    assert (made.name, len(made.levels)) == ("Cyber", 3)
    day = {"retired_on_day": "1", "retired_on_month": "4", "retired_on_year": "2016"}
    typed(hr, page(world, "retire", made.pk), **day)
    made.refresh_from_db()
    assert made.retired_on == date(2016, 4, 1)
    assert "Cyber" in text_of(hr.get(page(world, "catalogue"), {"q": "cyb"}))
    typed(hr, page(world, "remove", made.pk))
    assert not Skill.objects.filter(pk=made.pk).exists()
    assert head.get(page(world, "create")).status_code == 403


def test_a_requirement_is_asked_ended_and_removed(world, hr):
    skill = skill_make(world.force, "X", levels=["Low", "High"])
    typed(
        hr,
        page(world, "requirement-create"),
        what=f"{skill.pk}-2",
        role=world.force.roles.get().pk,
        extent="share",
        share="25",
        unit=world.watford.pk,
    )
    made = skill.requirements.get()
    assert (made.level, str(made.share), str(made)) == (2, "0.250", "Skill X for Response in Watford")
    assert "25% in each unit" in text_of(hr.get(page(world, "requirements")))
    day = {"ends_on_day": "31", "ends_on_month": "12", "ends_on_year": "2016"}
    typed(hr, page(world, "requirement-end", made.pk), **day)
    made.refresh_from_db()
    assert made.during.upper == date(2017, 1, 1)
    answer = typed(hr, page(world, "requirement-create"), what=f"{skill.pk}-1")
    assert "choose a role, or name a post" in text_of(answer)
    typed(hr, page(world, "requirement-remove", made.pk))
    assert not SkillRequirement.objects.filter(skill=skill).exists()


def test_an_officer_says_what_they_can_do_and_the_unit_head_confirms_it(world, head):
    own = world.people["W3"]
    own.user = factories.user_make(UserRole.EMPLOYEE, world.force)
    own.save()
    officer = factories.signed_in(own.user)
    shown = text_of(officer.get(reverse("people:own", args=[world.force.slug])))
    assert "Add a skill that you have" in shown
    sent = opened(officer, page(world, "self-assess")) | {
        "what": f"{world.skill.pk}-1",
        "acquired_on_day": "10",
        "acquired_on_month": "1",
        "acquired_on_year": "2016",
        "evidence": "Two years in response",
    }
    # Sent twice, it counts once.
    for _ in range(2):
        assert officer.post(page(world, "self-assess"), sent).status_code == 302
    said = own.skills.get()
    assert (said.state, said.stated_by) == ("self_assessed", own.user)
    assert "Take back" in text_of(officer.get(reverse("people:own", args=[world.force.slug])))
    assert officer.get(page(world, "decide", said.pk)).status_code == 403
    assert "1 self-assessment waits for you." in text_of(head.get(page(world, "to-confirm")))
    answer = head.post(page(world, "to-confirm"), {"chosen": [said.pk]}, follow=True)
    assert "1 skill is confirmed." in text_of(answer)
    said.refresh_from_db()
    assert (said.state, said.decided_by) == ("confirmed", world.head)


def test_an_officer_takes_back_what_waits(world):
    own = world.people["W3"]
    own.user = factories.user_make(UserRole.EMPLOYEE, world.force)
    own.save()
    officer = factories.signed_in(own.user)
    said = held(own, world.skill, evidence="Says so")
    foreign = held(world.people["W4"], world.skill, evidence="Says so")
    answer = typed(officer, page(world, "take-back"), record=foreign.pk)
    assert "choose another one" in text_of(answer)
    typed(officer, page(world, "take-back"), record=said.pk)
    assert list(PersonSkill.objects.of_force(world.force).waiting()) == [foreign]


def test_a_list_that_changed_meanwhile_confirms_nothing(world, head):
    mine = held(world.people["W3"], world.skill, evidence="Says so")
    gone = held(world.people["W4"], world.skill, evidence="Says so")
    theirs = held(world.people["S2"], world.skill, evidence="Says so")
    chosen = [mine.pk, gone.pk]
    gone.delete()
    for sent in (chosen, [mine.pk, theirs.pk]):
        answer = head.post(page(world, "to-confirm"), {"chosen": sent}, follow=True)
        assert "so nothing is confirmed" in text_of(answer)
    assert "Choose at least one" in text_of(head.post(page(world, "to-confirm"), {}, follow=True))
    mine.refresh_from_db()
    assert mine.state == "self_assessed"
    assert head.get(page(world, "decide", theirs.pk)).status_code == 404


def test_one_is_refused_with_a_reason_that_the_person_reads(world, head):
    said = held(world.people["W3"], world.skill, evidence="Says so")
    answer = typed(head, page(world, "decide", said.pk), decision="refuse")
    assert "Say why it is not confirmed" in text_of(answer)
    typed(head, page(world, "decide", said.pk), decision="refuse", reason="The course was another one")
    shown = text_of(head.get(reverse("people:person", args=[world.force.slug, said.person_id])))
    assert "Not confirmed" in shown
    assert "The course was another one" in shown


def test_a_proven_skill_is_recorded_ended_and_withdrawn(world, head):
    person = world.people["W3"]
    typed(
        head,
        page(world, "record", person.pk),
        what=f"{world.skill.pk}-1",
        acquired_on_day="1",
        acquired_on_month="3",
        acquired_on_year="2016",
        evidence="Certificate 12",
    )
    record = person.skills.get()
    assert (record.state, record.during.upper) == ("confirmed", date(2019, 3, 1))
    day = {"ends_on_day": "31", "ends_on_month": "5", "ends_on_year": "2016"}
    typed(head, page(world, "record-end", record.pk), **day)
    record.refresh_from_db()
    assert record.during == DateRange(date(2016, 3, 1), date(2016, 6, 1))
    typed(head, page(world, "record-withdraw", record.pk))
    assert not person.skills.exists()
    assert head.get(page(world, "record", world.people["S2"].pk)).status_code == 404


def test_a_course_is_planned_and_its_places_offered_as_suggested(world, hr, head):
    answer = typed(
        hr,
        page(world, "course-create"),
        title="First response in May",
        what=f"{world.skill.pk}-1",
        provider="Invented college",
        starts_on_day="10",
        starts_on_month="5",
        starts_on_year="2016",
        ends_on_day="11",
        ends_on_month="5",
        ends_on_year="2016",
        places="3",
        cost_per_place="95.50",
        state="planned",
    )
    course = Course.objects.get(force=world.force)
    assert answer.url == page(world, "course", course.pk)
    shown = text_of(hr.get(page(world, "course-offer", course.pk)))
    assert "Stevenage response is 2 short of the 3 that it must have" in shown
    typed(hr, page(world, "course-offer", course.pk), people=[world.people["S2"].pk], person="W4")
    assert {place.person.number for place in course.given.all()} == {"S2", "W4"}
    shown = text_of(hr.get(page(world, "training")))
    assert "2 places are given for £191; every place of its courses would cost £287." in shown
    shown = text_of(head.get(page(world, "course", course.pk)))
    assert "Sample W4" in shown
    assert "Sample S2" not in shown
    assert "not shown" in shown
    answer = typed(head, page(world, "course-ask"), course=course.pk, person="S3")
    assert "is in none of your units" in text_of(answer)
    typed(head, page(world, "course-ask"), course=course.pk, person="W3", reason="Shift pattern")
    assert course.given.get(person=world.people["W3"]).state == PlaceState.ASKED
    typed(hr, page(world, "course-change", course.pk), title="First response, May")
    course.refresh_from_db()
    assert course.title == "First response, May"
    typed(hr, page(world, "course-cancel", course.pk))
    assert not course.given.exclude(state=PlaceState.GIVEN_UP).exists()


def test_a_result_makes_the_skill(world, hr):
    course = course_make(world.skill, during=DateRange(date(2016, 3, 30), date(2016, 4, 1)))
    place = CoursePlace.objects.create(
        force=world.force, course=course, person=world.people["S2"], state="booked"
    )
    assert "Passed" in text_of(hr.get(page(world, "place", place.pk)))
    typed(hr, page(world, "place", place.pk), state="passed")
    assert world.people["S2"].skills.get().state == "confirmed"
    assert typed_is_refused(hr, page(world, "place", place.pk))


def typed_is_refused(client, address) -> bool:
    """A place that is passed offers nothing more to choose."""
    return opened(client, address).get("state") is None


def test_the_start_page_names_what_waits_and_what_is_short(world, hr, head):
    held(world.people["W3"], world.skill, evidence="Says so")
    for client, count in ((hr, 2), (head, 1)):
        shown = text_of(client.get(reverse("start", args=[world.force.slug])))
        assert "Confirm 1 self-assessed skill" in shown
        assert f"Close {count} skill shortage" in shown


@pytest.mark.parametrize("many", [False, True])
def test_queries_do_not_grow_with_the_force(world, hr, many):
    course = course_make(world.skill, places=9)
    if many:
        team, role = world.watford.children.get(), world.force.roles.get()
        for number in range(60):
            person = factories.person_make(world.force)
            factories.posting_make(person, factories.post_make(world.force, unit=team, role=role))
            held(person, world.skill, by=world.hr, since=FROM if number % 2 else DAY)
        for number in range(20):
            skill = skill_make(world.force, f"X{number}")
            asked(skill, role=role)
            held(world.people["W3"], skill, evidence="Says so")
            course_make(skill)
    held(world.people["W3"], world.skill, evidence="Says so")
    CoursePlace.objects.create(force=world.force, course=course, person=world.people["W3"])
    for name, *rest in (
        ("overview",),
        ("shortages",),
        ("matrix",),
        ("unit", world.watford.pk),
        ("skill", world.skill.pk),
        ("people",),
        ("holders",),
        ("catalogue",),
        ("requirements",),
        ("to-confirm",),
        ("training",),
        ("course", course.pk),
        ("course-offer", course.pk),
    ):
        address = page(world, name, *rest)
        hr.get(address)
        with query_count(f"skills:{name}"):
            assert hr.get(address).status_code == 200
