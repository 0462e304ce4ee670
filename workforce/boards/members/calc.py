"""When the message about a pack is due, and the arrows of its figures. No database."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# Six days before the meeting, at seven in the morning by the clock on the wall, summer and winter.
DAYS_BEFORE = 6
HOUR = time(7)


def due_at(held_on: date) -> datetime:
    """When the members are to have the pack of a meeting: as an aware time."""
    return datetime.combine(held_on - timedelta(days=DAYS_BEFORE), HOUR, tzinfo=LONDON)


def is_due(held_on: date, now: datetime) -> bool:
    """From six days before the meeting until its day has passed."""
    return due_at(held_on) <= now and now.astimezone(LONDON).date() <= held_on


def arrow(now: Decimal, before: Decimal | None) -> str:
    """Up, down or level since the last pack; nothing where there is none."""
    if before is None:
        return ""
    return (
        "\N{UPWARDS ARROW}"
        if now > before
        else "\N{DOWNWARDS ARROW}"
        if now < before
        else "\N{RIGHTWARDS ARROW}"
    )
