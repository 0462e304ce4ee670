import django_filters
from django.db.models import QuerySet
from django.forms import HiddenInput

from peelsite.accounts.models import User
from peelsite.audit.models import SensitiveKind, SensitiveRead
from peelsite.web.lists import DayFilter


class SensitiveReadFilter(django_filters.FilterSet):
    """By user, kind and day; `person` (a number) is for links from a person's pages."""

    user = django_filters.ModelChoiceFilter(
        queryset=lambda request: (
            User.objects.filter(memberships__force=request.force).distinct().order_by("name")
        ),
        label="By",
        empty_label="Anybody",
    )
    kind = django_filters.ChoiceFilter(choices=SensitiveKind.choices, label="What", empty_label="Anything")
    first = DayFilter(field_name="at", lookup_expr="date__gte", label="From")
    last = DayFilter(field_name="at", lookup_expr="date__lte", label="To")
    person = django_filters.NumberFilter(method="about", widget=HiddenInput)

    class Meta:
        model = SensitiveRead
        fields = ("user", "kind", "first", "last", "person")

    def about(self, queryset: QuerySet[SensitiveRead], name: str, value: int) -> QuerySet[SensitiveRead]:
        return queryset.about(int(value))


class ApiSensitiveReadFilter(django_filters.FilterSet):
    class Meta:
        model = SensitiveRead
        fields = {"force__slug": ["exact"], "kind": ["exact"], "user": ["exact"], "at": ["gte", "lt"]}
