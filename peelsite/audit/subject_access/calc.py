"""Days of a request: UK GDPR, article 12(3).

One month from the day of receipt; two months more where requests are complex or many, told within the first.
"""

from calendar import monthrange
from datetime import date

MONTHS, MONTHS_MORE = 1, 2


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day.

    So the Information Commissioner counts. That a day on a weekend may become the next working day is not
    used here: the earlier day is never wrong.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_day(received_on: date, *, is_extended: bool) -> date:
    """The last day on which an answer is in time."""
    return months_after(received_on, MONTHS + MONTHS_MORE if is_extended else MONTHS)
