"""The rules of coverage, against slow and obvious second implementations."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reference import skills as slow
from workforce.skills.calc import (
    Candidate,
    Figures,
    Group,
    Held,
    Line,
    Place,
    PostSeat,
    Rule,
    chances_between,
    coverage,
    groups_of,
    months_after,
    suggest,
    summed,
)
from workforce.skills.calc.coverage import expected_held
from workforce.skills.calc.demand import NUMBER, SHARE

SKILL, ROLE = 7, 1
TEAM, OTHER = 30, 40
SEATS = [
    PostSeat(1, ROLE, TEAM, "/10/30/"),
    PostSeat(2, ROLE, TEAM, "/10/30/"),
    PostSeat(3, ROLE, OTHER, "/10/40/"),
]
PLACES = [Place(101, 1), Place(102, 2), Place(103, 3)]


def rule(rule_id: int = 1, **fields) -> Rule:
    return Rule(
        **{"rule_id": rule_id, "skill_id": SKILL, "level": 1, "role_id": ROLE, "post_id": None} | fields
    )


def asked_of(*rules: Rule) -> dict[tuple[int, int], tuple[int, ...]]:
    return {
        (group.rule.rule_id, group.unit_id): group.people for group in groups_of(SEATS, PLACES, list(rules))
    }


def test_everyone_in_the_role_is_asked_unit_by_unit():
    assert asked_of(rule()) == {(1, TEAM): (101, 102), (1, OTHER): (103,)}


def test_the_nearest_requirement_counts_and_nobody_is_asked_twice():
    found = asked_of(rule(1), rule(2, path="/10/30/"), rule(3, role_id=None, post_id=2))
    assert found == {(2, TEAM): (101,), (3, TEAM): (102,), (1, OTHER): (103,)}


def test_a_number_asks_a_unit_whose_posts_nobody_fills():
    groups = groups_of(SEATS, [], [rule(extent=NUMBER, number=2)])
    assert [(group.unit_id, group.required, group.people) for group in groups] == [
        (TEAM, 2, ()),
        (OTHER, 2, ()),
    ]


@pytest.mark.parametrize(
    ("share", "people", "required"), [(0.15, 20, 3), (0.7, 10, 7), (0.1, 1, 1), (1.0, 4, 4), (0.4, 0, 0)]
)
def test_a_share_is_rounded_up_to_whole_people(share, people, required):
    group = Group(rule(extent=SHARE, share=share), TEAM, "/10/30/", tuple(range(people)))
    assert group.required == required


def test_an_excess_in_one_unit_pays_for_no_gap_in_another():
    groups = [
        Group(rule(extent=NUMBER, number=1), TEAM, "/10/30/", (101, 102, 104)),
        Group(rule(extent=NUMBER, number=1), OTHER, "/10/40/", (103,)),
    ]
    held = {(person, SKILL): Held(1) for person in (101, 102, 104)}
    total = summed(coverage(groups, held), lambda line: line.skill_id)[SKILL]
    assert (total.required, total.held, total.gap, total.spare) == (2, 1, 1, 2)


def test_self_assessed_stays_in_the_gap_and_a_lower_level_counts_for_nothing():
    group = Group(rule(level=2), TEAM, "/10/30/", (101, 102, 103))
    held = {(101, SKILL): Held(2), (102, SKILL): Held(1, None, 2), (103, SKILL): Held(1)}
    figures = coverage([group], held)[0].figures
    assert (figures.required, figures.held, figures.gap, figures.self_assessed) == (3, 1, 2, 1)


def test_what_expires_is_what_is_held_now_and_not_later():
    group = Group(rule(), TEAM, "/10/30/", (101, 102, 103))
    held = {(person, SKILL): Held(1) for person in (101, 102)}
    renewed = {(101, SKILL): Held(1), (103, SKILL): Held(1)}
    figures = coverage([group], held, in_3=held, in_6=renewed)[0].figures
    assert (figures.expiring_3, figures.expiring_6) == (0, 1)


@given(
    chances=st.lists(st.floats(0, 1, allow_nan=False), max_size=7),
    required=st.integers(0, 8),
    capped=st.booleans(),
)
def test_expected_holders_agree_with_every_combination(chances, required, capped):
    if not capped:
        required = max(required, len(chances))
    mean, variance = expected_held(chances, required, capped=capped)
    slow_mean, slow_variance = slow.held_distribution(chances, required)
    assert mean == pytest.approx(slow_mean, abs=1e-9)
    assert variance == pytest.approx(slow_variance, abs=1e-9)


def test_the_range_of_a_gap_holds_eight_of_ten_draws():
    """Forty holders of whom each stays with 0.9: P10 and P90 of the leavers, drawn one person at a time."""
    group = Group(rule(), TEAM, "/10/30/", tuple(range(40)))
    held = {(person, SKILL): Held(1) for person in range(40)}
    figures = coverage([group], held, stay=dict.fromkeys(range(40), 0.9))[0].figures
    draw = random.Random(1)
    gaps = [sum(draw.random() > 0.9 for _ in range(40)) for _ in range(4000)]
    inside = sum(round(figures.low) <= gap <= round(figures.high) for gap in gaps) / len(gaps)
    assert figures.expected_gap == pytest.approx(4.0)
    assert 0.75 <= inside <= 0.92


@given(day=st.dates(date(2000, 1, 1), date(2040, 12, 31)), months=st.integers(0, 60))
def test_months_agree_with_the_calendar(day, months):
    assert months_after(day, months) == slow.months_later(day, months)


def test_chances_between_two_days_fall_at_an_even_rate():
    between = chances_between({1: 1.0, 2: 0.0}, {1: 0.81, 2: 0.0, 3: 0.64}, 0.5)
    assert between == pytest.approx({1: 0.9, 2: 0.0, 3: 0.8})


def _line(index: int, gap: int, required: int) -> Line:
    group = Group(rule(index + 1), 100 + index, f"/10/{100 + index}/", tuple(range(required)))
    return Line(group, Figures(required=required, held=required - gap, gap=gap))


@given(
    gaps=st.lists(st.tuples(st.integers(0, 5), st.integers(5, 9)), min_size=1, max_size=5),
    places=st.integers(0, 12),
)
def test_places_go_one_by_one_to_the_unit_that_is_then_shortest(gaps, places):
    lines = [_line(index, gap, required) for index, (gap, required) in enumerate(gaps)]
    candidates = [
        Candidate(100 * index + each, f"{index}{each}", index)
        for index, (gap, _) in enumerate(gaps)
        for each in range(gap)
    ]
    found = suggest(lines, candidates, places)
    assert [each.candidate.line for each in found] == slow.best_places(gaps, places)
    assert found == suggest(lines, list(reversed(candidates)), places)


def test_within_a_unit_who_says_so_comes_first_and_renewals_come_last():
    lines = [_line(0, 3, 5)]
    candidates = [
        Candidate(1, "1", 0, ends=date(2016, 6, 1)),
        Candidate(2, "2", 0, ends=date(2016, 5, 1)),
        Candidate(3, "3", 0),
        Candidate(4, "4", 0, is_self_assessed=True),
    ]
    assert [each.candidate.person_id for each in suggest(lines, candidates, 4)] == [4, 3, 2, 1]
