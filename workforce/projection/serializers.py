"""What programs read and write of projections."""

from typing import Any

from rest_framework import serializers

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Location, Unit
from peelsite.web.editing.api import VersionField
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank, Role
from workforce.projection.models import (
    Assumption,
    BackTest,
    BudgetLine,
    Intake,
    IntakePlace,
    PlannedChange,
    ProjectionLine,
    ProjectionRun,
    PromotionPool,
    Scenario,
    ScenarioChange,
)
from workforce.projection.selectors.differences import difference_in_words
from workforce.projection.selectors.months import month_ends
from workforce.projection.selectors.series import SERIES, flows_in, unpacked
from workforce.writing import ForceField, OfForceField

EDIT = {"action": Action.PROJECTION_EDIT}


class _OfForceSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    version = VersionField()


class PlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = IntakePlace
        fields = ["role", "location", "unit", "number"]


class IntakeSerializer(_OfForceSerializer):
    places = PlaceSerializer(many=True, read_only=True)

    class Meta:
        model = Intake
        fields = [
            "id",
            "force",
            "name",
            "starts_on",
            "rank",
            "places",
            "show_rate",
            "months_to_patrol",
            "note",
            "version",
        ]


class GivenPlaceSerializer(serializers.Serializer):
    role = OfForceField(model=Role, **EDIT)
    location = OfForceField(model=Location, **EDIT)
    unit = OfForceField(model=Unit, **EDIT)
    number = serializers.IntegerField(min_value=1, max_value=500)


class IntakeChangeSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=100)
    starts_on = serializers.DateField(help_text="Any day of the month.")
    rank = OfForceField(model=Rank, **EDIT)
    places = GivenPlaceSerializer(many=True, help_text="Where they go after training.")
    show_rate = serializers.DecimalField(max_digits=5, decimal_places=4, min_value=0, max_value=1)
    months_to_patrol = serializers.IntegerField(min_value=0, max_value=36)
    note = serializers.CharField(allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As the service takes them: cells in place of their parts."""
        rank = attrs.pop("rank")
        attrs["places"] = [
            (
                CellKey(
                    rank_id=rank.pk,
                    role_id=place["role"].pk,
                    location_id=place["location"].pk,
                    unit_id=place["unit"].pk,
                ),
                place["number"],
            )
            for place in attrs["places"]
        ]
        return attrs


class IntakeGivenSerializer(IntakeChangeSerializer):
    force = ForceField(**EDIT)


class PoolSerializer(_OfForceSerializer):
    class Meta:
        model = PromotionPool
        fields = ["id", "force", "rank", "ready_on", "number", "note", "version"]


class PoolChangeSerializer(serializers.Serializer):
    rank = OfForceField(model=Rank, **EDIT)
    ready_on = serializers.DateField(help_text="Any day of the month.")
    number = serializers.IntegerField(min_value=0, max_value=2000)
    note = serializers.CharField(allow_blank=True, default="")


class PoolGivenSerializer(PoolChangeSerializer):
    force = ForceField(**EDIT)


class BudgetSerializer(_OfForceSerializer):
    class Meta:
        model = BudgetLine
        fields = ["id", "force", "as_at", "category", "funded_fte", "source", "version"]


class BudgetChangeSerializer(serializers.Serializer):
    as_at = serializers.DateField()
    category = serializers.ChoiceField(choices=BudgetLine._meta.get_field("category").choices)
    funded_fte = serializers.DecimalField(max_digits=9, decimal_places=4, min_value=0)
    source = serializers.CharField(max_length=200)


class BudgetGivenSerializer(BudgetChangeSerializer):
    force = ForceField(**EDIT)


class PlannedChangeSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = PlannedChange
        fields = [
            "id",
            "force",
            "origin_kind",
            "origin_id",
            "kind",
            *(f"{side}_{part}" for side in ("from", "to") for part in ("rank", "role", "location", "unit")),
            "fte",
            "on_day",
            "until",
            "state",
            "words",
        ]


class AssumptionSerializer(_OfForceSerializer):
    class Meta:
        model = Assumption
        fields = ["id", "force", "code", "value", "reason", "set_on", "version"]


class AssumptionChangeSerializer(serializers.Serializer):
    value = serializers.DecimalField(max_digits=9, decimal_places=6, min_value=0)
    reason = serializers.CharField()


class AssumptionGivenSerializer(AssumptionChangeSerializer):
    force = ForceField(**EDIT)
    code = serializers.CharField(
        max_length=60, help_text="As in `assumptions` of a run, for example leave.officer.24."
    )


class DifferenceSerializer(serializers.ModelSerializer):
    words = serializers.SerializerMethodField()

    class Meta:
        model = ScenarioChange
        fields = [
            "id",
            "scenario",
            "kind",
            "starts_on",
            "ends_on",
            "intake",
            "rank",
            "role",
            "location",
            "unit",
            "number",
            "fte",
            "category",
            "factor",
            "words",
        ]

    def get_words(self, row: ScenarioChange) -> str:
        return difference_in_words(row)


class DifferenceGivenSerializer(serializers.Serializer):
    """Which of them are needed depends on the kind; the refusal says what is missing."""

    kind = serializers.ChoiceField(choices=ScenarioChange._meta.get_field("kind").choices)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False, help_text="A day of the last month.")
    intake = OfForceField(model=Intake, **EDIT, required=False)
    rank = OfForceField(model=Rank, **EDIT, required=False)
    role = OfForceField(model=Role, **EDIT, required=False)
    location = OfForceField(model=Location, **EDIT, required=False)
    unit = OfForceField(model=Unit, **EDIT, required=False)
    number = serializers.IntegerField(required=False, min_value=1, max_value=500)
    fte = serializers.DecimalField(required=False, max_digits=8, decimal_places=4)
    category = serializers.ChoiceField(
        required=False, choices=ScenarioChange._meta.get_field("category").choices
    )
    factor = serializers.DecimalField(
        required=False, max_digits=5, decimal_places=3, min_value=0, max_value=10
    )


class ScenarioSerializer(_OfForceSerializer):
    changes = DifferenceSerializer(many=True, read_only=True)

    class Meta:
        model = Scenario
        fields = ["id", "force", "name", "description", "changes", "version"]


class ScenarioChangeSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=80)
    description = serializers.CharField(allow_blank=True, default="")


class ScenarioGivenSerializer(ScenarioChangeSerializer):
    force = ForceField(**EDIT)


class RunListSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = ProjectionRun
        fields = [
            "id",
            "force",
            "as_at",
            "scenario",
            "scenario_name",
            "is_of_plan",
            "months",
            "draws",
            "seed",
            "engine_version",
            "inputs_digest",
            "requested_at",
            "done_at",
        ]


class RunSerializer(RunListSerializer):
    """With every assumption that it rested on, and what its scenario changed."""

    class Meta(RunListSerializer.Meta):
        fields = [*RunListSerializer.Meta.fields, "assumptions", "changes", "facts"]


class RunGivenSerializer(serializers.Serializer):
    force = ForceField(**EDIT)
    as_at = serializers.DateField(required=False, help_text="Default: the force's opening day.")
    scenario = OfForceField(model=Scenario, **EDIT, required=False, allow_null=True, default=None)
    draws = serializers.IntegerField(default=1000, min_value=100, max_value=5000)
    seed = serializers.IntegerField(default=1, min_value=1, max_value=2**31)


class LineListSerializer(serializers.ModelSerializer):
    class Meta:
        model = ProjectionLine
        fields = [
            "id",
            "run",
            "kind",
            "category",
            "rank",
            "role",
            "location",
            "unit",
            "threshold_fte",
        ]


class ProjectedLineSerializer(LineListSerializer):
    """With its figures: a list for each measure, one value for the as-at day and the end of each month."""

    days = serializers.SerializerMethodField()
    series = serializers.SerializerMethodField()
    flows = serializers.SerializerMethodField()

    class Meta(LineListSerializer.Meta):
        fields = [*LineListSerializer.Meta.fields, "days", "series", "flows"]

    def get_days(self, row: ProjectionLine) -> list[str]:
        return [day.isoformat() for day in month_ends(row.run.as_at, row.run.months)]

    def get_series(self, row: ProjectionLine) -> dict[str, list[float]]:
        values = unpacked(row.series, len(SERIES))
        return {name: values[place].tolist() for place, name in enumerate(SERIES)}

    def get_flows(self, row: ProjectionLine) -> dict[str, list[float]]:
        return {flow.value: values.tolist() for flow, values in flows_in(row.flows).items()}


class BackTestListSerializer(serializers.ModelSerializer):
    force = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = BackTest
        fields = ["id", "force", "as_at_days", "engine_version", "seed", "draws", "requested_at", "done_at"]


class BackTestSerializer(BackTestListSerializer):
    class Meta(BackTestListSerializer.Meta):
        fields = [*BackTestListSerializer.Meta.fields, "summary", "rows"]


class BackTestGivenSerializer(serializers.Serializer):
    force = ForceField(**EDIT)
