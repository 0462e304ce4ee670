"""Coverage from the database, against one person at a time; shortages, people behind figures, suggestions."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from peelsite.accounts.permissions import Role as UserRole
from peelsite.forces.models import Force
from tests import factories
from tests.reference import skills as slow
from tests.workforce.skills.invented import DAY, FROM, asked, course_make, held, skill_make, world_make
from workforce.people.models import Absence, PostingKind
from workforce.skills.models import CoursePlace
from workforce.skills.selectors import (
    basis_of,
    costs_by_year,
    coverage_of,
    coverage_on,
    people_behind,
    requirements_of,
    shortages,
    skills_held,
    suggested_for,
    waiting_for,
)

pytestmark = pytest.mark.django_db


def _random_force(seed: int) -> Force:
    """Three levels of units, two roles, people acting elsewhere, requirements of every sort and nearness."""
    draw = random.Random(seed)
    force = factories.force_make(f"Force {seed}", slug=f"force-{seed}", opening_day=DAY)
    hr = factories.user_make(UserRole.HR, force)
    top = factories.unit_make(force, "Top")
    departments = [factories.unit_make(force, f"Department {name}", parent=top) for name in "AB"]
    teams = [factories.unit_make(force, f"Team {name}", parent=draw.choice(departments)) for name in "abc"]
    roles = [factories.role_make(force, name) for name in ("Response", "Detective")]
    posts = [
        factories.post_make(force, unit=draw.choice([*teams, *departments]), role=draw.choice(roles))
        for _ in range(16)
    ]
    skills = [skill_make(force, code, levels=["Low", "High"]) for code in ("A", "B")]
    skills.append(skill_make(force, "C", levels=["Low", "High"], retired_on=date(2016, 9, 1)))
    for post in draw.sample(posts, 12):
        person = factories.person_make(force)
        factories.posting_make(person, post)
        if draw.random() < 0.3:
            free = factories.post_make(force, unit=draw.choice(teams), role=draw.choice(roles))
            factories.posting_make(person, free, kind=PostingKind.ACTING, starts_on=date(2016, 3, 1))
        for skill in skills:
            _held_at_random(draw, person, skill, hr)
    for skill in skills:
        _asked_at_random(draw, skill, roles, [top, *departments, *teams], posts)
    return force


def _held_at_random(draw, person, skill, hr):
    ends = draw.choice([None, date(2016, 5, 1), date(2016, 8, 1), date(2017, 2, 1)])
    if draw.random() < 0.6:
        held(person, skill, level=draw.choice([1, 2]), ends_before=ends, by=hr)
    if draw.random() < 0.3:
        held(person, skill, level=2, since=date(2016, 2, 1), ends_before=ends)


def _asked_at_random(draw, skill, roles, units, posts):
    for role in roles:
        for unit in draw.sample([None, *units], 2):
            extent = draw.choice(["everyone", "number", "share"])
            asked(
                skill,
                role=role,
                unit=unit,
                level=draw.choice([1, 2]),
                extent=extent,
                number=draw.choice([1, 2, 5]) if extent == "number" else None,
                share=draw.choice([Decimal("0.25"), Decimal("0.5")]) if extent == "share" else None,
                ends_before=draw.choice([None, date(2016, 7, 1)]),
            )
    for post in draw.sample(posts, 2):
        asked(skill, post=post, level=draw.choice([1, 2]))


@pytest.mark.parametrize("seed", range(6))
def test_coverage_agrees_with_one_person_at_a_time(seed):
    force = _random_force(seed)
    for day in (DAY, date(2016, 3, 1), date(2016, 8, 15)):
        found: slow.Found = {}
        for line in coverage_of(force, day).lines:
            figures = line.figures
            sums = found.setdefault((line.skill_id, line.group.unit_id), [0, 0, 0, 0])
            for place, figure in enumerate(
                (figures.required, figures.held, figures.gap, figures.self_assessed)
            ):
                sums[place] += figure
        assert found == slow.coverage(force, day)


def test_units_and_areas_add_up_what_stands_below_them():
    world = world_make()
    found = coverage_of(world.force, DAY)
    by_unit = found.by_unit
    assert by_unit[world.skill.pk, world.watford.pk].gap == 2
    assert by_unit[world.skill.pk, world.stevenage.pk].gap == 2
    assert by_unit[world.skill.pk, world.watford.parent_id].required == 7
    assert found.by_area[world.skill.pk, world.watford.area_id].held == 2
    assert found.within(world.stevenage).by_skill[world.skill.pk].required == 3


def test_a_shortage_says_where_and_how_wide():
    world = world_make()
    first, second = shortages(world.force, DAY, DAY)
    assert (first.unit, first.area, first.gap) == (world.stevenage, "Stevenage", 2)
    assert first.sentence == "First response: 1 of 3 required in Stevenage, 2 short."
    assert second.unit == world.watford
    world.skill.short_below = Decimal("0.4")
    world.skill.save()
    assert [each.unit for each in shortages(world.force, DAY, DAY)] == [world.stevenage]


def test_a_shortage_ahead_counts_what_expires_and_who_has_given_notice():
    world = world_make()
    for code in ("W3", "W4", "S2", "S3"):
        held(world.people[code], world.skill, by=world.hr)
    assert shortages(world.force, DAY, DAY) == ()
    lapsing = world.people["W1"].skills.get()
    lapsing.during = DateRange(FROM, date(2016, 6, 1))
    lapsing.save()
    leaving = world.people["W2"]
    leaving.postings.update(during=DateRange(factories.START, date(2016, 8, 1)))
    leaving.employed = DateRange(factories.START, date(2016, 8, 1))
    leaving.save()
    ahead = coverage_on(basis_of(world.force, DAY), date(2016, 9, 30))
    figures = ahead.by_place[world.skill.pk, world.watford.pk]
    # Four must hold it, whoever replaces the leaver; the other two stay with less than certainty.
    assert figures.required == 4
    assert 2.0 < figures.expected_gap < 2.6
    assert figures.low <= figures.expected_gap <= figures.high
    renewed = coverage_on(basis_of(world.force, DAY), date(2016, 9, 30), renewed=True)
    assert renewed.by_place[world.skill.pk, world.watford.pk].expected_gap < figures.expected_gap - 0.9


def test_days_between_two_that_are_asked_for_follow_from_them():
    world = world_make()
    basis = basis_of(world.force, DAY)
    exact = coverage_on(basis_of(world.force, DAY), date(2016, 9, 30)).by_skill[world.skill.pk]
    basis.stay_prepare([date(2016, 9, 30), date(2017, 3, 31)])
    with CaptureQueriesContext(connection) as queries:
        between = coverage_on(basis, date(2016, 12, 31)).by_skill[world.skill.pk]
        same = coverage_on(basis, date(2016, 9, 30)).by_skill[world.skill.pk]
        later = coverage_on(basis, date(2017, 3, 31)).by_skill[world.skill.pk]
    assert len(queries) == 0
    assert same.expected_gap == pytest.approx(exact.expected_gap)
    assert same.expected_gap < between.expected_gap < later.expected_gap


def test_the_people_behind_each_figure_are_as_many_as_it_says():
    world = world_make()
    soon = world.people["W1"].skills.get()
    soon.during = DateRange(FROM, DAY + timedelta(days=60))
    soon.save()
    held(world.people["W3"], world.skill, evidence="Did it at work")
    basis = basis_of(world.force, DAY)
    figures = coverage_on(basis, DAY, looks_ahead=True).within(world.watford).by_skill[world.skill.pk]
    for show, count in (
        ("required", figures.required),
        ("held", figures.held),
        ("gap", figures.gap),
        ("self_assessed", figures.self_assessed),
        ("expiring_3", figures.expiring_3),
        ("expiring_6", figures.expiring_6),
    ):
        people = people_behind(basis, DAY, skill_id=world.skill.pk, unit=world.watford, show=show)
        assert len(people) == count, show
    assert figures.self_assessed == figures.expiring_3 == 1


def test_coverage_is_six_queries_for_three_people_and_for_three_hundred():
    small, large = world_make("Smallshire"), world_make("Largeshire")
    team = large.watford.children.get()
    role = large.force.roles.get()
    for _ in range(60):
        person = factories.person_make(large.force)
        factories.posting_make(person, factories.post_make(large.force, unit=team, role=role))
        held(person, large.skill, by=large.hr)
    for world in (small, large):
        with CaptureQueriesContext(connection) as queries:
            shortages(world.force, DAY, DAY)
        assert len(queries) == 6


def test_skills_held_leaves_out_what_is_refused_or_out_of_date():
    world = world_make()
    ana, ben, cat = (world.people[code] for code in ("W3", "W4", "S2"))
    held(ana, world.skill, evidence="Says so")
    held(ben, world.skill, ends_before=date(2016, 1, 1), by=world.hr)
    held(cat, world.skill, by=world.hr, state="refused", refusal="No evidence")
    found = skills_held([ana.pk, ben.pk, cat.pk, world.people["W1"].pk], DAY)
    assert set(found) == {ana.pk, world.people["W1"].pk}
    assert not found[ana.pk][0].is_confirmed
    (one,) = found[world.people["W1"].pk]
    assert (one.skill, one.level_name, one.is_confirmed, one.ends) == (
        "First response",
        "Trained",
        True,
        date(2018, 4, 1),
    )


def test_requirements_of_a_post_are_the_nearest_of_each_skill():
    world = world_make()
    other = skill_make(world.force, "OTHER", levels=["Low", "High"])
    post = world.people["W1"].postings.get().post
    asked(other, role=post.role, level=1)
    near = asked(other, role=post.role, unit=world.watford, level=2, extent="number", number=1)
    found = requirements_of([post.pk, world.people["S1"].postings.get().post_id], DAY)
    required = {each.skill: each for each in found[post.pk]}
    assert required["First response"].is_of_everyone
    assert (required["Skill OTHER"].requirement_id, required["Skill OTHER"].level_name) == (near.pk, "High")
    assert not required["Skill OTHER"].is_of_everyone
    in_stevenage = found[world.people["S1"].postings.get().post_id]
    assert {each.level_name for each in in_stevenage if each.skill == "Skill OTHER"} == {"Low"}


def test_a_unit_head_decides_on_their_people_and_never_on_themselves():
    world = world_make()
    for code in ("W3", "W4", "S2"):
        held(world.people[code], world.skill, evidence="Says so")
    own = world.people["W4"]
    own.user = world.head
    own.save()
    assert [row.person for row in waiting_for(world.head, world.force, DAY)] == [world.people["W3"]]
    assert waiting_for(world.hr, world.force, DAY).count() == 3


def test_places_are_suggested_to_the_shortest_unit_and_not_to_who_cannot_come():
    world = world_make()
    course = _with_taken(course_make(world.skill, places=3))
    assert [each.person.number for each in suggested_for(course, DAY)] == ["S2", "W3", "S3"]
    Absence.objects.create(
        force=world.force,
        person=world.people["S2"],
        kind="sickness",
        during=DateRange(date(2016, 5, 11), date(2016, 5, 20)),
    )
    CoursePlace.objects.create(force=world.force, course=course, person=world.people["W3"], state="offered")
    found = suggested_for(_with_taken(course), DAY)
    assert [each.person.number for each in found] == ["S3", "W4"]
    assert found[0].reason == "Stevenage response is 2 short of the 3 that it must have"


def test_a_course_of_a_lower_level_is_for_nobody_who_must_hold_more():
    world = world_make()
    higher = skill_make(world.force, "HIGH", levels=["Low", "High"])
    asked(higher, role=world.force.roles.get(), level=2)
    assert suggested_for(_with_taken(course_make(higher, level=1)), DAY) == []
    assert len(suggested_for(_with_taken(course_make(higher, level=2)), DAY)) == 2


def test_who_holds_it_but_not_for_long_is_suggested_last():
    world = world_make()
    soon = world.people["S1"].skills.get()
    soon.during = DateRange(FROM, date(2016, 8, 1))
    soon.save()
    found = suggested_for(_with_taken(course_make(world.skill, places=9)), DAY)
    assert [each.person.number for each in found] == ["S2", "W3", "S3", "W4", "S1"]
    assert found[-1].reason == "Stevenage response. Holds it until 31 July 2016; a place renews it"


def test_costs_add_up_by_plan_year_and_department():
    world = world_make()
    course = course_make(world.skill, places=4)
    before = course_make(world.skill, during=DateRange(date(2016, 3, 1), date(2016, 3, 2)))
    for number, code in enumerate(("W1", "W3", "S2")):
        team = world.people[code].postings.get().post.unit
        state = "asked" if number == 0 else "booked"
        CoursePlace.objects.create(
            force=world.force, course=course, person=world.people[code], unit=team, state=state
        )
    year, last = costs_by_year(world.force)
    assert (year.begins, year.places, year.cost, year.planned) == (
        date(2016, 4, 1),
        2,
        Decimal("191.00"),
        Decimal("382.00"),
    )
    assert {(unit.name, places) for unit, places, _ in year.by_unit} == {("Watford", 1), ("Stevenage", 1)}
    assert (last.begins, last.planned, last.places) == (date(2015, 4, 1), 2 * before.cost_per_place, 0)


def _with_taken(course):
    return type(course).objects.with_taken().select_related("skill", "force").get(pk=course.pk)
