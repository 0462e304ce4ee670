"""Comparisons with other forces, and who is left out of them."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response

from peelsite.accounts.access import ActionPermission, ForceScopedMixin, force_of, require
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.comparison.reports import standing_sentence
from peelsite.inspection.comparison.selectors import comparisons
from peelsite.inspection.comparison.services import exclusion_add, exclusion_remove
from peelsite.inspection.indicators.api import FORCE, ON, force_and_day
from peelsite.web.editing.api import GuardedMixin, VersionField, written


class ForceStandingSerializer(serializers.Serializer):
    force = serializers.CharField(source="key")
    value = serializers.FloatField()
    difference = serializers.FloatField(allow_null=True)
    z = serializers.FloatField()
    standing = serializers.CharField(source="standing.value")


class MeasureComparisonSerializer(serializers.Serializer):
    measure = serializers.CharField(source="measure.code")
    name = serializers.CharField(source="measure.name")
    as_at = serializers.DateField()
    base_on = serializers.DateField(allow_null=True)
    sentence = serializers.SerializerMethodField()
    own_value = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    from_records = serializers.BooleanField()
    published_value = serializers.DecimalField(max_digits=None, decimal_places=None, allow_null=True)
    mean = serializers.FloatField(source="comparison.mean", default=None)
    sd = serializers.FloatField(source="comparison.sd", default=None)
    basis = serializers.CharField(source="comparison.basis.value", default=None)
    left_out = serializers.ListField(
        child=serializers.CharField(), source="comparison.left_out", default=list
    )
    notes = serializers.ListField(child=serializers.CharField(), source="comparison.notes", default=list)
    forces = ForceStandingSerializer(source="comparison.forces", many=True, default=list)

    def get_sentence(self, line) -> str:
        return standing_sentence(line, self.context["force"])


class ComparisonViewSet(viewsets.ViewSet):
    """Annex A comparisons of one force; values are unrounded proportions."""

    permission_classes = [ActionPermission]
    read_action = write_action = Action.SUMMARY_VIEW

    @extend_schema(parameters=[FORCE, ON], responses=MeasureComparisonSerializer(many=True))
    def list(self, request):
        force, day = force_and_day(request)
        lines = comparisons(force, day).measures
        return Response(MeasureComparisonSerializer(lines, many=True, context={"force": force}).data)


class ComparisonExclusionSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", queryset=Force.objects.all())
    excluded = serializers.SlugRelatedField(slug_field="slug", queryset=Force.objects.all())
    decided_by = serializers.StringRelatedField()
    version = VersionField()

    class Meta:
        model = ComparisonExclusion
        fields = ["id", "force", "measure", "excluded", "reason", "decided_by", "decided_at", "version"]
        read_only_fields = ["decided_at"]
        # The service says in words what the constraints hold.
        validators = []


class ComparisonExclusionViewSet(
    GuardedMixin,
    ForceScopedMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet,
):
    """Forces left out of one measure, with the reason."""

    queryset = ComparisonExclusion.objects.select_related("force", "excluded", "decided_by")
    serializer_class = ComparisonExclusionSerializer
    read_action = Action.SUMMARY_VIEW
    write_action = Action.COMPARISON_EDIT
    filterset_fields = ["force__slug", "measure"]
    ordering_fields = ["measure", "decided_at"]

    def perform_create(self, serializer):
        given = serializer.validated_data
        force_of(self.request.user, given["force"].slug)
        require(self.request.user, Action.COMPARISON_EDIT, given["force"])
        serializer.instance = written(exclusion_add, **given, user=self.request.user)

    def perform_destroy(self, instance):
        exclusion_remove(exclusion=instance, seen=self.seen())


api_routes = [
    ("comparisons", ComparisonViewSet, "comparison"),
    ("comparison-exclusions", ComparisonExclusionViewSet, "comparison-exclusion"),
]
