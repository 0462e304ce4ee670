"""A board over what several forces put into one unit, each force's part in it, and their agreed shares."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Lower

from peelsite.forces.models import Force, OfForceQuerySet, Unit
from peelsite.forces.ranges import OneValueRange
from peelsite.history import tracked


@tracked()
class JointBoard(models.Model):
    """A board over a unit that forces run together (Police Act 1996, s. 22A), kept by the unit's force."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="joint_boards")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "name"]
        constraints = [
            models.UniqueConstraint("force", Lower("name"), name="workforce_jointboard_name_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class JointPart(models.Model):
    """The posts that one force puts in: those of a unit of its own, with every unit under it.

    Written by that force itself, which so lets the others see its sums. Every post has one employing force,
    so the parts add up to the whole and no post is in two of them.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="joint_parts")
    joint = models.ForeignKey(JointBoard, on_delete=models.PROTECT, related_name="parts")
    # The force of the joint board, which stands behind that force's wall.
    lead = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["joint_id", "force_id"]
        constraints = [
            models.CheckConstraint(
                name="workforce_jointpart_runs_for_a_time",
                condition=models.Q(during__isempty=False, during__lower_inf=False),
            ),
            ExclusionConstraint(
                name="workforce_jointpart_one_a_force",
                expressions=[
                    (OneValueRange(models.F("joint_id")), RangeOperators.EQUAL),
                    (OneValueRange(models.F("force_id")), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} in {self.joint_id}"


@tracked()
class JointAllocation(models.Model):
    """Shares agreed from a day on. Never changed: another one follows it."""

    joint = models.ForeignKey(JointBoard, on_delete=models.PROTECT, related_name="allocations")
    starts_on = models.DateField("from")
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["joint_id", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["joint", "starts_on"], name="workforce_jointallocation_once_a_day"
            ),
            models.CheckConstraint(
                name="workforce_jointallocation_has_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint} from {self.starts_on:%-d %B %Y}"


@tracked()
class JointShare(models.Model):
    """The share of one part in an allocation. PostgreSQL holds that they are 1 together."""

    allocation = models.ForeignKey(JointAllocation, on_delete=models.PROTECT, related_name="shares")
    part = models.ForeignKey(JointPart, on_delete=models.PROTECT, related_name="shares")
    share = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        ordering = ["allocation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["allocation", "part"], name="workforce_jointshare_once"),
            models.CheckConstraint(
                name="workforce_jointshare_of_a_whole", condition=models.Q(share__gte=0, share__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share:.2%}"
