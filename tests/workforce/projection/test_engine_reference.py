"""The projection agrees with a slow simulation of one person at a time, in mean and in variance."""

import random
from datetime import date

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reference.projection import UNIT, one_run
from tests.workforce.projection.made import CATEGORIES, people_of, rates_of
from workforce.establishment.calc import CellKey
from workforce.projection.calc.engine import histories
from workforce.projection.calc.inputs import (
    Change,
    ChangeKind,
    Inputs,
    Intake,
    LineKind,
    Promotion,
    Recruitment,
)
from workforce.projection.calc.lines import standard_lines

REFERENCE_RUNS, ENGINE_RUNS = 300, 4000
MONTHS = 14


@st.composite
def small_forces(draw) -> Inputs:
    """Some 15 people in 6 cells: constables (0, 1), sergeants (2), inspectors (3), staff (4, 5)."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    per_cell = draw(st.lists(st.integers(0, 4), min_size=6, max_size=6).filter(any))
    cell = np.repeat(np.arange(6), per_cell)
    number = len(cell)
    category = np.where(cell < 4, 0, 1)
    service = rng.integers(0, 380, number)
    share = draw(st.sampled_from([0.0, 0.3]))
    some = rng.random((8, number)) < share
    constable = cell < 2
    at, home, home_month = cell.copy(), cell.copy(), np.zeros(number, np.int64)
    acting = some[0] & constable
    at[acting], home_month[acting] = 2, rng.integers(1, MONTHS, acting.sum())
    visiting = some[1] & ~acting & (cell == 4)
    home[visiting], home_month[visiting] = -1, rng.integers(1, MONTHS, visiting.sum())
    away = some[2] & ~acting & ~visiting
    at[away] = -1
    is_open = away & (rng.random(number) < 0.5)
    arrive = np.where(away & ~is_open, rng.integers(1, MONTHS, number), 0)
    leaving = some[3] & ~away
    people = people_of(
        cell=at,
        category=category,
        service=service,
        fte=rng.choice([1.0, 1.0, 0.6], number),
        home_cell=home,
        home_month=home_month,
        in_rank=service // 2,
        leave_month=np.where(leaving, rng.integers(1, MONTHS, number), 0),
        arrive_month=arrive,
        arrive_chance=np.where(away, 0.8, 1.0),
        away_open=is_open,
        absent=some[4] & ~away,
        absent_to=np.where(some[4], rng.integers(0, MONTHS, number), 0),
        limited=some[5] & ~away,
        limited_to=np.where(some[5], rng.integers(0, MONTHS, number), 0),
        independent_month=np.where(constable & (service < 24), 25 - service, 0),
    )
    keys = tuple(
        CellKey(rank_id=(0, 0, 1, 2, 3, 3)[c], role_id=c, location_id=0, unit_id=c % 2) for c in range(6)
    )
    posts = np.array(per_cell) + rng.integers(0, 2, 6)
    named = int(rng.integers(number))
    kinds = draw(st.sets(st.sampled_from(["intake", "gap intake", "changes", "recruitment"])))
    intakes = [
        Intake(
            key="class",
            month=2,
            seats=5,
            category=0,
            cells=(0, 1),
            weights=(2.0, 1.0),
            show=0.8,
            show_seen=10,
            training_cell=0,
            training_months=4,
            independent_after=9,
        ),
        Intake(key="transferees", month=5, seats=3, category=0, cells=(0, 1, 2), service=60, fte=0.8),
    ]
    changes = (
        Change(key="a", kind=ChangeKind.MOVE, month=3, fte=2, from_cell=0, to_cell=1),
        Change(key="b", kind=ChangeKind.LEAVE, month=4, fte=1, from_cell=4),
        Change(key="c", kind=ChangeKind.JOIN, month=6, fte=1.4, to_cell=5, category=1, service=3),
        Change(key="d", kind=ChangeKind.POSTS, month=7, fte=-1, to_cell=2),
        Change(key="e", kind=ChangeKind.MOVE, month=8, person=named, to_cell=5),
        Change(key="f", kind=ChangeKind.POSTS, month=5, fte=2, to_cell=3),
    )
    recruitment = (
        Recruitment(key="staff", cells=(4, 5), category=1, rate=0.4, most_a_month=1),
        Recruitment(
            key="officers",
            cells=(1,),
            category=0,
            rate=0.3,
            service=50,
            first_month=3,
            paused_from=6,
            paused_to=9,
        ),
    )
    return Inputs(
        day=date(2016, 3, 31),
        months=MONTHS,
        cells=keys,
        categories=CATEGORIES,
        cell_category=np.array([0, 0, 0, 0, 1, 1]),
        establishment=np.tile(posts.astype(float), (MONTHS + 1, 1)),
        lines=standard_lines(keys, {0: (9, 0), 1: (9, 1)}, dict(enumerate(["officer"] * 3 + ["staff"]))),
        people=people,
        rates=rates_of(seen=draw(st.sampled_from([np.inf, 4.0])), shock_sd=draw(st.sampled_from([0.0, 0.3])),
                       scale=draw(st.sampled_from([1.0, 4.0]))),
        board_months=(2, 5, 8, 11),
        intakes=tuple(intakes[:1] * ("intake" in kinds) + intakes[1:] * ("gap intake" in kinds)),
        promotions=(
            Promotion(key="inspector", to_cells=(3,), from_cells=(2,), least_in_rank=6, share=0.7),
            Promotion(key="sergeant", to_cells=(2,), from_cells=(0, 1), least_service=24, paused_from=5,
                      paused_to=6),
        ),
        recruitment=recruitment if "recruitment" in kinds else (),
        changes=changes if "changes" in kinds else (),
        not_independent_share=0.5,
        limited_share=0.4,
    )  # fmt: skip


def both(inputs: Inputs, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Runs of the engine and of the reference, [cell, measure, month, run] in FTE."""
    rng = random.Random(seed)
    slow = np.array([one_run(inputs, rng) for _ in range(REFERENCE_RUNS)])
    fast = histories(inputs, ENGINE_RUNS, seed)
    cells = [row for row, line in enumerate(inputs.lines) if line.key.kind is LineKind.CELL]
    return fast[cells] / UNIT, slow.transpose(3, 1, 2, 0) / UNIT


def score(fast: np.ndarray, slow: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many standard errors the means and the variances are apart, along the last axis."""

    def moments(x):
        mean = x.mean(axis=-1, keepdims=True)
        var = ((x - mean) ** 2).mean(axis=-1)
        fourth = ((x - mean) ** 4).mean(axis=-1)
        return mean[..., 0], var, np.maximum(fourth - var**2, 0) / x.shape[-1]

    (a, va, ea), (b, vb, eb) = moments(fast), moments(slow)
    least = 1e-3
    means = (a - b) / np.sqrt(np.maximum(va / fast.shape[-1] + va / slow.shape[-1], least**2))
    variances = (va - vb) / np.sqrt(np.maximum(ea * (1 + fast.shape[-1] / slow.shape[-1]) + eb, least))
    return means, variances


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
@given(small_forces(), st.integers(0, 1000))
def test_it_agrees_with_one_person_at_a_time(inputs, seed):
    fast, slow = both(inputs, seed)
    assert np.array_equal(fast[:, :, 0, 0], slow[:, :, 0, 0])
    for month in (1, 7, MONTHS):
        totals = score(fast[:, :, month].sum(axis=0), slow[:, :, month].sum(axis=0))
        cells = score(fast[:, :, month], slow[:, :, month])
        for found in (*totals, *cells):
            assert np.abs(found).max() < 4.5
