import django_filters
from django.db.models import Q, QuerySet

from peelsite.accounts.models import Membership
from peelsite.accounts.permissions import Role


class MembershipFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="named", label="Name or email address")
    role = django_filters.ChoiceFilter(choices=Role.choices, empty_label="Any role")
    is_active = django_filters.ChoiceFilter(
        choices=[("true", "Active"), ("false", "Ended")],
        method="standing",
        label="State",
        empty_label="Active and ended",
    )

    class Meta:
        model = Membership
        fields = ("search", "role", "is_active")

    def named(self, queryset: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        return queryset.filter(Q(user__name__icontains=value) | Q(user__email__icontains=value))

    def standing(self, queryset: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        return queryset.filter(is_active=value == "true")
