"""Writes of what a person would like, of flexible working agreements, and of places for promotion."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Location, Unit
from peelsite.web.editing.records import Seen, locked
from workforce.boards.matching.models import FlexibleWorking, MovePreference, PromotionPlace, Wish
from workforce.boards.matching.services.rules import span
from workforce.establishment.models import Rank, Role
from workforce.people.models import Person
from workforce.refusals import saved

Dated = TypeVar("Dated", FlexibleWorking, PromotionPlace)


@transaction.atomic
def preference_set(
    *,
    person: Person,
    wants_move: bool,
    not_before: date | None = None,
    roles: Iterable[Role] = (),
    locations: Iterable[Location] = (),
    unit: Unit | None = None,
    remarks: str = "",
    seen: Seen | None = None,
) -> MovePreference:
    """Say whether a person would like to move, where to and from when; it replaces what was said before.

    Whose record this may be is asked by the caller: the person's own, or any for HR. Raises ValidationError
    for a wish of another force.
    """
    # Of two first answers at once, the second waits here.
    person = locked(person)
    preference = MovePreference.objects.filter(person=person).first()
    if preference is None:
        preference = MovePreference(force=person.force, person=person)
    if seen is not None:
        seen.check(preference)
    wished = [
        *(Wish(role=role) for role in roles),
        *(Wish(location=location) for location in locations),
        *([Wish(unit=unit)] if unit is not None else []),
    ]
    for wish in wished:
        if (wish.role or wish.location or wish.unit).force_id != person.force_id:
            raise ValidationError(f"{wish} belongs to another force; choose one of your own.")
    preference.wants_move, preference.not_before, preference.remarks = wants_move, not_before, remarks
    preference.save()
    preference.wishes.all().delete()
    for wish in wished:
        wish.preference = preference
    Wish.objects.bulk_create(wished)
    return preference


@transaction.atomic
def flexible_working_record(
    *,
    person: Person,
    pattern: str,
    hours: str,
    fte: Decimal = Decimal(1),
    starts_on: date,
    ends_before: date | None = None,
    review_on: date,
) -> FlexibleWorking:
    """Record an agreement. The FTE of a posting is kept there, and does not change with it."""
    if review_on < starts_on:
        raise ValidationError({"review_on": "The review comes after the first day; choose a later date."})
    return saved(
        FlexibleWorking(
            force=person.force,
            person=locked(person),
            pattern=pattern,
            hours=hours,
            fte=fte,
            during=span(starts_on, ends_before),
            review_on=review_on,
        )
    )


@transaction.atomic
def flexible_working_end(
    *, agreement: FlexibleWorking, ends_before: date, seen: Seen | None = None
) -> FlexibleWorking:
    return _ended(agreement, ends_before, seen)


@transaction.atomic
def promotion_place_record(
    *, person: Person, rank: Rank, standing: str, starts_on: date, ends_before: date | None = None
) -> PromotionPlace:
    """Record that a person is qualified for a rank, or waits in its promotion pool, until a day."""
    if rank.force_id not in (None, person.force_id):
        raise ValidationError({"rank": f"{rank} is a grade of another force; choose one of your own."})
    return saved(
        PromotionPlace(
            force=person.force,
            person=locked(person),
            rank=rank,
            standing=standing,
            during=span(starts_on, ends_before),
        )
    )


@transaction.atomic
def promotion_place_end(
    *, place: PromotionPlace, ends_before: date, seen: Seen | None = None
) -> PromotionPlace:
    return _ended(place, ends_before, seen)


def _ended(row: Dated, ends_before: date, seen: Seen | None) -> Dated:
    row = locked(row, seen)
    row.during = span(row.during.lower, ends_before)
    return saved(row)
