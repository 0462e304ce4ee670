"""Summaries as written, who is to have them, and what became of each message."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked
from peelsite.mail.deliveries.models import MessageRow


class Cadence(models.TextChoices):
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    BEFORE_BOARD = "before_board", "Six days before each board"
    NOW = "now", "Sent by hand"


SUBSCRIBED = [Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.BEFORE_BOARD]


class SubscriptionQuerySet(OfForceQuerySet):
    def active(self) -> "SubscriptionQuerySet":
        return self.filter(is_active=True, user__is_active=True)


@tracked()
class Subscription(models.Model):
    """One person's wish for one kind of summary. Issues due before `starts_on` are not sent."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="subscriptions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    cadence = models.CharField("how often", max_length=12, choices=[(c.value, c.label) for c in SUBSCRIBED])
    is_active = models.BooleanField(default=True)
    starts_on = models.DateField()

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "cadence"]
        constraints = [
            models.UniqueConstraint(fields=["force", "user", "cadence"], name="inspection_subscription_once"),
            models.CheckConstraint(
                name="inspection_subscription_has_a_schedule",
                condition=Q(cadence__in=["monthly", "quarterly", "before_board"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_cadence_display().lower()}"


class SummaryState(models.TextChoices):
    WRITING = "writing", "Being written"
    WRITTEN = "written", "Written"


class SummaryQuerySet(OfForceQuerySet):
    def written(self) -> "SummaryQuerySet":
        return self.filter(state=SummaryState.WRITTEN)

    def light(self) -> "SummaryQuerySet":
        """Without the content and the PDF, for lists."""
        return self.defer("content", "pdf")


@tracked(exclude=("content", "pdf"))
class Summary(models.Model):
    """One issue. Once written, a trigger of migration 0003 refuses any change of it and its removal."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="summaries")
    key = models.CharField(max_length=80, help_text="Which issue: unique in the force.")
    cadence = models.CharField(max_length=12, choices=Cadence)
    title = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField()
    as_at = models.DateField(help_text="The day of the figures.")
    state = models.CharField(max_length=8, choices=SummaryState, default=SummaryState.WRITING)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whom a person chose when sending by hand; empty: the subscribers of the cadence.
    chosen = models.JSONField(default=list, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-requested_at"]
        verbose_name_plural = "summaries"
        constraints = [
            models.UniqueConstraint(fields=["force", "key"], name="inspection_summary_issue_once"),
            models.CheckConstraint(
                name="inspection_summary_written_is_whole",
                condition=Q(
                    state="writing",
                    written_at__isnull=True,
                    content__isnull=True,
                    pdf__isnull=True,
                    digest="",
                )
                | (
                    Q(state="written", written_at__isnull=False, content__isnull=False, pdf__isnull=False)
                    & ~Q(digest="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force}: {self.title}"

    @property
    def heading(self) -> str:
        return f"Inspection summary, {self.title}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user) -> "DeliveryQuerySet":
        return self.filter(summary__force__in=Force.objects.visible_to(user))

    def of_force(self, force: Force) -> "DeliveryQuerySet":
        return self.filter(summary__force=force)


@tracked()
class Delivery(MessageRow):
    """One message to one recipient: at most one row, so at most one message, for each issue and address."""

    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta(MessageRow.Meta):
        ordering = ["address"]
        verbose_name_plural = "deliveries"
        constraints = [
            *MessageRow.Meta.constraints,
            models.UniqueConstraint("summary", Lower("address"), name="inspection_delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.summary} to {self.address}"
