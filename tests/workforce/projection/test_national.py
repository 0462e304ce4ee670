"""Projection of all forces from a yearly table, on tables whose truth is known."""

import numpy as np
import pytest

from workforce.projection.calc.national import SHARE, fit, growth, off_by, project, student_80


def table(damping=0.6, own=0.2, years=10, forces=43, seed=1, national_sd=0.02, own_sd=0.02) -> np.ndarray:
    """FTE [force, year] of forces that grow as the model says."""
    rng = np.random.default_rng(seed)
    whole, alone = np.zeros(years), np.zeros((forces, years))
    for year in range(1, years):
        whole[year] = damping * whole[year - 1] + national_sd * rng.standard_normal()
        alone[:, year] = own * alone[:, year - 1] + own_sd * rng.standard_normal(forces)
    start = rng.uniform(900, 6000, (forces, 1))
    return start * np.exp(np.cumsum(whole + alone, axis=1))


def test_what_the_table_was_made_with_is_found_in_a_long_one():
    model = fit(table(years=120))
    assert model.national_damping == pytest.approx(0.6, abs=0.15)
    assert model.own_damping == pytest.approx(0.2, abs=0.06)
    assert model.national_size == pytest.approx(0.02 / np.sqrt(1 - 0.6**2), rel=0.2)
    assert model.own_size == pytest.approx(np.full(43, 0.02), rel=0.25)


def test_few_years_leave_the_damping_open():
    weights = fit(table(years=6)).national_weights
    assert weights.sum() == pytest.approx(1)
    assert weights.max() < 0.1


def test_it_errs_less_than_no_change_and_the_same_again_and_its_range_holds():
    ours, still, again, held = [], [], [], []
    for seed in range(40):
        whole = table(seed=seed, years=14)
        known, came = whole[:, :10], whole[:, 10:]
        made = project(fit(known), known, 4)
        ours.append(np.abs(made.p50 - came).mean())
        still.append(np.abs(known[:, -1:] - came).mean())
        steps = np.arange(1, 5)
        again.append(np.abs(known[:, -1:] + np.diff(known[:, -2:]) * steps - came).mean())
        held.append(((made.p10 <= came) & (came <= made.p90)).mean())
    assert np.mean(ours) < 0.95 * np.mean(still)
    assert np.mean(ours) < 0.75 * np.mean(again)
    assert 0.75 < np.mean(held) < 0.92


def test_ranges_widen_with_the_years_and_hold_the_middle():
    known = table()
    made = project(fit(known), known, 6)
    width = np.log(made.p90 / made.p10)
    assert np.all(np.diff(width, axis=1) > 0)
    assert np.all((made.p10 < made.p50) & (made.p50 < made.p90))


def test_steady_forces_stay_steady():
    known = np.repeat(np.array([[1000.0], [2000.0]]), 8, axis=1) * np.array([1, 1.001] * 4)
    made = project(fit(known), known, 5)
    assert made.p50 == pytest.approx(np.repeat(known[:, -1:], 5, axis=1), rel=0.01)


def test_growth_is_taken_apart_and_adds_up():
    known = table()
    whole, own = growth(known)
    assert whole + own == pytest.approx(np.diff(np.log(known), axis=1))


def test_a_growth_that_lasts_is_off_by_more_each_year_than_one_soon_over():
    one = np.ones(1)
    assert off_by(np.array([0.0]), one, 3) == pytest.approx(np.sqrt([1, 2, 3]))
    # Growth that stays as it is forever: what is not projected of it is missed every year.
    assert off_by(np.array([1.0]), one, 3) == pytest.approx((1 - SHARE) * np.arange(1, 4))


def test_how_far_off_a_projection_is_agrees_with_many_drawn_paths():
    rng, paths, ahead = np.random.default_rng(5), 200_000, 5
    damping = np.where(rng.random(paths) < 0.25, 0.9, 0.4)
    last = rng.standard_normal(paths)
    expected = 0.25 * np.cumsum(0.9 ** np.arange(1, 6)) + 0.75 * np.cumsum(0.4 ** np.arange(1, 6))
    growing, level = last, np.zeros(paths)
    found = off_by(np.array([0.9, 0.4]), np.array([0.25, 0.75]), ahead)
    for year in range(ahead):
        growing = damping * growing + np.sqrt(1 - damping**2) * rng.standard_normal(paths)
        level = level + growing
        assert (level - SHARE * expected[year] * last).std() == pytest.approx(found[year], rel=0.01)


def test_half_of_the_growth_expected_is_projected():
    """All forces grow by a tenth at the end, after years in which growth turned round and round."""
    known = 1000 * np.exp(np.cumsum([[0.0, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1]] * 3, axis=1))
    model = fit(known)
    made = project(model, known, 1)
    assert np.log(made.p50[:, 0] / known[:, -1]) == pytest.approx(0.5 * 0.1 * model.national_damping)


@pytest.mark.parametrize("free", [3, 8, 30])
def test_students_quantile_is_close_to_the_exact_one(free):
    from scipy.stats import t

    assert student_80(free) == pytest.approx(t.ppf(0.9, free), rel=0.01)


def test_what_cannot_be_fitted_is_refused_in_words():
    with pytest.raises(ValueError, match="At least 5 years"):
        fit(np.ones((3, 4)))
    with pytest.raises(ValueError, match="above nought"):
        fit(np.zeros((3, 8)))
