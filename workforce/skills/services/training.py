"""Writes of courses, and of who has their places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.models import User
from peelsite.forces.models import Force
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.people.models import Absence, Person, Posting
from workforce.refusals import saved
from workforce.skills.models import NEXT, TAKING, Course, CoursePlace, CourseState, PlaceState, Skill
from workforce.skills.services.records import skill_record
from workforce.skills.services.saving import level_check, removed
from workforce.turns import people_and_posts_hold


@dataclass(frozen=True, kw_only=True)
class CourseValues:
    """What a course is: its skill and level, first and last day, places, and pounds for each of them."""

    title: str
    skill: Skill
    level: int
    provider: str
    starts_on: date
    ends_on: date
    places: int
    cost_per_place: Decimal = Decimal(0)
    state: str = CourseState.PLANNED


@transaction.atomic
def course_create(*, force: Force, values: CourseValues) -> Course:
    """Plan a course."""
    return saved(Course(force=force, **_checked(values)))


@in_turn
def course_change(*, course: Course, values: CourseValues, seen: Seen | None = None) -> Course:
    """Change a course. Once places are given it keeps its skill and level, and dates clash for nobody."""
    course = locked(course, seen)
    if course.state == CourseState.CANCELLED:
        raise ValidationError(f"{course} is cancelled. Plan another course in its place.")
    fields = _checked(values)
    given = list(course.given.taking().select_related("person"))
    if given and (course.skill_id, course.level) != (values.skill.pk, values.level):
        raise ValidationError(
            {"skill": "Places are given for this skill and level already; plan another course for others."}
        )
    if fields["during"] != course.during:
        if any(place.state in (PlaceState.ATTENDED, PlaceState.PASSED) for place in given):
            raise ValidationError(
                {"starts_on": "People have attended on these dates already; they cannot change."}
            )
        for place in given:
            _clash_check(place.person, fields["during"], course, field="starts_on")
    for name, value in fields.items():
        setattr(course, name, value)
    return saved(course)


@in_turn
def course_cancel(*, course: Course, seen: Seen | None = None) -> Course:
    """Cancel a course: whoever asked for or has a place gives it up. Refused once somebody attended."""
    course = locked(course, seen)
    given = course.given.exclude(state=PlaceState.GIVEN_UP)
    done = {PlaceState.ATTENDED, PlaceState.PASSED, PlaceState.FAILED}
    if given.filter(state__in=done).exists():
        raise ValidationError(f"{course} has taken place: people attended it. It cannot be cancelled.")
    given.update(state=PlaceState.GIVEN_UP, reason="The course is cancelled")
    course.state = CourseState.CANCELLED
    return saved(course)


@transaction.atomic
def course_remove(*, course: Course, seen: Seen | None = None) -> None:
    """Remove a course that was planned by mistake: one for whose places nobody ever asked."""
    course = locked(course, seen)
    removed(course, f"{course} cannot be removed: people asked for its places. Cancel it instead.")


@in_turn
def place_ask(*, course: Course, person: Person, user: User, day: date, reason: str = "") -> CoursePlace:
    """Ask for a place for somebody; it takes none until it is offered."""
    return _place_add(course, person, user, day, PlaceState.ASKED, reason)


@in_turn
def place_offer(*, course: Course, person: Person, user: User, day: date, reason: str = "") -> CoursePlace:
    """Offer a place. Refused when none is left, or the person is not available or elsewhere then."""
    people_and_posts_hold(people=[person.pk])
    asked = course.given.filter(person=person).first()
    if asked is not None:
        return place_move(place=asked, state=PlaceState.OFFERED, user=user, day=day, reason=reason)
    return _place_add(course, person, user, day, PlaceState.OFFERED, reason)


@in_turn
def places_offer(
    *, course: Course, people: Iterable[Person], user: User, day: date, reason: str = ""
) -> list[CoursePlace]:
    """Offer places to several, all or none."""
    people = sorted(people, key=lambda person: person.pk)
    if not people:
        raise ValidationError("Choose at least one person.")
    people_and_posts_hold(people=[person.pk for person in people])
    return [place_offer(course=course, person=person, user=user, day=day, reason=reason) for person in people]


@in_turn
def place_move(
    *, place: CoursePlace, state: str, user: User, day: date, reason: str = "", seen: Seen | None = None
) -> CoursePlace:
    """Let a place become what it may become next (`NEXT`). Who passes holds the skill from the last day on.

    Nobody records their own result.
    """
    people_and_posts_hold(people=[place.person_id])
    course = _held(place.course_id)
    place = locked(place, seen)
    if state not in NEXT[place.state]:
        words = [PlaceState(each).label.lower() for each in NEXT[place.state]]
        after = f"can become {' or '.join(words)} next" if words else "stays as it is"
        raise ValidationError(
            {"state": f"The place of {place.person} is {place.get_state_display().lower()}; it {after}."}
        )
    if course.state == CourseState.CANCELLED:
        raise ValidationError({"state": f"{course} is cancelled; plan another course in its place."})
    if state in TAKING and place.state not in TAKING:
        _available_check(place.person, course)
    if state in (PlaceState.ATTENDED, PlaceState.PASSED, PlaceState.FAILED, PlaceState.NO_SHOW):
        _result_check(place, state, user, day)
    place.state = state
    place.reason = reason or place.reason
    saved(place)
    if state == PlaceState.PASSED:
        skill_record(
            person=place.person,
            skill=course.skill,
            level=course.level,
            acquired_on=course.acquired_on,
            evidence=f"Passed {course.title}, {course.provider}",
            user=user,
            day=day,
        )
    return place


def _held(course_id: int) -> Course:
    """The course, locked before any of its places, so that a cancellation and a place wait in turn."""
    courses = Course.objects.select_related("skill").select_for_update(of=("self",), no_key=True)
    return courses.get(pk=course_id)


def _place_add(course: Course, person: Person, user: User, day: date, state: str, reason: str) -> CoursePlace:
    people_and_posts_hold(people=[person.pk])
    course = _held(course.pk)
    if course.state == CourseState.CANCELLED:
        raise ValidationError({"person": f"{course} is cancelled; choose another course."})
    if course.given.filter(person=person).exists():
        raise ValidationError({"person": f"{person} is on the list of {course} already."})
    _available_check(person, course)
    counted = Posting.objects.counted_at(day).filter(person=person).select_related("post").first()
    return saved(
        CoursePlace(
            force=course.force,
            course=course,
            person=person,
            unit_id=counted.post.unit_id if counted and counted.post else None,
            state=state,
            reason=reason,
            asked_by=user,
        )
    )


def _available_check(person: Person, course: Course) -> None:
    last = course.acquired_on
    if person.employed.upper is not None and person.employed.upper <= last:
        raise ValidationError({"person": f"{person} leaves the force before the course ends."})
    _clash_check(person, course.during, course, field="person")


def _clash_check(person: Person, during: DateRange, course: Course, *, field: str) -> None:
    """Why somebody is away stays with those who see health records: the sentence does not say it."""
    if Absence.objects.filter(person=person, during__overlap=during).exists():
        raise ValidationError(
            {field: f"{person} is not available on all days of the course. Choose another course or person."}
        )
    other = (
        Course.objects.taking_place()
        .filter(given__person=person, given__state__in=TAKING, during__overlap=during)
        .exclude(pk=course.pk)
        .first()
    )
    if other is not None:
        last = other.during.upper - timedelta(days=1)
        raise ValidationError(
            {
                field: f"{person} has a place on {other} from {other.during.lower:%-d %B %Y} to "
                f"{last:%-d %B %Y}, in the same days. Choose another course or person."
            }
        )


def _result_check(place: CoursePlace, state: str, user: User, day: date) -> None:
    if place.person.user_id is not None and place.person.user_id == user.pk:
        raise ValidationError({"state": "Nobody records their own result: ask another trainer or HR."})
    course = place.course
    if day < course.during.lower:
        begins = f"{course.during.lower:%-d %B %Y}"
        raise ValidationError({"state": f"The course begins on {begins}; results are recorded from then on."})
    if state == PlaceState.PASSED and day < course.acquired_on:
        ends = f"{course.acquired_on:%-d %B %Y}"
        raise ValidationError({"state": f"The course ends on {ends}; who passed is recorded from then on."})


def _checked(values: CourseValues) -> dict[str, Any]:
    level_check(values.skill, values.level)
    if values.ends_on < values.starts_on:
        raise ValidationError({"ends_on": "The last day must not be before the first."})
    fields: dict[str, Any] = dict(vars(values))
    starts_on, ends_on = fields.pop("starts_on"), fields.pop("ends_on")
    return fields | {"during": DateRange(starts_on, ends_on + timedelta(days=1))}
