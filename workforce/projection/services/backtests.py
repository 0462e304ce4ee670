"""Back-tests: projections of past days, held against what came; made by a job and kept."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from workforce.projection.calc.backtest import Case, backtest
from workforce.projection.models import BackTest
from workforce.projection.selectors.backtests import HORIZONS, origin_of, origins_possible
from workforce.projection.selectors.inputs import MONTHS
from workforce.projection.selectors.runs import Labels

BACK_TEST_JOB = "projection.back_test"


@transaction.atomic
def back_test_request(*, force: Force, requested_by: Any = None) -> tuple[BackTest, Job]:
    """Ask for a back-test from every 31 March that has a year of history before it and a year behind it.

    The caller enqueues the job after commit. Raises ValidationError when there is no such day.
    """
    days = origins_possible(force, opening_day(force))
    if not days:
        raise ValidationError(
            "The records do not go back far enough: a back-test needs a year of recorded leavers before its "
            "day, and a year after it."
        )
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    test = BackTest.objects.of_force(force).filter(done_at__isnull=True).first()
    if test is None:
        test = BackTest.objects.create(
            force=force,
            as_at_days=[day.isoformat() for day in days],
            seed=1,
            draws=1000,
            requested_by=requested_by,
        )
    job = job_queue(
        kind=BACK_TEST_JOB,
        subject_id=test.pk,
        force=force,
        requested_by=requested_by,
        total=len(days) + 1,
    )
    return test, job


@transaction.atomic
def back_test_make(*, back_test_id: int, note: Any = None) -> BackTest:
    """Read each day, project it and compare; a finished back-test is returned as it is."""
    note = note or (lambda done, words: None)
    test = BackTest.objects.select_for_update(of=("self",)).select_related("force").get(pk=back_test_id)
    if test.done_at is not None:
        return test
    today = opening_day(test.force)
    days = [day for day in origins_possible(test.force, today) if day.isoformat() in test.as_at_days]
    origins = []
    for number, day in enumerate(days):
        note(number, f"Reading the records as at {day:%-d %B %Y}")
        origins.append(origin_of(test.force, day, today, MONTHS)[0])
    note(len(days), f"Projecting {len(days)} past days and comparing")
    found = backtest(origins, horizons=HORIZONS, runs=test.draws, seed=test.seed)
    labels = Labels(test.force)
    test.rows = [_case(case, labels, days) for case in found.cases]
    test.summary = {
        "today": today.isoformat(),
        "scores": [asdict(score) | {"kind": score.kind.value} for score in found.scores],
    }
    test.engine_version = found.version
    test.done_at = timezone.now()
    test.save()
    return test


def _case(case: Case, labels: Labels, days: list) -> dict[str, Any]:
    return {
        "kind": case.key.kind.value,
        "line": labels.of(case.key),
        "as_at": days[case.origin].isoformat(),
        "months": case.months,
        "p10": round(case.p10, 4),
        "p50": round(case.p50, 4),
        "p90": round(case.p90, 4),
        "actual": round(case.actual, 4),
        "start": round(case.start, 4),
        "inside": case.is_inside,
    }
