"""When a summary is due: 07:00 by the clock in London, once for each period, to those who had subscribed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peelsite.accounts.permissions import Role
from peelsite.forces.selectors import site_now
from peelsite.inspection.summaries.calc import (
    Cadence,
    board_issue,
    due_at,
    due_day,
    monthly_issue,
    now_issue,
    quarterly_issue,
)
from peelsite.inspection.summaries.models import Subscription, Summary
from peelsite.inspection.summaries.selectors import issues_due, recipients_of
from peelsite.inspection.summaries.services import subscription_set, summary_request
from peelsite.inspection.summaries.tasks import due_summaries_run
from peelsite.jobs.models import Job
from tests.factories import force_make, user_make
from tests.reference import due as slow
from workforce.boards.meetings.models import Board, BoardSeries

QUARTERS = (1, 4, 7, 10)
MOMENTS = st.datetimes(datetime(1996, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [
        (date(2026, 1, 1), 7),
        (date(2026, 3, 28), 7),
        (date(2026, 3, 29), 6),  # the last Sunday of March: clocks went forward at 01:00
        (date(2026, 7, 1), 6),
        (date(2026, 10, 24), 6),
        (date(2026, 10, 25), 7),  # the last Sunday of October: clocks went back at 02:00
    ],
)
def test_seven_in_the_morning_is_by_the_clock_in_london(day, hour_in_utc):
    assert due_at(day).astimezone(UTC) == datetime(day.year, day.month, day.day, hour_in_utc, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "monthly", "quarterly"),
    [
        (datetime(2026, 4, 1, 5, 59, tzinfo=UTC), "monthly:2026-02", "quarterly:2025-10"),  # 06:59 in London
        (datetime(2026, 4, 1, 6, 0, tzinfo=UTC), "monthly:2026-03", "quarterly:2026-01"),  # 07:00
        (datetime(2026, 1, 1, 6, 59, tzinfo=UTC), "monthly:2025-11", "quarterly:2025-07"),
        (datetime(2026, 1, 1, 7, 0, tzinfo=UTC), "monthly:2025-12", "quarterly:2025-10"),
        (datetime(2024, 3, 15, 12, 0, tzinfo=UTC), "monthly:2024-02", "quarterly:2023-10"),
    ],
)
def test_periods_turn_at_seven_on_the_first(now, monthly, quarterly):
    assert monthly_issue(now).key == monthly
    assert quarterly_issue(now).key == quarterly


def test_titles_say_the_period():
    assert monthly_issue(datetime(2024, 3, 1, 7, tzinfo=UTC)).title == "February 2024"
    assert quarterly_issue(datetime(2024, 4, 2, tzinfo=UTC)).title == "January to March 2024"
    assert (
        board_issue(board_id=4, held_on=date(2026, 5, 6), begun={}).title == "before the board of 6 May 2026"
    )


@given(MOMENTS)
@example(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
@settings(max_examples=60, deadline=None)
def test_monthly_issue_is_what_a_calendar_says(now):
    first = slow.last_first_of_month(now, tuple(range(1, 13)))
    issue = monthly_issue(now)

    assert (issue.first_day, issue.last_day) == slow.month_before(first)
    assert issue.due_at == slow.seven_in_london(first)
    assert due_day(issue.cadence, issue.last_day) == first


@given(MOMENTS)
@settings(max_examples=40, deadline=None)
def test_quarterly_issue_is_what_a_calendar_says(now):
    first = slow.last_first_of_month(now, QUARTERS)
    issue = quarterly_issue(now)

    assert (issue.first_day, issue.last_day) == slow.quarter_before(first)
    assert issue.due_at == slow.seven_in_london(first)


@given(st.dates(date(1996, 1, 1), date(2045, 1, 1)))
@settings(max_examples=40, deadline=None)
def test_board_issue_is_due_six_days_before(held_on):
    issue = board_issue(board_id=1, held_on=held_on, begun={})

    assert issue.last_day == slow.six_days_before(held_on)
    assert issue.due_at == slow.seven_in_london(issue.last_day)
    assert due_day(issue.cadence, issue.last_day) == issue.last_day


@pytest.fixture
def force(db):
    return force_make()


def subscribe(force, cadence, starts_on, **fields):
    user = user_make(Role.CHIEF_OFFICER, force)
    return Subscription.objects.create(force=force, user=user, cadence=cadence, starts_on=starts_on, **fields)


def board_make(force, held_on: date, name: str = "Establishment board") -> Board:
    series = BoardSeries.objects.create(force=force, name=name, first_meeting_on=held_on)
    return Board.objects.create(
        force=force, series=series, nominal_on=held_on, held_on=held_on, pack_on=held_on - timedelta(days=6)
    )


def keys(force, now: datetime) -> list[str]:
    return [issue.key for issue in issues_due(force, now)]


def test_nothing_is_due_where_nobody_subscribes(force):
    subscribe(force, "monthly", date(2020, 1, 1), is_active=False)
    assert keys(force, datetime(2026, 4, 1, 6, tzinfo=UTC)) == []


def test_an_issue_due_before_the_first_subscription_began_is_not_sent(force):
    subscribe(force, "monthly", date(2026, 4, 2))
    assert keys(force, datetime(2026, 4, 20, 6, tzinfo=UTC)) == []
    assert keys(force, datetime(2026, 5, 1, 5, 59, tzinfo=UTC)) == []
    assert keys(force, datetime(2026, 5, 1, 6, 0, tzinfo=UTC)) == ["monthly:2026-04"]


def test_who_subscribed_by_the_due_day_receives_the_issue(force):
    on_the_day = subscribe(force, "monthly", date(2026, 5, 1))
    subscribe(force, "monthly", date(2026, 5, 2))
    subscribe(force, "quarterly", date(2020, 1, 1))
    (issue,) = [i for i in issues_due(force, datetime(2026, 5, 1, 6, tzinfo=UTC)) if i.cadence == "monthly"]
    summary, _ = summary_request(force=force, issue=issue, as_at=issue.last_day)

    assert [user.pk for user in recipients_of(summary)] == [on_the_day.user_id]


def test_who_has_lost_the_role_receives_nothing(force):
    gone = subscribe(force, "monthly", date(2020, 1, 1))
    gone.user.memberships.update(is_active=False)
    issue = monthly_issue(datetime(2026, 5, 1, 6, tzinfo=UTC))
    summary, _ = summary_request(force=force, issue=issue, as_at=issue.last_day)

    assert not recipients_of(summary).exists()


def test_each_board_within_six_days_has_its_issue(force):
    subscribe(force, "before_board", date(2026, 1, 1))
    first, second = board_make(force, date(2026, 5, 6)), board_make(force, date(2026, 5, 8), "Staff board")

    assert keys(force, datetime(2026, 4, 30, 5, 59, tzinfo=UTC)) == []
    assert keys(force, datetime(2026, 4, 30, 6, 0, tzinfo=UTC)) == [f"board:{first.pk}"]
    assert set(keys(force, datetime(2026, 5, 2, 6, 0, tzinfo=UTC))) == {
        f"board:{first.pk}",
        f"board:{second.pk}",
    }
    assert keys(force, datetime(2026, 5, 7, 6, 0, tzinfo=UTC)) == [f"board:{second.pk}"]
    assert keys(force, datetime(2026, 5, 9, 6, 0, tzinfo=UTC)) == []


def test_a_board_moved_after_its_issue_has_another_for_its_new_date(force):
    subscribe(force, "before_board", date(2026, 1, 1))
    board = board_make(force, date(2026, 5, 6))
    (issue,) = issues_due(force, datetime(2026, 4, 30, 6, tzinfo=UTC))
    summary_request(force=force, issue=issue, as_at=issue.last_day)
    board.held_on = date(2026, 5, 20)
    board.save()

    assert keys(force, datetime(2026, 5, 14, 5, 59, tzinfo=UTC)) == []
    (again,) = issues_due(force, datetime(2026, 5, 14, 6, tzinfo=UTC))
    assert (again.key, again.last_day) == (f"board:{board.pk}:2026-05-20", date(2026, 5, 14))
    summary_request(force=force, issue=again, as_at=again.last_day)
    assert keys(force, datetime(2026, 5, 14, 7, tzinfo=UTC)) == []


def test_a_board_moved_and_moved_back_has_no_second_issue(force):
    subscribe(force, "before_board", date(2026, 1, 1))
    board = board_make(force, date(2026, 5, 6))
    (issue,) = issues_due(force, datetime(2026, 4, 30, 6, tzinfo=UTC))
    summary_request(force=force, issue=issue, as_at=issue.last_day)
    for day in (date(2026, 5, 20), date(2026, 5, 6)):
        board.held_on = day
        board.save()
    assert keys(force, datetime(2026, 5, 1, 6, tzinfo=UTC)) == []


def test_a_board_of_another_force_is_nobody_elses(force):
    subscribe(force, "before_board", date(2026, 1, 1))
    board_make(force_make("Elsewhere"), date(2026, 5, 6))
    assert keys(force, datetime(2026, 5, 2, 6, 0, tzinfo=UTC)) == []


def test_beat_begins_each_issue_once_however_often_it_runs(
    force, monkeypatch, django_capture_on_commit_callbacks
):
    subscribe(force, "monthly", date(2016, 3, 1))
    subscribe(force, "quarterly", date(2016, 1, 1))
    force.opening_day = date(2016, 4, 1)
    force.save()
    monkeypatch.setattr(
        "peelsite.forces.selectors.timezone.now",
        lambda: datetime(2026, 7, 9, 6, 30, tzinfo=UTC),
    )
    queued = []
    monkeypatch.setattr("peelsite.jobs.tasks.job_task.delay", queued.append)

    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            due_summaries_run()

    begun = {(s.key, s.as_at) for s in Summary.objects.all()}
    assert begun == {("monthly:2016-03", date(2016, 3, 31)), ("quarterly:2016-01", date(2016, 3, 31))}
    assert len(queued) == 2
    assert sorted(queued) == sorted(Job.objects.values_list("pk", flat=True))


def test_one_forces_fault_does_not_keep_the_others_back(force, monkeypatch):
    other = force_make("Otherton")
    for each in (force, other):
        each.opening_day = date(2016, 4, 20)
        each.save()
        subscribe(each, "monthly", date(2016, 1, 1))
    real = issues_due

    def broken(asked, now):
        if asked == min(force, other, key=lambda f: f.name):
            raise ZeroDivisionError
        return real(asked, now)

    monkeypatch.setattr("peelsite.inspection.summaries.tasks.issues_due", broken)
    due_summaries_run()

    assert Summary.objects.count() == 1


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 7, 9, 5, 30, tzinfo=UTC), "2016-03-31T06:30:00+01:00"),
        (datetime(2026, 1, 9, 5, 30, tzinfo=UTC), "2016-03-31T05:30:00+01:00"),
    ],
)
def test_a_force_that_opens_on_its_own_day_lives_on_it(force, monkeypatch, instant, expected):
    monkeypatch.setattr("peelsite.forces.selectors.timezone.now", lambda: instant)
    assert site_now(force).astimezone(UTC) == instant
    force.opening_day = date(2016, 3, 31)
    assert site_now(force).isoformat() == expected


def test_the_same_token_is_the_same_issue(force):
    user = user_make(Role.CHIEF_OFFICER, force)
    issue = now_issue(token="a", day=date(2016, 3, 31))
    asked = {
        "force": force,
        "issue": issue,
        "as_at": date(2016, 3, 31),
        "requested_by": user,
        "chosen": [user.pk],
    }
    (first, job), (second, none) = summary_request(**asked), summary_request(**asked)

    assert first == second
    assert (job.subject_id, none) == (first.pk, None)
    assert issue.cadence == Cadence.NOW


def test_a_subscription_taken_up_again_begins_anew(force):
    user = user_make(Role.ANALYST, force)
    asked = {"force": force, "user": user, "cadence": "monthly"}
    assert subscription_set(**asked, is_active=False, starts_on=date(2026, 1, 1)) is None
    first = subscription_set(**asked, is_active=True, starts_on=date(2026, 1, 1))
    again = subscription_set(**asked, is_active=True, starts_on=date(2026, 3, 1))
    assert (again.pk, again.starts_on) == (first.pk, date(2026, 1, 1)), "still running: its start stays"
    subscription_set(**asked, is_active=False, starts_on=date(2026, 4, 1))
    assert subscription_set(**asked, is_active=True, starts_on=date(2026, 5, 1)).starts_on == date(2026, 5, 1)
