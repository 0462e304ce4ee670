"""Long work as a row that can be watched."""

from django.conf import settings
from django.db import models

from peelsite.forces.models import Force, OfForceQuerySet


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class JobQuerySet(OfForceQuerySet):
    def unfinished(self):
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])


class Job(models.Model):
    """One piece of background work: what, on which row, how far, and how it ended.

    `kind` names a function registered in peelsite.jobs.registry; `subject_id` is the row it works on.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="jobs", null=True, blank=True)
    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=models.Q(state__in=["queued", "running"]),
                name="jobs_job_one_unfinished_a_subject",
            ),
            models.CheckConstraint(
                name="jobs_job_finished_has_a_time",
                condition=models.Q(state__in=["queued", "running"], finished_at__isnull=True)
                | models.Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["queued_at"],
                name="jobs_job_unfinished",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"

    @property
    def percent(self) -> int:
        """Whole per cent done, 0 while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else 0
