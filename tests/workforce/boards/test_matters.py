"""Matters of other rooms: raised once, dated, on one item with the other reasons, and gone when settled."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import factories
from tests.workforce.boards.invented import PACK
from tests.workforce.boards.test_agenda import cell_of
from tests.workforce.skills.invented import asked, skill_make
from workforce.boards.agenda.calc import Raised
from workforce.boards.agenda.models import Matter
from workforce.boards.agenda.services import agenda_draw_up, item_remove, matter_raise, matter_settle


def raised(world, **changes) -> Matter:
    fields = {
        "force": world.force,
        "kind": Raised.OVERTIME,
        "reason": "Overtime is 12% above its budget.",
        "origin_kind": "overtime month",
        "origin_id": 7,
        "raised_on": PACK,
        "unit": world.response,
    }
    return matter_raise(**fields | changes)


def test_a_unit_under_pressure_is_an_item_of_its_own_without_figures(world):
    raised(world)
    item = next(item for item in agenda_draw_up(board=world.board) if item.is_of_unit)
    assert (item.title, item.unit, item.gap_fte) == ("Response", world.response, None)
    assert item.raised_by == ["overtime"]
    assert item.reason == "Overtime is 12% above its budget."


def test_a_matter_about_a_cell_joins_its_item(world):
    raised(world, unit=None, cell=cell_of(world.posts["B-1"]), kind=Raised.CASE, reason="A case is approved.")
    (item,) = agenda_draw_up(board=world.board)
    assert item.raised_by == ["gap", "case"]
    assert item.reason.endswith("A case is approved.")


def test_raising_the_same_again_changes_the_one_matter(world):
    first = raised(world, raised_on=date(2016, 3, 1))
    again = raised(world, reason="Overtime is 14% above its budget.")
    assert (again.pk, again.raised_on) == (first.pk, date(2016, 3, 1))
    assert Matter.objects.count() == 1
    agenda_draw_up(board=world.board)
    (item,) = [item for item in agenda_draw_up(board=world.board) if item.is_of_unit]
    assert item.reason == "Overtime is 14% above its budget."


def test_matters_count_from_their_day_until_they_are_settled(world):
    raised(world, raised_on=PACK + timedelta(days=1))
    assert not any(item.is_of_unit for item in agenda_draw_up(board=world.board))
    matter = raised(world, origin_id=8)
    assert any(item.is_of_unit for item in agenda_draw_up(board=world.board))
    matter_settle(force=world.force, origin_kind="overtime month", origin_id=8, settled_on=PACK)
    assert not any(item.is_of_unit for item in agenda_draw_up(board=world.board))
    # Pressure that comes back counts from then on.
    again = raised(world, origin_id=8, raised_on=PACK + timedelta(days=30))
    assert (again.pk, again.settled_on, again.raised_on) == (matter.pk, None, PACK + timedelta(days=30))


def test_settling_is_done_once_and_of_nothing_does_nothing(world):
    matter = raised(world)
    settle = {"force": world.force, "origin_kind": "overtime month", "origin_id": 7}
    assert matter_settle(**settle, settled_on=PACK - timedelta(days=5)).settled_on == PACK
    assert matter_settle(**settle, settled_on=PACK + timedelta(days=5)).settled_on == PACK
    assert matter_settle(**settle | {"origin_id": 99}, settled_on=PACK) is None
    assert matter.pk == Matter.objects.get().pk


def test_an_item_of_a_unit_taken_off_stays_off(world):
    raised(world)
    item = next(item for item in agenda_draw_up(board=world.board) if item.is_of_unit)
    item_remove(item=item, reason="The rota changes in May.", user=world.hr)
    assert not any(item.is_of_unit for item in agenda_draw_up(board=world.board))
    assert world.board.items.filter(unit=world.response).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": Raised.GAP}, "one of these kinds: skill, overtime, leave, case, matter"),
        ({"reason": "  "}, "Enter why"),
        ({"unit": None}, "or about a whole unit"),
    ],
)
def test_what_is_no_matter_is_refused(world, changes, sentence):
    with pytest.raises(ValidationError, match=sentence):
        raised(world, **changes)


def test_a_unit_of_another_force_is_refused(world):
    other = factories.unit_make(factories.force_make("Othershire"), "Theirs")
    with pytest.raises(ValidationError, match="not one of Testshire"):
        raised(world, unit=other)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "gap"},
        {"reason": ""},
        {"settled_on": PACK - timedelta(days=1)},
        {"rank_id": 1},
    ],
)
def test_the_database_holds_what_a_matter_is(world, change):
    matter = raised(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(**change)


def test_a_skill_that_is_short_raises_its_department(world):
    """By the skills themselves, without anybody raising it."""
    skill = skill_make(world.force, name="Cyber-crime first response")
    asked(skill, role=world.posts["C-1"].role)
    item = next(item for item in agenda_draw_up(board=world.board) if "skill" in item.raised_by)
    assert "short of 1 skill: Cyber-crime first response (0 of 3)." in item.reason
