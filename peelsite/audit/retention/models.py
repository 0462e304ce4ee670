"""How long what is kept, what must not go yet, and proof of what went."""

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked


@tracked()
class RetentionRule(models.Model):
    """How many months a class of records is kept in a force, from a day on, and on whose authority.

    `what` is the slug of a class that a room registered. The rule of a class is the one that began last.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="Counted from the event of the class, such as leaving."
    )
    valid_from = models.DateField()
    source = models.CharField(max_length=300, help_text="Where the period comes from.")
    is_confirmed = models.BooleanField(
        default=False, help_text="Whether the force has confirmed the period; until then nothing is removed."
    )
    is_on = models.BooleanField(default=False, help_text="Whether the nightly run applies it.")

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "what", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "what", "valid_from"], name="audit_retentionrule_once_a_day"
            ),
            models.CheckConstraint(
                name="audit_retentionrule_on_only_when_confirmed",
                condition=models.Q(is_on=False) | models.Q(is_confirmed=True),
            ),
            models.CheckConstraint(
                name="audit_retentionrule_months_above_zero", condition=models.Q(months__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.months} months"


@tracked()
class LegalHold(models.Model):
    """Records that stay whatever the rules say: of one person, of one class, or all of a force.

    `person_id` is a number and no foreign key: the ground floor knows no person. `until` is the first day
    without the hold; whoever lifts a hold says why.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40, blank=True, help_text="Empty for every class.")
    person_id = models.BigIntegerField("person", null=True, blank=True, help_text="Empty for everybody.")
    reason = models.TextField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_from = models.DateField()
    until = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lift_reason = models.TextField("why it was lifted", blank=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["force_id", "-held_from"]
        constraints = [
            models.CheckConstraint(
                name="audit_legalhold_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("held_from")),
            ),
            models.CheckConstraint(
                name="audit_legalhold_lifted_for_a_reason",
                condition=models.Q(lifted_by__isnull=True, lift_reason="")
                | (
                    models.Q(lifted_by__isnull=False, until__isnull=False)
                    & ~models.Q(lift_reason__regex=r"^\s*$")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Hold from {self.held_from:%-d %B %Y}"


class RetentionRun(models.Model):
    """Proof of one removal: how many rows of which class by which rule, and a digest; no personal data.

    `digest` is the SHA-256 over the digests of the history rows removed, in the order of table and id. `seal`
    is the seal up to which the history stood when they went. Written once: PostgreSQL refuses anything else.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="runs")
    before = models.DateField(help_text="What happened before this day was due.")
    removed = models.PositiveIntegerField()
    held = models.PositiveIntegerField(help_text="Due, but kept by a legal hold.")
    history_rows = models.PositiveIntegerField(help_text="Rows of their history that went with them.")
    digest = models.CharField(max_length=64)
    seal = models.BigIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.removed} removed by {self.rule}"
