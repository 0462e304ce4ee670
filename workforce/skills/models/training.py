"""Courses that give a skill, and who gets their places."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force, OfForceQuerySet, Unit
from peelsite.history import tracked
from workforce.people.models import Person
from workforce.skills.models.catalogue import Skill


class CourseState(models.TextChoices):
    PLANNED = "planned", "Planned"
    CONFIRMED = "confirmed", "Confirmed"
    CANCELLED = "cancelled", "Cancelled"


class CourseQuerySet(OfForceQuerySet):
    def taking_place(self) -> "CourseQuerySet":
        return self.exclude(state=CourseState.CANCELLED)

    def with_taken(self) -> "CourseQuerySet":
        """With `taken` places, those `asked` for beside them, and the `cost` of what is taken."""
        taken = Q(given__state__in=TAKING)
        return self.annotate(
            taken=models.Count("given", filter=taken),
            asked=models.Count("given", filter=Q(given__state=PlaceState.ASKED)),
            passed=models.Count("given", filter=Q(given__state=PlaceState.PASSED)),
            cost=models.F("cost_per_place") * models.Count("given", filter=taken),
        )


@tracked()
class Course(models.Model):
    """A course that gives a skill at a level, on dates, with so many places at a cost each."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(max_length=120)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="courses")
    level = models.PositiveSmallIntegerField(default=1)
    provider = models.CharField(max_length=100)
    during = DateRangeField()
    places = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(500)])
    cost_per_place = models.DecimalField(
        max_digits=9, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(Decimal(0))]
    )
    state = models.CharField(max_length=9, choices=CourseState, default=CourseState.PLANNED)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["during", "title"]
        constraints = [
            models.CheckConstraint(
                name="workforce_course_dates_both_known",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.CheckConstraint(
                name="workforce_course_places_from_one", condition=Q(places__gte=1, places__lte=500)
            ),
            models.CheckConstraint(
                name="workforce_course_cost_not_negative", condition=Q(cost_per_place__gte=0)
            ),
            models.CheckConstraint(name="workforce_course_level_from_one", condition=Q(level__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def level_name(self) -> str:
        return self.skill.level_name(self.level)

    @property
    def gives(self) -> str:
        """'Police driving, Response'."""
        return f"{self.skill}, {self.level_name}"

    @property
    def acquired_on(self) -> date:
        """Who passes holds the skill from the last day of the course."""
        return date.fromordinal(self.during.upper.toordinal() - 1)


class PlaceState(models.TextChoices):
    ASKED = "asked", "Asked for"
    OFFERED = "offered", "Offered"
    BOOKED = "booked", "Booked"
    ATTENDED = "attended", "Attended, result awaited"
    PASSED = "passed", "Passed"
    FAILED = "failed", "Not passed"
    NO_SHOW = "no_show", "Did not attend"
    GIVEN_UP = "given_up", "Given up"


# These hold one of the places of the course and are paid for.
TAKING = (
    PlaceState.OFFERED,
    PlaceState.BOOKED,
    PlaceState.ATTENDED,
    PlaceState.PASSED,
    PlaceState.FAILED,
    PlaceState.NO_SHOW,
)
# What a place may become next. Results can be corrected while no skill hangs on them.
NEXT: dict[str, tuple[str, ...]] = {
    PlaceState.ASKED: (PlaceState.OFFERED, PlaceState.GIVEN_UP),
    PlaceState.OFFERED: (PlaceState.BOOKED, PlaceState.GIVEN_UP),
    PlaceState.BOOKED: (
        PlaceState.ATTENDED,
        PlaceState.PASSED,
        PlaceState.FAILED,
        PlaceState.NO_SHOW,
        PlaceState.GIVEN_UP,
    ),
    PlaceState.ATTENDED: (PlaceState.PASSED, PlaceState.FAILED),
    PlaceState.NO_SHOW: (PlaceState.ATTENDED,),
    PlaceState.FAILED: (PlaceState.ATTENDED,),
    PlaceState.GIVEN_UP: (PlaceState.ASKED, PlaceState.OFFERED),
    PlaceState.PASSED: (),
}


class CoursePlaceQuerySet(OfForceQuerySet):
    def taking(self) -> "CoursePlaceQuerySet":
        return self.filter(state__in=TAKING)


@tracked()
class CoursePlace(models.Model):
    """A person asks for, or has, a place of a course. `unit` is where they were when it was asked for.

    PostgreSQL refuses more places than the course has, whoever writes at once (migration 0010).
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="course_places")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="course_places")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="course_places"
    )
    state = models.CharField(max_length=8, choices=PlaceState, default=PlaceState.ASKED)
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history_action = Action.PEOPLE_VIEW
    history_subject = "person"

    objects = CoursePlaceQuerySet.as_manager()

    class Meta:
        ordering = ["course", "person__family_name", "person__given_names", "person__number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="workforce_courseplace_once_a_course"),
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.course}"
