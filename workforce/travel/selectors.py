"""Reads of travel times between the locations of a force."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from peelsite.forces.models import Force, Location
from workforce.travel.calc import Place, minutes_table, straight_line_km
from workforce.travel.models import TravelTime


def minutes_between(force: Force) -> Mapping[tuple[int, int], int]:
    """Minutes by road from one location's id to another's, both ways, and 0 to itself. Two queries.

    An estimate from the coordinates, unless the force has entered its own minutes. A pair of which nothing is
    known is not in it. No address of a person is kept here: travel is from the present place of work.
    """
    places = {location.pk: place for location in located(force) if (place := place_of(location))}
    stated = TravelTime.objects.of_force(force).values_list("origin_id", "destination_id", "minutes")
    return minutes_table(places, stated)


def located(force: Force) -> QuerySet[Location]:
    """Locations that are on the map."""
    return Location.objects.of_force(force).filter(latitude__isnull=False)


def place_of(location: Location) -> Place | None:
    """Latitude and longitude in degrees; None of a location that is not on the map."""
    if location.latitude is None or location.longitude is None:
        return None
    return float(location.latitude), float(location.longitude)


def stated_of(force: Force) -> QuerySet[TravelTime]:
    """What the force has entered itself."""
    return TravelTime.objects.of_force(force).select_related("origin", "destination")


@dataclass(frozen=True, kw_only=True)
class Journey:
    """One row of the page: how far it is from a location to another."""

    destination: Location
    minutes: int | None
    kilometres: float | None
    stated: TravelTime | None


def journeys_from(origin: Location) -> list[Journey]:
    """Every other location of the force, the nearest first and the unknown last. Three queries."""
    force = origin.force
    minutes = minutes_between(force)
    stated = {
        (row.destination_id if row.origin_id == origin.pk else row.origin_id): row
        for row in stated_of(force).filter(Q(origin=origin) | Q(destination=origin))
    }
    here = place_of(origin)
    found = []
    for other in Location.objects.of_force(force).exclude(pk=origin.pk).order_by("name"):
        there = place_of(other)
        found.append(
            Journey(
                destination=other,
                minutes=minutes.get((origin.pk, other.pk)),
                kilometres=straight_line_km(here, there) if here and there else None,
                stated=stated.get(other.pk),
            )
        )
    return sorted(found, key=lambda each: (each.minutes is None, each.minutes or 0, each.destination.name))
