"""A scenario beside the plan: the same lines, from runs of the same day and seed."""

from collections.abc import Sequence
from dataclasses import dataclass

from workforce.projection.calc.inputs import FORCE_LINE, LineKey, LineKind
from workforce.projection.models import ProjectionRun, Scenario
from workforce.projection.selectors.cells import cell_of_change
from workforce.projection.selectors.outlook import Outlook, OutlookLine


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One line in the plan and in a scenario, some months ahead: FTE, above nought is short."""

    key: LineKey
    label: str
    plan: float
    scenario: float
    plan_chance: float
    scenario_chance: float

    @property
    def difference(self) -> float:
        """Of the mean gaps, so that lines add up."""
        return self.scenario - self.plan


def plan_run_like(run: ProjectionRun) -> ProjectionRun | None:
    """The newest finished run of the plan from the same day with the same seed and number of runs."""
    return (
        ProjectionRun.objects.filter(force=run.force_id)
        .done()
        .of_plan()
        .filter(as_at=run.as_at, seed=run.seed, draws=run.draws)
        .order_by("-done_at")
        .first()
    )


def newest_of(scenario: Scenario) -> ProjectionRun | None:
    return scenario.runs.done().order_by("-as_at", "-done_at").first()


def lines_to_compare(outlook: Outlook, scenario: Scenario) -> list[LineKey]:
    """The force, worker types, the cells that the scenario names with their units, and ranks."""
    cells = [cell for change in scenario.changes.all() if (cell := cell_of_change(change))]
    keys = [
        FORCE_LINE,
        *(line.key for line in outlook.of_kind(LineKind.CATEGORY)),
        *(LineKey(LineKind.CELL, cell) for cell in cells),
        *(LineKey(LineKind.UNIT, cell.unit_id) for cell in cells),
        *(line.key for line in outlook.of_kind(LineKind.RANK)),
    ]
    return [key for key in dict.fromkeys(keys) if key in outlook.lines]


def compared(plan: Outlook, scenario: Outlook, keys: Sequence[LineKey], months: int) -> list[Compared]:
    """The mean gaps of both, line by line; a line that the plan has nothing in counts as nought there."""
    rows = []
    for key in keys:
        after = scenario.lines[key]
        before: OutlookLine | None = plan.lines.get(key)
        rows.append(
            Compared(
                key=key,
                label=after.label,
                plan=float(before.gap.mean[months]) if before else 0.0,
                scenario=float(after.gap.mean[months]),
                plan_chance=float(before.chance[months]) if before else 0.0,
                scenario_chance=float(after.chance[months]),
            )
        )
    return rows
