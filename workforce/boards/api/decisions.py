"""REST of agenda, decisions, actions and posts to fill."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from peelsite.accounts.permissions import Action
from peelsite.forces.selectors import opening_day
from peelsite.history.api import ReasonedMixin
from peelsite.web.editing.api import GuardedMixin, written
from workforce.boards import serializers as shapes
from workforce.boards.agenda.models import AgendaItem, Matter
from workforce.boards.agenda.services import (
    item_add,
    item_move,
    item_remove,
    item_restore,
)
from workforce.boards.api.base import ReadViewSet
from workforce.boards.decisions.filters import DecisionApiFilter
from workforce.boards.decisions.models import BoardAction, Decision, PostToFill
from workforce.boards.decisions.selectors import effect_shown, following, may_close, may_hand_over
from workforce.boards.decisions.services import (
    action_add,
    action_close,
    action_hand_over,
    decision_change,
    decision_create,
    decision_try,
    decision_withdraw,
)
from workforce.boards.matching.services import match_undo, post_match
from workforce.establishment.calc import CellKey


def _try(*, tried: dict, **arguments) -> None:
    """As `written` takes a service: what is tried is no row."""
    tried["deciding"] = decision_try(**arguments)


class AgendaItemViewSet(ReadViewSet):
    """Items of agendas, those taken off included."""

    queryset = AgendaItem.objects.select_related("board")
    serializer_class = shapes.AgendaItemSerializer
    force_field = "board__force"
    guarded = GuardedMixin.guarded | {"move"}
    write_action = Action.BOARD_PREPARE
    filterset_fields = ["board", "rank", "role", "location", "unit"]
    ordering_fields = ["position"]

    @extend_schema(request=shapes.AgendaItemAddSerializer, responses={201: shapes.AgendaItemSerializer})
    def create(self, request):
        given = self.body(shapes.AgendaItemAddSerializer).validated_data
        names = shapes.AgendaItemAddSerializer.CELL
        cell = CellKey(**{name: given.pop(name) for name in names}) if names[0] in given else None
        return self.answer(written(item_add, cell=cell, user=request.user, **given), status.HTTP_201_CREATED)

    @extend_schema(request=shapes.ReasonSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request, pk=None):
        """Take the item off the agenda."""
        item = self.get_object()
        reason = self.body(shapes.ReasonSerializer).validated_data["reason"]
        return self.answer(written(item_remove, item=item, reason=reason, user=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk=None):
        """Put the item back onto the agenda."""
        return self.answer(written(item_restore, item=self.get_object()))

    @extend_schema(request=shapes.ItemMoveSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request, pk=None):
        """Give the item another place on the agenda."""
        item = self.get_object()
        fields = self.body(shapes.ItemMoveSerializer).validated_data
        return self.answer(written(item_move, item=item, user=request.user, seen=self.seen(), **fields))


class MatterViewSet(ReadViewSet):
    """What other rooms put before the boards: leave and overtime pressure, business cases approved."""

    queryset = Matter.objects.select_related("force")
    serializer_class = shapes.MatterSerializer
    write_action = Action.BOARD_PREPARE
    filterset_fields = ["force__slug", "kind", "unit", "origin_kind"]
    ordering_fields = ["raised_on"]


class DecisionViewSet(ReasonedMixin, ReadViewSet):
    """What boards decided on each gap."""

    queryset = following(Decision.objects.all()).select_related("item__board__force")
    serializer_class = shapes.DecisionSerializer
    force_field = "item__board__force"
    write_action = Action.BOARD_DECIDE
    reasoned = frozenset({"destroy"})
    filterset_class = DecisionApiFilter
    ordering_fields = ["effective_on", "due_on", "decided_at"]

    @extend_schema(request=shapes.DecisionCreateSerializer, responses=shapes.EffectSerializer)
    @action(detail=False, methods=["post"])
    def effect(self, request):
        """What a decision would do to the newest projection, checked as if taken; nothing is written."""
        given = self.body(shapes.DecisionCreateSerializer)
        item = given.validated_data["item"]
        tried = {}
        written(_try, tried=tried, item=item, values=given.decision_values())
        shown = effect_shown(item, tried["deciding"], opening_day(item.board.force))
        lines = [line.effect for line in shown.lines]
        return Response(shapes.EffectSerializer({"as_at": shown.as_at, "lines": lines}).data)

    @extend_schema(request=shapes.DecisionCreateSerializer, responses={201: shapes.DecisionSerializer})
    def create(self, request):
        given = self.body(shapes.DecisionCreateSerializer)
        made = written(
            decision_create,
            item=given.validated_data["item"],
            values=given.decision_values(),
            user=request.user,
            seen=given.validated_data.get("seen"),
        )
        return self.answer(made, status.HTTP_201_CREATED)

    @extend_schema(request=shapes.DecisionChangeSerializer)
    def update(self, request, pk=None):
        decision = self.get_object()
        given = self.body(shapes.DecisionChangeSerializer)
        changed = written(
            decision_change,
            decision=decision,
            values=given.decision_values(),
            user=request.user,
            seen=self.seen(),
        )
        return self.answer(changed)

    def destroy(self, request, pk=None):
        """Take a decision back."""
        written(decision_withdraw, decision=self.get_object(), seen=self.seen())
        return Response(status=status.HTTP_204_NO_CONTENT)


class BoardActionViewSet(ReadViewSet):
    """Who does what by when."""

    queryset = BoardAction.objects.select_related("force")
    serializer_class = shapes.BoardActionSerializer
    write_action = Action.BOARD_DECIDE
    # Its owner may close an action, whatever else they may do; asked in `close`.
    actions_by_name = {"close": Action.BOARD_VIEW, "hand_over": Action.BOARD_VIEW}
    filterset_fields = {"force__slug": ["exact"], "board": ["exact"], "state": ["exact"], "due_on": ["lt"]}
    ordering_fields = ["due_on"]

    @extend_schema(request=shapes.BoardActionAddSerializer, responses={201: shapes.BoardActionSerializer})
    def create(self, request):
        fields = self.body(shapes.BoardActionAddSerializer).validated_data
        return self.answer(written(action_add, **fields), status.HTTP_201_CREATED)

    @extend_schema(request=shapes.BoardActionCloseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Mark the action as done, or drop it with a reason."""
        found = self.get_object()
        if not may_close(request.user, found):
            raise PermissionDenied
        fields = self.body(shapes.BoardActionCloseSerializer).validated_data
        day = opening_day(found.force)
        return self.answer(written(action_close, action=found, user=request.user, day=day, **fields))

    @extend_schema(request=shapes.BoardActionHandOverSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request, pk=None):
        """Give the action to another owner or another date, with the reason."""
        found = self.get_object()
        if not may_hand_over(request.user, found):
            raise PermissionDenied
        fields = self.body(shapes.BoardActionHandOverSerializer).validated_data
        return self.answer(written(action_hand_over, action=found, user=request.user, **fields))


class PostToFillViewSet(ReadViewSet):
    """Posts that wait for a person, and those matched."""

    queryset = PostToFill.objects.with_labels().select_related("force")
    serializer_class = shapes.PostToFillSerializer
    write_action = Action.POST_MATCH
    narrowed = staticmethod(lambda reach, force: reach.in_units("post__unit__path"))
    # The unit head or HR; asked in the service.
    actions_by_name = {"undo": Action.PEOPLE_VIEW}
    filterset_fields = ["force__slug", "decision", "post", "state"]
    ordering_fields = ["decision__effective_on"]

    @extend_schema(request=shapes.MatchSerializer)
    @action(detail=True, methods=["post"])
    def match(self, request, pk=None):
        """Put a person into the post; only for posts in units that the user heads."""
        found = self.get_object()
        fields = self.body(shapes.MatchSerializer).validated_data
        day = opening_day(found.force)
        return self.answer(written(post_match, to_fill=found, user=request.user, day=day, **fields))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def undo(self, request, pk=None):
        """Take a match back while nothing leans on it."""
        return self.answer(written(match_undo, to_fill=self.get_object(), user=request.user))
