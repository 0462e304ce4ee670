"""Reads of people: who they are, where they are on a day, and their record."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force
from workforce.people.models import Absence, LimitedDuty, Person, Posting


def absences_ended_before(force: Force, day: date) -> QuerySet[Absence]:
    """Absences whose last day was before `day`: what the rules of retention ask."""
    return Absence.objects.of_force(force).filter(during__endswith__lte=day)


def limited_duties_ended_before(force: Force, day: date) -> QuerySet[LimitedDuty]:
    """Limited duties whose last day was before `day`."""
    return LimitedDuty.objects.of_force(force).filter(during__endswith__lte=day)


def names_by_id(force: Force, ids: Iterable[int | None], reach: Reach, day: date) -> dict[int, str]:
    """'Alex Sample (1187)' by id, of those within reach on `day`. One query, none without ids."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    people = Person.objects.of_force(force).within(reach, day).filter(pk__in=wanted)
    return {person.pk: str(person) for person in people}


def people_at(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """People with the posting each is counted in on `day`: its post, rank, unit, kind and FTE."""
    counted = Posting.objects.counted_at(day).filter(person=OuterRef("pk"))
    return people.annotate(
        post_id=Subquery(counted.values("post_id")[:1]),
        post_reference=Subquery(counted.values("post__reference")[:1]),
        rank_name=Subquery(counted.values("post__rank__name")[:1]),
        unit_name=Subquery(counted.values("post__unit__name")[:1]),
        posting_kind=Subquery(counted.values("kind")[:1]),
        posting_fte=Subquery(counted.values("fte")[:1]),
    )


def people_named(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """People whose number begins with, or whose names hold, every one of the words."""
    for word in words.split():
        people = people.filter(
            Q(number__istartswith=word) | Q(family_name__icontains=word) | Q(given_names__icontains=word)
        )
    return people


def postings_of(person: Person) -> QuerySet[Posting]:
    """Every posting of a person, the latest first."""
    return person.postings.with_labels().order_by(F("during").desc())


def holders_of(post_id: int) -> QuerySet[Posting]:
    """Every posting in a post, the latest first."""
    return Posting.objects.filter(post_id=post_id).with_labels().order_by(F("during").desc())


def with_health(postings: QuerySet[Posting], day: date, show: str) -> QuerySet[Posting]:
    """Postings with the reason and the dates of the absence or limited duty that `show` is about.

    Health data: call it only for those with `health.view`.
    """
    records = {"long_term_absent": Absence.objects.long_term_at, "limited": LimitedDuty.objects.as_at}
    if show not in records:
        return postings
    record = records[show](day).filter(person=OuterRef("person"))
    return postings.annotate(
        health_kind=Subquery(record.values("kind")[:1]), health_during=Subquery(record.values("during")[:1])
    )
