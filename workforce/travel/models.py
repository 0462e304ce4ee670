"""Travel times that a force has entered for itself."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from peelsite.forces.models import Force, Location, OfForceQuerySet
from peelsite.history import tracked


@tracked()
class TravelTime(models.Model):
    """Minutes by road between two locations, both ways the same, in place of the estimate.

    PostgreSQL holds each pair once: `origin` is the location with the smaller number.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="travel_times")
    origin = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="travel_times_from")
    destination = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="travel_times_to")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(600)])
    source = models.CharField(max_length=200, blank=True, help_text="Where the figure comes from.")

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["origin_id", "destination_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "destination"], name="workforce_traveltime_once_a_pair"
            ),
            models.CheckConstraint(
                name="workforce_traveltime_in_order", condition=Q(origin__lt=F("destination"))
            ),
            models.CheckConstraint(
                name="workforce_traveltime_minutes_of_a_day", condition=Q(minutes__range=(1, 600))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin} and {self.destination}"
