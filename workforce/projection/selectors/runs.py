"""Reads of finished runs."""

from collections.abc import Iterable, Mapping
from datetime import date

from peelsite.forces.models import Force, Location, Unit, WorkerCategory
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Rank, Role
from workforce.projection.calc.inputs import FORCE_LINE, LineKey, LineKind
from workforce.projection.models import BudgetLine, ProjectionLine, ProjectionRun, Scenario
from workforce.projection.selectors.months import month_ends
from workforce.projection.selectors.outlook import Outlook, OutlookLine
from workforce.projection.selectors.series import SERIES, fans_in, flows_in, unpacked

Budget = tuple[tuple[date, float], ...]


def newest_run(force: Force, day: date, *, scenario: Scenario | None = None) -> ProjectionRun | None:
    """The newest finished run from `day` or before: of the plan, or of a scenario."""
    runs = ProjectionRun.objects.of_force(force).done().filter(as_at__lte=day)
    runs = runs.of_plan() if scenario is None else runs.filter(scenario=scenario)
    return runs.newest_first().first()


def outlook_of(force: Force, day: date) -> Outlook | None:
    """The newest current run of what is planned, made from `day` or before; none where there is none.

    Eight queries. `Outlook.as_at` says how old it is.
    """
    run = newest_run(force, day)
    return None if run is None else outlook_of_run(run)


def outlook_of_run(run: ProjectionRun, *, keys: Iterable[LineKey] | None = None) -> Outlook:
    """A finished run with its lines, or with those of `keys`. Seven queries."""
    labels = Labels(run.force)
    wanted = None if keys is None else set(keys)
    rows = run.lines.all()
    if wanted is not None:
        rows = rows.filter(kind__in={key.kind for key in wanted})
    days = month_ends(run.as_at, run.months)
    budget = _budget_of(run.force, days)
    lines = [_line(row, days, labels, budget) for row in rows if wanted is None or row.key in wanted]
    lines.sort(key=lambda line: labels.order_of(line.key))
    return Outlook(
        run_id=run.pk,
        force_id=run.force_id,
        as_at=run.as_at,
        scenario=run.scenario_name,
        draws=run.draws,
        seed=run.seed,
        engine_version=run.engine_version,
        days=days,
        lines={line.key: line for line in lines},
        categories={pk: rank.category for pk, rank in labels.ranks.items()},
        unit_paths=labels.unit_paths,
    )


def _line(
    row: ProjectionLine, days: tuple[date, ...], labels: "Labels", budget: Mapping[str, Budget]
) -> OutlookLine:
    values = unpacked(row.series, len(SERIES))
    fans = fans_in(values)
    key = row.key
    name = key.of if key.kind is LineKind.CATEGORY else "" if key == FORCE_LINE else None
    return OutlookLine(
        key=key,
        label=labels.of(key),
        days=days,
        threshold=float(row.threshold_fte),
        establishment=values[0],
        chance=values[1],
        flows=flows_in(row.flows),
        budget=budget.get(name, ()) if isinstance(name, str) else (),
        **fans,
    )


def _budget_of(force: Force, days: tuple[date, ...]) -> dict[str, Budget]:
    """Funded FTE by worker category, and of the force ('') on days for which every category has one."""
    found: dict[str, dict[date, float]] = {}
    for line in BudgetLine.objects.of_force(force).filter(as_at__gte=days[0], as_at__lte=days[-1]):
        found.setdefault(line.category, {})[line.as_at] = float(line.funded_fte)
    totals = {
        day: sum(of_day[day] for of_day in found.values())
        for day in {each for of_day in found.values() for each in of_day}
        if all(day in of_day for of_day in found.values())
    }
    return {name: tuple(sorted(values.items())) for name, values in {**found, "": totals}.items()}


class Labels:
    """Words and order of lines: one query each for ranks, roles, locations and units."""

    def __init__(self, force: Force) -> None:
        self.force = force
        ranks = list(Rank.objects.for_force(force))
        self.ranks = {rank.pk: rank for rank in ranks}
        self._rank_order = {rank.pk: place for place, rank in enumerate(ranks)}
        self.roles = dict(Role.objects.of_force(force).values_list("pk", "name"))
        self.locations = dict(Location.objects.of_force(force).values_list("pk", "name"))
        units = list(Unit.objects.of_force(force).values_list("pk", "name", "path"))
        self.units = {pk: name for pk, name, _ in units}
        self.unit_paths = {
            pk: tuple(int(part) for part in path.strip("/").split("/")) for pk, _, path in units
        }

    def of(self, key: LineKey) -> str:
        """What a line is called."""
        if key.kind is LineKind.FORCE:
            return self.force.name
        if key.kind is LineKind.CATEGORY:
            return f"{WorkerCategory(key.of).label}s" if key.of != "staff" else "Police staff"
        if key.kind is LineKind.RANK:
            return self.ranks[key.of].name
        if key.kind is LineKind.UNIT:
            return self.units[key.of]
        return ", ".join(self._parts(key))

    def _parts(self, key: LineKey) -> list[str]:
        if isinstance(key.of, CellKey):
            ids = (key.of.rank_id, key.of.role_id, key.of.location_id)
            return [*self._place(*ids), self.units[key.of.unit_id]]
        return self._place(*key.of)

    def _place(self, rank: int, role: int, location: int) -> list[str]:
        return [self.ranks[rank].name, self.roles[role], self.locations[location]]

    def category_of(self, key: LineKey) -> str:
        """The worker category of a cell's, rank's or category's line, else ''."""
        if key.kind is LineKind.CATEGORY:
            return str(key.of)
        rank = {LineKind.RANK: key.of}.get(key.kind)
        if isinstance(key.of, CellKey):
            rank = key.of.rank_id
        elif key.kind is LineKind.RANK_ROLE_LOCATION:
            rank = key.of[0]
        return self.ranks[rank].category if rank else ""

    def order_of(self, key: LineKey) -> tuple:
        """Force, worker types, units by the tree, ranks from the top, then the rest by rank and name."""
        kinds = [
            LineKind.FORCE,
            LineKind.CATEGORY,
            LineKind.UNIT,
            LineKind.RANK,
            LineKind.RANK_ROLE_LOCATION,
            LineKind.CELL,
        ]
        place = kinds.index(key.kind)
        if key.kind is LineKind.UNIT:
            return (place, 0, [(self.units[up].casefold(), up) for up in self.unit_paths[key.of]])
        if key.kind is LineKind.RANK:
            return (place, self._rank_order[key.of], [])
        if key.kind in (LineKind.CELL, LineKind.RANK_ROLE_LOCATION):
            rank = key.of.rank_id if isinstance(key.of, CellKey) else key.of[0]
            return (place, self._rank_order[rank], [(part.casefold(), 0) for part in self._parts(key)])
        categories = list(WorkerCategory)
        return (place, categories.index(key.of) if key.of in categories else 0, [])
