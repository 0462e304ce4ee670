"""The skills of a force, and what its roles and posts ask of them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from peelsite.forces.models import Force, OfForceQuerySet, Unit
from peelsite.forces.ranges import OneValueRange
from peelsite.history import tracked
from workforce.establishment.models import Post, Role

_IN_TIME = ("during", RangeOperators.OVERLAPS)


def _of_one(column: str) -> tuple[Any, str]:
    return (OneValueRange(F(column)), RangeOperators.OVERLAPS)


class SkillGroup(models.TextChoices):
    """In the order in which pages list them."""

    DIGITAL = "digital", "Digital and cyber"
    INVESTIGATION = "investigation", "Investigation"
    SAFEGUARDING = "safeguarding", "Protecting vulnerable people"
    CONTACT = "contact", "Contact and custody"
    DRIVING = "driving", "Driving"
    PUBLIC_ORDER = "public_order", "Public order and firearms"
    LEADERSHIP = "leadership", "Leadership"
    OTHER = "other", "Other"


class SkillQuerySet(OfForceQuerySet):
    def in_use(self, day: date) -> "SkillQuerySet":
        """Those that are not retired by `day`."""
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day))


@tracked()
class Skill(models.Model):
    """Something people of the force can do, in levels from the lowest to the highest.

    A level is its place in `levels`, counted from 1. Whoever holds a level holds those below it.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="skills")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    group = models.CharField(max_length=14, choices=SkillGroup, default=SkillGroup.OTHER)
    description = models.TextField(blank=True, max_length=1000)
    levels = ArrayField(models.CharField(max_length=60), size=9)
    lasts_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    # A place is short of the skill when less than this share of what it requires is held.
    short_below = models.DecimalField(
        max_digits=4, decimal_places=3, default=Decimal("0.800"), validators=[MinValueValidator(Decimal(0))]
    )
    retired_on = models.DateField(null=True, blank=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        constraints = [
            models.UniqueConstraint("force", Lower("code"), name="workforce_skill_code_once_a_force"),
            models.UniqueConstraint("force", Lower("name"), name="workforce_skill_name_once_a_force"),
            models.CheckConstraint(name="workforce_skill_has_a_level", condition=Q(levels__len__gte=1)),
            models.CheckConstraint(
                name="workforce_skill_lasts_a_while",
                condition=Q(lasts_months__isnull=True) | Q(lasts_months__range=(1, 240)),
            ),
            models.CheckConstraint(
                name="workforce_skill_short_below_a_share",
                condition=Q(short_below__gte=0, short_below__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def level_name(self, level: int) -> str:
        """What the force calls a level; the bare number of one that was taken away."""
        return self.levels[level - 1] if 1 <= level <= len(self.levels) else str(level)


class RequirementExtent(models.TextChoices):
    EVERYONE = "everyone", "Everyone"
    NUMBER = "number", "A number in each unit"
    SHARE = "share", "A share in each unit"


class SkillRequirementQuerySet(OfForceQuerySet):
    def as_at(self, day: date) -> "SkillRequirementQuerySet":
        return self.filter(during__contains=day)

    def with_labels(self) -> "SkillRequirementQuerySet":
        return self.select_related("skill", "role", "post", "post__unit", "unit")


@tracked()
class SkillRequirement(models.Model):
    """So many of those in a role must hold a skill at a level; or whoever is in one post.

    `unit` narrows a role to that unit and all below it. Of several that would apply to a person's post and
    skill, the nearest does: that of the post, else that of the role in the lowest unit, else of the role.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="skill_requirements")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField(default=1)
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, related_name="skill_requirements"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="skill_requirements"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="skill_requirements"
    )
    extent = models.CharField(max_length=8, choices=RequirementExtent, default=RequirementExtent.EVERYONE)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    share = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    during = DateRangeField()

    objects = SkillRequirementQuerySet.as_manager()

    class Meta:
        ordering = ["skill__name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workforce_skillrequirement_of_role_or_post",
                condition=Q(role__isnull=False, post__isnull=True)
                | Q(role__isnull=True, post__isnull=False, unit__isnull=True, extent="everyone"),
            ),
            models.CheckConstraint(
                name="workforce_skillrequirement_extent_and_figure",
                condition=Q(extent="everyone", number__isnull=True, share__isnull=True)
                | Q(extent="number", number__isnull=False, number__gte=1, share__isnull=True)
                | Q(extent="share", number__isnull=True, share__isnull=False, share__gt=0, share__lte=1),
            ),
            models.CheckConstraint(
                name="workforce_skillrequirement_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
            models.CheckConstraint(
                name="workforce_skillrequirement_level_from_one", condition=Q(level__gte=1)
            ),
            ExclusionConstraint(
                name="workforce_skillrequirement_role_once",
                expressions=[_of_one("skill_id"), _of_one("role_id"), _IN_TIME],
                condition=Q(role__isnull=False, unit__isnull=True),
            ),
            ExclusionConstraint(
                name="workforce_skillrequirement_role_in_unit_once",
                expressions=[_of_one("skill_id"), _of_one("role_id"), _of_one("unit_id"), _IN_TIME],
                condition=Q(role__isnull=False, unit__isnull=False),
            ),
            ExclusionConstraint(
                name="workforce_skillrequirement_post_once",
                expressions=[_of_one("skill_id"), _of_one("post_id"), _IN_TIME],
                condition=Q(post__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill} for {self.of_whom}"

    @property
    def of_whom(self) -> Any:
        """'Response', 'Response in Stevenage', or 'post R-12'."""
        if self.post_id is not None:
            return f"post {self.post}"
        return f"{self.role} in {self.unit}" if self.unit_id is not None else str(self.role)

    @property
    def how_many(self) -> str:
        """'everyone', '4 in each unit', '25% in each unit'."""
        if self.extent == RequirementExtent.NUMBER:
            return f"{self.number} in each unit"
        if self.extent == RequirementExtent.SHARE:
            return f"{self.share * 100:.1f}".rstrip("0").rstrip(".") + "% in each unit"
        return "everyone"

    @property
    def level_name(self) -> str:
        return self.skill.level_name(self.level)
