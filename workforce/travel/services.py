"""Writes of the force's own travel times."""

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Location
from peelsite.web.editing.records import Seen, locked
from workforce.refusals import saved
from workforce.travel.models import TravelTime


@transaction.atomic
def travel_time_create(
    *, origin: Location, destination: Location, minutes: int, source: str = ""
) -> TravelTime:
    """Enter minutes by road between two locations of a force, in either order, in place of the estimate.

    Raises ValidationError when they are the same, of two forces, or entered already.
    """
    if origin.pk == destination.pk:
        raise ValidationError({"destination": f"{destination} is where the journey begins; choose another."})
    if origin.force_id != destination.force_id:
        raise ValidationError({"destination": f"{destination} belongs to another force."})
    first, second = sorted((origin, destination), key=lambda location: location.pk)
    return saved(
        TravelTime(force=origin.force, origin=first, destination=second, minutes=minutes, source=source)
    )


@transaction.atomic
def travel_time_change(
    *, travel_time: TravelTime, minutes: int, source: str = "", seen: Seen | None = None
) -> TravelTime:
    travel_time = locked(travel_time, seen)
    travel_time.minutes, travel_time.source = minutes, source
    return saved(travel_time)


@transaction.atomic
def travel_time_remove(*, travel_time: TravelTime, seen: Seen | None = None) -> None:
    """Take the force's own minutes out; the estimate stands again."""
    locked(travel_time, seen).delete()
