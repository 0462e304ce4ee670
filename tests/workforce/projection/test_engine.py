"""The projection against what can be worked out by hand: the recursion of mean and variance, identities."""

from dataclasses import fields, replace

import numpy as np
import pytest

from tests.workforce.projection.made import made_force, rates_of
from tests.workforce.projection.small import (
    AVAILABLE,
    RUNS,
    STRENGTH,
    constant,
    force,
    known,
    officers,
    standard_errors,
    survival,
    total,
)
from workforce.projection.calc.draws import multipliers
from workforce.projection.calc.engine import MEASURES, histories, prepare, simulate
from workforce.projection.calc.inputs import (
    AWAY,
    FORCE_LINE,
    Change,
    ChangeKind,
    Intake,
    Line,
    LineKey,
    LineKind,
    Recruitment,
)
from workforce.projection.calc.leaving import chance_of_staying
from workforce.projection.calc.results import FLOWS, LEAVER_FLOWS, Flow
from workforce.projection.calc.slots import UNITS


class TestRecursion:
    @pytest.mark.parametrize("month", [1, 12, 24])
    def test_exits_alone_have_the_exact_mean_and_variance(self, month):
        inputs = force(officers(300))
        stays = survival(inputs, month)
        found = total(inputs)[STRENGTH, month]
        for score in standard_errors(found, stays.sum(), (stays * (1 - stays)).sum()):
            assert abs(score) < 4

    def test_an_open_system_follows_the_recursion(self):
        """Available and absent: m' = P'm + R q, C' = P'CP + diag(P'm) - P'diag(m)P + R(diag q - qq')."""
        rates = constant(0.3, absence=np.full(3, 0.05), absence_end=np.full(3, 0.3))
        joiners = 3
        intakes = tuple(
            Intake(key=str(month), month=month, seats=joiners, category=0, cells=(0,), weights=(1.0,))
            for month in range(1, 25)
        )
        inputs = force(officers(60), rates=rates, intakes=intakes)
        stay, begin, end = np.exp(-0.3 / 12), 1 - np.exp(-0.05), 1 - np.exp(-0.3)
        matrix = stay * np.array([[1 - begin, begin], [end * (1 - begin), 1 - end + end * begin]])
        new = np.array([1 - begin, begin])
        mean, spread = np.array([60.0, 0.0]), np.zeros((2, 2))
        found = total(inputs)
        for month in range(1, 25):
            spread = (
                matrix.T @ spread @ matrix
                + np.diag(matrix.T @ mean)
                - matrix.T @ np.diag(mean) @ matrix
                + joiners * (np.diag(new) - np.outer(new, new))
            )
            mean = matrix.T @ mean + joiners * new
            if month in (1, 6, 24):
                scores = [
                    *standard_errors(found[AVAILABLE, month], mean[0], spread[0, 0]),
                    *standard_errors(found[STRENGTH, month], mean.sum(), spread.sum()),
                ]
                assert np.abs(scores).max() < 4

    def test_every_vacancy_filled_at_once_keeps_strength_at_establishment(self):
        recruitment = Recruitment(key="all", cells=(0, 1), category=0, rate=1.0)
        people = officers(80)
        people = replace(people, cell=np.arange(80) % 2, home_cell=np.arange(80) % 2)
        inputs = force(people, cells=2, posts=40.0, recruitment=(recruitment,), rates=known(scale=3.0))
        result = simulate(inputs, 200)
        assert np.all(result.strength.p10 == result.establishment)
        assert np.all(result.strength.p90 == result.establishment)
        flows = dict(zip(FLOWS, result.flows, strict=True))
        left = sum(flows[flow] for flow in LEAVER_FLOWS)
        assert left[:, 1:].max() < 0
        assert flows[Flow.RECRUITED] == pytest.approx(-left)

    @pytest.mark.parametrize("seed", range(5))
    def test_every_run_adds_up_from_strength_to_strength(self, seed):
        """One run is its own mean, so that the flows are those of the run."""
        inputs = made_force(400, 60, months=30)
        changes = (
            Change(key="a", kind=ChangeKind.MOVE, month=3, fte=2, from_cell=0, to_cell=1),
            Change(key="b", kind=ChangeKind.LEAVE, month=4, fte=1, from_cell=1),
            Change(key="c", kind=ChangeKind.JOIN, month=6, fte=1.5, to_cell=2, category=0),
        )
        result = simulate(inputs.with_(changes=changes), 1, seed)
        strength = np.rint(result.strength.mean * UNITS)
        flows = np.rint(result.flows.sum(axis=0) * UNITS)
        assert np.array_equal(np.diff(strength, axis=1), flows[:, 1:])
        assert (np.abs(result.flows).sum(axis=(1, 2)) > 0).sum() >= 16

    def test_without_leavers_nothing_changes_and_with_certain_leaving_nobody_stays(self):
        assert np.all(total(force(officers(50), rates=constant(0.0)), 20)[STRENGTH] == 50)
        gone = total(force(officers(50), rates=constant(12 * 50.0)), 20)
        assert np.all(gone[STRENGTH, 1:] == 0)


class TestAnswer:
    def test_the_same_seed_gives_the_same_answer_on_any_number_of_threads(self):
        inputs = made_force(300, 60, months=18)
        one, two, other = (
            simulate(inputs, 700, 5, 1),
            simulate(inputs, 700, 5, 3),
            simulate(inputs, 700, 6, 1),
        )
        for name in ("strength", "gap", "available", "deployable"):
            for part in ("p10", "p50", "p90", "mean"):
                assert np.array_equal(getattr(getattr(one, name), part), getattr(getattr(two, name), part))
        assert np.array_equal(one.flows, two.flows)
        assert np.array_equal(one.chance, two.chance)
        assert not np.array_equal(one.strength.mean, other.strength.mean)

    def test_ranges_of_totals_are_not_sums_of_ranges(self):
        result = simulate(made_force(600, 60, months=24), 1000)
        cells = [row for row, key in enumerate(result.lines) if key.kind is LineKind.CELL]
        width = (result.gap.p90 - result.gap.p10)[:, 24]
        assert width[cells].sum() > 1.5 * width[result.index[FORCE_LINE]]

    def test_figures_are_those_of_the_runs(self):
        inputs = made_force(300, 60, months=12).with_(threshold=0.5)
        mid = float(np.median(simulate(inputs, 99).of("gap").p50[12]))
        inputs = inputs.with_(thresholds={FORCE_LINE: mid})
        result, runs = simulate(inputs, 999, 3), histories(inputs, 999, 3)
        for number, name in enumerate(MEASURES):
            fan, levels = getattr(result, name), np.sort(runs[:, number] / UNITS, axis=-1)
            assert fan.p10 == pytest.approx(levels[..., 100])
            assert fan.p50 == pytest.approx(levels[..., 499])
            assert fan.p90 == pytest.approx(levels[..., 898])
            assert fan.mean == pytest.approx(levels.mean(axis=-1))
        gap = result.establishment[:, :, None] - runs[:, STRENGTH] / UNITS
        assert result.gap.p10 == pytest.approx(np.sort(gap, axis=-1)[..., 100])
        beyond = (gap > result.threshold[:, None, None] + 1e-9).mean(axis=-1)
        assert result.chance == pytest.approx(beyond)
        assert result.threshold[result.index[FORCE_LINE]] == mid
        assert 0 < result.chance_of()[12] < 1

    def test_lines_of_any_cells_add_up(self):
        inputs = made_force(300, 60, months=6)
        odd = tuple(Line(key=LineKey(LineKind.UNIT, f"odd {n}"), cells=np.arange(n, 40, 3)) for n in range(3))
        inputs = inputs.with_(lines=(*inputs.lines, *odd))
        runs = histories(inputs, 50)
        cells = {line.key: row for row, line in enumerate(inputs.lines)}
        for row, line in enumerate(inputs.lines):
            parts = [cells[LineKey(LineKind.CELL, inputs.cells[each])] for each in line.cells]
            assert np.array_equal(runs[row], runs[parts].sum(axis=0))

    def test_a_range_without_uncertain_rates_is_about_three_times_too_narrow(self):
        """3,000 officers, not replaced; 200 leavers seen in all, and years that differ by 10%."""
        people = officers(3000)
        width = {}
        for name, seen, sd in (("known", np.inf, 0.0), ("learnt", 200 / 11, 0.1)):
            rates = rates_of(seen=seen, shock_sd=sd, spells=False, shock_persistence=0.9)
            fan = simulate(force(people, months=48, rates=rates), 1000).of("strength")
            width[name] = (fan.p90 - fan.p10)[48]
        assert 2 < width["learnt"] / width["known"] < 4

    def test_why_a_gap_grows_is_told_by_the_flows(self):
        result = simulate(made_force(300, 60, months=12), 200)
        for key in (FORCE_LINE, LineKey(LineKind.RANK, 1), LineKey(LineKind.UNIT, 1000)):
            told = sum(result.flows_of(key, 3, 9).values())
            strength = result.of("strength", key).mean
            assert told == pytest.approx(strength[9] - strength[2])


class TestCommonDraws:
    def test_a_pause_in_promotion_changes_ranks_and_never_the_force(self):
        inputs = made_force(400, 60, months=24).with_(recruitment=())
        paused = tuple(replace(rule, paused_from=6, paused_to=18) for rule in inputs.promotions)
        before, after = histories(inputs, 300), histories(inputs.with_(promotions=paused), 300)
        force_row = len(inputs.lines) - 1
        assert np.array_equal(before[force_row, STRENGTH], after[force_row, STRENGTH])
        row = [line.key for line in inputs.lines].index(LineKey(LineKind.RANK, 1))
        difference = (after - before)[row, STRENGTH] / UNITS
        assert np.all(difference[:6] == 0)
        assert difference[17].mean() < -1
        for month in range(6, 18):
            result = simulate(inputs.with_(promotions=paused), 50)
            assert result.flows[FLOWS.index(Flow.PROMOTED_IN), :, month].max() == 0

    def test_one_more_intake_adds_its_people_and_no_noise(self):
        inputs = made_force(400, 60, months=24).with_(promotions=(), recruitment=())
        placed = tuple(replace(each, weights=(1.0,) * len(each.cells)) for each in inputs.intakes)
        inputs = inputs.with_(intakes=placed)
        extra = Intake(key="March", month=6, seats=20, category=0, cells=(0, 1), weights=(1.0, 1.0), show=0.9)
        before = histories(inputs, 500)
        after = histories(inputs.with_(intakes=(extra, *inputs.intakes)), 500)
        difference = (after - before)[:, STRENGTH] / UNITS
        force_row = len(inputs.lines) - 1
        assert np.all(difference[force_row, :6] == 0)
        assert difference[force_row, 6].mean() == pytest.approx(18, abs=0.4)
        assert difference.min() >= 0
        untouched = [row for row, line in enumerate(inputs.lines) if line.cells.min() > 1]
        assert np.all(difference[untouched] == 0)

    def test_a_higher_rate_can_only_bring_leaving_forward(self):
        inputs = force(officers(200))
        more = inputs.with_(rates=known(scale=1.3))
        assert np.all(total(more, 300)[STRENGTH] <= total(inputs, 300)[STRENGTH])


def people_of_one(people, number):
    return type(people)(**{each.name: getattr(people, each.name)[[number]] for each in fields(people)})


def test_the_chance_that_each_person_stays_is_the_share_of_runs_in_which_they_do():
    rates = rates_of(seen=3.0, shock_sd=0.4, scale=3.0)
    inputs = force(officers(6, leave_month=np.array([0, 0, 0, 0, 0, 9])), rates=rates)
    prepared = prepare(inputs)
    factors = multipliers(inputs.rates, inputs.months, RUNS, np.random.default_rng(5))
    for month in (1, 8, 9, 24):
        chance = chance_of_staying(prepared.slots, prepared.exposed, factors, month)
        alone = [
            total(inputs.with_(people=people_of_one(inputs.people, number)), RUNS)[STRENGTH, month].mean()
            for number in range(6)
        ]
        assert chance == pytest.approx(alone, abs=4 * np.sqrt(0.25 * 2 / RUNS))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"months": 0}, "1 to 240 months"),
        ({"establishment": np.zeros((3, 1))}, "establishment must be given"),
        ({"people": officers(2, home_cell=np.array([7, 0]))}, "home_cell has others"),
        ({"people": officers(1, cell=np.array([AWAY]), home_cell=np.array([0]))}, "neither comes back"),
        ({"intakes": (Intake(key="x", month=99, seats=1, category=0, cells=(0,)),)}, "within the months"),
        ({"changes": (Change(key="x", kind=ChangeKind.MOVE, month=1, to_cell=0),)}, "neither who goes"),
        ({"recruitment": (Recruitment(key="x", cells=(0,), category=0, rate=1.0),) * 2}, "the same key"),
    ],
)
def test_inputs_that_contradict_themselves_are_refused_in_words(change, words):
    with pytest.raises(ValueError, match=words):
        simulate(force(**{"people": officers(2), **change}), 10)
