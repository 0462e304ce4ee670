"""The diary of a board."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.workforce.boards.invented import DAY, PACK, SECOND
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.services import board_move, series_change


def days(world):
    return list(
        Board.objects.filter(series=world.series).order_by("held_on").values_list("held_on", flat=True)
    )


def test_a_year_of_meetings_is_scheduled_with_their_pack_days(world):
    assert days(world) == [
        date(2016, 2, 4),
        date(2016, 4, 4),
        date(2016, 6, 4),
        date(2016, 8, 4),
        date(2016, 10, 4),
        date(2016, 12, 4),
        date(2017, 2, 4),
    ]
    assert world.board.pack_on == PACK


def test_a_moved_meeting_takes_its_pack_day_along_and_leaves_the_others(world):
    board_move(board=world.board, held_on=date(2016, 4, 11))
    moved = Board.objects.get(series=world.series, nominal_on=SECOND)
    assert (moved.held_on, moved.pack_on) == (date(2016, 4, 11), date(2016, 4, 5))
    assert date(2016, 6, 4) in days(world)


def test_two_meetings_are_not_on_one_day(world):
    with pytest.raises(ValidationError, match="Another board of this series is on 4 June 2016"):
        board_move(board=world.board, held_on=date(2016, 6, 4))


def test_a_published_board_may_be_put_off_but_its_figures_stay(world):
    world.publish()
    board_move(board=world.board, held_on=date(2016, 4, 18))
    moved = Board.objects.get(series=world.series, nominal_on=SECOND)
    assert (moved.held_on, moved.pack_on) == (date(2016, 4, 18), PACK)
    with pytest.raises(ValidationError, match="the day of its figures stays"):
        board_move(board=moved, held_on=date(2016, 4, 18), pack_on=DAY)


def test_a_new_interval_redates_what_nobody_prepared(world):
    world.publish()
    series_change(series=world.series, day=DAY, interval_months=3, first_meeting_on=date(2016, 7, 1))
    assert days(world) == [
        date(2016, 2, 4),
        date(2016, 4, 4),
        date(2016, 7, 1),
        date(2016, 10, 1),
        date(2017, 1, 1),
        date(2017, 4, 1),
        date(2017, 7, 1),
    ]


def test_an_interval_is_in_whole_months_up_to_a_year(world):
    with pytest.raises(ValidationError, match="interval_months"):
        series_change(series=world.series, day=DAY, interval_months=0)
