"""What is read for a projection, against a slow and obvious second reading of the same rows."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests import factories
from tests.workforce.establishment.invented import FIRST, SPAN, force_of, forces
from tests.workforce.projection.invented import cell_of
from workforce.people.models import Person
from workforce.projection.calc.inputs import AWAY, LEAVING, NEVER
from workforce.projection.calc.inputs import ChangeKind as Engine
from workforce.projection.models import ChangeKind, ScenarioChangeKind
from workforce.projection.selectors import Change
from workforce.projection.selectors.history import observed_in
from workforce.projection.selectors.inputs import basis_of, categories_in
from workforce.projection.selectors.months import full_months, month_ends, month_of
from workforce.projection.selectors.reading import recorded_at
from workforce.projection.services import plan_replace
from workforce.projection.services.records import intake_create, pool_create
from workforce.projection.services.scenarios import difference_add, scenario_create

DAY = date(2016, 3, 31)


def runs_on(during, day):
    return during.lower <= day and (during.upper is None or day < during.upper)


def strength_slowly(force, day):
    """FTE by cell, person by person: away where they are, else in their own post."""
    found = {}
    for person in Person.objects.filter(force=force):
        running = [each for each in person.postings.all() if runs_on(each.during, day)]
        away = [each for each in running if each.is_away]
        for each in away or running:
            if each.post_id:
                found[cell_of(each.post)] = found.get(cell_of(each.post), 0) + float(each.fte)
    return found


def posts_slowly(force, day):
    found = {}
    for post in force.posts.all():
        if runs_on(post.during, day):
            found[cell_of(post)] = found.get(cell_of(post), 0) + float(post.fte)
    return found


@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=forces)
def test_strength_and_establishment_are_those_of_a_second_reading(drawn):
    from django.db import transaction

    with transaction.atomic():
        force = force_of(drawn)
        day = FIRST + timedelta(days=SPAN // 2)
        basis = basis_of(force, day, months=6)
        inputs = basis.inputs
        strength = {}
        for number, fte in zip(inputs.people.cell.tolist(), inputs.people.fte.tolist(), strict=True):
            if number != AWAY:
                cell = inputs.cells[number]
                strength[cell] = strength.get(cell, 0) + fte
        assert strength == pytest.approx(strength_slowly(force, day))
        for month, end in enumerate(basis.days):
            row = inputs.establishment[month]
            levels = {cell: fte for cell, fte in zip(inputs.cells, row, strict=True) if fte}
            assert levels == pytest.approx(posts_slowly(force, end))
        transaction.set_rollback(True)


@pytest.fixture
def small(db):
    """Two constables' posts and a sergeant's in one unit."""
    force = factories.force_make("Testshire", opening_day=DAY)
    posts = {
        name: factories.post_make(force, name, rank=rank)
        for name, rank in (("A", "CON"), ("B", "CON"), ("S", "SGT"))
    }
    return force, posts


def person_in(force, post, **posting):
    person = factories.person_make(force)
    factories.posting_make(person, post, **posting)
    return person


def the_one(inputs, name):
    return getattr(inputs.people, name).tolist()


def test_a_month_shows_what_counts_from_a_day_in_it():
    ends = month_ends(DAY, 3)
    assert ends == (DAY, date(2016, 4, 30), date(2016, 5, 31), date(2016, 6, 30))
    assert [month_of(day, ends) for day in (date(2016, 4, 1), date(2016, 4, 30), date(2016, 5, 1))] == [
        1,
        1,
        2,
    ]
    assert month_of(date(2016, 7, 1), ends) == 4
    assert full_months(date(2015, 4, 1), DAY) == 11
    assert full_months(date(2015, 3, 31), DAY) == 12


def test_someone_who_gave_notice_leaves_in_its_month(small):
    force, posts = small
    person = person_in(force, posts["A"], ends_before=date(2016, 7, 16))
    Person.objects.filter(pk=person.pk).update(
        employed=factories.DateRange(factories.START, date(2016, 7, 16)), leaving_reason="retired"
    )
    inputs = basis_of(force, DAY).inputs
    assert the_one(inputs, "leave_month") == [4]
    assert [str(LEAVING[kind]) for kind in the_one(inputs, "leave_kind")] == ["retired"]


def test_someone_acting_goes_home_when_it_ends(small):
    force, posts = small
    person = person_in(force, posts["A"])
    factories.posting_make(
        person, posts["S"], kind="acting", starts_on=date(2016, 2, 1), ends_before=date(2016, 6, 1)
    )
    inputs = basis_of(force, DAY).inputs
    assert inputs.cells[the_one(inputs, "cell")[0]] == cell_of(posts["S"])
    assert inputs.cells[the_one(inputs, "home_cell")[0]] == cell_of(posts["A"])
    assert the_one(inputs, "home_month") == [3]


def test_someone_seconded_out_is_nowhere_until_they_are_due_back(small):
    force, posts = small
    person = person_in(force, posts["A"])
    factories.posting_make(
        person,
        None,
        kind="seconded_out",
        host="Otherford",
        starts_on=date(2015, 9, 1),
        ends_before=date(2016, 9, 1),
    )
    inputs = basis_of(force, DAY).inputs
    assert the_one(inputs, "cell") == [AWAY]
    assert the_one(inputs, "arrive_month") == [6]
    assert inputs.people.arrive_chance.tolist() == [0.9]


def test_a_posting_recorded_ahead_is_a_move_and_a_joiner_joins(small):
    force, posts = small
    person = person_in(force, posts["A"], ends_before=date(2016, 5, 1))
    factories.posting_make(person, posts["S"], starts_on=date(2016, 5, 1))
    coming = factories.person_make(force, joined=date(2016, 8, 8))
    factories.posting_make(coming, posts["B"], starts_on=date(2016, 8, 8))
    inputs = basis_of(force, DAY).inputs
    move, join = sorted(inputs.changes, key=lambda change: change.month)
    assert (move.kind, move.month, move.person) == (Engine.MOVE, 2, 0)
    assert inputs.cells[move.to_cell] == cell_of(posts["S"])
    assert (join.kind, join.month, inputs.cells[join.to_cell]) == (Engine.JOIN, 5, cell_of(posts["B"]))


def test_an_intake_goes_to_its_places_and_a_decision_takes_one(small):
    force, posts = small
    unit = factories.unit_make(force, "Custody")
    other = factories.post_make(force, "C", rank="CON", unit=unit)
    intake_create(force=force, name="Spring", starts_on=date(2017, 3, 20), places=[(cell_of(posts["A"]), 5)])
    plan_replace(
        force=force,
        origin_kind="decision",
        origin_id=4,
        changes=[Change(kind=ChangeKind.INTAKE, fte=Decimal(2), on=date(2017, 1, 1), to_cell=cell_of(other))],
    )
    inputs = basis_of(force, DAY).inputs
    (intake,) = inputs.intakes
    where = {inputs.cells[c]: weight for c, weight in zip(intake.cells, intake.weights, strict=True)}
    assert (intake.month, intake.seats) == (12, 5)
    assert where == {cell_of(posts["A"]): 3.0, cell_of(other): 2.0}
    assert inputs.changes == ()


def test_planned_changes_become_moves_joiners_and_posts(small):
    force, posts = small
    place, top = cell_of(posts["A"]), cell_of(posts["S"])
    person_in(force, posts["A"])
    given = [
        Change(kind=ChangeKind.PROMOTION, fte=Decimal(1), on=date(2016, 5, 2), to_cell=top),
        Change(kind=ChangeKind.TRANSFEREE, fte=Decimal(1), on=date(2016, 6, 2), to_cell=place),
        Change(
            kind=ChangeKind.ACTING,
            fte=Decimal(1),
            on=date(2016, 7, 1),
            until=date(2016, 9, 1),
            from_cell=place,
            to_cell=top,
        ),
        Change(kind=ChangeKind.AGENCY, fte=Decimal(1), on=date(2016, 8, 1), to_cell=place),
        Change(kind=ChangeKind.POST_START, fte=Decimal(3), on=date(2016, 9, 1), to_cell=place),
        Change(kind=ChangeKind.POST_END, fte=Decimal(1), on=date(2016, 1, 1), from_cell=place),
    ]
    plan_replace(force=force, origin_kind="decision", origin_id=1, changes=given)
    inputs = basis_of(force, DAY).inputs
    told = sorted((each.month, each.kind.value, each.fte) for each in inputs.changes)
    assert told == [
        (1, "posts", -1.0),
        (2, "move", 1.0),
        (3, "join", 1.0),
        (4, "move", 1.0),
        (6, "move", 1.0),
        (6, "posts", 3.0),
    ]
    promotion = next(each for each in inputs.changes if each.month == 2)
    assert inputs.cells[promotion.from_cell] == place


def test_a_pool_limits_promotion_to_its_rank(small):
    force, posts = small
    person_in(force, posts["A"])
    pool_create(force=force, rank=posts["S"].rank, ready_on=date(2016, 2, 1), number=2)
    pool_create(force=force, rank=posts["S"].rank, ready_on=date(2017, 4, 1), number=3)
    rule = next(rule for rule in basis_of(force, DAY).inputs.promotions)
    assert rule.passed == ((0, 2), (13, 3))


def test_a_scenario_changes_what_it_says_and_no_more(small):
    force, posts = small
    person_in(force, posts["A"])
    ids = {f"{part}_id": getattr(posts["A"], f"{part}_id") for part in ("rank", "role", "location", "unit")}
    scenario = scenario_create(force=force, name="What if")
    difference_add(scenario=scenario, kind="intake", starts_on=date(2017, 3, 5), number=4, **ids)
    difference_add(scenario=scenario, kind="pause", starts_on=date(2016, 6, 1), ends_on=date(2017, 5, 9))
    difference_add(scenario=scenario, kind="leaving", factor=Decimal("1.5"), category="officer")
    difference_add(
        scenario=scenario,
        kind=ScenarioChangeKind.ESTABLISHMENT,
        starts_on=date(2016, 9, 1),
        fte=Decimal(-2),
        **ids,
    )
    plain = basis_of(force, DAY).inputs
    after = basis_of(force, DAY, differences=scenario.changes.with_labels()).inputs
    assert [(each.month, each.seats) for each in after.intakes] == [(12, 4)]
    assert {(rule.paused_from, rule.paused_to) for rule in after.promotions} == {(3, 15)}
    officer = after.categories.index("officer")
    assert after.rates.leaving[officer] == pytest.approx(plain.rates.leaving[officer] * 1.5)
    others = [n for n in range(len(after.categories)) if n != officer]
    assert np.array_equal(after.rates.leaving[others], plain.rates.leaving[others])
    assert [(each.month, each.fte) for each in after.changes] == [(6, -2.0)]
    assert after.people.cell.tolist() == plain.people.cell.tolist()


def test_exposure_and_leavers_are_those_counted_day_by_day(small):
    force, posts = small
    spans = [
        (date(2011, 5, 5), None),
        (date(2009, 2, 1), date(2014, 8, 9)),
        (date(2013, 1, 1), date(2013, 7, 1)),
        (date(2015, 6, 1), None),
    ]
    for joined, left in spans:
        person = factories.person_make(
            force, joined=joined, left_before=left, leaving_reason="resigned" if left else ""
        )
        factories.posting_make(
            person,
            posts["A"],
            is_supernumerary=True,
            starts_on=max(joined, factories.START),
            ends_before=left,
        )
    recorded = recorded_at(force, DAY, observed_months=60)
    categories = categories_in(recorded)
    seen = observed_in(recorded, categories)
    officer = categories.index("officer")
    since = date(2013, 7, 1)
    assert seen.since == since
    days = sum(
        (min(left or DAY, DAY) - max(joined, since)).days for joined, left in spans if (left or DAY) > since
    )
    assert seen.seen.exposure[officer].sum() == pytest.approx(days / (365.25 / 12))
    assert seen.seen.leavers[officer].sum(axis=1).nonzero()[0].tolist() == [6 - 1]


def test_nobody_absent_or_limited_is_missed(small):
    force, posts = small
    person = person_in(force, posts["A"])
    force.absences.create(
        person=person, kind="sickness", during=factories.DateRange(date(2016, 1, 1), date(2016, 5, 20))
    )
    force.limited_duties.create(
        person=person, kind="adjusted", during=factories.DateRange(date(2016, 3, 1), None)
    )
    inputs = basis_of(force, DAY).inputs
    assert (the_one(inputs, "absent"), the_one(inputs, "absent_to")) == ([True], [2])
    assert (the_one(inputs, "limited"), the_one(inputs, "limited_to")) == ([True], [NEVER])
