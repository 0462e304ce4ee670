"""What the API's lists of every room are looked through by."""

from typing import Any

import django_filters


class OfForceFilter(django_filters.FilterSet):
    force = django_filters.CharFilter(field_name="force__slug", label="Slug of the force")


class FieldsTogether(django_filters.FilterSet):
    """Fields that are read together, by what the page asks of `cleaned`: each alone keeps every row."""

    def keep(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset

    @property
    def cleaned(self) -> dict[str, Any]:
        """What was chosen and could be understood."""
        self.form.is_valid()
        return getattr(self.form, "cleaned_data", {})
