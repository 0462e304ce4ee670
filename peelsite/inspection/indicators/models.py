"""What a force fixes for its indicators."""

from datetime import date

from django.db import models

from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked


@tracked()
class InspectionSetting(models.Model):
    """The day that changes are counted from: the 2016 inspection used 31 March 2010."""

    force = models.OneToOneField(Force, on_delete=models.PROTECT, related_name="inspection_setting")
    base_on = models.DateField("changes are counted from", default=date(2010, 3, 31))

    objects = OfForceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.force}: changes since {self.base_on}"
