"""Travel times for programs: the force's own minutes, and all minutes between its locations."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, forces_allowing
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Location
from peelsite.web.editing.api import GuardedMixin, VersionField, written
from workforce.filters import OfForceFilter
from workforce.travel import services
from workforce.travel.models import TravelTime
from workforce.travel.selectors import minutes_between
from workforce.writing import OfForceField

_EDIT = {"action": Action.ESTABLISHMENT_EDIT}


class TravelTimeSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    version = VersionField()

    class Meta:
        model = TravelTime
        fields = ["id", "force", "origin", "destination", "minutes", "source", "version"]


class TravelTimeChangeSerializer(serializers.Serializer):
    minutes = serializers.IntegerField(min_value=1, max_value=600)
    source = serializers.CharField(max_length=200, allow_blank=True, default="")


class TravelTimeGivenSerializer(TravelTimeChangeSerializer):
    origin = OfForceField(model=Location, **_EDIT)
    destination = OfForceField(model=Location, **_EDIT)


class TravelMinutesSerializer(serializers.Serializer):
    origin = serializers.IntegerField()
    destination = serializers.IntegerField()
    minutes = serializers.IntegerField()
    is_estimate = serializers.BooleanField()


class TravelTimeFilter(OfForceFilter):
    class Meta:
        model = TravelTime
        fields = ["origin", "destination"]


class TravelTimeViewSet(
    GuardedMixin, ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Minutes by road that a force has entered itself, both ways the same."""

    queryset = TravelTime.objects.select_related("force")
    serializer_class = TravelTimeSerializer
    filterset_class = TravelTimeFilter
    read_action, write_action = Action.ESTABLISHMENT_VIEW, Action.ESTABLISHMENT_EDIT
    ordering_fields = ["minutes"]

    @extend_schema(request=TravelTimeGivenSerializer, responses={201: TravelTimeSerializer})
    def create(self, request):
        given = self._given(TravelTimeGivenSerializer)
        return Response(self.get_serializer(written(services.travel_time_create, **given)).data, status=201)

    @extend_schema(request=TravelTimeChangeSerializer, responses=TravelTimeSerializer)
    def update(self, request, pk=None):
        given = self._given(TravelTimeChangeSerializer)
        found = self.get_object()
        saved = written(services.travel_time_change, travel_time=found, seen=self.seen(), **given)
        return Response(self.get_serializer(saved).data)

    def destroy(self, request, pk=None):
        """Go back to the estimate."""
        written(services.travel_time_remove, travel_time=self.get_object(), seen=self.seen())
        return Response(status=204)

    @extend_schema(
        parameters=[OpenApiParameter("force", str, required=True, description="Slug of the force")],
        responses=TravelMinutesSerializer(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def between(self, request):
        """Minutes between every two locations of a force, estimated where it has not entered its own."""
        forces = forces_allowing(request.user, Action.ESTABLISHMENT_VIEW)
        force = forces.filter(slug=request.query_params.get("force", "")).first()
        if force is None:
            return Response([])
        stated = set(TravelTime.objects.of_force(force).values_list("origin_id", "destination_id"))
        rows = [
            {
                "origin": origin,
                "destination": destination,
                "minutes": minutes,
                "is_estimate": (min(origin, destination), max(origin, destination)) not in stated,
            }
            for (origin, destination), minutes in sorted(minutes_between(force).items())
            if origin != destination
        ]
        return Response(TravelMinutesSerializer(rows, many=True).data)

    def _given(self, serializer_class: type[serializers.Serializer]) -> dict[str, Any]:
        given = serializer_class(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return given.validated_data


api_routes = [("travel-times", TravelTimeViewSet, "travel-time")]
