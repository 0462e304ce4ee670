"""Forces left out of one measure, by whom and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked


@tracked()
class ComparisonExclusion(models.Model):
    """`force` leaves `excluded` out of its comparisons on one measure, for a reason shown on the page."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="comparison_exclusions")
    measure = models.CharField(max_length=40)
    excluded = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "excluded__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "measure", "excluded"], name="inspection_comparisonexclusion_once"
            ),
            models.CheckConstraint(
                name="inspection_comparisonexclusion_not_itself", condition=~Q(force=F("excluded"))
            ),
            models.CheckConstraint(
                name="inspection_comparisonexclusion_has_a_reason", condition=~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: without {self.excluded}"
