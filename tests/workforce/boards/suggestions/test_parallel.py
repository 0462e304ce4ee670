"""Two at once: two plans both stand; one move is pinned once."""

import pytest

from tests.workforce.boards.invented import world_make
from tests.workforce.boards.suggestions.invented import planned
from tests.workforce.boards.test_parallel import at_once
from workforce.boards.suggestions.models import FillPlan, MoveRule
from workforce.boards.suggestions.services import plan_make, rule_add

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20


@pytest.fixture
def asked():
    return planned(world_make())


def test_two_plans_at_once_both_stand(asked):
    board = asked.board
    outcomes = at_once(
        lambda: plan_make(board=board, user=asked.hr, seconds=SECONDS),
        lambda: plan_make(board=board, user=asked.chief, seconds=SECONDS),
    )
    assert outcomes == ["done", "done"]
    one, other = FillPlan.objects.order_by("pk")
    assert {one.asked_by, other.asked_by} == {asked.hr, asked.chief}
    assert one.inputs_digest == other.inputs_digest
    assert [plan.moves.count() for plan in (one, other)] == [1, 1]


def test_one_of_two_pins_of_one_move_holds(asked):
    move = plan_make(board=asked.board, user=asked.hr, seconds=SECONDS).moves.get()

    def pin(user):
        return lambda: rule_add(move=move, kind="pin", heads=1, reason="Agreed.", user=user)

    done, refused = at_once(pin(asked.hr), pin(asked.chief))
    assert done == "done"
    assert "set this already" in refused
    assert MoveRule.objects.count() == 1
