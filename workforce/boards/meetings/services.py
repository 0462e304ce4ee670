"""Writes of the schedule: the series, its meetings, and a meeting moved to another day."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from peelsite.forces.models import Force
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.boards.meetings.calc import meetings, months_after, pack_day
from workforce.boards.meetings.models import Board, BoardSeries, BoardState

# Meetings are put into the diary a year ahead.
MONTHS_AHEAD = 12


@in_turn
def series_create(*, force: Force, day: date, **fields: Any) -> BoardSeries:
    """Set up a board and schedule its meetings of the year after `day`.

    `fields` are those of BoardSeries. A first meeting before `day` starts the count, and is scheduled too.
    """
    series = BoardSeries(force=force, **fields)
    _save(series)
    schedule_extend(series=series, until=months_after(max(day, series.first_meeting_on), MONTHS_AHEAD))
    return series


@in_turn
def series_change(*, series: BoardSeries, day: date, seen: Seen | None = None, **fields: Any) -> BoardSeries:
    """Change a series. A new interval or first meeting re-dates untouched meetings after `day`.

    Raises EditConflict when it is no longer what was `seen`.
    """
    series = locked(series, seen)
    before = (series.interval_months, series.first_meeting_on, series.pack_days_before)
    for name, value in fields.items():
        setattr(series, name, value)
    _save(series)
    if (series.interval_months, series.first_meeting_on, series.pack_days_before) != before:
        # Locked first and asked again: somebody may just be preparing one of them.
        held = list(_untouched(series, day).select_for_update(of=("self",)).order_by("pk"))
        _untouched(series, day).filter(pk__in=[board.pk for board in held]).delete()
        schedule_extend(
            series=series,
            after=day,
            until=months_after(max(day, series.first_meeting_on), MONTHS_AHEAD),
        )
    return series


@in_turn
def series_close(
    *, series: BoardSeries, closed_on: date | None, day: date, seen: Seen | None = None
) -> BoardSeries:
    """Let no board meet from `closed_on` on; None opens the series again, and schedules a year after `day`.

    Meetings from then on that nobody prepared leave the diary. Open actions stay with their owners. Refused
    while the agenda of a meeting from then on is drawn up: hold it, or close from a later day.
    """
    series = locked(series, seen)
    series.closed_on = closed_on
    series.save(update_fields=["closed_on"])
    if closed_on is None:
        schedule_extend(series=series, after=day, until=months_after(day, MONTHS_AHEAD))
        return series
    later = Board.objects.filter(series=series, held_on__gte=closed_on)
    prepared = (
        later.filter(Q(items__isnull=False) | ~Q(state=BoardState.SCHEDULED)).order_by("-held_on").first()
    )
    if prepared is not None:
        raise ValidationError(
            {
                "closed_on": f"The board of {prepared.held_on:%-d %B %Y} is prepared. Close the series from "
                "the day after it, or from a later one."
            }
        )
    later.delete()
    return series


@in_turn
def schedule_extend(*, series: BoardSeries, until: date, after: date | None = None) -> list[Board]:
    """Schedule the meetings that are missing up to `until`, later than `after` and than those there are.

    None of a closed series from its closing day on.
    """
    if series.closed_on is not None:
        until = min(until, series.closed_on - timedelta(days=1))
    held = Board.objects.filter(series=series)
    last = max(held.values_list("nominal_on", flat=True), default=date.min)
    taken = set(held.values_list("held_on", flat=True))
    days = meetings(
        series.first_meeting_on, series.interval_months, after=max(last, after or date.min), until=until
    )
    return Board.objects.bulk_create(
        Board(
            force_id=series.force_id,
            series=series,
            nominal_on=day,
            held_on=day,
            pack_on=pack_day(day, series.pack_days_before),
        )
        for day in days
        if day not in taken
    )


@in_turn
def board_move(
    *, board: Board, held_on: date, pack_on: date | None = None, seen: Seen | None = None
) -> Board:
    """Hold a board on another day. Its pack day moves along unless given; once published it stays.

    Raises ValidationError when the minutes are approved, another board of the series is on that day, or the
    pack day would be after the meeting; EditConflict when it is no longer what was `seen`.
    """
    series_hold(board.series_id)
    board = locked(board, seen)
    if board.is_approved:
        raise ValidationError("This board was held and its minutes are approved; its date stays.")
    if Board.objects.filter(series=board.series, held_on=held_on).exclude(pk=board.pk).exists():
        raise ValidationError(
            {"held_on": f"Another board of this series is on {held_on:%-d %B %Y}; choose another day."}
        )
    if board.is_scheduled:
        board.pack_on = pack_on or pack_day(held_on, board.series.pack_days_before)
    elif pack_on not in (None, board.pack_on):
        raise ValidationError({"pack_on": "The pack is published; the day of its figures stays."})
    if board.pack_on > held_on:
        raise ValidationError(
            {"pack_on": f"The pack counts {board.pack_on:%-d %B %Y}; that must not be after the meeting."}
        )
    board.held_on = held_on
    board.version += 1
    board.save(update_fields=["held_on", "pack_on", "version"])
    return board


def series_hold(series_id: int) -> None:
    """Lock a series until the transaction ends: its meetings are dated by one at a time."""
    BoardSeries.objects.select_for_update(no_key=True).get(pk=series_id)


def _save(series: BoardSeries) -> None:
    same = BoardSeries.objects.of_force(series.force).filter(name__iexact=series.name)
    if same.exclude(pk=series.pk).exists():
        raise ValidationError({"name": f"{series.force} already has a board of this name; enter another."})
    series.full_clean(validate_constraints=False)
    series.save()


def _untouched(series: BoardSeries, day: date) -> QuerySet[Board]:
    """Scheduled meetings after `day` that nobody moved or prepared."""
    return Board.objects.filter(
        series=series, state=BoardState.SCHEDULED, held_on__gt=day, items__isnull=True
    ).filter(held_on=F("nominal_on"))
