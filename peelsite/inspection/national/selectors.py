"""Reads of the published workforce table, always with section 39 contractors left out of the workforce."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from peelsite.forces.models import WORKFORCE_TYPES
from peelsite.inspection.national.models import NationalTable, NationalWorkforce, TableKind


@dataclass(frozen=True)
class WorkforceTotals:
    """FTE of one force: officers, staff (with section 38 designated officers) and PCSOs."""

    officers: Decimal
    staff: Decimal
    pcsos: Decimal

    @property
    def total(self) -> Decimal:
        return self.officers + self.staff + self.pcsos


def published_workforce(*days: date) -> dict[date, dict[str, WorkforceTotals]]:
    """day -> force slug -> FTE by workforce type, for the days asked. One query; days without a table are
    empty.
    """
    totals = {
        name: Sum("fte", filter=Q(category__in=categories), default=Decimal(0))
        for name, categories in WORKFORCE_TYPES.items()
    }
    rows = (
        NationalWorkforce.objects.filter(as_at__in=days)
        .order_by()
        .values("as_at", "force__slug")
        .annotate(**totals)
        .values_list("as_at", "force__slug", *WORKFORCE_TYPES)
    )
    found: dict[date, dict[str, WorkforceTotals]] = {day: {} for day in days}
    for as_at, slug, officers, staff, pcsos in rows:
        found[as_at][slug] = WorkforceTotals(officers=officers, staff=staff, pcsos=pcsos)
    return found


def published_days() -> list[date]:
    """Days for which the workforce table is held, latest first."""
    return list(NationalWorkforce.objects.order_by("-as_at").values_list("as_at", flat=True).distinct())


def workforce_table() -> NationalTable | None:
    return NationalTable.objects.filter(kind=TableKind.WORKFORCE).first()
