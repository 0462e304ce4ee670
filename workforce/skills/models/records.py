"""Which skills a person holds."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.forces.ranges import OneValueRange
from peelsite.history import tracked
from workforce.people.models import Person
from workforce.skills.models.catalogue import Skill

_ONE_SKILL_OF_A_PERSON = [
    (OneValueRange(F("person_id")), RangeOperators.OVERLAPS),
    (OneValueRange(F("skill_id")), RangeOperators.OVERLAPS),
    ("during", RangeOperators.OVERLAPS),
]


class SkillState(models.TextChoices):
    SELF_ASSESSED = "self_assessed", "Self-assessed"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Not confirmed"


class PersonSkillQuerySet(OfForceQuerySet):
    def as_at(self, day: date) -> "PersonSkillQuerySet":
        """Those in date on `day`, whatever their state."""
        return self.filter(during__contains=day)

    def within(self, reach: Reach, day: date) -> "PersonSkillQuerySet":
        """Those of people whom a user may see."""
        if reach.is_whole:
            return self
        return self.filter(person__in=Person.objects.order_by().within(reach, day).values("pk"))

    def waiting(self) -> "PersonSkillQuerySet":
        """Self-assessments on which a supervisor has not decided yet."""
        return self.filter(state=SkillState.SELF_ASSESSED)

    def with_labels(self) -> "PersonSkillQuerySet":
        return self.select_related("person", "skill", "stated_by", "decided_by")


@tracked()
class PersonSkill(models.Model):
    """A person holds a skill at a level from the day it was acquired until the day it expires.

    PostgreSQL itself refuses two confirmed ones of one skill that overlap, two that wait, and one that the
    person confirmed themselves (migration 0010). `stated_by` wrote it down; `decided_by` confirmed or refused
    it, and is empty only where an import by the command brought a confirmed one.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="person_skills")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    level = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=13, choices=SkillState)
    during = DateRangeField()
    evidence = models.CharField(max_length=500, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, editable=False)

    history_action = Action.PEOPLE_VIEW
    history_subject = "person"

    objects = PersonSkillQuerySet.as_manager()

    class Meta:
        ordering = ["skill__name", "-during"]
        constraints = [
            ExclusionConstraint(
                name="workforce_personskill_confirmed_once",
                expressions=_ONE_SKILL_OF_A_PERSON,
                condition=Q(state="confirmed"),
            ),
            ExclusionConstraint(
                name="workforce_personskill_waits_once",
                expressions=_ONE_SKILL_OF_A_PERSON,
                condition=Q(state="self_assessed"),
            ),
            models.CheckConstraint(
                name="workforce_personskill_decided_by_someone",
                condition=Q(state="self_assessed", decided_by__isnull=True, decided_on__isnull=True)
                | (
                    ~Q(state="self_assessed")
                    & Q(decided_on__isnull=False)
                    & (Q(decided_by__isnull=False) | Q(import_id__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="workforce_personskill_refused_with_a_reason",
                condition=(Q(state="refused") & ~Q(refusal="")) | (~Q(state="refused") & Q(refusal="")),
            ),
            models.CheckConstraint(
                name="workforce_personskill_dates_not_empty",
                condition=Q(during__isempty=False, during__lower_inf=False),
            ),
            models.CheckConstraint(name="workforce_personskill_level_from_one", condition=Q(level__gte=1)),
        ]
        indexes = [
            models.Index(fields=["force", "skill"], name="workforce_personskill_skill"),
            models.Index(
                fields=["force"],
                name="workforce_personskill_waiting",
                condition=Q(state="self_assessed"),
            ),
            models.Index(
                fields=["import_id"],
                name="workforce_personskill_import",
                condition=Q(import_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}, {self.level_name}"

    @property
    def level_name(self) -> str:
        return self.skill.level_name(self.level)
