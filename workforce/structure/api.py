"""Forces and what they are made of, for programs: areas, units, locations, ranks, roles, funding."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.db import models
from django.db.models import Q
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, action_of, forces_allowing, require
from peelsite.accounts.permissions import Action
from peelsite.accounts.token_scope import check_force_named
from peelsite.forces.models import Area, Force, Location, Unit, WorkerCategory
from peelsite.web.editing.api import GuardedMixin, VersionField, written
from workforce.establishment.models import FundingSource, Rank, Role
from workforce.filters import OfForceFilter
from workforce.structure import services
from workforce.writing import ForceField, OfForceField

_EDIT = {"action": Action.ESTABLISHMENT_EDIT}


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
    version = VersionField()

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
            "opening_day",
            "version",
        ]


class ForceChangeSerializer(serializers.Serializer):
    worker_categories = serializers.ListField(child=serializers.ChoiceField(choices=WorkerCategory.choices))
    leave_year_starts_month = serializers.IntegerField(min_value=1, max_value=12)
    leave_year_starts_day = serializers.IntegerField(min_value=1, max_value=28)
    week_starts_on = serializers.IntegerField(min_value=1, max_value=7, help_text="1 is Monday.")
    opening_day = serializers.DateField(allow_null=True)


class _PartSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    version = VersionField()


class AreaSerializer(_PartSerializer):
    class Meta:
        model = Area
        fields = ["id", "force", "code", "name", "version"]


class UnitSerializer(_PartSerializer):
    class Meta:
        model = Unit
        fields = ["id", "force", "parent", "code", "name", "level", "area", "path", "closed_on", "version"]


class LocationSerializer(_PartSerializer):
    class Meta:
        model = Location
        fields = ["id", "force", "code", "name", "area", "latitude", "longitude", "version"]


class RankSerializer(_PartSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)

    class Meta:
        model = Rank
        fields = ["id", "force", "code", "name", "category", "order", "is_federated", "version"]


class RoleSerializer(_PartSerializer):
    class Meta:
        model = Role
        fields = ["id", "force", "code", "name", "version"]


class FundingSourceSerializer(_PartSerializer):
    class Meta:
        model = FundingSource
        fields = ["id", "force", "name", "kind", "ends_on", "version"]


class _GivenSerializer(serializers.Serializer):
    """What is given to make a part, or, without what is said once, to change one."""

    force = ForceField(**_EDIT)
    # Said once, when the part is made.
    fixed: ClassVar[tuple[str, ...]] = ("force",)
    is_change: ClassVar[bool] = False

    def get_fields(self) -> dict[str, serializers.Field]:
        left_out = self.fixed if self.is_change else ()
        return {name: field for name, field in super().get_fields().items() if name not in left_out}


class AreaGivenSerializer(_GivenSerializer):
    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=100)


class LocationGivenSerializer(AreaGivenSerializer):
    area = OfForceField(model=Area, **_EDIT, allow_null=True, default=None)
    latitude = serializers.DecimalField(
        max_digits=6,
        decimal_places=4,
        min_value=Decimal(49),
        max_value=Decimal(61),
        allow_null=True,
        default=None,
    )
    longitude = serializers.DecimalField(
        max_digits=7,
        decimal_places=4,
        min_value=Decimal(-9),
        max_value=Decimal(2),
        allow_null=True,
        default=None,
    )


class UnitGivenSerializer(AreaGivenSerializer):
    fixed = ("force", "parent")
    area = OfForceField(model=Area, **_EDIT, allow_null=True, default=None)
    parent = OfForceField(model=Unit, **_EDIT, allow_null=True, default=None)


class RankGivenSerializer(AreaGivenSerializer):
    name = serializers.CharField(max_length=60)
    category = serializers.ChoiceField(choices=WorkerCategory.choices)
    order = serializers.IntegerField(min_value=1, max_value=999, help_text="1 is the most junior.")
    is_federated = serializers.BooleanField(default=False)


class RoleGivenSerializer(AreaGivenSerializer):
    code = serializers.CharField(max_length=30)


class FundingSourceGivenSerializer(_GivenSerializer):
    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=FundingSource._meta.get_field("kind").choices)
    ends_on = serializers.DateField(allow_null=True, default=None, help_text="Last day of the money.")


class UnitMoveSerializer(serializers.Serializer):
    parent = OfForceField(model=Unit, **_EDIT, allow_null=True, help_text="Null: to the top, as a command.")


class UnitCloseSerializer(serializers.Serializer):
    closed_on = serializers.DateField(
        allow_null=True, help_text="First day on which it holds no posts; null opens it again."
    )


class ForceViewSet(GuardedMixin, viewsets.ReadOnlyModelViewSet):
    """The forces the user is a member of. Their settings are changed by an administrator."""

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
        check_force_named(self.request.user, self.kwargs.get("slug", ""))
        return queryset.filter(pk__in=[force.pk for force in self.request.user.forces()])

    @extend_schema(request=ForceChangeSerializer, responses=ForceSerializer)
    def update(self, request, slug=None):
        """Change how the force counts years and weeks, whom it keeps and on which day its pages open."""
        force = self.get_object()
        require(request.user, Action.ACCOUNTS_EDIT, force)
        given = ForceChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        saved = written(services.force_change, force=force, seen=self.seen(), **given.validated_data)
        return Response(self.get_serializer(saved).data)


class _PartViewSet(
    GuardedMixin, ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Parts are removed only while nothing names them; the refusal says what does."""

    read_action, write_action = Action.ESTABLISHMENT_VIEW, Action.ESTABLISHMENT_EDIT
    ordering_fields = ["code", "name"]
    given_class: type[_GivenSerializer]
    change_class: type[_GivenSerializer]
    # The service that makes a part, the one that changes it, and what they call it.
    makes: ClassVar[Callable[..., models.Model]]
    changes: ClassVar[Callable[..., models.Model]]
    noun: ClassVar[str]

    def create(self, request):
        given = self._given(self.given_class(data=request.data, context=self.get_serializer_context()))
        return Response(self.get_serializer(written(type(self).makes, **given)).data, status=201)

    def update(self, request, pk=None):
        given = self._given(self.change_class(data=request.data, context=self.get_serializer_context()))
        return self._changed(type(self).changes, given)

    def destroy(self, request, pk=None):
        written(services.part_remove, part=self.get_object(), seen=self.seen())
        return Response(status=204)

    def _given(self, serializer) -> dict[str, Any]:
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def _changed(self, service: Callable[..., models.Model], given: dict[str, Any]) -> Response:
        """What a service makes of the row of this address."""
        saved = written(service, **{self.noun: self.get_object()}, seen=self.seen(), **given)
        return Response(self.get_serializer(saved).data)


def _writes(given: type[_GivenSerializer]) -> Callable[[type], type]:
    """Class decorator: what a part's writing endpoints take, and the schema of it."""

    def decorate(viewset: type[_PartViewSet]) -> type:
        name = given.__name__.replace("Given", "Change")
        viewset.given_class = given
        viewset.change_class = type(name, (given,), {"is_change": True, "__doc__": given.__doc__})
        shown = viewset.serializer_class
        return extend_schema_view(
            create=extend_schema(request=given, responses={201: shown}),
            update=extend_schema(request=viewset.change_class, responses=shown),
        )(viewset)

    return decorate


@_writes(AreaGivenSerializer)
class AreaViewSet(_PartViewSet):
    """Local policing areas."""

    queryset = Area.objects.select_related("force")
    serializer_class = AreaSerializer
    filterset_class = OfForceFilter
    makes, changes, noun = services.area_create, services.area_change, "area"


@_writes(UnitGivenSerializer)
class UnitViewSet(_PartViewSet):
    """Commands, their departments and the teams of those; `path` leads from the top to the unit."""

    queryset = Unit.objects.select_related("force")
    serializer_class = UnitSerializer
    filterset_class = UnitFilter
    ordering_fields = ["code", "name", "path"]
    guarded = GuardedMixin.guarded | {"move", "close"}
    makes, changes, noun = services.unit_add, services.unit_change, "unit"

    @extend_schema(request=UnitMoveSerializer, responses=UnitSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request, pk=None):
        """Put the unit, with all below it, under another one."""
        given = self._given(UnitMoveSerializer(data=request.data, context=self.get_serializer_context()))
        return self._changed(services.unit_move, given)

    @extend_schema(request=UnitCloseSerializer, responses=UnitSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Let the unit hold no posts from a day on."""
        given = self._given(UnitCloseSerializer(data=request.data))
        return self._changed(services.unit_close, given)


@_writes(LocationGivenSerializer)
class LocationViewSet(_PartViewSet):
    """Sites where people work."""

    queryset = Location.objects.select_related("force")
    serializer_class = LocationSerializer
    filterset_class = LocationFilter
    makes, changes, noun = services.location_create, services.location_change, "location"


@_writes(RankGivenSerializer)
class RankViewSet(_PartViewSet):
    """National ranks, which nobody changes here, and the grades of the user's forces."""

    queryset = Rank.objects.select_related("force")
    serializer_class = RankSerializer
    filterset_fields = ["category", "is_federated"]
    ordering_fields = ["order", "name"]
    makes, changes, noun = services.rank_create, services.rank_change, "rank"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        allowed = forces_allowing(self.request.user, action_of(self.request, self))
        return self.queryset.filter(Q(force__isnull=True) | Q(force__in=allowed))


@_writes(RoleGivenSerializer)
class RoleViewSet(_PartViewSet):
    """What a post does: response officer, custody sergeant, call handler."""

    queryset = Role.objects.select_related("force")
    serializer_class = RoleSerializer
    filterset_class = OfForceFilter
    makes, changes, noun = services.role_create, services.role_change, "role"


@_writes(FundingSourceGivenSerializer)
class FundingSourceViewSet(_PartViewSet):
    """Money that pays for posts, with the day it ends where it does."""

    queryset = FundingSource.objects.select_related("force")
    serializer_class = FundingSourceSerializer
    filterset_class = OfForceFilter
    ordering_fields = ["name", "ends_on"]
    makes, changes, noun = services.funding_create, services.funding_change, "funding"


api_routes = [
    ("forces", ForceViewSet, "force"),
    ("areas", AreaViewSet, "area"),
    ("units", UnitViewSet, "unit"),
    ("locations", LocationViewSet, "location"),
    ("ranks", RankViewSet, "rank"),
    ("roles", RoleViewSet, "role"),
    ("funding-sources", FundingSourceViewSet, "funding-source"),
]
