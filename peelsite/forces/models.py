"""Who the site is for: forces, their areas, units and places. Nothing here knows a post or a person."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower

from peelsite.forces.ranges import OneValueRange
from peelsite.history import tracked


class Weekday(models.IntegerChoices):
    MONDAY = 1, "Monday"
    TUESDAY = 2, "Tuesday"
    WEDNESDAY = 3, "Wednesday"
    THURSDAY = 4, "Thursday"
    FRIDAY = 5, "Friday"
    SATURDAY = 6, "Saturday"
    SUNDAY = 7, "Sunday"


class WorkerCategory(models.TextChoices):
    """Worker types of the Home Office workforce return (ADR 502)."""

    OFFICER = "officer", "Police officer"
    STAFF = "staff", "Police staff"
    PCSO = "pcso", "PCSO"
    DESIGNATED = "designated", "Designated officer"
    SECTION_39 = "section_39", "Contractor (section 39)"
    SPECIAL = "special", "Special constable"
    VOLUNTEER = "volunteer", "Police support volunteer"


# The inspectorate counts section 38 designated officers as staff and leaves section 39 contractors, special
# constables and volunteers out of the workforce (HMIC, PEEL efficiency 2016, annex A).
WORKFORCE_TYPES: dict[str, tuple[str, ...]] = {
    "officers": (WorkerCategory.OFFICER,),
    "staff": (WorkerCategory.STAFF, WorkerCategory.DESIGNATED),
    "pcsos": (WorkerCategory.PCSO,),
}


def all_worker_categories() -> list[str]:
    return [WorkerCategory.OFFICER, WorkerCategory.STAFF, WorkerCategory.PCSO, WorkerCategory.DESIGNATED]


class ForceQuerySet(models.QuerySet["Force"]):
    def visible_to(self, user) -> "ForceQuerySet":
        """Forces the user is an active member of; a superuser is a member of none until given a role."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(memberships__user=user, memberships__is_active=True).distinct()


@tracked()
class Force(models.Model):
    """A territorial police force, and how it counts years and weeks."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(
        max_length=9, unique=True, help_text="Office for National Statistics code, for example E23000027."
    )
    region = models.CharField(max_length=60, blank=True)
    worker_categories = ArrayField(
        models.CharField(max_length=12, choices=WorkerCategory),
        default=all_worker_categories,
        help_text="Types of worker whose posts and people this force keeps here.",
    )
    # Fixed by the local policing body (Police Regulations 2003, reg 33(1)).
    leave_year_starts_month = models.PositiveSmallIntegerField(
        default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    leave_year_starts_day = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    week_starts_on = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    keeps_records = models.BooleanField(
        default=False, help_text="Off for forces that are here only to be compared with."
    )
    opening_day = models.DateField(
        null=True,
        blank=True,
        help_text="Pages open on this day's figures; empty: today. For records that end in the past.",
    )

    objects = ForceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="forces_force_leave_year_is_a_day",
                condition=models.Q(
                    leave_year_starts_month__range=(1, 12), leave_year_starts_day__range=(1, 28)
                ),
            ),
            models.CheckConstraint(
                name="forces_force_week_start_is_a_weekday", condition=models.Q(week_starts_on__range=(1, 7))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfForceQuerySet(models.QuerySet):
    """Rows that belong to one force: the base of every such table's QuerySet."""

    def of_force(self, force: Force):
        return self.filter(force=force)

    def visible_to(self, user):
        """Rows of the forces the user is a member of; what may be done with them is asked per action."""
        return self.filter(force__in=Force.objects.visible_to(user))


@tracked()
class Area(models.Model):
    """A local policing area, usually the ground of one community safety partnership."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="areas")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        constraints = [
            models.UniqueConstraint("force", Lower("code"), name="forces_area_code_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Location(models.Model):
    """A site where people work. Its coordinates, in degrees, let journeys to it be estimated."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="locations")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="locations")
    # To about ten metres, which is near enough for a journey by road.
    latitude = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        constraints = [
            models.CheckConstraint(
                name="forces_location_on_the_map",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(49, 61),
                    longitude__range=(-9, 2),
                ),
            ),
            models.UniqueConstraint("force", Lower("code"), name="forces_location_code_once_a_force"),
            models.UniqueConstraint("force", Lower("name"), name="forces_location_name_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitLevel(models.TextChoices):
    COMMAND = "command", "Command"
    DEPARTMENT = "department", "Department"
    TEAM = "team", "Team"


class UnitQuerySet(OfForceQuerySet):
    def subtree_of(self, unit: "Unit") -> "UnitQuerySet":
        """The unit and everything under it: paths are '/1/4/9/', so a prefix is a subtree."""
        return self.filter(path__startswith=unit.path)

    def open_on(self, day: date) -> "UnitQuerySet":
        """Units that may hold posts on `day`."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=day))


@tracked()
class Unit(models.Model):
    """A command, a department of it, or a team of that. `path` holds the ids from the top, '/1/4/9/'.

    PostgreSQL fills in the path of a new unit, and holds parent, level and path together from then on.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=10, choices=UnitLevel)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    path = models.CharField(max_length=200, editable=False, default="")
    closed_on = models.DateField(
        null=True, blank=True, help_text="First day on which the unit no longer holds posts."
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        constraints = [
            models.UniqueConstraint("force", Lower("code"), name="forces_unit_code_once_a_force"),
            models.CheckConstraint(
                name="forces_unit_command_is_at_the_top",
                condition=models.Q(level="command", parent__isnull=True)
                | (~models.Q(level="command") & models.Q(parent__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="forces_unit_path")]

    def __str__(self) -> str:
        return self.name


class JointUnitQuerySet(OfForceQuerySet):
    def running_on(self, day: date) -> "JointUnitQuerySet":
        return self.filter(during__contains=day)


@tracked()
class JointUnit(models.Model):
    """A unit that its force runs together with another one, as under a section 22A agreement.

    Police Act 1996, section 22A (collaboration agreements): people of the partner force may then be given the
    partner's role in the unit.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="joint_units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="joint_with")
    partner = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="partner_units")
    during = DateRangeField()

    objects = JointUnitQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "unit__name", "partner__name"]
        constraints = [
            models.CheckConstraint(
                name="forces_joint_unit_has_another_partner", condition=~models.Q(partner=models.F("force"))
            ),
            models.CheckConstraint(
                name="forces_joint_unit_runs_for_a_time",
                condition=models.Q(during__isempty=False, during__lower_inf=False),
            ),
            ExclusionConstraint(
                name="forces_joint_unit_once_at_a_time",
                expressions=[
                    (OneValueRange("unit_id"), RangeOperators.OVERLAPS),
                    (OneValueRange("partner_id"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} with {self.partner}"
