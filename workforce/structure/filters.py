"""What the lists of a force's parts are looked through by."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from peelsite.forces.models import Area, Location, Unit, UnitLevel, WorkerCategory
from peelsite.forces.selectors import opening_day
from workforce.establishment.filters import ANY, UnitChoiceField
from workforce.establishment.models import FundingKind, FundingSource, Rank, Role

OPEN, CLOSED = "open", "closed"


def _areas(request: Any) -> QuerySet[Area]:
    return Area.objects.of_force(request.force)


def _units(request: Any) -> QuerySet[Unit]:
    return Unit.objects.of_force(request.force).exclude(level=UnitLevel.TEAM).order_by("path")


class _UnitFilter(django_filters.ModelChoiceFilter):
    field_class = UnitChoiceField


class PartFilter(django_filters.FilterSet):
    """By name or code, whichever the words are in."""

    q = django_filters.CharFilter(label="Name or code", method="named")

    class Meta:
        model = Area
        fields: list[str] = []

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Q(name__icontains=value) | Q(code__icontains=value))


class LocationFilter(PartFilter):
    area = django_filters.ModelChoiceFilter(queryset=_areas, label="Area", empty_label=ANY)

    class Meta:
        model = Location
        fields: list[str] = []


class UnitFilter(PartFilter):
    level = django_filters.ChoiceFilter(choices=UnitLevel, label="Level", empty_label=ANY)
    under = _UnitFilter(queryset=_units, label="Unit, with all below it", empty_label=ANY, method="subtree")
    area = django_filters.ModelChoiceFilter(queryset=_areas, label="Area", empty_label=ANY)
    state = django_filters.ChoiceFilter(
        choices=[(OPEN, "Open"), (CLOSED, "Closed")], label="State", empty_label=ANY, method="standing"
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def subtree(self, queryset: Any, name: str, value: Unit) -> QuerySet:
        return queryset.subtree_of(value)

    def standing(self, queryset: Any, name: str, value: str) -> QuerySet:
        force = getattr(self.request, "force", None)
        day = opening_day(force) if force else timezone.localdate()
        return queryset.open_on(day) if value == OPEN else queryset.filter(closed_on__lte=day)


class RankFilter(PartFilter):
    category = django_filters.ChoiceFilter(choices=WorkerCategory, label="Worker type", empty_label=ANY)
    own = django_filters.ChoiceFilter(
        choices=[("own", "Grades of the force's own"), ("national", "National ranks and grades")],
        label="Kept by",
        empty_label=ANY,
        method="kept_by",
    )

    class Meta:
        model = Rank
        fields: list[str] = []

    def kept_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(force__isnull=value == "national")


class RoleFilter(PartFilter):
    class Meta:
        model = Role
        fields: list[str] = []


class FundingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Name", field_name="name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(choices=FundingKind, label="Kind", empty_label=ANY)

    class Meta:
        model = FundingSource
        fields: list[str] = []
