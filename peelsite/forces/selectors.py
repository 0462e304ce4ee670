"""Reads of forces."""

from datetime import date, datetime

from django.utils import timezone

from peelsite.forces.models import Force


def opening_day(force: Force) -> date:
    """The day whose figures a page shows when none is asked for: the force's own, else today in London."""
    return force.opening_day or timezone.localdate()


def site_now(force: Force) -> datetime:
    """Now, in London; for a force that opens on a day of its own, this hour of that day."""
    now = timezone.localtime()
    if force.opening_day is None:
        return now
    return datetime.combine(force.opening_day, now.time(), tzinfo=now.tzinfo)
