"""Making projections: asked for, then made once by a job that may be killed and run again."""

import logging
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from workforce.establishment.calc import CellKey
from workforce.projection.calc.engine import simulate
from workforce.projection.calc.inputs import LineKey, LineKind
from workforce.projection.calc.results import MODEL_VERSION, Result
from workforce.projection.models import ProjectionLine, ProjectionRun, Scenario
from workforce.projection.selectors.differences import differences_in_words
from workforce.projection.selectors.figures import figures_of
from workforce.projection.selectors.inputs import MONTHS, Basis, basis_of, decimal
from workforce.projection.selectors.reading import assumptions_set
from workforce.projection.selectors.series import flows_of, series_of

logger = logging.getLogger(__name__)

RUN_JOB = "projection.run"
DRAWS = 1000
SEED = 1
#: Runs of the plan that were superseded are kept so long; the last one of each month is kept for good.
KEPT_DAYS = 60


@transaction.atomic
def run_request(
    *,
    force: Force,
    as_at: date | None = None,
    scenario: Scenario | None = None,
    requested_by: Any = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[ProjectionRun, Job]:
    """Ask for a projection from a day (default: the force's opening day), of the plan or of a scenario.

    The caller enqueues the job after commit. While one of the same day and scenario waits or runs, it is that
    one. Raises ValidationError for a day that has not come, or draws outside 100 to 5,000.
    """
    today = max(timezone.localdate(), opening_day(force))
    as_at = as_at or opening_day(force)
    if as_at > today:
        raise ValidationError({"as_at": f"{as_at:%-d %B %Y} has not come yet: choose a day up to today."})
    if not 100 <= draws <= 5000:
        raise ValidationError({"draws": "Choose from 100 to 5,000 runs."})
    # Of two who ask at once, the second waits here and gets the first one's run.
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    run = (
        ProjectionRun.objects.of_force(force)
        .filter(as_at=as_at, scenario=scenario, is_of_plan=scenario is None, seed=seed, draws=draws)
        .filter(done_at__isnull=True)
        .first()
    )
    if run is None:
        run = ProjectionRun.objects.create(
            force=force,
            as_at=as_at,
            scenario=scenario,
            is_of_plan=scenario is None,
            scenario_name=scenario.name if scenario else "",
            months=MONTHS,
            draws=draws,
            seed=seed,
            threshold_fte=decimal(figures_of(assumptions_set(force))["threshold.fte"]),
            requested_by=requested_by,
        )
    job = job_queue(kind=RUN_JOB, subject_id=run.pk, force=force, requested_by=requested_by, total=4)
    return run, job


@transaction.atomic
def run_make(*, run_id: int, note: Any = None) -> ProjectionRun:
    """Read, project and store; a finished run is returned as it is. `note(done, words)` is told of each step.

    Run, lines and the moment it was done are one transaction: killed, it leaves nothing, and run twice it is
    made once.
    """
    note = note or (lambda done, words: None)
    run = ProjectionRun.objects.select_for_update(of=("self",)).select_related("force").get(pk=run_id)
    if run.done_at is not None:
        return run
    if not run.is_of_plan and run.scenario_id is None:
        raise ValidationError("The scenario of this projection was removed before it was made.")
    differences = list(run.scenario.changes.with_labels()) if run.scenario_id else []
    steps = _Steps()
    note(1, "Reading posts, people and plans")
    basis = basis_of(run.force, run.as_at, differences=differences, months=run.months)
    steps.took("read")
    if not basis.inputs.cells:
        raise ValidationError(
            f"{run.force} has no posts on {run.as_at:%-d %B %Y}: there is nothing to project."
        )
    note(2, f"Projecting {run.months} months in {run.draws:,} runs")
    result = simulate(basis.inputs, runs=run.draws, seed=run.seed)
    steps.took("simulate")
    note(3, "Keeping the figures")
    lines_write(run, result, basis)
    run.engine_version = MODEL_VERSION
    run.inputs_digest = basis.digest
    run.assumptions = basis.assumed.kept()
    run.changes = differences_in_words(differences)
    steps.took("store")
    run.facts = {
        "seconds": steps.seconds,
        "people": len(basis.inputs.people),
        "cells": len(basis.inputs.cells),
        "lines": len(basis.inputs.lines),
    }
    run.done_at = timezone.now()
    run.save()
    return run


class _Steps:
    """Seconds of each step since the one before."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def took(self, name: str) -> None:
        now = perf_counter()
        self.seconds[name] = round(now - self._last, 3)
        self._last = now


def lines_write(run: ProjectionRun, result: Result, basis: Basis) -> None:
    """The lines of a run, in the order of the engine. One statement for each 500."""
    thresholds = basis.inputs.thresholds
    ProjectionLine.objects.bulk_create(
        (
            ProjectionLine(
                run=run,
                kind=key.kind.value,
                threshold_fte=decimal(thresholds.get(key, basis.inputs.threshold)),
                series=series_of(result, key),
                flows=flows_of(result, key),
                **_columns(key),
            )
            for key in result.lines
        ),
        batch_size=500,
    )


def _columns(key: LineKey) -> dict[str, Any]:
    if isinstance(key.of, CellKey):
        of = key.of
        return {
            "rank_id": of.rank_id,
            "role_id": of.role_id,
            "location_id": of.location_id,
            "unit_id": of.unit_id,
        }
    if key.kind is LineKind.RANK_ROLE_LOCATION:
        return dict(zip(("rank_id", "role_id", "location_id"), key.of, strict=True))
    names = {LineKind.UNIT: "unit_id", LineKind.RANK: "rank_id", LineKind.CATEGORY: "category"}
    return {names[key.kind]: key.of} if key.kind in names else {}


@transaction.atomic
def runs_purge(*, force: Force, today: date) -> int:
    """Remove superseded runs of more than KEPT_DAYS; how many.

    Kept for good: the newest of the plan, the last one of each month, and the newest of each scenario. A run
    that is not done and whose job is gone goes too.
    """
    old = ProjectionRun.objects.of_force(force).filter(
        requested_at__date__lt=today - timedelta(days=KEPT_DAYS)
    )
    newest: dict[tuple, int] = {}
    for run in ProjectionRun.objects.of_force(force).done().order_by("done_at", "pk"):
        newest[run.scenario_name, run.as_at.year, run.as_at.month] = run.pk
        newest[run.scenario_name, "newest"] = run.pk
    going = list(old.exclude(pk__in=newest.values()).values_list("pk", flat=True))
    if going:
        with connection.cursor() as cursor:
            # The run first: its lines may not go while it stands.
            cursor.execute("DELETE FROM workforce_projectionrun WHERE id = ANY(%s)", [going])
            cursor.execute("DELETE FROM workforce_projectionline WHERE run_id = ANY(%s)", [going])
    return len(going)
