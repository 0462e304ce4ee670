"""Days and months of a projection: month m is the one that ends m months after the as-at day."""

import calendar
from collections.abc import Sequence
from datetime import date


def month_ends(day: date, months: int) -> tuple[date, ...]:
    """The as-at day and the day each month ends: the same day of the month, or the last one.

    From the last day of a month on, it is each month's last day.
    """
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return tuple(_later(day, month, is_last) for month in range(months + 1))


def _later(day: date, months: int, is_last: bool) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def month_of(day: date, ends: Sequence[date]) -> int:
    """The first month, from 1, that ends on or after `day`; one more than the last for a day beyond it.

    What counts from a day on shows in the state at that month's end for the first time.
    """
    for month, end in enumerate(ends):
        if month and end >= day:
            return month
    return len(ends)


def full_months(since: date, day: date) -> int:
    """Whole months from `since` up to `day`, at least 0."""
    months = (day.year - since.year) * 12 + day.month - since.month
    return max(0, months - (day.day < since.day))
