"""Forces and how they are made up, for programs: read only."""

import django_filters
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated

from peelsite.accounts.access import ForceScopedMixin
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Area, Force, Location, Unit


class OfForceFilter(django_filters.FilterSet):
    force = django_filters.CharFilter(field_name="force__slug", label="Slug of the force")


class UnitFilter(OfForceFilter):
    under = django_filters.NumberFilter(method="subtree", label="A unit's id: the unit and all below it")

    class Meta:
        model = Unit
        fields = ["level", "parent", "area"]

    def subtree(self, queryset, name, value):
        top = Unit.objects.filter(pk=value).first()
        return queryset.subtree_of(top) if top else queryset.none()


class LocationFilter(OfForceFilter):
    class Meta:
        model = Location
        fields = ["area"]


class ForceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Force
        fields = [
            "id",
            "slug",
            "name",
            "code",
            "region",
            "worker_categories",
            "leave_year_starts_month",
            "leave_year_starts_day",
            "week_starts_on",
            "keeps_records",
        ]


class _PartSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)


class AreaSerializer(_PartSerializer):
    class Meta:
        model = Area
        fields = ["id", "force", "code", "name"]


class UnitSerializer(_PartSerializer):
    class Meta:
        model = Unit
        fields = ["id", "force", "parent", "code", "name", "level", "area", "path"]


class LocationSerializer(_PartSerializer):
    class Meta:
        model = Location
        fields = ["id", "force", "code", "name", "area"]


class ForceViewSet(viewsets.ReadOnlyModelViewSet):
    """The forces the user is a member of."""

    queryset = Force.objects.all()
    serializer_class = ForceSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"
    filterset_fields = ["keeps_records"]
    ordering_fields = ["name", "code"]

    def get_queryset(self):
        queryset = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return queryset.none()
        return queryset.filter(pk__in=Force.objects.visible_to(self.request.user))


class _PartViewSet(ForceScopedMixin, viewsets.ReadOnlyModelViewSet):
    read_action = write_action = Action.ESTABLISHMENT_VIEW
    ordering_fields = ["code", "name"]


class AreaViewSet(_PartViewSet):
    """Local policing areas."""

    queryset = Area.objects.select_related("force")
    serializer_class = AreaSerializer
    filterset_class = OfForceFilter


class UnitViewSet(_PartViewSet):
    """Commands, their departments and the teams of those; `path` leads from the top to the unit."""

    queryset = Unit.objects.select_related("force")
    serializer_class = UnitSerializer
    filterset_class = UnitFilter
    ordering_fields = ["code", "name", "path"]


class LocationViewSet(_PartViewSet):
    """Sites where people work."""

    queryset = Location.objects.select_related("force")
    serializer_class = LocationSerializer
    filterset_class = LocationFilter


api_routes = [
    ("forces", ForceViewSet, "force"),
    ("areas", AreaViewSet, "area"),
    ("units", UnitViewSet, "unit"),
    ("locations", LocationViewSet, "location"),
]
