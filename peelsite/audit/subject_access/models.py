"""Requests of people to see what is held on them, and the exports made for them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from peelsite.accounts.permissions import Action
from peelsite.audit.subject_access.calc import due_day
from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked


class RequestState(models.TextChoices):
    """Short stable names: they are stored."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


CLOSED = [(each.value, each.label) for each in RequestState if each != RequestState.OPEN]


class AccessRequestQuerySet(OfForceQuerySet):
    def open(self) -> "AccessRequestQuerySet":
        return self.filter(state=RequestState.OPEN)


@tracked()
class SubjectAccessRequest(models.Model):
    """One request under UK GDPR article 15. `due_on` is the last day on which an answer is in time.

    `person_id` is a number and no foreign key: the ground floor knows no person, and the request outlives a
    person's name.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    person_id = models.BigIntegerField("person")
    received_on = models.DateField()
    due_on = models.DateField(editable=False)
    asked_by = models.CharField(max_length=200, help_text="The person, or who asks for them.")
    reason = models.TextField("what is asked for")
    extended_on = models.DateField(null=True, blank=True)
    extension_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    history_action = Action.PEOPLE_VIEW
    history_subject = "person"

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="audit_accessrequest_due_later", condition=Q(due_on__gt=models.F("received_on"))
            ),
            models.CheckConstraint(
                name="audit_accessrequest_extension_has_a_reason",
                condition=Q(extended_on__isnull=True, extension_reason="")
                | (Q(extended_on__isnull=False) & ~Q(extension_reason__regex=r"^\s*$")),
            ),
            models.CheckConstraint(
                name="audit_accessrequest_closed_is_told",
                condition=Q(state="open", closed_on__isnull=True, outcome="")
                | (
                    Q(state__in=["answered", "refused", "withdrawn"], closed_on__gte=models.F("received_on"))
                    & ~Q(outcome__regex=r"^\s*$")
                ),
            ),
            models.CheckConstraint(
                name="audit_accessrequest_says_who_and_what",
                condition=~Q(reason__regex=r"^\s*$") & ~Q(asked_by__regex=r"^\s*$"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "due_on"], name="audit_accessrequest_open", condition=Q(state="open")
            ),
            models.Index(fields=["person_id"], name="audit_accessrequest_person"),
        ]

    def __str__(self) -> str:
        return f"Subject access request of {self.received_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def first_due_on(self) -> date:
        """Within this day an extension must be told."""
        return due_day(self.received_on, is_extended=False)

    def days_left(self, day: date) -> int:
        """Days until the last day in time; below 0 when that has passed."""
        return (self.due_on - day).days


class AccessExportQuerySet(models.QuerySet["SubjectAccessExport"]):
    def not_removed(self) -> "AccessExportQuerySet":
        return self.filter(removed_at__isnull=True)


@tracked()
class SubjectAccessExport(models.Model):
    """One export for a request: encrypted on disk, served through the permission check until it expires.

    `stored` is its place, fixed before it is written, so that a job killed and run again writes the same one.
    `digest` is the SHA-256 of the zip as it is handed over.
    """

    request = models.ForeignKey(SubjectAccessRequest, on_delete=models.PROTECT, related_name="exports")
    stored = models.CharField(max_length=100, unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    tables = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    history_action = Action.PEOPLE_VIEW

    objects = AccessExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(removed_at__isnull=True), name="audit_accessexport_one_there"
            ),
            models.CheckConstraint(
                name="audit_accessexport_made_is_whole",
                condition=Q(made_at__isnull=True, expires_at__isnull=True, digest="", downloads=0)
                | (Q(made_at__isnull=False, expires_at__gt=models.F("made_at")) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Export for the {str(self.request).lower()}"

    @property
    def is_there(self) -> bool:
        """Whether it can be downloaded now."""
        return self.made_at is not None and self.removed_at is None and self.expires_at > timezone.now()
