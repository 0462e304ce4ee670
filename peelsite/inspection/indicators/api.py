"""Indicators of a force on a day, as JSON."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError as BadRequest
from rest_framework.response import Response

from peelsite.accounts.access import ActionPermission, force_of, require
from peelsite.accounts.permissions import Action
from peelsite.forces.selectors import opening_day
from peelsite.inspection.indicators.selectors import indicator_values

FORCE = OpenApiParameter(
    "force", str, required=True, description="Slug of the force, for example hertfordshire."
)
ON = OpenApiParameter(
    "on", str, description="Day of the figures, 2016-03-31; without it the force's opening day."
)


class ForceAndDay(serializers.Serializer):
    force = serializers.SlugField()
    on = serializers.DateField(required=False)


class IndicatorValueSerializer(serializers.Serializer):
    code = serializers.CharField(source="indicator.code")
    name = serializers.CharField(source="indicator.name")
    unit = serializers.CharField(source="indicator.unit.value")
    definition = serializers.CharField(source="indicator.definition")
    question = serializers.CharField(source="indicator.question.value")
    value = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    shown = serializers.CharField()
    numerator = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    denominator = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    as_at = serializers.DateField()
    base_on = serializers.DateField(allow_null=True)
    missing = serializers.CharField()


def force_and_day(request):
    """The force and day in the query, asked for permission. Raises 400 for nonsense, 404 for strangers."""
    asked = ForceAndDay(data=request.query_params)
    if not asked.is_valid():
        raise BadRequest(asked.errors)
    force = force_of(request.user, asked.validated_data["force"])
    require(request.user, Action.SUMMARY_VIEW, force)
    return force, asked.validated_data.get("on") or opening_day(force)


class IndicatorViewSet(viewsets.ViewSet):
    """Every indicator with its definition; a percentage is given as an unrounded proportion."""

    permission_classes = [ActionPermission]
    read_action = write_action = Action.SUMMARY_VIEW

    @extend_schema(parameters=[FORCE, ON], responses=IndicatorValueSerializer(many=True))
    def list(self, request):
        force, day = force_and_day(request)
        values = indicator_values(force, day).values()
        return Response(IndicatorValueSerializer(values, many=True).data)


api_routes = [("indicators", IndicatorViewSet, "indicator")]
