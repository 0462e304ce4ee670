"""Writes of people, their postings, absences and limited duties."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Role
from peelsite.forces.models import Force
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.establishment.models import Post
from workforce.people.models import AWAY_KINDS, Absence, LimitedDuty, Person, Posting, PostingKind
from workforce.refusals import refusal_of, refusals_in_words, saved
from workforce.turns import people_and_posts_hold

Spell = TypeVar("Spell", Absence, LimitedDuty)


@in_turn
def person_create(
    *,
    force: Force,
    number: str,
    family_name: str,
    given_names: str = "",
    employed_from: date,
    employed_until: date | None = None,
) -> Person:
    """Record a person. `employed_until` is the first day no longer employed."""
    if employed_until is not None and employed_until <= employed_from:
        raise ValidationError({"employed_until": "The leaving date must be after the joining date."})
    person = Person(
        force=force,
        number=number,
        family_name=family_name,
        given_names=given_names,
        employed=DateRange(employed_from, employed_until),
    )
    saved(person)
    return person


@in_turn
def person_correct(
    *,
    person: Person,
    number: str,
    family_name: str,
    given_names: str,
    employed_from: date,
    seen: Seen | None = None,
) -> Person:
    """Mend a person's number, names or first day."""
    person = locked(person, seen)
    if person.employed.upper is not None and employed_from >= person.employed.upper:
        raise ValidationError({"employed_from": "The joining date must be before the leaving date."})
    person.number, person.family_name, person.given_names = number, family_name, given_names
    person.employed = DateRange(employed_from, person.employed.upper)
    saved(person)
    return person


@in_turn
def person_leave(*, person: Person, leaves_before: date, reason: str, seen: Seen | None = None) -> Person:
    """Let the day before `leaves_before` be the last day employed; postings, absences and duties end with it.

    What would begin only later is refused rather than dropped: it must be taken out by whoever put it there.
    """
    person = locked(person, seen)
    if leaves_before <= person.employed.lower:
        raise ValidationError(
            {"leaves_before": f"{person} joined on {person.employed.lower:%-d %B %Y}; leaving must be later."}
        )
    people_and_posts_hold(people=[person.pk])
    rows_of = (person.postings, person.absences, person.limited_duties)
    if any(rows.filter(during__startswith__gte=leaves_before).exists() for rows in rows_of):
        raise ValidationError(
            {"leaves_before": f"{person} has a posting or absence that begins only later. Withdraw it first."}
        )
    with refusals_in_words():
        for rows in rows_of:
            running = rows.filter(during__contains=leaves_before, during__startswith__lt=leaves_before)
            for row in running:
                row.during = DateRange(row.during.lower, leaves_before)
                row.save(update_fields=["during"])
        person.employed = DateRange(person.employed.lower, leaves_before)
        person.leaving_reason = reason
        person.full_clean(validate_constraints=False)
        person.save(update_fields=["employed", "leaving_reason"])
    return person


@transaction.atomic
def person_user_set(*, person: Person, user: User | None, seen: Seen | None = None) -> Person:
    """Let the user see this record as their own, or (None) nobody.

    Raises ValidationError for a user who is not in the force as an officer or member of staff, or whose own
    record is another one.
    """
    person = locked(person, seen)
    if user is not None:
        is_employee = user.memberships.filter(force=person.force_id, role=Role.EMPLOYEE, is_active=True)
        if not is_employee.exists():
            raise ValidationError(
                {
                    "user": f"{user} has no role as an officer or member of staff of {person.force}; "
                    "ask the administrator to give it first."
                }
            )
        other = Person.objects.filter(force=person.force_id, user=user).exclude(pk=person.pk).first()
        if other is not None:
            raise ValidationError(
                {"user": f"{user} sees the record of {other} as their own; end that first."}
            )
    person.user = user
    person.save(update_fields=["user"])
    return person


@in_turn
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
    ends_present: bool = False,
) -> Posting:
    """Put a person in a post from `starts_on` until the day before `ends_before` (none: open).

    `ends_present` first ends the posting of the same layer (substantive; or acting, promoted, attached,
    seconded out) that runs then. Raises ValidationError with the sentence of the rule that refuses it.
    """
    if ends_before is not None and ends_before <= starts_on:
        raise ValidationError({"ends_before": "The end must be after the start."})
    people_and_posts_hold(people=[person.pk], posts=[post.pk if post else None])
    if ends_present:
        _present_ended(person=person, is_away=kind in AWAY_KINDS, starts_on=starts_on, post=post)
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
        raise refusal_of(refused, _overlap_sentence(posting)) from refused
    return posting


@in_turn
def posting_end(*, posting: Posting, ends_before: date, seen: Seen | None = None) -> Posting:
    """Let a posting's last day be the day before `ends_before`."""
    people_and_posts_hold(people=[posting.person_id])
    posting = locked(posting, seen)
    if posting.during.upper is not None and posting.during.upper <= ends_before:
        raise ValidationError({"ends_before": f"This posting already ends before {ends_before:%-d %B %Y}."})
    if ends_before <= posting.during.lower:
        raise ValidationError(
            {"ends_before": f"The posting begins on {posting.during.lower:%-d %B %Y}; its end must be later."}
        )
    posting.during = DateRange(posting.during.lower, ends_before)
    with refusals_in_words():
        posting.save(update_fields=["during"])
    return posting


@in_turn
def posting_withdraw(*, posting: Posting, seen: Seen | None = None) -> None:
    """Take out a posting that should not have been recorded; the history keeps it."""
    people_and_posts_hold(people=[posting.person_id])
    posting = locked(posting, seen)
    with refusals_in_words():
        posting.delete()


@in_turn
def person_move(*, person: Person, post: Post, starts_on: date, fte: Decimal | None = None) -> Posting:
    """Give a person a new substantive post from `starts_on`, ending the present one on the day before."""
    people_and_posts_hold(people=[person.pk], posts=[post.pk])
    present = _present_ended(person=person, is_away=False, starts_on=starts_on, post=post)
    return posting_create(
        person=person, post=post, starts_on=starts_on, fte=fte or (present.fte if present else Decimal(1))
    )


def _present_ended(*, person: Person, is_away: bool, starts_on: date, post: Post | None) -> Posting | None:
    """End the posting of the same layer that runs on `starts_on` on the day before, if there is one."""
    present = (
        Posting.objects.select_for_update(of=("self",), no_key=True)
        .filter(person=person, is_away=is_away, during__contains=starts_on)
        .first()
    )
    if present is not None:
        if post is not None and present.post_id == post.pk:
            raise ValidationError(
                {"post": f"{person} already holds post {post.reference} on {starts_on:%-d %B %Y}."}
            )
        posting_end(posting=present, ends_before=starts_on)
    return present


@in_turn
def absence_record(*, person: Person, kind: str, starts_on: date, ends_before: date | None = None) -> Absence:
    """Record an absence from `starts_on` until the day before `ends_before` (none: not known yet)."""
    absence = Absence(force=person.force, person=locked(person), kind=kind)
    return _spell_save(absence, starts_on, ends_before)


@in_turn
def absence_end(*, absence: Absence, ends_before: date, seen: Seen | None = None) -> Absence:
    """Record that the person is back from `ends_before` on."""
    person = locked(absence.person)
    absence = locked(absence, seen)
    absence.person = person
    return _spell_save(absence, absence.during.lower, ends_before)


@in_turn
def limited_duty_record(
    *, person: Person, kind: str, starts_on: date, ends_before: date | None = None
) -> LimitedDuty:
    """Record limited duties from `starts_on` until the day before `ends_before` (none: not known yet)."""
    duty = LimitedDuty(force=person.force, person=locked(person), kind=kind)
    return _spell_save(duty, starts_on, ends_before)


@in_turn
def limited_duty_end(*, duty: LimitedDuty, ends_before: date, seen: Seen | None = None) -> LimitedDuty:
    """Record that the person is on full duties from `ends_before` on."""
    person = locked(duty.person)
    duty = locked(duty, seen)
    duty.person = person
    return _spell_save(duty, duty.during.lower, ends_before)


def _spell_save(spell: Spell, starts_on: date, ends_before: date | None) -> Spell:
    """Save an absence or a limited duty, which must lie within the employment of its locked person."""
    if ends_before is not None and ends_before <= starts_on:
        raise ValidationError({"ends_before": "The end must be after the start."})
    employed = spell.person.employed
    if starts_on < employed.lower or (employed.upper is not None and starts_on >= employed.upper):
        raise ValidationError({"starts_on": f"{spell.person} is not employed on this day."})
    if employed.upper is not None and (ends_before is None or ends_before > employed.upper):
        ends_before = employed.upper
    spell.during = DateRange(starts_on, ends_before)
    return saved(spell)


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
    last = other.during.upper - timedelta(days=1) if other.during.upper else None
    until = f" to {last:%-d %B %Y}" if last else " with no end date"
    where = f"post {other.post.reference}" if other.post else f"a secondment to {other.host}"
    return (
        f"{posting.person} already holds {where} from {other.during.lower:%-d %B %Y}{until}. "
        "End that posting first, or choose dates that do not overlap."
    )
