"""What is asked of a projection: strength alone, and how many runs are worked at once."""

import numpy as np
import pytest

from tests.workforce.projection.made import made_force
from workforce.projection.calc.engine import simulate


def test_strength_alone_is_the_strength_that_the_whole_projection_gives():
    inputs = made_force(400, 60, months=20)
    whole, alone = simulate(inputs, 300, 5), simulate(inputs, 300, 5, strength_only=True)
    for measure in ("strength", "gap"):
        for part in ("p10", "p50", "p90", "mean"):
            assert np.array_equal(getattr(whole.of(measure), part), getattr(alone.of(measure), part))
    assert np.array_equal(whole.chance, alone.chance)
    assert np.array_equal(whole.flows, alone.flows)
    assert whole.absences.any()
    assert not alone.absences.any()
    with pytest.raises(KeyError):
        alone.of("available")


def test_blocks_of_another_size_give_other_runs_of_the_same_projection():
    inputs = made_force(400, 60, months=20)
    one, other = (simulate(inputs, 900, 5, size=size).of("strength") for size in (300, 900))
    assert not np.array_equal(one.mean, other.mean)
    width = one.p90 - one.p10
    # The mean of 900 runs of a range 2.56 sd wide is known within 0.013 of it, one sd.
    assert np.all(np.abs(one.mean - other.mean)[1:] < 0.08 * width[1:])
    assert other.p90 - other.p10 == pytest.approx(width, rel=0.25)


def test_each_size_gives_the_same_answer_on_any_number_of_threads():
    inputs = made_force(300, 60, months=12)
    one, two = (simulate(inputs, 500, 5, workers, size=200) for workers in (1, 3))
    assert np.array_equal(one.flows, two.flows)
    assert np.array_equal(one.deployable.p10, two.deployable.p10)
