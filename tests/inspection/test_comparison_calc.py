"""Annex A: the rule, its traps, and agreement with a second implementation."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsite.inspection.comparison.calc import Basis, Standing, compare
from tests.reference import annex_a

values_of_forces = st.dictionaries(
    st.sampled_from([f"force-{number}" for number in range(43)]),
    st.decimals(min_value=-1000, max_value=1000, places=4),
    min_size=5,
)


@given(values_of_forces)
def test_agrees_with_the_long_way_round(values):
    found = compare(values)

    assert {line.key: line.standing.value for line in found.forces} == annex_a.standings(values, set())


@given(values_of_forces, st.data())
def test_agrees_when_forces_are_left_out(values, data):
    left_out = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=len(values) - 5))
    found = compare(values, left_out=frozenset(left_out))

    assert {line.key: line.standing.value for line in found.forces} == annex_a.standings(values, left_out)
    assert found.left_out == tuple(sorted(left_out))


def spread_of(*numbers):
    return {f"force-{place}": Decimal(str(number)) for place, number in enumerate(numbers)}


def test_a_negative_mean_does_not_turn_higher_into_lower():
    found = compare(spread_of(-30, -10, -20, -20, -20, -20))

    assert found.of("force-0").standing is Standing.LOWER
    assert found.of("force-1").standing is Standing.HIGHER
    assert any("negative" in note for note in found.notes)


def test_a_mean_of_zero_standardises_the_values_themselves():
    found = compare(spread_of(-4, 4, 0, 0, 0, 0))

    assert found.of("force-0").standing is Standing.LOWER
    assert found.of("force-0").difference is None
    assert any("zero" in note for note in found.notes)


def test_forces_without_spread_are_all_in_line_and_the_page_is_told():
    found = compare(spread_of(0.1, 0.1, 0.1, 0.1, 0.1))

    assert {line.standing for line in found.forces} == {Standing.IN_LINE}
    assert any("same value" in note for note in found.notes)


def test_the_limit_itself_is_in_line():
    # Mean 0 and population standard deviation 1: z is the value itself.
    values = spread_of(-1, -1, 1, 1, 0.675, -0.675)
    beyond = compare(values, threshold=compare(values).of("force-4").z)

    assert beyond.of("force-4").standing is Standing.IN_LINE


def test_an_outlier_that_rules_the_spread_is_said():
    found = compare(spread_of(*range(60, 80), 782))

    assert sum(line.standing is Standing.IN_LINE for line in found.forces) == 20
    assert any("outlier" in note for note in found.notes)
    without = compare(spread_of(*range(60, 80), 782), left_out=frozenset({"force-20"}))
    assert not any("outlier" in note for note in without.notes)


def test_a_force_without_a_value_is_named():
    found = compare(spread_of(1, 2, 3, 4, 5) | {"absent": None})

    assert found.without_value == ("absent",)
    assert found.of("absent") is None


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_forces_are_not_compared(count):
    assert compare(spread_of(*range(count))) is None


def test_a_weighted_mean_is_a_choice_and_is_named():
    values, weights = (
        spread_of(1, 2, 3, 4, 10),
        {f"force-{n}": Decimal(1) for n in range(4)} | {"force-4": Decimal(6)},
    )
    found = compare(values, weights=weights)

    assert found.mean == pytest.approx(7.0)
    assert found.basis is Basis.WEIGHTED
    assert compare(values).mean == pytest.approx(4.0)
