"""What other rooms ask of boards."""

from datetime import date

from tests.workforce.boards.invented import DAY, FIRST, PACK, SECOND, world_make
from workforce.boards import reports
from workforce.boards.decisions.services import action_add, action_close
from workforce.boards.pack.services import board_publish


def test_the_next_and_the_last_board(world):
    assert reports.next_board(world.force, DAY).held_on == SECOND
    assert reports.next_board(world.force, SECOND).held_on == SECOND
    assert reports.next_board(world.force, date(2030, 1, 1)) is None
    assert reports.last_board(world.force, DAY) is None
    board_publish(board=world.first_board, user=world.hr)
    assert reports.last_board(world.force, DAY).held_on == FIRST


def test_packs_due_are_those_of_every_force_that_count_the_day(world):
    world_make("Elsewhere")
    due = reports.boards_with_pack_due(PACK)
    assert [board.force.name for board in due] == ["Elsewhere", "Testshire"]
    assert not reports.boards_with_pack_due(DAY)


def test_an_action_is_overdue_from_the_day_after_until_it_is_closed(world):
    board_publish(board=world.first_board, user=world.hr)
    action = action_add(board=world.first_board, text="Report.", owner=world.hr, due_on=date(2016, 3, 1))

    def overdue(day: date) -> list:
        return list(reports.board_actions_overdue(world.force, day))

    assert overdue(date(2016, 3, 1)) == []
    assert overdue(date(2016, 3, 2)) == [action]
    action_close(action=action, state="done", user=world.hr, day=date(2016, 3, 20))
    assert overdue(date(2016, 3, 19)) == [action], "the past stays as it was"
    assert overdue(date(2016, 3, 20)) == []


def test_decisions_since_a_day_are_those_of_later_meetings(world):
    world.publish()
    decision = world.decide("B-1")
    assert list(reports.decisions_since(world.force, FIRST, SECOND)) == [decision]
    assert not reports.decisions_since(world.force, SECOND, date(2017, 1, 1))


def test_reports_ask_the_database_once(world, django_assert_num_queries):
    world.publish()
    world.decide("B-1", "B-2")
    with django_assert_num_queries(1):
        assert reports.next_board(world.force, DAY)
    with django_assert_num_queries(1):
        list(reports.board_actions_overdue(world.force, DAY))
    with django_assert_num_queries(1):
        list(reports.boards_with_pack_due(PACK))
    with django_assert_num_queries(2):
        # The user's memberships, then the posts.
        rows = list(reports.posts_waiting_for(world.head, world.force))
        assert [str(row.post.unit) for row in rows] == ["Custody", "Custody"]
