"""Minutes by road between two places, estimated from where they are on the map.

An estimate: the straight line over the earth, made longer by how much roads wind in England, at the speed of
its local main roads at first and faster after that. A force that knows better enters its own minutes.
"""

import math
from collections.abc import Iterable, Mapping

# How much longer roads are than the straight line, England: Ballou, Rahardja and Sakai, 'Selected country
# circuity factors for road travel distance estimation', Transportation Research A 36 (2002).
DETOUR_FACTOR = 1.40
# 25 miles an hour, near the average of local A roads in England that the Department for Transport publishes.
SPEED_KM_PER_HOUR = 40.0
# Longer journeys go by roads of the strategic network, on which it publishes more than twice that.
NEAR_KM, FAR_SPEED_KM_PER_HOUR = 15.0, 70.0
EARTH_RADIUS_KM = 6371.0088

# In degrees: (latitude, longitude).
Place = tuple[float, float]
Pair = tuple[int, int]


def straight_line_km(one: Place, other: Place) -> float:
    """Great-circle distance, by the haversine formula."""
    (latitude, longitude), (to_latitude, to_longitude) = one, other
    first, second = math.radians(latitude), math.radians(to_latitude)
    half_up = math.sin((second - first) / 2) ** 2
    half_across = math.sin(math.radians(to_longitude - longitude) / 2) ** 2
    chord = half_up + math.cos(first) * math.cos(second) * half_across
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def minutes_estimated(one: Place, other: Place) -> int:
    """Whole minutes by road, rounded up; 0 only between two places on the same spot."""
    kilometres = straight_line_km(one, other) * DETOUR_FACTOR
    near = min(kilometres, NEAR_KM)
    hours = near / SPEED_KM_PER_HOUR + (kilometres - near) / FAR_SPEED_KM_PER_HOUR
    # Rounded first, so that a distance of nothing but noise is none.
    return math.ceil(round(hours * 60, 6))


def minutes_table(places: Mapping[int, Place], stated: Iterable[tuple[int, int, int]]) -> dict[Pair, int]:
    """Minutes between locations by (from, to), both ways and to themselves.

    `places` are the locations that are on the map; `stated` are (from, to, minutes) that the force has
    entered, which stand before an estimate and hold both ways. A pair of which nothing is known is left out.
    """
    table: dict[Pair, int] = {}
    known = sorted(places.items())
    for position, (one, at) in enumerate(known):
        table[one, one] = 0
        for other, to in known[position + 1 :]:
            table[one, other] = table[other, one] = minutes_estimated(at, to)
    for one, other, minutes in stated:
        table[one, other] = table[other, one] = minutes
    return table
