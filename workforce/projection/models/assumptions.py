"""What a force sets itself in place of what its history and the national figures say; and its budget."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from peelsite.forces.models import Force, OfForceQuerySet, WorkerCategory
from peelsite.history import tracked


@tracked()
class Assumption(models.Model):
    """A rate or figure set by hand, with its reason. Without a row, the force's own history speaks.

    `code` names it, for example "leave.officer.24" (leaving a year, officers, service band from 24 months).
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="assumptions")
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=9, decimal_places=6)
    reason = models.TextField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_on = models.DateField()

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["force", "code"], name="workforce_assumption_code_once_a_force"),
            models.CheckConstraint(name="workforce_assumption_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="workforce_assumption_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return self.code


@tracked()
class BudgetLine(models.Model):
    """FTE that a budget funds for one worker type on a day, usually a 31 March. Budget-based: it may hold a
    vacancy rate, and is shown beside a projection, never in it (HMIC 2016, annex A)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="budget_lines")
    as_at = models.DateField("day")
    category = models.CharField("worker type", max_length=12, choices=WorkerCategory)
    funded_fte = models.DecimalField(
        "funded FTE", max_digits=9, decimal_places=4, validators=[MinValueValidator(Decimal(0))]
    )
    source = models.CharField(max_length=200, help_text="The paper or table that it is taken from.")

    objects = OfForceQuerySet.as_manager()

    class Meta:
        ordering = ["as_at", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "as_at", "category"], name="workforce_budgetline_once_a_day"
            ),
            models.CheckConstraint(name="workforce_budgetline_not_negative", condition=Q(funded_fte__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}, {self.as_at:%-d %B %Y}"
