"""Writes of posts: made, mended, ended, or re-profiled from a day on."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from peelsite.forces.models import Force, Location, Unit
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.establishment.models import FundingSource, Post, Rank, Role
from workforce.people.models import Posting
from workforce.refusals import refusals_in_words, saved
from workforce.turns import people_and_posts_hold

REPROFILED = ("rank", "role", "unit", "location", "fte", "funding")


@in_turn
def post_create(
    *,
    force: Force,
    reference: str,
    rank: Rank,
    role: Role,
    unit: Unit,
    location: Location,
    funding: FundingSource,
    starts_on: date,
    ends_before: date | None = None,
    fte: Decimal = Decimal(1),
    succeeds: Post | None = None,
) -> Post:
    """Add a post that exists from `starts_on` until the day before `ends_before` (none: open)."""
    post = Post(
        force=force,
        reference=reference,
        rank=rank,
        role=role,
        unit=unit,
        location=location,
        funding=funding,
        fte=fte,
        during=_range(starts_on, ends_before),
        succeeds=succeeds,
    )
    saved(post)
    return post


@in_turn
def post_correct(
    *,
    post: Post,
    reference: str,
    funding: FundingSource,
    starts_on: date,
    ends_before: date | None,
    seen: Seen | None = None,
) -> Post:
    """Mend what was written down wrongly; rank, role, place and FTE change by `post_reprofile`."""
    post = locked(post, seen)
    post.reference, post.funding = reference, funding
    post.during = _range(starts_on, ends_before)
    saved(post)
    return post


@in_turn
def post_end(*, post: Post, ends_before: date, seen: Seen | None = None) -> Post:
    """Let a post's last day be the day before `ends_before`; refused while a posting runs beyond it."""
    post = locked(post, seen)
    if post.during.upper is not None and post.during.upper <= ends_before:
        raise ValidationError({"ends_before": f"Post {post.reference} has already ended by this day."})
    if ends_before <= post.during.lower:
        raise ValidationError(
            {"ends_before": f"The post begins on {post.during.lower:%-d %B %Y}; its end must be later."}
        )
    post.during = DateRange(post.during.lower, ends_before)
    saved(post)
    return post


@in_turn
def post_reprofile(
    *, post: Post, reference: str, starts_on: date, seen: Seen | None = None, **changes: Any
) -> Post:
    """End a post and let a new one succeed it from `starts_on`, with `changes` to REPROFILED.

    Whoever is in the post goes on in the new one, on the same terms; so do postings that begin later.
    """
    people_and_posts_hold(people=post.postings.values_list("person_id", flat=True), posts=[post.pk])
    post = locked(post, seen)
    if not post.during.lower < starts_on or (
        post.during.upper is not None and starts_on >= post.during.upper
    ):
        raise ValidationError(
            {"starts_on": "The change must fall within the life of the post, after its first day."}
        )
    if all(getattr(post, name) == value for name, value in changes.items()):
        raise ValidationError("Nothing would change. Change the rank, role, unit, location, FTE or funding.")
    kept = {name: getattr(post, name) for name in REPROFILED}
    successor = post_create(
        force=post.force,
        reference=reference,
        starts_on=starts_on,
        ends_before=post.during.upper,
        succeeds=post,
        **(kept | changes),
    )
    with refusals_in_words():
        _postings_move(post=post, successor=successor, starts_on=starts_on)
        post.during = DateRange(post.during.lower, starts_on)
        post.save(update_fields=["during"])
    return successor


def _postings_move(*, post: Post, successor: Post, starts_on: date) -> None:
    """Cut the running postings at `starts_on` and go on in the successor; later ones move whole."""
    reaching = list(
        Posting.objects.select_for_update(no_key=True)
        .filter(post=post)
        .filter(Q(during__endswith__gt=starts_on) | Q(during__upper_inf=True))
    )
    for posting in reaching:
        if posting.during.lower >= starts_on:
            posting.post = successor
            posting.save(update_fields=["post"])
            continue
        ends_before = posting.during.upper
        posting.during = DateRange(posting.during.lower, starts_on)
        posting.save(update_fields=["during"])
        Posting.objects.create(
            force=posting.force,
            person_id=posting.person_id,
            post=successor,
            kind=posting.kind,
            fte=posting.fte,
            is_supernumerary=posting.is_supernumerary,
            host=posting.host,
            during=DateRange(starts_on, ends_before),
        )


def _range(starts_on: date, ends_before: date | None) -> DateRange:
    if ends_before is not None and ends_before <= starts_on:
        raise ValidationError({"ends_before": "The end must be after the start."})
    return DateRange(starts_on, ends_before)
