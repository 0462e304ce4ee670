"""The establishment: ranks, roles, funding and the posts themselves."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower

from peelsite.forces.models import Force, Location, OfForceQuerySet, Unit, WorkerCategory
from peelsite.history import tracked


class RankQuerySet(models.QuerySet["Rank"]):
    def for_force(self, force: Force) -> "RankQuerySet":
        """National ranks and the force's own grades, of the worker categories that it keeps."""
        return self.filter(
            models.Q(force__isnull=True) | models.Q(force=force), category__in=force.worker_categories
        )


@tracked()
class Rank(models.Model):
    """A police rank (Police Regulations 2003, reg 4) or a staff grade, in order within its worker category.

    Ranks without a force are national; a force may add grades of its own.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True, related_name="grades")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    category = models.CharField(max_length=12, choices=WorkerCategory)
    order = models.PositiveSmallIntegerField(help_text="1 is the most junior of its category.")
    is_federated = models.BooleanField(default=False, help_text="Constable to chief inspector.")

    objects = RankQuerySet.as_manager()

    class Meta:
        # Officers come first, then staff, PCSOs and designated officers; most senior at the top.
        ordering = [
            models.Case(
                *[
                    models.When(category=category, then=position)
                    for position, category in enumerate(
                        [
                            WorkerCategory.OFFICER,
                            WorkerCategory.PCSO,
                            WorkerCategory.STAFF,
                            WorkerCategory.DESIGNATED,
                        ]
                    )
                ],
                default=9,
            ),
            "-order",
        ]
        constraints = [
            models.UniqueConstraint(
                "force", Lower("code"), name="workforce_rank_code_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Role(models.Model):
    """What a post does: response, detective, custody sergeant, call handler …"""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="roles")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=100)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        constraints = [
            models.UniqueConstraint("force", Lower("code"), name="workforce_role_code_once_a_force"),
            models.UniqueConstraint("force", Lower("name"), name="workforce_role_name_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.name


class FundingKind(models.TextChoices):
    CORE = "core", "Core budget"
    GRANT = "grant", "Grant"
    EXTERNAL = "external", "Paid by a partner"
    COLLABORATION = "collaboration", "Collaboration"
    RESERVE = "reserve", "Reserve"


@tracked()
class FundingSource(models.Model):
    """Money that pays for posts, with the day it ends where it does."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="funding_sources")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=14, choices=FundingKind, default=FundingKind.CORE)
    ends_on = models.DateField(null=True, blank=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        constraints = [
            models.UniqueConstraint("force", Lower("name"), name="workforce_fundingsource_name_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(OfForceQuerySet):
    def as_at(self, day: date) -> "PostQuerySet":
        """Posts in being on `day`."""
        return self.filter(during__contains=day)

    def with_labels(self) -> "PostQuerySet":
        return self.select_related("rank", "role", "unit", "location", "funding")


@tracked()
class Post(models.Model):
    """A funded place. A change of rank, role, unit, location or FTE from a day is a new post, its successor.

    `during` is half-open: a post that exists in March 2016 only has [2016-03-01, 2016-04-01).
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="posts")
    reference = models.CharField(max_length=30)
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="posts")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="posts")
    fte = models.DecimalField(
        "FTE",
        max_digits=6,
        decimal_places=4,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    during = DateRangeField()
    funding = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="posts")
    succeeds = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="succeeded_by"
    )
    # The import that made it, so that the import can be undone; not a foreign key, as imports may be purged.
    import_id = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "reference"], name="workforce_post_reference_once_a_force"
            ),
            models.CheckConstraint(
                name="workforce_post_fte_above_zero", condition=models.Q(fte__gt=0, fte__lte=50)
            ),
            models.CheckConstraint(
                name="workforce_post_dates_not_empty",
                condition=models.Q(during__isempty=False, during__lower_inf=False),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "unit"], name="workforce_post_force_unit"),
            models.Index(
                fields=["import_id"],
                name="workforce_post_import",
                condition=models.Q(import_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
