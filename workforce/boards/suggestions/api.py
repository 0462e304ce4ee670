"""Suggestions for programs: the same services and rules as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.web.editing.api import written
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.models import (
    FillChance,
    FillMove,
    FillNeed,
    FillPlan,
    MoveRule,
    RoleWeight,
    RuleKind,
    SuggestionSettings,
)
from workforce.boards.suggestions.models.settings import NUMBERS
from workforce.boards.suggestions.services import (
    plan_make,
    rule_add,
    rule_lift,
    settings_change,
    weight_set,
)
from workforce.boards.suggestions.tasks import chances_ask
from workforce.boards.suggestions.views.board import may_plan
from workforce.establishment.models import Role
from workforce.writing import ForceField, OfForceField


class FillNeedSerializer(serializers.ModelSerializer):
    class Meta:
        model = FillNeed
        exclude = ["plan"]


class FillMoveSerializer(serializers.ModelSerializer):
    class Meta:
        model = FillMove
        exclude = ["plan"]


class FillChanceSerializer(serializers.ModelSerializer):
    class Meta:
        model = FillChance
        exclude = ["plan"]


class FillPlanSerializer(serializers.ModelSerializer):
    """A plan without its rows, as lists show it."""

    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = FillPlan
        fields = [
            "id",
            "force",
            "board",
            "kind",
            "day",
            "boards_on",
            "run_id",
            "inputs_digest",
            "weighing",
            "status",
            "objective",
            "bound",
            "seconds",
            "asked_fte",
            "filled_fte",
            "heads",
            "summary",
            "made_at",
        ]


class FillPlanWholeSerializer(FillPlanSerializer):
    """A plan with what each need gets and every suggested move."""

    needs = FillNeedSerializer(many=True, read_only=True)
    moves = FillMoveSerializer(many=True, read_only=True)
    chances = FillChanceSerializer(many=True, read_only=True)

    class Meta(FillPlanSerializer.Meta):
        fields = [*FillPlanSerializer.Meta.fields, "needs", "moves", "chances"]


class PlanAskSerializer(serializers.Serializer):
    board = OfForceField(model=Board, action=Action.BOARD_VIEW)


class MoveRuleSerializer(serializers.ModelSerializer):
    class Meta:
        model = MoveRule
        exclude = ["made_by", "lifted_by"]
        read_only_fields = [field.name for field in MoveRule._meta.concrete_fields]


class MoveRuleAddSerializer(serializers.Serializer):
    """Which suggested move, by its id in a plan, and what becomes of it."""

    move = serializers.PrimaryKeyRelatedField(queryset=FillMove.objects.none())
    kind = serializers.ChoiceField(choices=RuleKind.choices)
    heads = serializers.IntegerField(required=False, min_value=1, max_value=50)
    reason = serializers.CharField(max_length=300)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        # Nobody is signed in when the schema is drawn.
        if request is not None and request.user.is_authenticated:
            forces = [force for force in request.user.forces() if may_plan(request.user, force)]
            fields["move"].queryset = FillMove.objects.filter(plan__force__in=forces).select_related(
                "plan__board__force", "need"
            )
        return fields


class SuggestionSettingsSerializer(serializers.ModelSerializer):
    force = ForceField(action=Action.BOARD_VIEW)

    class Meta:
        model = SuggestionSettings
        fields = ["id", "force", "starts_on", *NUMBERS, "reason"]
        validators: list[Any] = []


class RoleWeightSerializer(serializers.ModelSerializer):
    force = ForceField(action=Action.BOARD_VIEW)
    role = OfForceField(model=Role, action=Action.BOARD_VIEW)

    class Meta:
        model = RoleWeight
        fields = ["id", "force", "role", "starts_on", "weight", "reason"]
        validators: list[Any] = []


class _SuggestionViewSet(
    ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Seen by those who see boards; written by those who prepare boards or decide on them."""

    read_action = Action.BOARD_VIEW
    # Either of two actions is enough to write; asked in `planner`.
    write_action = Action.BOARD_VIEW

    def planner(self, force: Force) -> None:
        if not may_plan(self.request.user, force):
            raise PermissionDenied

    def body(self, serializer_class: Any) -> dict[str, Any]:
        given = serializer_class(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return given.validated_data

    def made(self, row: Any, code: int = status.HTTP_201_CREATED) -> Response:
        fresh = self.get_queryset().get(pk=row.pk)
        return Response(self.get_serializer(fresh).data, status=code)

    def any_planner(self) -> None:
        """Refuse before the body is read: who plans in no force learns nothing of what is in it."""
        user = self.request.user
        if not any(may_plan(user, force) for force in user.forces()):
            raise PermissionDenied


class FillPlanViewSet(_SuggestionViewSet):
    """Plans of where people could come from, each as it was worked out."""

    queryset = FillPlan.objects.select_related("force", "board").order_by("-pk")
    filterset_fields = ["force__slug", "board", "kind", "status"]
    ordering_fields = ["made_at"]

    def get_serializer_class(self):
        return FillPlanSerializer if self.action == "list" else FillPlanWholeSerializer

    def get_queryset(self):
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related("needs", "moves", "chances")

    @extend_schema(request=PlanAskSerializer, responses={201: FillPlanWholeSerializer})
    def create(self, request):
        """Work out a plan for a board, from its agenda as it stands."""
        self.any_planner()
        board = self.body(PlanAskSerializer)["board"]
        self.planner(board.force)
        plan = written(plan_make, board=board, user=request.user)
        chances_ask(plan)
        return self.made(plan)


class MoveRuleViewSet(_SuggestionViewSet):
    """Moves pinned or forbidden, and donors spared, for the plans of a board."""

    queryset = MoveRule.objects.select_related("board__force").order_by("pk")
    serializer_class = MoveRuleSerializer
    force_field = "board__force"
    filterset_fields = ["board", "kind"]

    @extend_schema(request=MoveRuleAddSerializer, responses={201: MoveRuleSerializer})
    def create(self, request):
        """Hold a suggested move fast. Ask for a new plan afterwards."""
        self.any_planner()
        fields = self.body(MoveRuleAddSerializer)
        self.planner(fields["move"].plan.force)
        return self.made(written(rule_add, user=request.user, **fields))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def lift(self, request, pk=None):
        """Let the rule no longer hold."""
        rule = self.get_object()
        self.planner(rule.board.force)
        return self.made(written(rule_lift, rule=rule, user=request.user), status.HTTP_200_OK)


class SuggestionSettingsViewSet(_SuggestionViewSet):
    """The force's numbers, each row from a day on. A row for the same day is written over."""

    queryset = SuggestionSettings.objects.select_related("force").order_by("-starts_on", "pk")
    serializer_class = SuggestionSettingsSerializer
    filterset_fields = ["force__slug"]

    def create(self, request):
        self.any_planner()
        fields = self.body(SuggestionSettingsSerializer)
        force = fields.pop("force")
        self.planner(force)
        starts_on, reason = fields.pop("starts_on"), fields.pop("reason")
        return self.made(
            written(settings_change, force=force, starts_on=starts_on, reason=reason, values=fields)
        )


class RoleWeightViewSet(_SuggestionViewSet):
    """What a gap in a role weighs, from a day on. A row for the same role and day is written over."""

    queryset = RoleWeight.objects.select_related("force", "role").order_by("role_id", "-starts_on")
    serializer_class = RoleWeightSerializer
    filterset_fields = ["force__slug", "role"]

    def create(self, request):
        self.any_planner()
        fields = self.body(RoleWeightSerializer)
        self.planner(fields["force"])
        return self.made(written(weight_set, **fields))


api_routes = [
    ("fill-plans", FillPlanViewSet, "fill-plan"),
    ("move-rules", MoveRuleViewSet, "move-rule"),
    ("suggestion-settings", SuggestionSettingsViewSet, "suggestion-settings"),
    ("role-weights", RoleWeightViewSet, "role-weight"),
]
