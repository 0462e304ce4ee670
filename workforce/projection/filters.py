"""What the lists of projections are looked through by."""

from typing import Any

import django_filters

from peelsite.forces.models import Unit, WorkerCategory
from workforce.establishment.filters import ANY, UnitFilter
from workforce.establishment.models import Post
from workforce.filters import FieldsTogether
from workforce.projection.calc.inputs import LineKind
from workforce.projection.models import PlannedChange, ProjectionRun
from workforce.projection.selectors.lines import PLACE
from workforce.projection.selectors.outlook import Outlook, OutlookLine

KINDS = [
    (LineKind.CELL.value, "Rank, role, location and unit"),
    (PLACE, "Rank, role and location"),
    (LineKind.UNIT.value, "Unit, with all below it"),
    (LineKind.RANK.value, "Rank or grade"),
    (LineKind.CATEGORY.value, "Worker type"),
]
MONTHS = [("6", "In 6 months"), ("12", "In 12 months"), ("24", "In 24 months"), ("48", "In 48 months")]
LIKELY = [("0.5", "Likelier than not"), ("0.8", "8 times in 10")]


def _units(request: Any) -> Any:
    return Unit.objects.of_force(request.force).order_by("path")


class LineFilter(FieldsTogether):
    """Lines of a run: `qs` is the list of those asked for. Give it `outlook`."""

    kind = django_filters.ChoiceFilter(label="By", choices=KINDS, empty_label=None, method="keep")
    months = django_filters.ChoiceFilter(label="When", choices=MONTHS, empty_label=None, method="keep")
    type = django_filters.ChoiceFilter(
        label="Worker type", choices=WorkerCategory.choices, empty_label=ANY, method="keep"
    )
    unit = UnitFilter(label="Unit, with all below it", queryset=_units, empty_label=ANY, method="keep")
    beyond = django_filters.ChoiceFilter(
        label="Gap beyond the threshold", choices=LIKELY, empty_label=ANY, method="keep"
    )
    q = django_filters.CharFilter(label="Words", method="keep")

    class Meta:
        model = Post
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, outlook: Outlook, **kwargs: Any) -> None:
        data = data.copy() if data is not None else {}
        data.setdefault("kind", LineKind.CELL.value)
        data.setdefault("months", "12")
        super().__init__(data, *args, **kwargs)
        self.outlook = outlook

    @property
    def month(self) -> int:
        return int(self.cleaned.get("months") or 12)

    @property
    def qs(self) -> list[OutlookLine]:
        chosen = self.cleaned
        kind = chosen.get("kind") or LineKind.CELL.value
        kind = LineKind.RANK_ROLE_LOCATION.value if kind == PLACE else kind
        lines = self.outlook.of_kind(LineKind(kind))
        if category := chosen.get("type"):
            lines = [line for line in lines if self._category(line) == category]
        if unit := chosen.get("unit"):
            lines = [line for line in lines if self._is_under(line, unit)]
        if chance := chosen.get("beyond"):
            lines = [line for line in lines if line.at(self.month).chance >= float(chance)]
        for word in (chosen.get("q") or "").casefold().split():
            lines = [line for line in lines if word in line.label.casefold()]
        return lines

    def _category(self, line: OutlookLine) -> str:
        of = line.key.of
        rank = {
            LineKind.CELL: lambda: of.rank_id,
            LineKind.RANK: lambda: of,
            LineKind.RANK_ROLE_LOCATION: lambda: of[0],
        }.get(line.key.kind)
        return self.outlook.categories[rank()] if rank else str(of)

    def _is_under(self, line: OutlookLine, unit: Unit) -> bool:
        of = line.key.of
        own = of.unit_id if line.key.kind is LineKind.CELL else of if line.key.kind is LineKind.UNIT else 0
        return unit.pk in self.outlook.unit_paths.get(own, ())


class RunFilter(django_filters.FilterSet):
    of = django_filters.ChoiceFilter(
        label="Of",
        choices=[("plan", "The plan"), ("scenario", "Scenarios")],
        empty_label=ANY,
        method="which",
    )

    class Meta:
        model = ProjectionRun
        fields: list[str] = []

    def which(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(is_of_plan=value == "plan")


class PlannedChangeFilter(django_filters.FilterSet):
    class Meta:
        model = PlannedChange
        fields = ["kind", "state", "origin_kind", "origin_id"]
