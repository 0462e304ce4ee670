"""What the lists of the establishment are looked through by; pages and API share these."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from peelsite.forces.models import Location, Unit
from peelsite.web.lists import DayFilter
from workforce.establishment import selectors
from workforce.establishment.models import FundingSource, Post, Rank, Role
from workforce.filters import FieldsTogether
from workforce.people.models import Posting

ANY = "Any"

# Which people a list of postings is of.
SHOWS = [
    ("strength", "Everyone on strength"),
    ("supernumerary", "Supernumerary"),
    ("acting", "Acting or on temporary promotion"),
    ("attached", "Attached"),
    ("seconded_in", "Seconded in"),
    ("seconded_out", "Seconded out"),
    ("long_term_absent", "Long-term absent"),
    ("limited", "On limited duties"),
]


class UnitChoiceField(django_filters.fields.ModelChoiceField):
    """Units in the order of the tree, each under its command."""

    def label_from_instance(self, unit: Unit) -> str:
        return "\u00a0\u00a0\u00a0" * (unit.path.count("/") - 2) + unit.name


class UnitFilter(django_filters.ModelChoiceFilter):
    field_class = UnitChoiceField


def _rows_of(model: type) -> Any:
    """The rows a request may choose from: of the page's force, or of every force of the user in the API."""

    def rows(request: Any) -> QuerySet:
        force = getattr(request, "force", None)
        if force is not None:
            return model.objects.for_force(force) if model is Rank else model.objects.of_force(force)
        if model is Rank:
            return Rank.objects.all()
        return model.objects.visible_to(request.user)

    return rows


def _units_of(request: Any) -> QuerySet[Unit]:
    units = _rows_of(Unit)(request).order_by("path")
    reach = getattr(request, "reach", None)
    return units if reach is None else units.filter(reach.in_units("path"))


def default_on(data: Any, day: date | None) -> Any:
    """A query with the day put in where it names none."""
    if day is None or data is None or any(name in data for name in ("on", "on_day", "on_month", "on_year")):
        return data
    data = data.copy()
    data["on"] = day.isoformat()
    return data


class PlaceFilter(FieldsTogether):
    """A day and a place in the establishment. `day` and `place` are what was understood of the request.

    Pages give `default_day`, so that a list is of one day; without it (the API) rows of all times show.
    """

    on = DayFilter(label="As at", method="keep")
    type = django_filters.ChoiceFilter(
        label="Worker type", choices=selectors.WORKER_TYPES, empty_label=ANY, method="keep"
    )
    rank = django_filters.ModelChoiceFilter(
        label="Rank or grade", queryset=_rows_of(Rank), empty_label=ANY, method="keep"
    )
    role = django_filters.ModelChoiceFilter(
        label="Role", queryset=_rows_of(Role), empty_label=ANY, method="keep"
    )
    location = django_filters.ModelChoiceFilter(
        label="Location", queryset=_rows_of(Location), empty_label=ANY, method="keep"
    )
    unit = UnitFilter(label="Unit, with all below it", queryset=_units_of, empty_label=ANY, method="keep")
    unit_only = django_filters.BooleanFilter(
        label="Without the units below it", widget=forms.CheckboxInput, method="keep"
    )
    funding = django_filters.ModelChoiceFilter(
        label="Funding", queryset=_rows_of(FundingSource), empty_label=ANY, method="keep"
    )

    def __init__(self, data: Any = None, *args: Any, default_day: date | None = None, **kwargs: Any) -> None:
        super().__init__(default_on(data, default_day), *args, **kwargs)
        self.default_day = default_day

    @property
    def day(self) -> date | None:
        return self.cleaned.get("on") or self.default_day

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit asked for, else the first of those that the reader may see, where that is not all."""
        reach = getattr(self.request, "reach", None)
        if self.cleaned.get("unit") or reach is None or reach.is_whole:
            return self.cleaned.get("unit")
        return reach.units[0]

    @property
    def place(self) -> selectors.EstablishmentFilters:
        chosen = {
            f"{name}_id": self.cleaned[name].pk
            for name in ("rank", "role", "location", "funding")
            if self.cleaned.get(name)
        }
        if self.chosen_unit is not None:
            chosen["unit_id"] = self.chosen_unit.pk
        return selectors.EstablishmentFilters(
            worker_type=self.cleaned.get("type") or "",
            is_unit_only=bool(self.cleaned.get("unit_only")),
            **chosen,
        )


class OverviewFilter(PlaceFilter):
    """What the establishment page itself can be narrowed to."""

    rank = role = location = unit_only = funding = None

    class Meta:
        model = Post
        fields: list[str] = []


class PostFilter(PlaceFilter):
    reference = django_filters.CharFilter(label="Post reference", lookup_expr="icontains")

    class Meta:
        model = Post
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Post]) -> QuerySet[Post]:
        queryset = super().filter_queryset(queryset).filter(selectors.in_place(self.place))
        return queryset.as_at(self.day) if self.day else queryset


class CountedFilter(PlaceFilter):
    """People where they are counted on a day: the rows behind a figure of the establishment."""

    show = django_filters.ChoiceFilter(label="Show", choices=SHOWS, empty_label=None, method="keep")

    class Meta:
        model = Posting
        fields: list[str] = []

    def __init__(self, *args: Any, shows_health: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shows_health:
            self.filters["show"].extra["choices"] = [
                choice for choice in SHOWS if choice[0] not in selectors.HEALTH_SHOWS
            ]

    @property
    def shown(self) -> str:
        return self.cleaned.get("show") or "strength"

    def filter_queryset(self, queryset: QuerySet[Posting]) -> QuerySet[Posting]:
        day = self.day or timezone.localdate()
        return selectors.postings_behind(queryset, day, show=self.shown, filters=self.place)


class _ComputedFilter(PlaceFilter):
    """For lists that a selector computes: `qs` is its tuple."""

    class Meta:
        model = Post
        fields: list[str] = []


class VacancyFilter(_ComputedFilter):
    @property
    def qs(self) -> tuple[Any, ...]:
        return selectors.vacancies_as_at(self.request.force, self.day, filters=self.place)


class GapFilter(_ComputedFilter):
    @property
    def qs(self) -> tuple[Any, ...]:
        return selectors.gaps_by_cell(self.request.force, self.day, filters=self.place)
