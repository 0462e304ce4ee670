"""When summaries are due, and the sentences they open with. No Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# Seven in the morning by the clock on the wall, summer and winter.
HOUR = time(7)
DAYS_BEFORE_BOARD = 6


class Cadence(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    BEFORE_BOARD = "before_board"
    NOW = "now"


@dataclass(frozen=True)
class IssueDue:
    """One issue of a force's summary. `key` is unique in the force; `last_day` ends its period."""

    key: str
    cadence: Cadence
    title: str
    first_day: date
    last_day: date
    due_at: datetime


def due_at(day: date) -> datetime:
    """07:00 in London on a day, as an aware time."""
    return datetime.combine(day, HOUR, tzinfo=LONDON)


def monthly_issue(now: datetime) -> IssueDue:
    """The latest month whose issue is due: due on the first of the next month."""
    first_of_month = now.astimezone(LONDON).date().replace(day=1)
    due = due_at(first_of_month)
    if now < due:
        due = due_at((first_of_month - timedelta(days=1)).replace(day=1))
    last_day = due.date() - timedelta(days=1)
    return IssueDue(
        key=f"monthly:{last_day:%Y-%m}",
        cadence=Cadence.MONTHLY,
        title=f"{last_day:%B %Y}",
        first_day=last_day.replace(day=1),
        last_day=last_day,
        due_at=due,
    )


def quarterly_issue(now: datetime) -> IssueDue:
    """The latest calendar quarter whose issue is due: due on the first day of the next quarter."""
    today = now.astimezone(LONDON).date()
    due = due_at(date(today.year, (today.month - 1) // 3 * 3 + 1, 1))
    if now < due:
        before = due.date() - timedelta(days=1)
        due = due_at(date(before.year, (before.month - 1) // 3 * 3 + 1, 1))
    last_day = due.date() - timedelta(days=1)
    first_day = date(last_day.year, last_day.month - 2, 1)
    return IssueDue(
        key=f"quarterly:{first_day:%Y-%m}",
        cadence=Cadence.QUARTERLY,
        title=f"{first_day:%B} to {last_day:%B %Y}",
        first_day=first_day,
        last_day=last_day,
        due_at=due,
    )


def board_issue(*, board_id: int, held_on: date, begun: Mapping[str, date]) -> IssueDue:
    """The issue before a board: due six days before it is held, on the figures of that day.

    `begun` has the last day of each board's first issue that was begun, by its key. A board that was moved
    after its issue was begun gets another one for its new date; one moved back has the first again.
    """
    day = held_on - timedelta(days=DAYS_BEFORE_BOARD)
    key = f"board:{board_id}"
    return IssueDue(
        key=key if begun.get(key, day) == day else f"{key}:{held_on:%Y-%m-%d}",
        cadence=Cadence.BEFORE_BOARD,
        title=f"before the board of {held_on:%-d %B %Y}",
        first_day=day.replace(day=1),
        last_day=day,
        due_at=due_at(day),
    )


def now_issue(*, token: str, day: date) -> IssueDue:
    """An issue asked for by a person; the token of the form makes a second click the same issue."""
    return IssueDue(
        key=f"now:{token}",
        cadence=Cadence.NOW,
        title=f"as at {day:%-d %B %Y}",
        first_day=day.replace(day=1),
        last_day=day,
        due_at=due_at(day),
    )


def due_day(cadence: str, last_day: date) -> date:
    """The day on which an issue of a period that ends on `last_day` is due."""
    return last_day if cadence in (Cadence.BEFORE_BOARD, Cadence.NOW) else last_day + timedelta(days=1)


def listed(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def plural(count: int, one: str, many: str = "") -> str:
    """'1 post', '3 posts'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
