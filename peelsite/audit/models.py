"""What the history pages keep themselves: who read what of whom, where reading alone must leave a trace."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from peelsite.audit.retention.models import LegalHold, RetentionRule, RetentionRun
from peelsite.audit.subject_access.models import SubjectAccessExport, SubjectAccessRequest
from peelsite.forces.models import Force, OfForceQuerySet

__all__ = [
    "LegalHold",
    "RetentionRule",
    "RetentionRun",
    "SensitiveKind",
    "SensitiveRead",
    "SubjectAccessExport",
    "SubjectAccessRequest",
]


class SensitiveKind(models.TextChoices):
    """What was read. Short stable names: they are stored."""

    HEALTH_RECORD = "health_record", "Health record"
    HEALTH_LIST = "health_list", "List with health data"
    PERSON_HISTORY = "person_history", "History of a person"
    SUBJECT_ACCESS = "subject_access", "Subject access export"
    LIST_EXPORT = "list_export", "Download of a list of people"


class SensitiveReadQuerySet(OfForceQuerySet):
    def about(self, person_id: int) -> "SensitiveReadQuerySet":
        """Reads in which something of this person was shown."""
        return self.filter(person_ids__contains=[person_id])


class SensitiveRead(models.Model):
    """One reading of sensitive records. Nobody changes or deletes one: PostgreSQL refuses it to everybody.

    `person_ids` and `labels` run side by side. No foreign keys: the row outlives the record.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty for a command of the site's operator.",
    )
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=20, choices=SensitiveKind)
    reason = models.TextField()
    person_ids = ArrayField(models.BigIntegerField(), default=list)
    labels = ArrayField(models.TextField(), default=list)
    path = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    objects = SensitiveReadQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="audit_sensitiveread_has_a_reason", condition=~models.Q(reason__regex=r"^\s*$")
            ),
            models.CheckConstraint(
                name="audit_sensitiveread_each_subject_has_a_label",
                condition=models.Q(person_ids__len=models.F("labels__len")),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "at"], name="audit_sensitiveread_force_at"),
            GinIndex(fields=["person_ids"], name="audit_sensitiveread_people"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} read by {self.user or 'a command'}"
