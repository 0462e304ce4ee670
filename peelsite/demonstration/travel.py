"""Where the demonstration's towns are, and what its invented people would like.

Latitude and longitude are those of the town, rounded; the police stations themselves are nobody's business
here. Preferences, agreements, passes and minimum strengths are invented, and change no published total.
"""

import random
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.forces.models import Force, Location
from workforce.boards.matching.models import (
    FlexiblePattern,
    FlexibleWorking,
    MinimumStrength,
    MovePreference,
    PromotionPlace,
    PromotionStanding,
    Wish,
)
from workforce.boards.matching.selectors.records import strength_by_unit
from workforce.establishment.models import Post, Rank
from workforce.people.models import Posting

SEED = 2016
TOWNS: dict[str, dict[str, tuple[str, str]]] = {
    "hertfordshire": {
        "HQ": ("51.8031", "-0.2087"),  # Welwyn Garden City
        "BRX": ("51.7020", "-0.0350"),  # Cheshunt
        "DAC": ("51.7520", "-0.4690"),  # Hemel Hempstead
        "EHT": ("51.8720", "0.1580"),  # Bishop's Stortford
        "HTM": ("51.6580", "-0.2720"),  # Borehamwood
        "NHT": ("51.9470", "-0.2830"),  # Hitchin
        "STA": ("51.7520", "-0.3360"),  # St Albans
        "STV": ("51.9020", "-0.2020"),  # Stevenage
        "TRV": ("51.6400", "-0.4700"),  # Rickmansworth
        "WAT": ("51.6560", "-0.3960"),  # Watford
        "WEL": ("51.7630", "-0.2260"),  # Hatfield
    }
}
# A third say something; of these, half would like to move.
SHARE_SAYING, SHARE_MOVING = 0.33, 0.5
# Of constables and sergeants, who have passed for the rank above; a third of them wait in a pool.
SHARE_PASSED, SHARE_IN_POOL = 0.06, 0.33
HOURS = {
    FlexiblePattern.PART_TIME: "Monday to Wednesday, 8am to 6pm",
    FlexiblePattern.COMPRESSED: "Four days of ten hours, Fridays free",
    FlexiblePattern.FIXED: "Early shifts only",
    FlexiblePattern.TERM_TIME: "In school terms",
}
# Response and custody must be able to run their shifts: invented, at nine tenths of what they have.
MINIMUM_SHARE = Decimal("0.9")
MINIMUM_ROLES = ("Response", "Custody")


@transaction.atomic
def travel_load(*, force: Force) -> None:
    """Put the towns on the map, and say what people would like; nothing for a force without towns here."""
    towns = TOWNS.get(force.slug)
    if towns is None:
        return
    for location in Location.objects.of_force(force).filter(code__in=towns):
        location.latitude, location.longitude = (Decimal(degrees) for degrees in towns[location.code])
        location.save(update_fields=["latitude", "longitude"])
    chance = random.Random(SEED)  # noqa: S311 - to spread invented wishes, nothing secret
    day = force.opening_day
    postings = list(
        Posting.objects.of_force(force)
        .as_at(day)
        .filter(is_away=False, person__employed__contains=day)
        .select_related("person", "post__rank")
        .order_by("person__number")
    )
    _preferences(force, postings, day, chance)
    _agreements(force, postings, day, chance)
    _passes(force, postings, day, chance)
    _minimums(force, day)


def _preferences(force: Force, postings: list[Posting], day: date, chance: random.Random) -> None:
    locations = list(Location.objects.of_force(force).order_by("code"))
    roles: dict[str, list[int]] = {}
    for post in Post.objects.of_force(force).as_at(day).order_by("pk").select_related("rank"):
        found = roles.setdefault(post.rank.category, [])
        if post.role_id not in found:
            found.append(post.role_id)
    made, wished = [], []
    for posting in postings:
        if chance.random() >= SHARE_SAYING:
            continue
        wants = chance.random() < SHARE_MOVING
        later = day + timedelta(days=30 * chance.randrange(1, 8)) if chance.random() < 0.2 else None
        made.append(
            MovePreference(
                force=force, person=posting.person, wants_move=wants, not_before=later if wants else None
            )
        )
        if wants:
            role = chance.choice(roles[posting.post.rank.category])
            place = chance.choice(locations)
            wished.append((made[-1], {"role_id": role}))
            wished.append((made[-1], {"location": place}))
    MovePreference.objects.bulk_create(made)
    Wish.objects.bulk_create(Wish(preference=preference, **what) for preference, what in wished)


def _agreements(force: Force, postings: list[Posting], day: date, chance: random.Random) -> None:
    """Whoever works part-time has an agreement, and one in thirty of the others."""
    rows = []
    for posting in postings:
        if posting.fte < 1:
            pattern = FlexiblePattern.PART_TIME
        elif chance.random() < 1 / 30:
            pattern = chance.choice([each for each in HOURS if each != FlexiblePattern.PART_TIME])
        else:
            continue
        since = day - timedelta(days=chance.randrange(60, 900))
        starts = max(since, posting.person.employed.lower)
        rows.append(
            FlexibleWorking(
                force=force,
                person=posting.person,
                pattern=pattern,
                hours=HOURS[pattern],
                fte=posting.fte,
                during=DateRange(starts, None),
                review_on=day + timedelta(days=chance.randrange(14, 365)),
            )
        )
    FlexibleWorking.objects.bulk_create(rows)


def _passes(force: Force, postings: list[Posting], day: date, chance: random.Random) -> None:
    above = {}
    officers = list(Rank.objects.for_force(force).filter(category="officer").order_by("order"))
    for lower, upper in pairwise(officers[:4]):
        above[lower.pk] = upper
    rows = []
    for posting in postings:
        upper = above.get(posting.post.rank_id)
        if upper is None or chance.random() >= SHARE_PASSED:
            continue
        in_pool = chance.random() < SHARE_IN_POOL
        rows.append(
            PromotionPlace(
                force=force,
                person=posting.person,
                rank=upper,
                standing=PromotionStanding.POOL if in_pool else PromotionStanding.QUALIFIED,
                during=DateRange(day - timedelta(days=chance.randrange(30, 500)), day + timedelta(days=700)),
            )
        )
    PromotionPlace.objects.bulk_create(rows)


def _minimums(force: Force, day: date) -> None:
    strength = strength_by_unit(force, day)
    posts = Post.objects.of_force(force).as_at(day).filter(role__name__in=MINIMUM_ROLES)
    units = posts.order_by("unit").values_list("unit_id", flat=True).distinct()
    MinimumStrength.objects.bulk_create(
        MinimumStrength(
            force=force,
            unit_id=unit,
            fte=(strength[unit, None] * MINIMUM_SHARE).quantize(Decimal(1), rounding=ROUND_DOWN),
            during=DateRange(date(day.year, 1, 1), None),
            reason="Invented: nine tenths of the strength in January, to run every shift",
        )
        for unit in units
        if strength.get((unit, None), Decimal(0)) >= 10
    )
