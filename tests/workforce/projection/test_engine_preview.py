"""A what-if is the projection with the change in it, compared run by run."""

from dataclasses import replace

import numpy as np
import pytest

from tests.workforce.projection.made import made_force
from workforce.projection.calc.engine import histories
from workforce.projection.calc.inputs import FORCE_LINE, Change, ChangeKind, Intake, LineKey, LineKind
from workforce.projection.calc.preview import Preview
from workforce.projection.calc.slots import UNITS

RUNS = 120


@pytest.fixture(scope="module")
def inputs():
    return made_force(400, 60, months=18)


@pytest.fixture(scope="module")
def preview(inputs):
    return Preview(inputs, RUNS, seed=4)


def gaps(inputs) -> np.ndarray:
    """[line, month, run] in FTE, of the whole projection with the same seed."""
    strength = histories(inputs, RUNS, seed=4)[:, 0] / UNITS
    posts = np.array([inputs.establishment[:, line.cells].sum(axis=1) for line in inputs.lines])
    return posts[:, :, None] - strength


def test_before_and_after_are_those_of_whole_projections(inputs, preview):
    """Absence is left out of a preview, and changes nothing of strength."""
    move = Change(key="move", kind=ChangeKind.MOVE, month=4, fte=2, from_cell=0, to_cell=3)
    before, after = gaps(inputs), gaps(inputs.with_(changes=(move,)))
    number = {line.key: row for row, line in enumerate(inputs.lines)}
    effects = preview.effect([move])
    assert len(effects) > 5
    for effect in effects:
        row = number[effect.key]
        assert effect.before.mean == pytest.approx(before[row].mean(axis=1))
        assert effect.after.mean == pytest.approx(after[row].mean(axis=1))
        assert effect.after.p90 == pytest.approx(np.sort(after[row], axis=1)[:, RUNS - 1 - 12])
        assert effect.difference == pytest.approx((after - before)[row].mean(axis=1))
        assert effect.difference_sd == pytest.approx((after - before)[row].std(axis=1))
        assert effect.chance_after == pytest.approx((after[row] > inputs.threshold + 1e-9).mean(axis=1))


def test_a_change_touches_the_lines_of_its_cells(inputs, preview):
    move = Change(key="move", kind=ChangeKind.MOVE, month=4, from_cell=0, to_cell=3)
    keys = [effect.key for effect in preview.effect([move])]
    for cell in (0, 3):
        assert LineKey(LineKind.CELL, inputs.cells[cell]) in keys
    assert LineKey(LineKind.CELL, inputs.cells[1]) not in keys
    assert keys[-1] == FORCE_LINE
    person = int(np.flatnonzero(inputs.people.cell == 5)[0])
    leave = Change(key="leave", kind=ChangeKind.LEAVE, month=2, person=person)
    assert LineKey(LineKind.CELL, inputs.cells[5]) in [effect.key for effect in preview.effect([leave])]


def test_more_posts_are_a_larger_gap_and_no_noise(inputs, preview):
    posts = Change(key="posts", kind=ChangeKind.POSTS, month=6, fte=3, to_cell=0)
    effect = preview.effect([posts], [LineKey(LineKind.CELL, inputs.cells[0])])[0]
    assert effect.difference[:6] == pytest.approx(np.zeros(6))
    assert effect.difference[6] == pytest.approx(3, abs=1)


def test_a_scenario_stands_beside_the_projection(inputs, preview):
    extra = Intake(key="March", month=5, seats=10, category=0, cells=(0,), weights=(1.0,))
    (effect,) = preview.effect(lines=[FORCE_LINE], instead=inputs.with_(intakes=(*inputs.intakes, extra)))
    assert effect.difference[5] == pytest.approx(-10, abs=1.5)
    paused = tuple(replace(rule, paused_from=1) for rule in inputs.promotions)
    (effect,) = preview.effect(lines=[LineKey(LineKind.RANK, 1)], instead=inputs.with_(promotions=paused))
    assert effect.difference[18] > 1
    assert np.all(effect.difference_sd < 4)


def test_a_line_that_is_not_projected_is_an_error(preview):
    with pytest.raises(KeyError):
        preview.effect([], [LineKey(LineKind.RANK, 99)])
