"""Published national tables, held as published and apart from a force's own records."""

from datetime import date

from django.db import models

from peelsite.forces.models import Force, WorkerCategory
from peelsite.history import tracked


class TableKind(models.TextChoices):
    WORKFORCE = "workforce", "Police workforce (Home Office open data)"


@tracked()
class NationalTable(models.Model):
    """One published file that was read. A newer file of the same kind replaces the rows of the older."""

    kind = models.CharField(max_length=20, choices=TableKind, unique=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    notes = models.JSONField(default=list, help_text="What was left out or read differently, in sentences.")
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    NOT_STATED = "not_stated", "Not stated or self-described"


class NationalWorkforceQuerySet(models.QuerySet["NationalWorkforce"]):
    def on(self, day: date) -> "NationalWorkforceQuerySet":
        return self.filter(as_at=day)


class NationalWorkforce(models.Model):
    """Workers of one force, rank, sex and worker type on 31 March of a year, as the Home Office published
    them.
    """

    table = models.ForeignKey(NationalTable, on_delete=models.CASCADE, related_name="workforce")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField()
    category = models.CharField(max_length=12, choices=WorkerCategory)
    rank = models.CharField(max_length=60)
    sex = models.CharField(max_length=10, choices=Sex)
    headcount = models.IntegerField()
    # Special constables and volunteers have a headcount and no FTE.
    fte = models.DecimalField(max_digits=10, decimal_places=4, null=True)

    objects = NationalWorkforceQuerySet.as_manager()

    class Meta:
        ordering = ["as_at", "force_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["as_at", "force", "category", "rank", "sex"], name="inspection_nationalworkforce_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force} {self.as_at}: {self.rank}"
