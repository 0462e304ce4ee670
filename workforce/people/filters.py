"""What people, their postings and their absences are looked through by; pages and API share these."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet

from workforce.establishment.filters import ANY, DayFilter, default_on
from workforce.people.models import (
    Absence,
    AbsenceKind,
    LimitedDuty,
    LimitedDutyKind,
    Person,
    Posting,
    PostingKind,
)
from workforce.people.selectors import people_named


class PersonFilter(django_filters.FilterSet):
    """Pages give `default_day`, so that the list is of those employed on one day."""

    on = DayFilter(label="As at", method="employed_at")
    q = django_filters.CharFilter(label="Name or number", method="named")

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, default_day: date | None = None, **kwargs: Any) -> None:
        super().__init__(default_on(data, default_day), *args, **kwargs)
        self.default_day = default_day

    def employed_at(self, queryset: QuerySet[Person], name: str, value: date | None) -> QuerySet[Person]:
        day = value or self.default_day
        return queryset.employed_at(day) if day else queryset

    def named(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return people_named(queryset, value)

    @property
    def day(self) -> date | None:
        self.form.is_valid()
        return self.form.cleaned_data.get("on") or self.default_day


class _RunningFilter(django_filters.FilterSet):
    on = DayFilter(label="Running on", field_name="during", lookup_expr="contains")
    person = django_filters.NumberFilter(label="Person", field_name="person_id")


class PostingFilter(_RunningFilter):
    post = django_filters.NumberFilter(label="Post", field_name="post_id")
    kind = django_filters.ChoiceFilter(label="Sort", choices=PostingKind, empty_label=ANY)
    is_away = django_filters.BooleanFilter(label="Away from their own post")

    class Meta:
        model = Posting
        fields = ["is_supernumerary"]


class AbsenceFilter(_RunningFilter):
    kind = django_filters.ChoiceFilter(label="Reason", choices=AbsenceKind, empty_label=ANY)
    long_term_on = DayFilter(label="Long-term on", method="long_term")

    class Meta:
        model = Absence
        fields: list[str] = []

    def long_term(self, queryset: QuerySet[Absence], name: str, value: date | None) -> QuerySet[Absence]:
        return queryset.long_term_at(value) if value else queryset


class LimitedDutyFilter(_RunningFilter):
    kind = django_filters.ChoiceFilter(label="Sort", choices=LimitedDutyKind, empty_label=ANY)

    class Meta:
        model = LimitedDuty
        fields: list[str] = []
