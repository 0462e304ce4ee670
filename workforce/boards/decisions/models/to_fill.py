"""The posts that wait for a person."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked
from workforce.boards.decisions.models.decision import Decision
from workforce.establishment.models import Post
from workforce.people.models import Person, Posting


class ToFillState(models.TextChoices):
    WAITING = "waiting", "Waiting for a person"
    MATCHED = "matched", "Matched"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PostToFillQuerySet(OfForceQuerySet):
    def waiting(self) -> "PostToFillQuerySet":
        return self.filter(state=ToFillState.WAITING)

    def in_units(self, units) -> "PostToFillQuerySet":
        """Posts of the units and everything under them; nothing of no unit."""
        if not units:
            return self.none()
        paths = Q()
        for unit in units:
            paths |= Q(post__unit__path__startswith=unit.path)
        return self.filter(paths)

    def with_labels(self) -> "PostToFillQuerySet":
        return self.select_related(
            "post__rank",
            "post__role",
            "post__unit",
            "post__location",
            "decision__item__board__series",
            "person",
            "matched_by",
        )


@tracked()
class PostToFill(models.Model):
    """A post that waits for its unit head to choose a person. Matched once: PostgreSQL refuses a second."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="posts_to_fill")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="posts_to_fill")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="posts_to_fill")
    state = models.CharField(max_length=10, choices=ToFillState, default=ToFillState.WAITING)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    matched_at = models.DateTimeField(null=True, blank=True)

    objects = PostToFillQuerySet.as_manager()

    class Meta:
        ordering = ["decision__effective_on", "post__reference"]
        verbose_name_plural = "posts to fill"
        constraints = [
            models.UniqueConstraint(fields=["decision", "post"], name="workforce_posttofill_once_a_decision"),
            models.UniqueConstraint(
                fields=["post"],
                name="workforce_posttofill_waits_once",
                condition=Q(state=ToFillState.WAITING),
            ),
            models.CheckConstraint(
                name="workforce_posttofill_matched_all_or_none",
                condition=Q(
                    state=ToFillState.MATCHED,
                    person__isnull=False,
                    posting__isnull=False,
                    matched_by__isnull=False,
                    matched_at__isnull=False,
                )
                | (
                    ~Q(state=ToFillState.MATCHED)
                    & Q(
                        person__isnull=True,
                        posting__isnull=True,
                        matched_by__isnull=True,
                        matched_at__isnull=True,
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.get_state_display()}"

    @property
    def fill_by(self) -> date:
        return self.decision.effective_on
