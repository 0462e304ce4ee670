"""What the API's lists of every room are looked through by."""

import django_filters


class OfForceFilter(django_filters.FilterSet):
    force = django_filters.CharFilter(field_name="force__slug", label="Slug of the force")
