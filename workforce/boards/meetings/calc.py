"""When boards meet. Dates only."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def meetings(first: date, interval_months: int, *, after: date, until: date) -> Iterator[date]:
    """Days of a series later than `after` and not later than `until`.

    Each is counted from the first meeting, so that a meeting on the 31st comes back to the 31st after a
    shorter month.
    """
    step = 0
    while (day := months_after(first, step * interval_months)) <= until:
        if day > after:
            yield day
        step += 1


def pack_day(held_on: date, days_before: int) -> date:
    """The day whose figures the pack counts."""
    return held_on - timedelta(days=days_before)
