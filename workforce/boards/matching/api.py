"""Matching for programs: who could take a post, proposed moves and chains, and what they go by."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin, forces_reached, rows_within
from peelsite.accounts.permissions import Action
from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.api import GuardedMixin, written
from workforce.boards.decisions.models import PostToFill
from workforce.boards.matching import serializers as shapes
from workforce.boards.matching import services
from workforce.boards.matching.filters import MinimumApiFilter, MoveApiFilter, PersonRowFilter
from workforce.boards.matching.models import (
    FlexibleWorking,
    MatchingSettings,
    MinimumStrength,
    MoveAsked,
    MoveChain,
    MovePreference,
    MoveProposal,
    PromotionPlace,
)
from workforce.boards.matching.selectors import Wanted, candidates_for, minimums_reach
from workforce.boards.matching.selectors.moves import may_answer_for
from workforce.boards.matching.tasks import mails_queue
from workforce.filters import OfForceFilter
from workforce.writing import EndSerializer

CANDIDATES_AT_MOST = 200


class _RoomViewSet(
    GuardedMixin, ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    def body(self, serializer_class: type[serializers.Serializer]) -> dict[str, Any]:
        given = serializer_class(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return given.validated_data

    def answer_with(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(row).data, status=code)


def _moves_of(reach: Reach, force: Force) -> Q:
    """Moves into the units, and those about which their heads are asked."""
    asked = MoveAsked.objects.filter(reach.in_units("unit__path"), proposal=OuterRef("pk"))
    return reach.in_units("post__unit__path") | Q(Exists(asked))


def _forces_concerned(user: Any) -> list[Force]:
    """Where the user heads a unit, keeps people's records or decides on the board."""
    return [
        force
        for force in forces_reached(user, Action.PEOPLE_VIEW)
        if user.reach(Action.POST_MATCH, force) or may_answer_for(user, force)
    ]


class _ConcernedViewSet(_RoomViewSet):
    """Moves are for those who head units, keep people's records or decide on the board."""

    def check_permissions(self, request):
        super().check_permissions(request)
        if not _forces_concerned(request.user):
            raise PermissionDenied

    def get_queryset(self):
        queryset = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return queryset
        return queryset.filter(force__in=[force.pk for force in _forces_concerned(self.request.user)])


class MoveViewSet(_ConcernedViewSet):
    """Proposed moves with the heads that are asked; a unit head sees those of their units."""

    queryset = MoveProposal.objects.select_related("force").prefetch_related("asked")
    serializer_class = shapes.MoveSerializer
    filterset_class = MoveApiFilter
    read_action, write_action = Action.PEOPLE_VIEW, Action.POST_MATCH
    # Heads of units, HR and chief officers may answer or withdraw; asked in the services.
    actions_by_name = {
        "answer": Action.PEOPLE_VIEW,
        "withdraw": Action.PEOPLE_VIEW,
        "candidates": Action.POST_MATCH,
    }
    narrowed = staticmethod(_moves_of)
    ordering_fields = ["proposed_at", "starts_on"]

    @extend_schema(request=shapes.ProposeSerializer, responses={201: shapes.MoveSerializer})
    def create(self, request):
        """Propose a person for a post to fill; done at once where nobody has to agree."""
        fields = self.body(shapes.ProposeSerializer)
        day = opening_day(fields["to_fill"].force)
        made = written(services.move_propose, user=request.user, day=day, **fields)
        mails_queue(made)
        return self.answer_with(made, status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[
            OpenApiParameter("to_fill", int, required=True, description="A post to fill of yours"),
            OpenApiParameter("cannot", OpenApiTypes.BOOL, description="Those who cannot as well"),
        ],
        responses=shapes.CandidateSerializer(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def candidates(self, request):
        """Who could take a post of yours, the best first, with every reason; 200 people at most."""
        asked = request.query_params.get("to_fill", "")
        narrowed = rows_within(
            request.user,
            Action.POST_MATCH,
            narrowed=lambda reach, force: reach.in_units("post__unit__path"),
        )
        rows = PostToFill.objects.with_labels().select_related("force").filter(narrowed).waiting()
        found = rows.filter(pk=asked).first() if asked.isdigit() else None
        if found is None:
            return Response([])
        day = opening_day(found.force)
        listed = candidates_for(found.force, [Wanted.of(found, day)], day)[0]
        cannot = listed.unable if request.query_params.get("cannot") in ("1", "true") else ()
        shown = [*listed.able, *cannot][:CANDIDATES_AT_MOST]
        rows = [shapes.candidate_row(listed.people[each.person_id], each) for each in shown]
        return Response(shapes.CandidateSerializer(rows, many=True).data)

    @extend_schema(request=shapes.AnswerSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """Agree, agree from another date, or refuse, as the head of the unit or for an absent one."""
        found = self.get_object()
        fields = self.body(shapes.AnswerSerializer)
        asked = found.asked.filter(side=fields.pop("side")).select_related("unit", "proposal").first()
        if asked is None:
            raise serializers.ValidationError({"side": "Nobody is asked about this side of the move."})
        return self._moved(services.move_answer, found, asked=asked, **fields)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk=None):
        """Take the other date that was offered."""
        found = self.get_object()
        return self._moved(services.move_accept, found, proposal=found)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="carry-out")
    def carry_out(self, request, pk=None):
        """Do a move that is agreed and could not be done when it was."""
        found = self.get_object()
        return self._moved(services.move_carry_out, found, proposal=found)

    @extend_schema(request=shapes.MoveReasonSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """Take the proposal back."""
        fields = self.body(shapes.MoveReasonSerializer)
        saved = written(services.move_withdraw, proposal=self.get_object(), user=request.user, **fields)
        return self.answer_with(saved)

    @extend_schema(request=shapes.FollowSerializer, responses={201: shapes.MoveSerializer})
    @action(detail=True, methods=["post"])
    def follow(self, request, pk=None):
        """Propose who fills the post that the person leaves, as the next move of a chain."""
        found = self.get_object()
        fields = self.body(shapes.FollowSerializer)
        day = opening_day(found.force)
        made = written(services.chain_extend, proposal=found, user=request.user, day=day, **fields)
        mails_queue(made)
        return self.answer_with(made, status.HTTP_201_CREATED)

    def _moved(self, service: Any, found: MoveProposal, **arguments: Any) -> Response:
        day = opening_day(found.force)
        saved = written(service, user=self.request.user, day=day, **arguments)
        mails_queue(saved)
        return self.answer_with(saved)


class MoveChainViewSet(_ConcernedViewSet):
    """Moves that go together, in their order."""

    queryset = MoveChain.objects.select_related("force").prefetch_related(
        Prefetch("moves", MoveProposal.objects.order_by("place", "pk"))
    )
    serializer_class = shapes.MoveChainSerializer
    filterset_class = OfForceFilter
    read_action, write_action = Action.PEOPLE_VIEW, Action.POST_MATCH
    guarded = GuardedMixin.guarded
    ordering_fields = ["started_at"]
    narrowed = staticmethod(
        lambda reach, force: Q(
            pk__in=MoveProposal.objects.of_force(force).filter(_moves_of(reach, force)).values("chain")
        )
    )

    @extend_schema(request=shapes.ChainReasonSerializer)
    def update(self, request, pk=None):
        """Say why a unit may fall below its minimum strength meanwhile."""
        reason = self.body(shapes.ChainReasonSerializer)["below_minimum_reason"]
        saved = written(
            services.chain_reason_set,
            chain=self.get_object(),
            reason=reason,
            user=request.user,
            seen=self.seen(),
        )
        return self.answer_with(saved)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="carry-out")
    def carry_out(self, request, pk=None):
        """Do every move of the chain, or none."""
        found = self.get_object()
        day = opening_day(found.force)
        written(services.chain_carry_out, chain=found, user=request.user, day=day)
        for move in found.moves.all():
            move.refresh_from_db()
            mails_queue(move)
        return self.answer_with(self.get_queryset().get(pk=found.pk))


class MinimumStrengthViewSet(_RoomViewSet):
    """FTE below which a unit, or one rank of it, must not fall; set by HR and the heads of units."""

    queryset = MinimumStrength.objects.select_related("force", "unit")
    serializer_class = shapes.MinimumSerializer
    filterset_class = MinimumApiFilter
    read_action, write_action = Action.BOARD_VIEW, Action.BOARD_VIEW
    ordering_fields = ["fte"]

    @extend_schema(request=shapes.MinimumGivenSerializer, responses={201: shapes.MinimumSerializer})
    def create(self, request):
        fields = self.body(shapes.MinimumGivenSerializer)
        made = written(services.minimum_strength_create, user=request.user, **fields)
        return self.answer_with(made, status.HTTP_201_CREATED)

    @extend_schema(request=shapes.MinimumChangeSerializer)
    def update(self, request, pk=None):
        found = self.get_object()
        fields = self.body(shapes.MinimumChangeSerializer)
        saved = written(
            services.minimum_strength_change,
            minimum=found,
            user=request.user,
            seen=self.seen(),
            **fields,
        )
        return self.answer_with(saved)

    def destroy(self, request, pk=None):
        """Remove a minimum that was set by mistake."""
        found = self.get_object()
        written(services.minimum_strength_remove, minimum=found, user=request.user, seen=self.seen())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def check_permissions(self, request):
        super().check_permissions(request)
        forces = forces_reached(request.user, Action.BOARD_VIEW)
        if request.method not in SAFE_METHODS and not any(
            minimums_reach(request.user, force) for force in forces
        ):
            raise PermissionDenied

    def get_queryset(self):
        """Everybody of the board reads all; a row outside the units that one sets is not there to change."""
        queryset = super().get_queryset()
        if self.request is None or self.request.method in SAFE_METHODS:
            return queryset
        user, within = self.request.user, Q(pk__in=[])
        for force in forces_reached(user, Action.BOARD_VIEW):
            if reach := minimums_reach(user, force):
                within |= Q(force=force) & reach.in_units("unit__path")
        return queryset.filter(within)


class MatchingSettingsViewSet(_RoomViewSet):
    """The force's own numbers for matching; a force without a row goes by the defaults."""

    queryset = MatchingSettings.objects.select_related("force").order_by("force_id")
    serializer_class = shapes.SettingsSerializer
    filterset_class = OfForceFilter
    read_action, write_action = Action.BOARD_VIEW, Action.ESTABLISHMENT_EDIT

    @extend_schema(request=shapes.SettingsGivenSerializer, responses={201: shapes.SettingsSerializer})
    def create(self, request):
        """Set the numbers of a force that has none of its own yet."""
        fields = self.body(shapes.SettingsGivenSerializer)
        if MatchingSettings.objects.filter(force=fields["force"]).exists():
            raise serializers.ValidationError({"force": "This force has numbers of its own; change those."})
        return self.answer_with(written(services.matching_settings_change, **fields), status.HTTP_201_CREATED)

    @extend_schema(request=shapes.SettingsChangeSerializer)
    def update(self, request, pk=None):
        found = self.get_object()
        fields = self.body(shapes.SettingsChangeSerializer)
        saved = written(services.matching_settings_change, force=found.force, seen=self.seen(), **fields)
        return self.answer_with(saved)


class MovePreferenceViewSet(_RoomViewSet):
    """What people would like, their remarks with it: for HR. People say it themselves on the site."""

    queryset = MovePreference.objects.select_related("force").prefetch_related("wishes")
    serializer_class = shapes.PreferenceSerializer
    filterset_class = PersonRowFilter
    read_action, write_action = Action.PEOPLE_EDIT, Action.PEOPLE_EDIT

    @extend_schema(request=shapes.PreferenceGivenSerializer, responses={201: shapes.PreferenceSerializer})
    def create(self, request):
        """Say it for a person of whom nothing is said yet."""
        fields = self.body(shapes.PreferenceGivenSerializer)
        if MovePreference.objects.filter(person=fields["person"]).exists():
            raise serializers.ValidationError({"person": "Preferences are there already; change those."})
        return self.answer_with(written(services.preference_set, **fields), status.HTTP_201_CREATED)

    @extend_schema(request=shapes.PreferenceChangeSerializer)
    def update(self, request, pk=None):
        found = self.get_object()
        fields = self.body(shapes.PreferenceChangeSerializer)
        saved = written(services.preference_set, person=found.person, seen=self.seen(), **fields)
        return self.answer_with(self.get_queryset().get(pk=saved.pk))


class _DatedViewSet(_RoomViewSet):
    """Dated rows of a person, kept by HR."""

    filterset_class = PersonRowFilter
    read_action, write_action = Action.PEOPLE_EDIT, Action.PEOPLE_EDIT
    guarded = GuardedMixin.guarded | {"end"}


class FlexibleWorkingViewSet(_DatedViewSet):
    """Flexible working agreements with their review dates."""

    queryset = FlexibleWorking.objects.select_related("force")
    serializer_class = shapes.FlexibleSerializer

    @extend_schema(request=shapes.FlexibleGivenSerializer, responses={201: shapes.FlexibleSerializer})
    def create(self, request):
        fields = self.body(shapes.FlexibleGivenSerializer)
        return self.answer_with(written(services.flexible_working_record, **fields), status.HTTP_201_CREATED)

    @extend_schema(request=EndSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Let the agreement end."""
        fields = self.body(EndSerializer)
        found = self.get_object()
        saved = written(services.flexible_working_end, agreement=found, seen=self.seen(), **fields)
        return self.answer_with(saved)


class PromotionPlaceViewSet(_DatedViewSet):
    """Who is qualified for a rank, or waits in its promotion pool."""

    queryset = PromotionPlace.objects.select_related("force")
    serializer_class = shapes.PromotionSerializer

    @extend_schema(request=shapes.PromotionGivenSerializer, responses={201: shapes.PromotionSerializer})
    def create(self, request):
        fields = self.body(shapes.PromotionGivenSerializer)
        return self.answer_with(written(services.promotion_place_record, **fields), status.HTTP_201_CREATED)

    @extend_schema(request=EndSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Let the pass or the place end."""
        fields = self.body(EndSerializer)
        found = self.get_object()
        saved = written(services.promotion_place_end, place=found, seen=self.seen(), **fields)
        return self.answer_with(saved)


api_routes = [
    ("moves", MoveViewSet, "move"),
    ("move-chains", MoveChainViewSet, "move-chain"),
    ("minimum-strengths", MinimumStrengthViewSet, "minimum-strength"),
    ("matching-settings", MatchingSettingsViewSet, "matching-settings"),
    ("move-preferences", MovePreferenceViewSet, "move-preference"),
    ("flexible-workings", FlexibleWorkingViewSet, "flexible-working"),
    ("promotion-places", PromotionPlaceViewSet, "promotion-place"),
]
