"""REST of boards, their series and their members."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from peelsite.accounts.permissions import Action
from peelsite.forces.selectors import opening_day
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.api import GuardedMixin, written
from workforce.boards import serializers as shapes
from workforce.boards.agenda.services import agenda_draw_up
from workforce.boards.api.base import ReadViewSet
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


def _draw_up(*, board: Board) -> None:
    agenda_draw_up(board=board)


class BoardSeriesViewSet(ReadViewSet):
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


class BoardViewSet(ReadViewSet):
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


class BoardMemberViewSet(ReadViewSet):
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
