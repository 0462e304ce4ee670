"""What proposed moves and minimum strengths are looked through by."""

import django_filters
from django.db.models import Q, QuerySet

from workforce.boards.matching.models import MinimumStrength, MoveProposal, MoveState
from workforce.establishment.filters import ANY
from workforce.filters import OfForceFilter


class MoveFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Name, number or post", method="named")
    state = django_filters.ChoiceFilter(label="State", choices=MoveState, empty_label=ANY)

    class Meta:
        model = MoveProposal
        fields: list[str] = []

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        for word in value.split():
            queryset = queryset.filter(
                Q(person__number__istartswith=word)
                | Q(person__family_name__icontains=word)
                | Q(person__given_names__icontains=word)
                | Q(post__reference__icontains=word)
            )
        return queryset


class MoveApiFilter(MoveFilter, OfForceFilter):
    class Meta:
        model = MoveProposal
        fields = ["chain", "person", "post"]


class MinimumApiFilter(OfForceFilter):
    on = django_filters.DateFilter(label="Holding on", field_name="during", lookup_expr="contains")

    class Meta:
        model = MinimumStrength
        fields = ["unit", "rank"]


class PersonRowFilter(OfForceFilter):
    person = django_filters.NumberFilter(label="Person", field_name="person_id")
