"""Writes of people and postings."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.forces.models import Force
from workforce.establishment.models import Post
from workforce.people.models import AWAY_KINDS, Person, Posting, PostingKind
from workforce.refusals import sentence_of


@transaction.atomic
def person_create(
    *,
    force: Force,
    number: str,
    family_name: str,
    given_names: str,
    employed_from: date,
    employed_until: date | None = None,
) -> Person:
    """Record a person. `employed_until` is the first day no longer employed."""
    person = Person(
        force=force,
        number=number,
        family_name=family_name,
        given_names=given_names,
        employed=DateRange(employed_from, employed_until),
    )
    person.full_clean()
    person.save()
    return person


def posting_create(
    *,
    person: Person,
    post: Post | None,
    kind: str = PostingKind.SUBSTANTIVE,
    starts_on: date,
    ends_before: date | None = None,
    fte: Decimal = Decimal(1),
    is_supernumerary: bool = False,
    host: str = "",
) -> Posting:
    """Put a person in a post from `starts_on` until the day before `ends_before` (none: open).

    Raises ValidationError with the sentence of the rule that refuses it.
    """
    posting = Posting(
        force=person.force,
        person=person,
        post=post,
        kind=kind,
        fte=fte,
        during=DateRange(starts_on, ends_before),
        is_supernumerary=is_supernumerary,
        host=host,
    )
    try:
        with transaction.atomic():
            posting.full_clean(validate_constraints=False)
            posting.save()
    except IntegrityError as refused:
        raise ValidationError(_overlap_sentence(posting) or sentence_of(refused)) from refused
    return posting


def posting_end(*, posting: Posting, ends_before: date) -> Posting:
    """Let a posting's last day be the day before `ends_before`."""
    if posting.during.upper is not None and posting.during.upper <= ends_before:
        raise ValidationError(f"This posting already ends before {ends_before:%-d %B %Y}.")
    if ends_before <= posting.during.lower:
        raise ValidationError(
            f"The posting begins on {posting.during.lower:%-d %B %Y}; its end must be later."
        )
    posting.during = DateRange(posting.during.lower, ends_before)
    try:
        with transaction.atomic():
            posting.save(update_fields=["during"])
    except IntegrityError as refused:
        raise ValidationError(sentence_of(refused)) from refused
    return posting


@transaction.atomic
def person_move(*, person: Person, post: Post, starts_on: date, fte: Decimal | None = None) -> Posting:
    """Give a person a new substantive post from `starts_on`, ending the present one on the day before."""
    present = (
        Posting.objects.select_for_update(of=("self",))
        .filter(person=person, is_away=False, during__contains=starts_on)
        .first()
    )
    if present is not None:
        if present.post_id == post.pk:
            raise ValidationError(f"{person} already holds post {post.reference} on {starts_on:%-d %B %Y}.")
        posting_end(posting=present, ends_before=starts_on)
    return posting_create(
        person=person, post=post, starts_on=starts_on, fte=fte or (present.fte if present else Decimal(1))
    )


def _overlap_sentence(posting: Posting) -> str:
    """Which posting of the person it collides with, in words; empty when it collides with none."""
    other = (
        Posting.objects.filter(
            person=posting.person, is_away=posting.kind in AWAY_KINDS, during__overlap=posting.during
        )
        .select_related("post")
        .order_by("during")
        .first()
    )
    if other is None:
        return ""
    until = f" until {other.during.upper:%-d %B %Y}" if other.during.upper else " with no end date"
    where = f"post {other.post.reference}" if other.post else f"a secondment to {other.host}"
    return (
        f"{posting.person} already holds {where} from {other.during.lower:%-d %B %Y}{until}. "
        "End that posting first, or choose dates that do not overlap."
    )
