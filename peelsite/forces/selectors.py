"""Reads of forces."""

from datetime import date

from django.utils import timezone

from peelsite.forces.models import Force


def opening_day(force: Force) -> date:
    """The day whose figures a page shows when none is asked for: the force's own, else today in London."""
    return force.opening_day or timezone.localdate()
