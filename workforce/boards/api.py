"""Boards for programs: the same services and rules as the pages."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin
from peelsite.accounts.permissions import Action
from peelsite.forces.selectors import opening_day
from peelsite.history.api import ReasonedMixin
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.api import GuardedMixin, written
from workforce.boards import serializers as shapes
from workforce.boards.agenda.models import AgendaItem, Matter
from workforce.boards.agenda.services import (
    agenda_draw_up,
    item_add,
    item_move,
    item_remove,
    item_restore,
)
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
from workforce.boards.matching import api as matching
from workforce.boards.matching.services import match_undo, post_match
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.meetings.services import board_move, series_change, series_close, series_create
from workforce.boards.members.models import BoardMember
from workforce.boards.members.services import member_add, member_change, member_remove
from workforce.boards.minutes.selectors import minutes_of
from workforce.boards.minutes.services import correction_add, minutes_approve
from workforce.boards.pack.calc import text_digest
from workforce.boards.pack.selectors import pack_of
from workforce.boards.pack.services import board_publish
from workforce.boards.papers.models import PaperKind
from workforce.boards.papers.services import paper_request
from workforce.boards.papers.views import paper_response
from workforce.boards.suggestions import api as suggestions
from workforce.establishment.calc import CellKey


class _RoomMixin(GuardedMixin, ForceScopedMixin):
    """Reads and services of one room; the body of a request is checked by the serializer named."""

    read_action = Action.BOARD_VIEW

    def body(self, serializer_class):
        given = serializer_class(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return given

    def answer(self, row, code: int = status.HTTP_200_OK) -> Response:
        fresh = self.get_queryset().get(pk=row.pk)
        return Response(self.get_serializer(fresh).data, status=code)


def _draw_up(*, board: Board) -> None:
    agenda_draw_up(board=board)


def _try(*, tried: dict, **arguments) -> None:
    """As `written` takes a service: what is tried is no row."""
    tried["deciding"] = decision_try(**arguments)


class _ReadViewSet(_RoomMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    pass


class BoardSeriesViewSet(_ReadViewSet):
    """How often a board meets, and what comes before it."""

    queryset = BoardSeries.objects.select_related("force")
    serializer_class = shapes.BoardSeriesSerializer
    write_action = Action.BOARD_PREPARE
    guarded = GuardedMixin.guarded | {"close"}
    filterset_fields = ["force__slug"]

    def create(self, request):
        fields = self.body(shapes.BoardSeriesSerializer).validated_data
        made = written(series_create, day=opening_day(fields["force"]), **fields)
        return self.answer(made, status.HTTP_201_CREATED)

    def partial_update(self, request, pk=None):
        series = self.get_object()
        given = self.get_serializer(series, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        fields = {name: value for name, value in given.validated_data.items() if name != "force"}
        day = opening_day(series.force)
        return self.answer(written(series_change, series=series, day=day, seen=self.seen(), **fields))

    @extend_schema(request=shapes.SeriesCloseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Let no board meet from a day on."""
        series = self.get_object()
        fields = self.body(shapes.SeriesCloseSerializer).validated_data
        day = opening_day(series.force)
        return self.answer(written(series_close, series=series, day=day, seen=self.seen(), **fields))


class BoardViewSet(_ReadViewSet):
    """Meetings with their state; the pack, the minutes, and what moves a board on."""

    queryset = Board.objects.select_related("force", "series__force", "published_by", "approved_by")
    serializer_class = shapes.BoardSerializer
    write_action = Action.BOARD_PREPARE
    guarded = GuardedMixin.guarded | {"move"}
    actions_by_name = {"approve": Action.BOARD_APPROVE, "correct": Action.BOARD_APPROVE}
    filterset_fields = ["force__slug", "series", "state", "held_on"]
    ordering_fields = ["held_on"]

    @extend_schema(responses=shapes.PackSerializer)
    @action(detail=True)
    def pack(self, request, pk=None):
        """The frozen pack; of a board not published, the pack as it would be frozen now."""
        return Response(shapes.PackSerializer(pack_of(self.get_object())).data)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, url_path=r"papers/(?P<paper_kind>draft|pack|minutes)/(?P<extension>pdf|xlsx)")
    def paper(self, request, pk=None, paper_kind="", extension=""):
        """A paper as file, once a worker has written it: the pack, its draft, or the minutes (pdf only)."""
        return paper_response(self.get_object(), paper_kind, extension)

    @extend_schema(responses=shapes.MinutesSerializer)
    @action(detail=True)
    def minutes(self, request, pk=None):
        """The minutes as text, drafted from the decisions until they are approved."""
        board = self.get_object()
        text = minutes_of(board)
        given = {"board": board.pk, "is_approved": board.is_approved, "text": text}
        return Response(shapes.MinutesSerializer(given | {"digest": text_digest(text)}).data)

    @extend_schema(request=None, responses=shapes.AgendaItemSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="draw-up")
    def draw_up(self, request, pk=None):
        """Draw the agenda up from the figures of the pack day."""
        board = self.get_object()
        written(_draw_up, board=board)
        items = board.items.on_agenda()
        return Response(shapes.AgendaItemSerializer(items, many=True).data)

    @extend_schema(request=shapes.BoardMoveSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request, pk=None):
        """Hold the board on another day."""
        board = self.get_object()
        fields = self.body(shapes.BoardMoveSerializer).validated_data
        return self.answer(written(board_move, board=board, seen=self.seen(), **fields))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def publish(self, request, pk=None):
        """Freeze the pack and publish it; a worker then writes its files."""
        board = written(board_publish, board=self.get_object(), user=request.user)
        _write_paper(board, PaperKind.PACK, request.user)
        return self.answer(board)

    @extend_schema(request=shapes.ApproveSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk=None):
        """Approve the minutes that have this digest."""
        board = self.get_object()
        seen = self.body(shapes.ApproveSerializer).validated_data["seen_digest"]
        approved = written(minutes_approve, board=board, user=request.user, seen_digest=seen)
        _write_paper(approved, PaperKind.MINUTES, request.user)
        return self.answer(approved)

    @extend_schema(request=shapes.CorrectionSerializer, responses={201: shapes.CorrectionSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request, pk=None):
        """Add a correction to approved minutes."""
        board = self.get_object()
        text = self.body(shapes.CorrectionSerializer).validated_data["text"]
        made = written(correction_add, board=board, text=text, user=request.user)
        return Response(shapes.CorrectionSerializer(made).data, status=status.HTTP_201_CREATED)


def _write_paper(board: Board, kind: str, user) -> None:
    job = paper_request(board=board, kind=kind, user=user)
    if job is not None:
        job_task.delay_on_commit(job.pk)


class BoardMemberViewSet(_ReadViewSet):
    """Who is sent the packs of a series."""

    queryset = BoardMember.objects.select_related("series__force", "user").order_by("pk")
    serializer_class = shapes.BoardMemberSerializer
    read_action = Action.BOARD_PREPARE
    write_action = Action.BOARD_PREPARE
    force_field = "series__force"
    filterset_fields = ["series", "role"]

    @extend_schema(responses={201: shapes.BoardMemberSerializer})
    def create(self, request):
        fields = self.body(shapes.BoardMemberSerializer).validated_data
        return self.answer(written(member_add, **fields), status.HTTP_201_CREATED)

    @extend_schema(request=shapes.BoardMemberChangeSerializer)
    def partial_update(self, request, pk=None):
        member = self.get_object()
        fields = {"role": member.role, "name": member.name, "address": member.address}
        given = shapes.BoardMemberChangeSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        changed = written(member_change, member=member, seen=self.seen(), **(fields | given.validated_data))
        return self.answer(changed)

    def destroy(self, request, pk=None):
        written(member_remove, member=self.get_object(), seen=self.seen())
        return Response(status=status.HTTP_204_NO_CONTENT)


class AgendaItemViewSet(_ReadViewSet):
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


class MatterViewSet(_ReadViewSet):
    """What other rooms put before the boards: leave and overtime pressure, business cases approved."""

    queryset = Matter.objects.select_related("force")
    serializer_class = shapes.MatterSerializer
    write_action = Action.BOARD_PREPARE
    filterset_fields = ["force__slug", "kind", "unit", "origin_kind"]
    ordering_fields = ["raised_on"]


class DecisionViewSet(ReasonedMixin, _ReadViewSet):
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


class BoardActionViewSet(_ReadViewSet):
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


class PostToFillViewSet(_ReadViewSet):
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


api_routes = [
    ("board-series", BoardSeriesViewSet, "board-series"),
    ("boards", BoardViewSet, "board"),
    ("board-members", BoardMemberViewSet, "board-member"),
    ("agenda-items", AgendaItemViewSet, "agenda-item"),
    ("board-matters", MatterViewSet, "board-matter"),
    ("decisions", DecisionViewSet, "decision"),
    ("actions", BoardActionViewSet, "board-action"),
    ("posts-to-fill", PostToFillViewSet, "post-to-fill"),
    *suggestions.api_routes,
    *matching.api_routes,
]
