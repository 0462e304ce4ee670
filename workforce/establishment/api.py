"""Ranks, roles, funding, posts and the computed establishment, for programs."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from peelsite.accounts.access import ActionPermission, ForceScopedMixin, force_of, require
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Location, Unit
from peelsite.forces.selectors import opening_day
from peelsite.history.api import ReasonedMixin
from peelsite.web.editing.api import GuardedMixin, VersionField, written
from workforce.establishment import filters, selectors, services
from workforce.establishment.calc import FIGURE_NAMES, Figures, without_small_health
from workforce.establishment.models import FundingSource, Post, Rank, Role
from workforce.filters import OfForceFilter
from workforce.writing import EndSerializer, ForceField, OfForceField

_EDIT = {"action": Action.ESTABLISHMENT_EDIT}
_HEALTH = ("long_term_absent_fte", "long_term_absent_heads", "limited_fte", "limited_heads", "available_fte")


class PostSerializer(serializers.ModelSerializer):
    """A post as it is held. `ends_before` is the first day on which it no longer exists."""

    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    starts_on = serializers.DateField(source="during.lower", read_only=True)
    ends_before = serializers.DateField(source="during.upper", read_only=True, allow_null=True)
    version = VersionField()

    class Meta:
        model = Post
        fields = [
            "id",
            "force",
            "reference",
            "rank",
            "role",
            "unit",
            "location",
            "fte",
            "funding",
            "starts_on",
            "ends_before",
            "succeeds",
            "version",
        ]


class _PlacedSerializer(serializers.Serializer):
    reference = serializers.CharField(max_length=30)
    rank = OfForceField(model=Rank, **_EDIT)
    role = OfForceField(model=Role, **_EDIT)
    unit = OfForceField(model=Unit, **_EDIT)
    location = OfForceField(model=Location, **_EDIT)
    funding = OfForceField(model=FundingSource, **_EDIT)
    fte = serializers.DecimalField(max_digits=6, decimal_places=4, default="1")


class PostCreateSerializer(_PlacedSerializer):
    force = ForceField(**_EDIT)
    starts_on = serializers.DateField()
    ends_before = serializers.DateField(required=False, allow_null=True)


class PostCorrectSerializer(serializers.Serializer):
    reference = serializers.CharField(max_length=30)
    funding = OfForceField(model=FundingSource, **_EDIT)
    starts_on = serializers.DateField()
    ends_before = serializers.DateField(allow_null=True)


class PostReprofileSerializer(_PlacedSerializer):
    starts_on = serializers.DateField(help_text="First day of the post that succeeds.")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in services.REPROFILED:
            fields[name].required = False
            fields[name].default = serializers.empty
        return fields


class PostApiFilter(filters.PostFilter, OfForceFilter):
    class Meta(filters.PostFilter.Meta):
        pass


class PostViewSet(
    GuardedMixin,
    ReasonedMixin,
    ForceScopedMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    """Posts. Without `on`, of all times. Posts are never deleted: they end."""

    queryset = Post.objects.select_related("force")
    serializer_class = PostSerializer
    read_action, write_action = Action.ESTABLISHMENT_VIEW, Action.ESTABLISHMENT_EDIT
    guarded = GuardedMixin.guarded | {"end", "reprofile"}
    reasoned = frozenset({"update"})
    narrowed = staticmethod(lambda reach, force: reach.in_units("unit__path"))
    filterset_class = PostApiFilter
    ordering_fields = ["reference", "fte", "during"]

    @extend_schema(request=PostCreateSerializer, responses={201: PostSerializer})
    def create(self, request):
        given = self._given(PostCreateSerializer)
        return Response(self._shown(written(services.post_create, **given)), status=201)

    @extend_schema(request=PostCorrectSerializer, responses=PostSerializer)
    def update(self, request, pk=None):
        return Response(self._shown(self._changed(services.post_correct, PostCorrectSerializer)))

    @extend_schema(request=EndSerializer, responses=PostSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Let the post end."""
        return Response(self._shown(self._changed(services.post_end, EndSerializer)))

    @extend_schema(request=PostReprofileSerializer, responses={201: PostSerializer})
    @action(detail=True, methods=["post"])
    def reprofile(self, request, pk=None):
        """End the post and let a new one succeed it; whoever is in it goes on in the new one."""
        successor = self._changed(services.post_reprofile, PostReprofileSerializer)
        return Response(self._shown(successor), status=201)

    def _changed(self, service, serializer_class) -> Post:
        given = self._given(serializer_class)
        return written(service, post=self.get_object(), seen=self.seen(), **given)

    def _given(self, serializer_class) -> dict[str, Any]:
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def _shown(self, post: Post) -> dict[str, Any]:
        return PostSerializer(post, context=self.get_serializer_context()).data


class FiguresSerializer(serializers.Serializer):
    """Measures of one line; health figures are null where so few are meant that one would know who."""

    def get_fields(self) -> dict[str, serializers.Field]:
        names = [*FIGURE_NAMES, "gap_fte", "available_fte"]
        return {
            name: serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=name in _HEALTH)
            if name.endswith("_fte")
            else serializers.IntegerField(allow_null=name in _HEALTH)
            for name in names
        }


class LineSerializer(serializers.Serializer):
    key = serializers.JSONField(help_text="Id of the rank, role, location or unit; name of a worker type.")
    label = serializers.CharField()
    code = serializers.CharField()
    depth = serializers.IntegerField()
    figures = FiguresSerializer()


class EstablishmentSerializer(serializers.Serializer):
    force = serializers.CharField()
    on = serializers.DateField()
    total = FiguresSerializer()
    by_type = LineSerializer(many=True)
    by_rank = LineSerializer(many=True)
    by_role = LineSerializer(many=True)
    by_location = LineSerializer(many=True)
    by_unit = LineSerializer(many=True)


class VacancySerializer(serializers.Serializer):
    post = serializers.IntegerField(source="post_id")
    reference = serializers.CharField()
    rank = serializers.IntegerField(source="key.rank_id")
    role = serializers.IntegerField(source="key.role_id")
    location = serializers.IntegerField(source="key.location_id")
    unit = serializers.IntegerField(source="key.unit_id")
    fte = serializers.DecimalField(max_digits=8, decimal_places=4)
    vacant_fte = serializers.DecimalField(max_digits=8, decimal_places=4)
    since = serializers.DateField()
    age_days = serializers.IntegerField()
    holder_away = serializers.CharField()
    holder_back_on = serializers.DateField(allow_null=True)
    funding = serializers.CharField()
    funding_ends_on = serializers.DateField(allow_null=True)


_COMPUTED = [
    OpenApiParameter("force", OpenApiTypes.STR, required=True, description="Slug of the force"),
    OpenApiParameter("on", OpenApiTypes.DATE, description="The day; else the day the force opens on"),
    OpenApiParameter("type", OpenApiTypes.STR, description="officers, staff or pcsos"),
    *(
        OpenApiParameter(name, OpenApiTypes.INT, description=f"Id of the {name}")
        for name in ("rank", "role", "location", "unit", "funding")
    ),
]


class _ComputedViewSet(viewsets.ViewSet):
    permission_classes = [ActionPermission]
    read_action = write_action = Action.ESTABLISHMENT_VIEW
    filter_backends: list[type] = []
    pagination_class = None

    def asked(self, request) -> filters.PlaceFilter:
        """The force, day and place asked for; 404 for a force the user is no member of, 400 for nonsense."""
        request.force = force_of(request.user, request.query_params.get("force", ""))
        require(request.user, self.read_action, request.force)
        asked = filters.VacancyFilter(
            request.query_params, request=request, default_day=opening_day(request.force)
        )
        if not asked.form.is_valid():
            raise serializers.ValidationError(asked.form.errors)
        return asked


class EstablishmentViewSet(_ComputedViewSet):
    """The establishment as at a day: the tables of the page."""

    @extend_schema(parameters=_COMPUTED, responses=EstablishmentSerializer)
    def list(self, request):
        asked = self.asked(request)
        tables = selectors.establishment_as_at(request.force, asked.day, filters=asked.place)
        if not request.user.may(Action.HEALTH_VIEW, request.force):
            tables = without_small_health(tables)
        shown = {
            "force": request.force.slug,
            "on": asked.day,
            "total": _figures(tables.total, hides_health=tables.hides_health),
        }
        for name in ("by_type", "by_rank", "by_role", "by_location", "by_unit"):
            shown[name] = [
                {
                    "key": line.key,
                    "label": line.label,
                    "code": line.code,
                    "depth": line.depth,
                    "figures": _figures(line.figures, hides_health=line.hides_health),
                }
                for line in getattr(tables, name)
            ]
        return Response(EstablishmentSerializer(shown).data)


class VacancyViewSet(_ComputedViewSet):
    """Posts, or parts of them, that nobody fills on a day; the oldest first."""

    @extend_schema(parameters=_COMPUTED, responses=VacancySerializer(many=True))
    def list(self, request):
        return Response(VacancySerializer(self.asked(request).qs, many=True).data)


def _figures(figures: Figures, *, hides_health: bool) -> dict[str, Any]:
    names = [*FIGURE_NAMES, "gap_fte", "available_fte"]
    return {name: None if hides_health and name in _HEALTH else getattr(figures, name) for name in names}


api_routes = [
    ("posts", PostViewSet, "post"),
    ("establishment", EstablishmentViewSet, "establishment"),
    ("vacancies", VacancyViewSet, "vacancy"),
]
