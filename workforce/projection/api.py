"""Projections for programs: plans, assumptions and scenarios to write, runs to ask for, lines to read."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.db import models
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from peelsite.accounts.access import ForceScopedMixin
from peelsite.accounts.permissions import Action
from peelsite.forces.selectors import opening_day
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.api import GuardedMixin, written
from workforce.filters import OfForceFilter
from workforce.projection import serializers as shapes
from workforce.projection.filters import PlannedChangeFilter
from workforce.projection.models import (
    Assumption,
    BackTest,
    BudgetLine,
    Intake,
    PlannedChange,
    ProjectionLine,
    ProjectionRun,
    PromotionPool,
    Scenario,
    ScenarioChange,
)
from workforce.projection.services import records, scenarios
from workforce.projection.services.backtests import back_test_request
from workforce.projection.services.runs import run_request


class _Filter(OfForceFilter):
    class Meta:
        model = Intake
        fields = ["rank"]


class RunFilter(OfForceFilter):
    class Meta:
        model = ProjectionRun
        fields = ["as_at", "scenario", "is_of_plan"]


class LineFilter(django_filters.FilterSet):
    class Meta:
        model = ProjectionLine
        fields = ["run", "kind", "category", "rank", "role", "location", "unit"]


class PlannedFilter(OfForceFilter, PlannedChangeFilter):
    class Meta(PlannedChangeFilter.Meta):
        pass


class _ReadViewSet(
    ForceScopedMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    read_action, write_action = Action.BOARD_VIEW, Action.PROJECTION_EDIT
    list_class: ClassVar[type[serializers.Serializer] | None] = None

    def get_serializer_class(self) -> Any:
        return self.list_class if self.list_class and self.action == "list" else self.serializer_class

    def _given(self, shape: type[serializers.Serializer]) -> dict[str, Any]:
        given = shape(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class _RecordViewSet(GuardedMixin, _ReadViewSet):
    """A record that people keep: listed, added, changed and removed."""

    filterset_class = OfForceFilter
    given_class: ClassVar[type[serializers.Serializer]]
    change_class: ClassVar[type[serializers.Serializer]]
    makes: ClassVar[Callable[..., models.Model]]
    changes: ClassVar[Callable[..., models.Model]]
    removes: ClassVar[Callable[..., None]]
    noun: ClassVar[str]

    def create(self, request: Any) -> Response:
        row = written(type(self).makes, **self._given(self.given_class))
        return Response(self.get_serializer(row).data, status=201)

    def update(self, request: Any, pk: Any = None) -> Response:
        given = self._given(self.change_class)
        row = written(type(self).changes, **{self.noun: self.get_object()}, seen=self.seen(), **given)
        return Response(self.get_serializer(self._fresh(row)).data)

    def destroy(self, request: Any, pk: Any = None) -> Response:
        written(type(self).removes, **{self.noun: self.get_object()}, seen=self.seen())
        return Response(status=204)


def _writes(given: type[serializers.Serializer], change: type[serializers.Serializer]) -> Callable:
    """Class decorator: what the writing endpoints take, and the schema of it."""

    def decorate(viewset: Any) -> Any:
        viewset.given_class, viewset.change_class = given, change
        shown = viewset.serializer_class
        return extend_schema_view(
            create=extend_schema(request=given, responses={201: shown}),
            update=extend_schema(request=change, responses=shown),
        )(viewset)

    return decorate


@_writes(shapes.IntakeGivenSerializer, shapes.IntakeChangeSerializer)
class IntakeViewSet(_RecordViewSet):
    """Intakes planned, with where their people go."""

    queryset = Intake.objects.select_related("force").with_places()
    serializer_class = shapes.IntakeSerializer
    filterset_class = _Filter
    ordering_fields = ["starts_on", "name"]
    makes, changes, removes = records.intake_create, records.intake_change, records.intake_remove
    noun = "intake"


@_writes(shapes.PoolGivenSerializer, shapes.PoolChangeSerializer)
class PoolViewSet(_RecordViewSet):
    """People who passed for a rank and wait."""

    queryset = PromotionPool.objects.select_related("force")
    serializer_class = shapes.PoolSerializer
    ordering_fields = ["ready_on", "number"]
    makes, changes, removes = records.pool_create, records.pool_change, records.pool_remove
    noun = "pool"


@_writes(shapes.BudgetGivenSerializer, shapes.BudgetChangeSerializer)
class BudgetViewSet(_RecordViewSet):
    """Funded FTE by worker type: budget-based, beside the projections and never in them."""

    queryset = BudgetLine.objects.select_related("force")
    serializer_class = shapes.BudgetSerializer
    ordering_fields = ["as_at", "funded_fte"]
    makes, changes, removes = records.budget_create, records.budget_change, records.budget_remove
    noun = "line"


@_writes(shapes.ScenarioGivenSerializer, shapes.ScenarioChangeSerializer)
class ScenarioViewSet(_RecordViewSet):
    """Scenarios with what each changes; `differences` adds one."""

    queryset = Scenario.objects.select_related("force").with_all()
    serializer_class = shapes.ScenarioSerializer
    ordering_fields = ["name"]
    makes, changes = scenarios.scenario_create, scenarios.scenario_change
    removes, noun = scenarios.scenario_remove, "scenario"

    @extend_schema(request=shapes.DifferenceGivenSerializer, responses={201: shapes.DifferenceSerializer})
    @action(detail=True, methods=["post"])
    def differences(self, request: Any, pk: Any = None) -> Response:
        """Add one difference."""
        given = self._given(shapes.DifferenceGivenSerializer)
        row = written(scenarios.difference_add, scenario=self.get_object(), **given)
        return Response(shapes.DifferenceSerializer(row).data, status=201)


class DifferenceViewSet(_ReadViewSet):
    """What scenarios change; a difference is removed and added again, not changed."""

    queryset = ScenarioChange.objects.with_labels()
    serializer_class = shapes.DifferenceSerializer
    force_field = "scenario__force"
    filterset_fields = ["scenario", "kind"]
    ordering_fields = ["starts_on"]

    @extend_schema(responses={204: None})
    def destroy(self, request: Any, pk: Any = None) -> Response:
        written(scenarios.difference_remove, change=self.get_object())
        return Response(status=204)


class AssumptionViewSet(GuardedMixin, _ReadViewSet):
    """What forces set themselves; every value in use stands in the `assumptions` of a run."""

    queryset = Assumption.objects.select_related("force")
    serializer_class = shapes.AssumptionSerializer
    filterset_class = OfForceFilter
    ordering_fields = ["code", "set_on"]

    @extend_schema(request=shapes.AssumptionGivenSerializer, responses={201: shapes.AssumptionSerializer})
    def create(self, request: Any) -> Response:
        """Set one. A code that is set already is changed at its own address."""
        given = self._given(shapes.AssumptionGivenSerializer)
        if Assumption.objects.of_force(given["force"]).filter(code=given["code"]).exists():
            raise serializers.ValidationError({"code": "This is set already: change the row that there is."})
        return Response(self.get_serializer(self._set(**given)).data, status=201)

    @extend_schema(request=shapes.AssumptionChangeSerializer, responses=shapes.AssumptionSerializer)
    def update(self, request: Any, pk: Any = None) -> Response:
        row = self.get_object()
        given = self._given(shapes.AssumptionChangeSerializer)
        saved = self._set(force=row.force, code=row.code, seen=self.seen(), **given)
        return Response(self.get_serializer(saved).data)

    def destroy(self, request: Any, pk: Any = None) -> Response:
        """Back to the force's own history."""
        row = self.get_object()
        written(scenarios.assumption_clear, force=row.force, code=row.code, seen=self.seen())
        return Response(status=204)

    def _set(self, **given: Any) -> Assumption:
        day = opening_day(given["force"])
        return written(scenarios.assumption_set, day=day, user=self.request.user, **given)


class PlannedChangeViewSet(_ReadViewSet):
    """What boards and unit heads have decided and not yet done; written where it is decided."""

    queryset = PlannedChange.objects.select_related("force")
    serializer_class = shapes.PlannedChangeSerializer
    filterset_class = PlannedFilter
    ordering_fields = ["on_day"]


class RunViewSet(_ReadViewSet):
    """Projections; POST asks for one, which a job makes: `done_at` is empty until then."""

    queryset = ProjectionRun.objects.select_related("force")
    serializer_class = shapes.RunSerializer
    list_class = shapes.RunListSerializer
    filterset_class = RunFilter
    ordering_fields = ["as_at", "done_at"]

    @extend_schema(request=shapes.RunGivenSerializer, responses={202: shapes.RunListSerializer})
    def create(self, request: Any) -> Response:
        given = self._given(shapes.RunGivenSerializer)
        if (scenario := given["scenario"]) and scenario.force_id != given["force"].pk:
            raise serializers.ValidationError({"scenario": "Choose a scenario of this force."})
        run = written(self._ask, **given)
        return Response(shapes.RunListSerializer(run).data, status=202)

    def _ask(self, **given: Any) -> ProjectionRun:
        run, job = run_request(requested_by=self.request.user, **given)
        job_task.delay_on_commit(job.pk)
        return run


class LineViewSet(_ReadViewSet):
    """Lines of finished projections; one line has its figures month by month."""

    queryset = ProjectionLine.objects.select_related("run").filter(run__done_at__isnull=False)
    serializer_class = shapes.ProjectedLineSerializer
    list_class = shapes.LineListSerializer
    force_field = "run__force"
    filterset_class = LineFilter
    ordering_fields = ["id"]

    def get_queryset(self) -> Any:
        found = super().get_queryset()
        return found.defer("series", "flows") if self.action == "list" else found


class BackTestViewSet(_ReadViewSet):
    """Projections of past days against what came; POST asks for one."""

    queryset = BackTest.objects.select_related("force")
    serializer_class = shapes.BackTestSerializer
    list_class = shapes.BackTestListSerializer
    filterset_class = OfForceFilter
    ordering_fields = ["done_at"]

    @extend_schema(request=shapes.BackTestGivenSerializer, responses={202: shapes.BackTestListSerializer})
    def create(self, request: Any) -> Response:
        test = written(self._ask, **self._given(shapes.BackTestGivenSerializer))
        return Response(shapes.BackTestListSerializer(test).data, status=202)

    def _ask(self, **given: Any) -> BackTest:
        test, job = back_test_request(requested_by=self.request.user, **given)
        job_task.delay_on_commit(job.pk)
        return test


api_routes = [
    ("intakes", IntakeViewSet, "intake"),
    ("promotion-pools", PoolViewSet, "promotion-pool"),
    ("budget-lines", BudgetViewSet, "budget-line"),
    ("planned-changes", PlannedChangeViewSet, "planned-change"),
    ("assumptions", AssumptionViewSet, "assumption"),
    ("scenarios", ScenarioViewSet, "scenario"),
    ("scenario-changes", DifferenceViewSet, "scenario-change"),
    ("projections", RunViewSet, "projection"),
    ("projection-lines", LineViewSet, "projection-line"),
    ("back-tests", BackTestViewSet, "back-test"),
]
