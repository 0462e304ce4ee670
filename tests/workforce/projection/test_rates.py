"""Rates learnt from history and the prior, and earlier projections judged."""

from dataclasses import replace

import numpy as np
import pytest

from tests.workforce.projection.made import made_force
from workforce.projection.calc.backtest import Origin, backtest
from workforce.projection.calc.engine import histories
from workforce.projection.calc.inputs import LEAVING, LineKind
from workforce.projection.calc.rates import (
    ASSUMED_WEIGHT,
    BAND_STARTS,
    NATIONAL_OFFICERS,
    NATIONAL_SHOCK_SD,
    Seen,
    Source,
    gamma_quantile,
    learn,
    national_hazards,
    prior_of,
    prior_weight,
    rate_of,
    share_of,
    shock_sd,
    yearly,
)
from workforce.projection.calc.slots import UNITS

BANDS = len(BAND_STARTS)


def seen_of(hazard, months, seed=1, years=6, categories=("officer",)) -> Seen:
    """A history drawn from known hazards, [band] or [category, band]."""
    rng = np.random.default_rng(seed)
    hazard = np.broadcast_to(hazard, (len(categories), BANDS))
    exposure = np.broadcast_to(months, (len(categories), BANDS)).astype(float)
    leavers = np.zeros((len(categories), BANDS, len(LEAVING)))
    leavers[:, :, 0] = rng.poisson(hazard * exposure * 0.8)
    leavers[:, :, 1] = rng.poisson(hazard * exposure * 0.2)
    by_year = np.tile(exposure.sum(axis=1) / years, (years, 1))
    return Seen(
        categories=categories,
        exposure=exposure,
        leavers=leavers,
        yearly_exposure=by_year,
        yearly_leavers=np.tile(leavers.sum(axis=(1, 2)) / years, (years, 1)),
    )


def nothing_seen(*categories: str) -> Seen:
    return seen_of(0.0, 0.0, categories=categories)


def test_national_hazards_have_two_humps_and_the_national_rate():
    a_year = np.array([yearly(each) for each in national_hazards()])
    middle = a_year[6]
    assert middle == a_year.min()
    assert a_year[:3].min() > 3 * middle
    assert a_year[8:].min() > 3 * middle
    left = (8987 + 9236) / 2
    assert left / NATIONAL_OFFICERS == pytest.approx(0.062, abs=0.001)


def test_where_nothing_was_seen_the_prior_speaks_and_says_so():
    learnt = learn(nothing_seen("officer", "staff"))
    assert learnt.leaving.sum(axis=2)[0] == pytest.approx(national_hazards())
    assert learnt.leaving.sum(axis=2)[1] == pytest.approx(prior_of("staff")[0])
    assert np.all(learnt.seen == ASSUMED_WEIGHT)
    assert [learnt.source(0, 0), learnt.source(1, 0)] == [Source.NATIONAL, Source.ASSUMED]
    assert learnt.shock_sd == pytest.approx(NATIONAL_SHOCK_SD)


def test_where_much_was_seen_the_own_history_speaks():
    true = np.linspace(0.02, 0.001, BANDS)
    learnt = learn(seen_of(true, 400_000))
    assert learnt.leaving.sum(axis=2)[0] == pytest.approx(true, rel=0.12)
    assert {learnt.source(0, band) for band in range(BANDS)} == {Source.OWN}
    assert learnt.leaving[0, :, 0].sum() / learnt.leaving[0].sum() == pytest.approx(0.8, abs=0.03)


def test_shrinking_errs_less_than_the_raw_rates_of_a_short_history():
    """Twenty small forces with rates of their own around the national ones."""
    rng = np.random.default_rng(3)
    raw, shrunk = [], []
    for seed in range(20):
        true = national_hazards() * rng.gamma(12, 1 / 12, BANDS)
        history = seen_of(true, 700, seed=seed)
        crude = history.leavers.sum(axis=2)[0] / history.exposure[0]
        found = learn(history).leaving.sum(axis=2)[0]
        raw.append(((crude - true) ** 2).sum())
        shrunk.append(((found - true) ** 2).sum())
    assert np.mean(shrunk) < 0.6 * np.mean(raw)


def test_the_prior_weighs_more_where_bands_agree_with_it():
    expected = np.full(BANDS, 40.0)
    agree = expected.copy()
    differ = expected * np.tile([0.3, 1.7], BANDS)[:BANDS]
    assert prior_weight(agree, expected) > prior_weight(differ, expected)
    assert prior_weight(expected / 100, expected / 100) == ASSUMED_WEIGHT


def test_learnt_rates_are_fit_for_the_engine():
    learnt = learn(seen_of(0.004, 900, categories=("officer", "staff", "pcso")))
    assert learnt.leaving.shape == (3, BANDS, len(LEAVING))
    assert np.all(learnt.leaving > 0)
    assert np.all(learnt.seen > 0)
    assert np.all((learnt.own_share >= 0) & (learnt.own_share < 1))


@pytest.mark.parametrize("sd", [0.05, 0.3])
def test_the_shock_between_years_is_found_in_yearly_counts(sd):
    rng = np.random.default_rng(5)
    exposure = np.full((200, 3), 24_000.0)
    shock = np.exp(sd * rng.standard_normal((200, 1)) - sd**2 / 2)
    counts = rng.poisson(exposure * 0.005 * shock).astype(float)
    found, own = shock_sd(counts, exposure)
    assert own > 0.9
    assert found == pytest.approx(sd, abs=0.04)


def test_without_years_the_national_shock_is_used():
    assert shock_sd(np.array([[50.0]]), np.array([[9000.0]])) == (NATIONAL_SHOCK_SD, 0.0)


def test_a_rate_and_a_share_say_what_they_rest_on():
    little = rate_of(1, 30, prior=0.1, weight=10)
    much = rate_of(300, 2000, prior=0.1, weight=10)
    assert (little.source, much.source) == (Source.ASSUMED, Source.OWN)
    assert little.value == pytest.approx(11 / 130)
    assert much.value == pytest.approx(310 / 2100)
    assert little.low < little.value < little.high
    assert (much.high - much.low) / much.value < (little.high - little.low) / little.value
    share = share_of(30, 40, prior=0.9, weight=10)
    assert share.value == pytest.approx(39 / 50)
    assert share.low < share.value < share.high <= 1
    with pytest.raises(ValueError, match="above nought"):
        rate_of(1, 1, prior=0.0, weight=1)


def test_quantiles_of_gamma_are_close_to_exact_ones():
    from scipy.stats import gamma

    for shape in (2, 5, 20, 200):
        assert gamma_quantile(shape, -1) == pytest.approx(gamma.ppf(0.1, shape), rel=0.01)
        assert gamma_quantile(shape, 1) == pytest.approx(gamma.ppf(0.9, shape), rel=0.01)


class TestBacktest:
    """What came is drawn from the model itself, so that its ranges should hold."""

    MONTHS = 12

    def origins(self, number=60, shift=0.0):
        inputs = made_force(300, 60, months=self.MONTHS)
        came = histories(inputs, number, seed=99)[:, 0] / UNITS + shift
        return [Origin(inputs=inputs, actual=came[:, :, each]) for each in range(number)]

    def test_ranges_of_the_right_model_hold_four_in_five(self):
        judged = backtest(self.origins(), horizons=(6, 12), runs=200)
        force, rank = judged.score(LineKind.FORCE, 12), judged.score(LineKind.RANK, 12)
        assert force.cases == 60
        assert abs(force.bias) < 3 * force.error / np.sqrt(60) * 1.5
        assert 0.65 <= force.coverage <= 0.95
        assert rank.coverage >= 0.75
        assert {case.key.kind for case in judged.cases} == {LineKind.FORCE, LineKind.CATEGORY, LineKind.RANK}

    def test_what_came_lower_is_told_as_bias_and_missed(self):
        judged = backtest(self.origins(10, shift=-40.0), horizons=(12,), runs=200)
        score = judged.score(LineKind.FORCE, 12)
        assert score.bias < -25
        assert score.coverage == 0
        assert score.error > score.unchanged - 60

    def test_what_is_not_known_yet_is_left_out(self):
        first = self.origins(1)[0]
        actual = first.actual.copy()
        actual[:, 7:] = np.nan
        judged = backtest([replace(first, actual=actual)], horizons=(6, 12, 24), runs=50)
        assert {score.months for score in judged.scores} == {6}
        with pytest.raises(KeyError):
            judged.score(LineKind.FORCE, 12)
        with pytest.raises(ValueError, match="every line"):
            backtest([replace(first, actual=actual[:-1])], runs=10)
