"""Writes of what people hold: said by themselves, confirmed or refused by somebody else."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.models import User
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.people.models import Person
from workforce.refusals import saved
from workforce.skills.calc import months_after
from workforce.skills.models import PersonSkill, Skill, SkillState
from workforce.skills.services.saving import level_check
from workforce.turns import people_and_posts_hold


@in_turn
def skill_self_assess(
    *,
    person: Person,
    skill: Skill,
    level: int,
    acquired_on: date,
    evidence: str,
    user: User,
    day: date,
    ends_before: date | None = None,
) -> PersonSkill:
    """Say of oneself that one holds a skill; it waits for a supervisor and counts apart until then.

    `day` is the day it is said. Without `ends_before` it expires as the catalogue says.
    """
    _check(person, skill, level, acquired_on, ends_before, day)
    people_and_posts_hold(people=[person.pk])
    return saved(
        PersonSkill(
            force=person.force,
            person=person,
            skill=skill,
            level=level,
            state=SkillState.SELF_ASSESSED,
            during=DateRange(acquired_on, _expiry(skill, acquired_on, ends_before)),
            evidence=evidence,
            stated_by=user,
            stated_on=day,
        )
    )


@in_turn
def skill_record(
    *,
    person: Person,
    skill: Skill,
    level: int,
    acquired_on: date,
    evidence: str = "",
    user: User,
    day: date,
    ends_before: date | None = None,
) -> PersonSkill:
    """Record a skill that is proven, such as by a certificate: confirmed by `user`, who is not the person.

    What was confirmed of the same skill before ends where this begins; a later one is in its way.
    """
    _check(person, skill, level, acquired_on, ends_before, day)
    _other_check(person, user)
    people_and_posts_hold(people=[person.pk])
    row = PersonSkill(
        force=person.force,
        person=person,
        skill=skill,
        level=level,
        state=SkillState.CONFIRMED,
        during=DateRange(acquired_on, _expiry(skill, acquired_on, ends_before)),
        evidence=evidence,
        stated_by=user,
        stated_on=day,
        decided_by=user,
        decided_on=day,
    )
    _make_room(row)
    return saved(row)


@in_turn
def skill_confirm(*, held: PersonSkill, user: User, day: date, seen: Seen | None = None) -> PersonSkill:
    """Confirm a self-assessment; what was confirmed of the same skill before ends where this begins."""
    people_and_posts_hold(people=[held.person_id])
    held = _waiting(locked(held, seen), user)
    held.state, held.decided_by, held.decided_on = SkillState.CONFIRMED, user, day
    _make_room(held)
    return saved(held)


@in_turn
def skills_confirm(*, waiting: Iterable[PersonSkill], user: User, day: date) -> list[PersonSkill]:
    """Confirm several self-assessments, all or none."""
    rows = sorted(waiting, key=lambda each: (each.person_id, each.pk))
    if not rows:
        raise ValidationError("Choose at least one of the self-assessments.")
    people_and_posts_hold(people={row.person_id for row in rows})
    return [skill_confirm(held=row, user=user, day=day) for row in rows]


@in_turn
def skill_refuse(
    *, held: PersonSkill, reason: str, user: User, day: date, seen: Seen | None = None
) -> PersonSkill:
    """Do not confirm a self-assessment; the person reads the reason."""
    people_and_posts_hold(people=[held.person_id])
    held = _waiting(locked(held, seen), user)
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is not confirmed; the person reads it."})
    held.state, held.decided_by, held.decided_on = SkillState.REFUSED, user, day
    held.refusal = reason.strip()
    return saved(held)


@in_turn
def skill_end(*, held: PersonSkill, ends_before: date, user: User, seen: Seen | None = None) -> PersonSkill:
    """Let a skill expire earlier or later than it would: its last day is the day before `ends_before`."""
    people_and_posts_hold(people=[held.person_id])
    held = locked(held, seen)
    _other_check(held.person, user)
    if ends_before <= held.during.lower:
        raise ValidationError(
            {"ends_before": f"It was acquired on {held.during.lower:%-d %B %Y}; it cannot expire before."}
        )
    held.during = DateRange(held.during.lower, ends_before)
    return saved(held, "Another record of this skill begins before that day.")


@in_turn
def skill_withdraw(*, held: PersonSkill, user: User, seen: Seen | None = None) -> None:
    """Take out a record that should not be there; the history keeps it.

    People take back their own self-assessments while those wait; all else is for somebody else.
    """
    people_and_posts_hold(people=[held.person_id])
    held = locked(held, seen)
    if held.state != SkillState.SELF_ASSESSED:
        _other_check(held.person, user)
    held.delete()


def _check(
    person: Person, skill: Skill, level: int, acquired_on: date, ends_before: date | None, day: date
) -> None:
    level_check(skill, level)
    if skill.retired_on is not None and skill.retired_on <= day:
        raise ValidationError({"skill": f"{skill} is retired since {skill.retired_on:%-d %B %Y}."})
    if acquired_on > day:
        raise ValidationError({"acquired_on": "A skill is recorded once it is acquired; the day is ahead."})
    ends_before = _expiry(skill, acquired_on, ends_before)
    if ends_before is not None and ends_before <= acquired_on:
        raise ValidationError({"ends_before": "It cannot expire before the day it was acquired."})
    if person.employed.upper is not None and person.employed.upper <= acquired_on:
        raise ValidationError(
            {"acquired_on": f"{person} left on {person.employed.upper:%-d %B %Y}; the day must be before."}
        )


def _expiry(skill: Skill, acquired_on: date, ends_before: date | None) -> date | None:
    if ends_before is not None or skill.lasts_months is None:
        return ends_before
    return months_after(acquired_on, skill.lasts_months)


def _other_check(person: Person, user: User) -> None:
    if person.user_id is not None and person.user_id == user.pk:
        raise ValidationError("Nobody decides on their own skills: ask your supervisor or HR.")


def _waiting(held: PersonSkill, user: User) -> PersonSkill:
    _other_check(held.person, user)
    if held.state != SkillState.SELF_ASSESSED:
        raise ValidationError(
            f"{held} of {held.person} is {held.get_state_display().lower()} already, by {held.decided_by}."
        )
    return held


def _make_room(row: PersonSkill) -> None:
    """End what was confirmed of the same skill before, where `row` begins; refuse if a later one is there."""
    confirmed = PersonSkill.objects.filter(
        person=row.person_id, skill=row.skill_id, state=SkillState.CONFIRMED, during__overlap=row.during
    ).exclude(pk=row.pk)
    for earlier in confirmed:
        if earlier.during.lower >= row.during.lower:
            raise ValidationError(
                {
                    "acquired_on": f"{row.skill} of {row.person} is confirmed from "
                    f"{earlier.during.lower:%-d %B %Y} already. Withdraw that record first if it is wrong."
                }
            )
        earlier.during = DateRange(earlier.during.lower, row.during.lower)
        earlier.save(update_fields=["during"])
