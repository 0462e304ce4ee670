"""A force filled in bulk: for tests that ask whether something grows with the number of rows."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.forces.models import Force
from tests import factories
from workforce.establishment.models import Post
from workforce.people.models import Absence, Person, Posting

EARLIER = date(2015, 9, 1)


def force_filled(force: Force, number: int) -> None:
    """As many posts and people: one in ten posts vacant, one holder in ten away or absent."""
    always = DateRange(factories.START, None)
    ranks = list(factories.ranks_make().values())
    units = [factories.unit_make(force, f"Unit {each}") for each in range(3)]
    place = {
        "role": factories.role_make(force),
        "location": factories.location_make(force),
        "funding": factories.funding_make(force),
    }
    posts = Post.objects.bulk_create(
        Post(
            force=force,
            reference=f"S{each:05}",
            rank=ranks[each % len(ranks)],
            unit=units[each % len(units)],
            during=always,
            **place,
        )
        for each in range(number)
    )
    people = Person.objects.bulk_create(
        Person(force=force, number=f"{each:05}", family_name=f"Sample {each}", employed=always)
        for each in range(number)
    )
    kept = [
        (person, post) for each, (person, post) in enumerate(zip(people, posts, strict=True)) if each % 10
    ]
    Posting.objects.bulk_create(
        Posting(force=force, person=person, post=post, during=always) for person, post in kept
    )
    free = [post for each, post in enumerate(posts) if each % 10 == 0]
    Posting.objects.bulk_create(
        Posting(force=force, person=person, post=post, kind="acting", during=DateRange(EARLIER, None))
        for (person, _), post in zip(kept[::20], free, strict=False)
    )
    Absence.objects.bulk_create(
        Absence(force=force, person=person, kind="sickness", during=DateRange(EARLIER, None))
        for person, _ in kept[5::10]
    )
