"""What is known by its day, and promotions: each event in its month, and nobody lost."""

from dataclasses import replace

import numpy as np
import pytest

from tests.workforce.projection.made import people_of
from tests.workforce.projection.small import (
    AVAILABLE,
    DEPLOYABLE,
    STRENGTH,
    constant,
    force,
    officers,
    standard_errors,
)
from workforce.projection.calc.engine import histories, simulate
from workforce.projection.calc.inputs import (
    AWAY,
    LEAVING,
    Change,
    ChangeKind,
    Intake,
    Promotion,
    Recruitment,
)
from workforce.projection.calc.results import FLOWS, Flow
from workforce.projection.calc.slots import UNITS


class TestDates:
    """Nobody leaves by chance here."""

    def run(self, people, **others) -> np.ndarray:
        """[line, measure, month] of the single thing that can happen."""
        runs = histories(force(people, rates=constant(0.0), months=12, **others), 3) / UNITS
        assert np.ptp(runs, axis=-1).max() == 0
        return runs[..., 0]

    def test_notice_is_kept_to_the_month(self):
        month = np.array([0, 3, 0])
        inputs = force(
            officers(3, leave_month=month, leave_kind=np.full(3, LEAVING.index("retired"))),
            rates=constant(12.0),
            months=12,
        )
        result = simulate(inputs, 400)
        assert np.all(result.of("strength").p90[:3] >= 1)
        assert result.flows[FLOWS.index(Flow.RETIRED), -1, 3] == -1
        assert result.flows[FLOWS.index(Flow.RETIRED), -1, [1, 2, 4, 5]] == pytest.approx(0)

    def test_acting_ends_and_the_covered_post_falls_open(self):
        people = officers(2, cell=np.array([1, 0]), home_cell=np.array([0, 0]), home_month=np.array([4, 0]))
        runs = self.run(people, cells=2, posts=1.0)
        assert runs[0, STRENGTH].tolist() == [1] * 4 + [2] * 9
        assert runs[1, STRENGTH].tolist() == [1] * 4 + [0] * 9

    def test_a_post_is_kept_for_who_comes_back_to_it(self):
        """Acting as a sergeant until month 7: the constable's post is not recruited to meanwhile."""
        people = officers(1, cell=np.array([1]), home_cell=np.array([0]), home_month=np.array([7]))
        recruitment = (Recruitment(key="all", cells=(0,), category=0, rate=1.0),)
        runs = self.run(people, cells=2, posts=1.0, recruitment=recruitment)
        assert runs[0, STRENGTH].tolist() == [0] * 7 + [1] * 6

    def test_seconded_in_goes_and_seconded_out_comes(self):
        people = officers(
            2,
            cell=np.array([0, AWAY]),
            home_cell=np.array([AWAY, 0]),
            home_month=np.array([5, 0]),
            arrive_month=np.array([0, 8]),
        )
        assert self.run(people)[0, STRENGTH].tolist() == [1] * 5 + [0] * 3 + [1] * 5

    def test_posts_begin_and_end(self):
        changes = (
            Change(key="new", kind=ChangeKind.POSTS, month=3, fte=2.5, to_cell=0),
            Change(key="gone", kind=ChangeKind.POSTS, month=6, fte=-1, to_cell=0),
        )
        inputs = force(officers(4), rates=constant(0.0), months=8, posts=4.0, changes=changes)
        assert simulate(inputs, 2).of("gap").mean.tolist() == [0, 0, 0, 2.5, 2.5, 2.5, 1.5, 1.5, 1.5]

    def test_planned_people_move_join_and_leave(self):
        changes = (
            Change(key="a", kind=ChangeKind.MOVE, month=2, person=0, to_cell=1),
            Change(key="b", kind=ChangeKind.JOIN, month=4, fte=1.6, to_cell=1),
            Change(key="c", kind=ChangeKind.LEAVE, month=6, fte=2, from_cell=0),
        )
        runs = self.run(officers(4), cells=2, changes=changes)
        assert runs[0, STRENGTH, [1, 2, 5, 6]].tolist() == [4, 3, 3, 1]
        assert runs[1, STRENGTH, [1, 2, 4, 12]].tolist() == pytest.approx([0, 1, 2.6, 2.6])

    def test_a_planned_fill_keeps_the_post_from_others(self):
        changes = (Change(key="a", kind=ChangeKind.JOIN, month=5, to_cell=0),)
        recruitment = (Recruitment(key="all", cells=(0,), category=0, rate=1.0),)
        runs = self.run(officers(2), posts=3.0, changes=changes, recruitment=recruitment)
        assert runs[0, STRENGTH].tolist() == [2] * 5 + [3] * 8

    def test_a_class_trains_is_posted_and_patrols_alone(self):
        intake = Intake(key="c", month=2, seats=3, category=0, cells=(1, 2), weights=(2.0, 1.0),
                        training_cell=0, training_months=3, independent_after=6)  # fmt: skip
        runs = self.run(officers(1), cells=3, intakes=(intake,), not_independent_share=0.25)
        assert runs[:3, STRENGTH, 2].tolist() == [4, 0, 0]
        assert runs[:3, STRENGTH, 5].tolist() == [1, 2, 1]
        assert runs[-1, DEPLOYABLE, [1, 2, 7, 8]].tolist() == [1, 1.75, 1.75, 4]

    def test_an_intake_without_shares_goes_where_the_gap_is_largest(self):
        intake = Intake(key="c", month=2, seats=5, category=0, cells=(0, 1, 2))
        runs = self.run(officers(2, at=1), cells=3, posts=(1.0, 4.0, 3.0), intakes=(intake,))
        assert runs[:3, STRENGTH, 2].tolist() == [1, 4, 2]

    def test_absence_and_limited_duties_end_on_their_months(self):
        people = officers(
            2,
            absent=np.array([True, False]),
            absent_to=np.array([4, 0]),
            limited=np.array([True, True]),
            limited_to=np.array([6, 2]),
        )
        runs = self.run(people, limited_share=0.5)
        assert runs[0, AVAILABLE].tolist() == [1] * 4 + [2] * 9
        assert runs[0, DEPLOYABLE].tolist() == [0.5, 0.5, 1, 1, 1.5, 1.5] + [2] * 7


class TestPromotion:
    def test_a_gap_at_the_top_opens_gaps_below_it(self):
        """A superintendent's vacancy at one board takes one from each rank down; heads are conserved."""
        people = people_of(
            cell=np.repeat([0, 1, 2], [6, 3, 1]), category=np.zeros(10, np.int64), service=np.full(10, 200)
        )
        rules = tuple(
            Promotion(key=str(rank), to_cells=(rank,), from_cells=(rank - 1,)) for rank in (3, 2, 1)
        )
        inputs = force(people, cells=4, posts=(6.0, 3.0, 1.0, 1.0), months=6, rates=constant(0.0),
                       promotions=rules, board_months=(2,))  # fmt: skip
        runs = histories(inputs, 50) / UNITS
        assert np.all(runs[:4, STRENGTH, 1] == np.array([6, 3, 1, 0])[:, None])
        assert np.all(runs[:4, STRENGTH, 2] == np.array([5, 3, 1, 1])[:, None])

    def test_only_those_with_enough_service_are_promoted_and_each_once(self):
        service = np.array([10, 30, 34, 100])
        people = people_of(cell=np.zeros(4, np.int64), category=np.zeros(4, np.int64), service=service)
        rule = Promotion(key="up", to_cells=(1,), from_cells=(0,), least_service=36)
        inputs = force(people, cells=2, posts=(0.0, 9.0), months=8, rates=constant(0.0),
                       promotions=(rule,), board_months=(1, 2, 6))  # fmt: skip
        runs = histories(inputs, 40) / UNITS
        assert np.all(runs[1, STRENGTH, :, :] == np.array([0, 1, 2, 2, 2, 2, 3, 3, 3])[:, None])

    def test_those_promoted_wait_in_their_rank_for_the_next(self):
        people = people_of(cell=np.zeros(1, np.int64), category=np.zeros(1, np.int64), service=np.array([99]))
        rules = tuple(
            Promotion(key=str(rank), to_cells=(rank,), from_cells=(rank - 1,), least_in_rank=6)
            for rank in (2, 1)
        )
        inputs = force(people, cells=3, posts=1.0, months=12, rates=constant(0.0), promotions=rules,
                       board_months=(2, 4, 6, 8, 10))  # fmt: skip
        runs = histories(inputs, 20) / UNITS
        assert np.all(runs[1, STRENGTH, 2:8] == 1)
        assert np.all(runs[2, STRENGTH, 8:] == 1)

    def test_a_board_fills_its_share_of_the_vacancies(self):
        people = officers(200)
        rule = Promotion(key="up", to_cells=(1,), from_cells=(0,), share=0.3)
        inputs = force(people, cells=2, posts=(0.0, 50.0), months=2, rates=constant(0.0),
                       promotions=(rule,), board_months=(1,))  # fmt: skip
        found = histories(inputs, 2000)[1, STRENGTH, 1] / UNITS
        for score in standard_errors(found, 15, 50 * 0.3 * 0.7):
            assert abs(score) < 4

    def test_everyone_who_can_be_promoted_is_as_likely(self):
        people = officers(10)
        rule = Promotion(key="up", to_cells=(1,), from_cells=(0,))
        moved = []
        inputs = force(people, cells=2, posts=(0.0, 3.0), months=1, rates=constant(0.0),
                       promotions=(rule,), board_months=(1,))  # fmt: skip
        for number in range(10):
            fte = np.ones(10)
            fte[number] = 0.5
            runs = histories(inputs.with_(people=replace(people, fte=fte)), 2000) / UNITS
            moved.append((runs[1, STRENGTH, 1] < 3).mean())
        assert np.abs(np.array(moved) - 0.3).max() < 4 * np.sqrt(0.3 * 0.7 / 2000)
