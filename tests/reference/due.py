"""When summaries fall due, said as slowly and plainly as possible: walk back hour by hour over the calendar.

A second opinion on peelsite.inspection.summaries.calc: no date arithmetic but "the day before".
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)


def seven_in_london(day: date) -> datetime:
    """The instant, in UTC, at which clocks in London show 07:00 on a day: found by trying every hour."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - 3 * timedelta(hours=1)
    while instant.astimezone(LONDON).replace(tzinfo=None) != datetime(day.year, day.month, day.day, 7):
        instant += timedelta(hours=1)
    return instant


def last_first_of_month(now: datetime, months: tuple[int, ...]) -> date:
    """The latest first day of one of the months at whose 07:00 in London `now` has arrived."""
    day = now.astimezone(LONDON).date()
    while not (day.day == 1 and day.month in months and seven_in_london(day) <= now):
        day -= DAY
    return day


def month_before(first: date) -> tuple[date, date]:
    """First and last day of the month before the month that begins on `first`."""
    last = first - DAY
    day = last
    while day.day != 1:
        day -= DAY
    return day, last


def quarter_before(first: date) -> tuple[date, date]:
    """First and last day of the three months before `first`."""
    day, last = first, first - DAY
    for _ in range(3):
        day, _ = month_before(day)
    return day, last


def six_days_before(day: date) -> date:
    """The sixth day before a day."""
    for _ in range(6):
        day -= DAY
    return day
