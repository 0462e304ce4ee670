"""The programme against every plan there is, against its relaxation, and against its own rules."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reference.suggestions import least_points
from tests.workforce.boards.suggestions.invented import cell, facts, key
from workforce.boards.suggestions.calc.digest import digest_of
from workforce.boards.suggestions.calc.giving import giving_points, steps
from workforce.boards.suggestions.calc.options import problem_of
from workforce.boards.suggestions.calc.outcome import breaches, outcome_of
from workforce.boards.suggestions.calc.problem import (
    CivilianPair,
    Facts,
    Forbidden,
    Group,
    Intake,
    Need,
    Pin,
    Source,
    Weighing,
)
from workforce.boards.suggestions.calc.shifted import chance_above
from workforce.boards.suggestions.calc.simple import simple_plan
from workforce.boards.suggestions.calc.solve import solve
from workforce.boards.suggestions.calc.words import price_words, reason, why_open, why_pin_fails

CUSTODY, CONTROL, ROADS = key(1), key(2, role=2), key(3, place=2)


def custody_short(**more) -> Facts:
    """Custody needs two of four; the control room is one over, roads policing is 20 minutes away."""
    cells = [
        cell(1, posts=4, people=2),
        cell(2, posts=10, people=11, minimum=9, role=2),
        cell(3, posts=10, people=10, minimum=9, place=2, fits=frozenset({CUSTODY})),
    ]
    return facts(cells, {CUSTODY: 2}, minutes={(1, 2): 20.0}, **more)


def random_facts(seed: int, *, boards: int = 1, cells: int = 6) -> Facts:
    """A few cells of two ranks at three places, some short, with part-time people and odd minimums."""
    dice = random.Random(seed)
    made = []
    for number in range(1, cells + 1):
        posts = dice.randint(1, 6)
        people = max(0, posts + dice.randint(-2, 1))
        groups = [Group(fte=1.0, heads=people)] if people else []
        if dice.random() < 0.5:
            groups.append(Group(fte=0.5, heads=1))
        made.append(
            cell(
                number,
                posts=posts,
                people=people + 0.5 * (len(groups) > 1),
                minimum=posts * dice.choice([0.5, 0.75, 0.9]),
                groups=tuple(groups),
                weight=dice.choice([0.5, 1.0, 1.5]),
                rank=dice.choice([1, 2, 2]),
                role=dice.randint(1, 2),
                place=dice.randint(1, 3),
                boards=boards,
            )
        )
    short = {each.key: max(0.0, each.gap(0)) for each in made if each.gap(0) > 0}
    return facts(
        made,
        short,
        priority=dice.choice([1.0, 1.5]),
        minutes={(1, 2): 15.0, (1, 3): 50.0, (2, 3): 90.0},
        weighing=Weighing(
            location_moves=dice.randint(0, 3),
            training_places=dice.randint(0, 2),
            promotions=dice.randint(0, 1),
            transferees=dice.randint(0, 1),
            budget=dice.choice([0.0, 5000.0, 12000.0]),
        ),
        boards=boards,
    )


def best(found: Facts):
    problem = problem_of(found)
    solution = solve(problem, seconds=20)
    return problem, solution, outcome_of(problem, solution.heads)


def test_the_surplus_goes_first_and_both_cells_stay_in_balance():
    _, solution, outcome = best(custody_short())
    assert solution.status == "optimal"
    by_donor = {move.donor.key: move for move in outcome.moves}
    assert set(by_donor) == {CONTROL, ROADS}
    assert (by_donor[CONTROL].donor_gap_before, by_donor[CONTROL].donor_gap_after) == (-1.0, 0.0)
    assert (by_donor[ROADS].donor_gap_before, by_donor[ROADS].donor_gap_after) == (0.0, 1.0)
    # Who comes to custody is who left elsewhere, and the need is filled or open, never both.
    need = outcome.needs[0]
    assert need.filled == (2.0,) == (sum(move.fte for move in outcome.moves),)
    assert need.open_fte(0) == 0


@pytest.mark.parametrize("seed", range(30))
def test_no_plan_is_cheaper_than_the_one_found(seed):
    found = random_facts(seed, cells=4)
    problem, solution, outcome = best(found)
    assert outcome.points.total == pytest.approx(solution.objective)
    least = least_points(problem)
    assert solution.objective == pytest.approx(least, abs=1e-3)
    assert solution.bound <= least + 1e-3


def test_three_by_three_is_solved_as_by_hand():
    """Three donors with one to spare each, three needs of one: the cheapest assignment by travel."""
    donors = [
        cell(
            number,
            posts=5,
            people=6,
            minimum=5,
            place=number,
            fits=frozenset(key(n, place=n + 3) for n in (4, 5, 6)),
        )
        for number in (1, 2, 3)
    ]
    wanted = [cell(number, posts=3, people=2, place=number + 3, minimum=3) for number in (4, 5, 6)]
    minutes = {
        (1, 7): 10.0, (1, 8): 20.0, (1, 9): 30.0,
        (2, 7): 10.0, (2, 8): 40.0, (2, 9): 50.0,
        (3, 7): 30.0, (3, 8): 10.0, (3, 9): 25.0,
    }  # fmt: skip
    found = facts(donors + wanted, {each.key: 1 for each in wanted}, minutes=minutes)
    problem, solution, outcome = best(found)
    pairs = {(move.donor.key.location_id, move.need.cell.location_id) for move in outcome.moves}
    # 10 + 10 + 30 = 50 minutes; every other assignment of the six takes longer.
    assert pairs == {(2, 7), (3, 8), (1, 9)}
    assert solution.objective == pytest.approx(3 * 10 + 50 * 0.3)
    assert least_points(problem) == pytest.approx(solution.objective)


def test_a_pure_flow_needs_no_whole_heads():
    """Where nothing but supply and demand of whole people binds, the relaxation is whole by itself."""
    donors = [cell(n, posts=6, people=8, minimum=6, place=n) for n in (1, 2, 3, 4)]
    wanted = [cell(n, posts=5, people=3, minimum=5, place=n) for n in (5, 6, 7)]
    minutes = {(a, b): float(5 * a + 7 * b % 11) for a in range(1, 5) for b in range(5, 8)}
    weighing = Weighing(transferees=0, budget=0.0, location_moves=99, training_places=99)
    found = facts(donors + wanted, {each.key: 2 for each in wanted}, minutes=minutes, weighing=weighing)
    problem, solution, _ = best(found)
    from workforce.boards.suggestions.calc.solve import _Model, relaxed

    model = _Model(problem)
    assert relaxed(model, model.matrix(), {}).fun == pytest.approx(solution.objective, abs=1e-6)
    assert solution.bound == pytest.approx(solution.objective)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), boards=st.sampled_from([1, 1, 3]))
def test_no_plan_breaches_anything_and_none_falls_below_its_minimum(seed, boards):
    found = random_facts(seed, boards=boards)
    assume(found.needs)
    problem, solution, outcome = best(found)
    for heads in (solution.heads, simple_plan(problem)):
        assert breaches(problem, heads) == []
        for move in outcome_of(problem, heads).moves:
            if move.donor is not None:
                left = move.donor.establishment[move.board] - move.donor_gap_after
                assert left >= min(move.donor.minimum, move.donor.strength[move.board]) - 1e-6
    rule = outcome_of(problem, simple_plan(problem))
    assert solution.objective <= rule.points.total + 1e-6
    assert solution.bound <= solution.objective + 1e-6
    assert outcome.points.total == pytest.approx(solution.objective)


def test_the_same_facts_give_the_same_plan_and_digest():
    one, other = random_facts(7), random_facts(7)
    assert digest_of(one) == digest_of(other)
    assert solve(problem_of(one), seconds=20).heads == solve(problem_of(other), seconds=20).heads
    assert digest_of(one) != digest_of(random_facts(8))


def test_a_pin_holds_though_it_is_dearer():
    pin = Pin(key=1, source=Source.MOVE, donor=ROADS, need=CUSTODY, heads=1)
    _, free, _ = best(custody_short(weighing=Weighing(transferees=0, first_priority=1.0, light_factor=1.0)))
    _, held, outcome = best(
        custody_short(pins=(pin,), weighing=Weighing(transferees=0, first_priority=1.0, light_factor=1.0))
    )
    assert any(move.donor.key == ROADS for move in outcome.moves if move.donor)
    assert not held.missing
    assert held.objective >= free.objective


def test_what_is_forbidden_is_not_used():
    ban = Forbidden(key=1, donor=CONTROL, need=CUSTODY, source=Source.MOVE)
    _, _, without = best(custody_short(forbidden=(ban,)))
    assert {move.donor.key for move in without.moves if move.donor} == {ROADS}
    spared = Forbidden(key=2, donor=ROADS)
    _, _, neither = best(custody_short(forbidden=(ban, spared)))
    assert neither.moves == ()
    assert neither.open_fte() == 2.0


def test_a_ban_on_a_source_from_outside_leaves_the_others():
    ban = Forbidden(key=1, donor=None, need=CUSTODY, source=Source.TRANSFEREE)
    weighing = Weighing(transferees=4, budget=50_000.0)
    assert Source.TRANSFEREE in best(custody_short(weighing=weighing))[2].filled_by()
    assert Source.TRANSFEREE not in best(custody_short(weighing=weighing, forbidden=(ban,)))[2].filled_by()
    assert best(custody_short(forbidden=(ban,)))[2].filled_fte() == 2.0


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"heads": 3}, "the need is smaller than what is pinned"),
        ({"weighing": Weighing(location_moves=0)}, "moves out of one place (0)"),
        ({"weighing": Weighing(travel_limit=10.0)}, "no such move is possible"),
        ({"unit_minimums": {(3, None): 10.0}}, "the minimum of cells that could give"),
    ],
)
def test_a_pin_that_cannot_hold_says_why(more, why):
    more = dict(more)
    heads = more.pop("heads", 1)
    pin = Pin(key=5, source=Source.MOVE, donor=ROADS, need=CUSTODY, heads=heads)
    found = custody_short(pins=(pin,), **more)
    if heads == 3:
        spacious = [
            cell(1, posts=4, people=2),
            cell(3, posts=10, people=14, minimum=5, place=2, fits=frozenset({CUSTODY})),
        ]
        found = facts(spacious, {CUSTODY: 2}, minutes={(1, 2): 20.0}, pins=(pin,))
    problem, solution, _ = best(found)
    assert solution.missing == {5: 1}
    assert why in why_pin_fails(problem, solution.heads, pin)


def test_one_more_training_place_is_priced():
    """Two heads lack the skills and one place is there: one more fills one FTE more, for its price."""
    cells = [cell(1, posts=4, people=2), cell(2, posts=10, people=14, minimum=9, role=2)]
    weighing = Weighing(transferees=0, training_places=1, budget=0.0)
    problem, solution, outcome = best(facts(cells, {CUSTODY: 2}, weighing=weighing))
    assert outcome.filled_fte() == 1.0
    price = solution.prices[0]
    assert price.limit.label == "Training places"
    assert price.filled_fte == pytest.approx(1.0)
    assert price.points == pytest.approx(100 - 10 - 15)
    assert price_words(price) == "One more training place would fill about 1.0 FTE more (worth 75 points)."
    assert "training places (1)" in why_open(problem, solution.heads, outcome.needs[0])


def test_part_time_people_count_at_their_own_fte():
    groups = (Group(fte=0.6, heads=2, fits=frozenset({CUSTODY})),)
    cells = [cell(1, posts=4, people=3), cell(2, posts=10, people=12, minimum=9, groups=groups)]
    problem, solution, outcome = best(facts(cells, {CUSTODY: 1}))
    assert (outcome.heads, outcome.filled_fte()) == (1, pytest.approx(0.6))
    assert outcome.moves[0].part_time == 1
    assert "This person works part-time." in reason(outcome.moves[0], problem.facts)
    assert "less than anyone who could come works" in why_open(problem, solution.heads, outcome.needs[0])


def test_too_dear_is_told_from_impossible():
    cells = [cell(1, posts=4, people=3, weight=0.5), cell(2, posts=10, people=10, minimum=5, weight=4.0)]
    problem, solution, outcome = best(facts(cells, {CUSTODY: 1}))
    assert outcome.moves == ()
    assert "would cost more elsewhere" in why_open(problem, solution.heads, outcome.needs[0])
    alone = problem_of(facts([cells[0]], {CUSTODY: 1}))
    nothing = outcome_of(alone, ())
    assert "There is no way to fill it" in why_open(alone, (), nothing.needs[0])


def test_who_acts_is_back_at_the_next_board():
    cells = [
        cell(1, posts=4, people=3, boards=2),
        cell(2, posts=20, people=20, minimum=9, rank=1, boards=2, fits=frozenset({CUSTODY})),
    ]
    weighing = Weighing(transferees=0, promotions=0, budget=0.0)
    _, _, outcome = best(facts(cells, {CUSTODY: 1}, weighing=weighing, boards=2))
    assert [(move.source, move.board) for move in outcome.moves] == [(Source.ACTING, 0), (Source.ACTING, 1)]
    assert outcome.filled_fte(0) == outcome.filled_fte(1) == 1.0


def test_promotion_acting_and_intake_keep_to_the_rank():
    cells = [
        cell(1, posts=4, people=2),
        cell(2, posts=10, people=11, minimum=5, rank=1, role=2),
        cell(3, posts=10, people=10, minimum=5, rank=3),
        cell(4, posts=9, people=7, rank=1, minimum=9),
    ]
    weighing = Weighing(transferees=0, promotions=1, budget=0.0)
    intake = Intake(key="7", label="Intake of May", rank_id=1, places=1)
    found = facts(cells, {CUSTODY: 2, key(4, rank=1): 2}, weighing=weighing, intakes=(intake,))
    _, _, outcome = best(found)
    into = {(move.source, move.need.cell.unit_id) for move in outcome.moves}
    assert (Source.PROMOTION, 1) in into
    assert (Source.INTAKE, 4) in into
    assert sum(move.heads for move in outcome.moves if move.source == Source.PROMOTION) == 1
    assert sum(move.heads for move in outcome.moves if move.source == Source.INTAKE) == 1
    assert not any(move.donor and move.donor.rank_order == 3 for move in outcome.moves)


def test_a_promotion_pool_takes_the_place_of_the_setting():
    cells = [cell(1, posts=9, people=5), cell(2, posts=20, people=22, minimum=5, rank=1, role=2)]
    weighing = Weighing(transferees=0, promotions=9, budget=0.0, training_places=9)
    for ready in (0, 1, 3):
        found = facts(cells, {CUSTODY: 4}, weighing=weighing, pools={2: (ready,)})
        _, _, outcome = best(found)
        assert sum(move.heads for move in outcome.moves) == ready


def test_agency_and_staff_are_kept_to_their_grades_and_the_budget():
    officer, clerk = cell(1, posts=4, people=2), cell(2, posts=4, people=1, category="staff", rank=9)
    pair = CivilianPair(rank_id=2, role_id=1, staff_rank_id=30, staff_rank="Investigator")
    weighing = Weighing(transferees=0, budget=24_000.0, agency_cost=9000.0, civilian_cost=6000.0, civilians=1)
    _, _, outcome = best(
        facts([officer, clerk], {officer.key: 2, clerk.key: 3}, weighing=weighing, pairs=(pair,))
    )
    assert outcome.filled_by() == {Source.AGENCY: 2.0, Source.CIVILIAN: 1.0}
    assert outcome.pounds == 24_000.0
    civilian = next(move for move in outcome.moves if move.source == Source.CIVILIAN)
    assert "Staff of Investigator may do this role" in reason(civilian, custody_short())


def test_the_first_fte_that_a_cell_gives_is_the_cheapest():
    donor = cell(1, posts=20, people=21)
    weighing = Weighing()
    assert steps(donor, weighing, 0, 4.0) == pytest.approx([0.0, 50.0, 100.0, 100.0])
    assert giving_points(donor, weighing, 0, 1.5) == pytest.approx(25.0)
    for seed in range(50):
        for each in random_facts(seed).cells.values():
            found = steps(each, weighing, 0, 5.0)
            assert found == pytest.approx(sorted(found))


def test_the_simple_rule_takes_the_largest_gap_from_the_largest_surplus():
    cells = [
        cell(1, posts=4, people=2, minimum=4),
        cell(2, posts=9, people=6, minimum=9),
        cell(3, posts=5, people=6, minimum=5),
        cell(4, posts=5, people=7, minimum=5),
    ]
    problem = problem_of(facts(cells, {key(1): 2, key(2): 3}))
    outcome = outcome_of(problem, simple_plan(problem))
    # From the surplus of two into the gap of three; then two gaps of two are left, the first of them is next,
    # and both surpluses are one; the third head goes to the second.
    assert {(move.donor.key.unit_id, move.need.cell.unit_id): move.heads for move in outcome.moves} == {
        (4, 2): 2,
        (3, 1): 1,
    }
    assert outcome.filled_fte() == 3.0


def test_a_need_that_shrinks_is_not_filled_beyond_what_was_open():
    donor = cell(2, posts=10, people=12, minimum=9, boards=2, fits=frozenset({CUSTODY}))
    short = cell(1, posts=4, people=2, boards=2)
    need = Need(cell=CUSTODY, label="Custody", fte=(2.0, 1.0))
    found = Facts(
        cells={short.key: short, donor.key: donor},
        needs=(need,),
        weighing=Weighing(transferees=0, budget=0.0),
        boards=2,
    )
    problem, solution, outcome = best(found)
    assert breaches(problem, solution.heads) == []
    assert outcome.filled_fte(1) == 1.0
    assert outcome.points.total == pytest.approx(solution.objective)


def test_the_quick_chance_follows_the_range():
    assert chance_above(2.0, 1.0, 2.0, 3.0) == pytest.approx(0.5)
    assert chance_above(3.0, 1.0, 2.0, 3.0) == pytest.approx(0.1, abs=1e-4)
    assert chance_above(2.0, 1.0, 2.0, 3.0, more=1.0) == pytest.approx(0.1, abs=1e-4)
    assert chance_above(2.0, 3.0, 3.0, 3.0) == 1.0
    assert chance_above(2.0, 3.0, 3.0, 3.0, more=1.0) == 0.0
