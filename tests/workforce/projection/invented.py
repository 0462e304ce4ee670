"""Plans, a scenario and a finished projection of an invented force."""

from datetime import date
from decimal import Decimal
from typing import Any

from peelsite.forces.models import Force
from peelsite.jobs.models import Job
from tests import factories
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.projection.models import BackTest, ChangeKind, ProjectionRun, ScenarioChangeKind
from workforce.projection.selectors import Change
from workforce.projection.services import plan_replace
from workforce.projection.services.backtests import BACK_TEST_JOB
from workforce.projection.services.records import budget_create, intake_create, pool_create
from workforce.projection.services.runs import run_make, run_request
from workforce.projection.services.scenarios import assumption_set, difference_add, scenario_create

DRAWS = 100


def cell_of(post: Post) -> CellKey:
    return CellKey(
        rank_id=post.rank_id, role_id=post.role_id, location_id=post.location_id, unit_id=post.unit_id
    )


def projected(force: Force, day: date, **asked: Any) -> ProjectionRun:
    """A finished projection of few runs."""
    run, _ = run_request(force=force, as_at=day, draws=DRAWS, **asked)
    return run_make(run_id=run.pk)


def projection_rows(force: Force, post: Post, user: Any, day: date) -> dict[str, Any]:
    """One row of each kind, by the names that addresses give them; its words carry the force's name."""
    place = cell_of(post)
    scenario = scenario_create(force=force, name=f"{force.name} scenario")
    rows = {
        "intake": intake_create(
            force=force, name=f"{force.name} intake", starts_on=date(2017, 3, 1), places=[(place, 3)]
        ),
        "promotion-pool": pool_create(
            force=force,
            rank=factories.ranks_make()["SGT"],
            ready_on=date(2016, 6, 1),
            number=2,
            note=f"{force.name} pool",
        ),
        "budget-line": budget_create(
            force=force,
            as_at=date(2017, 3, 31),
            category=post.rank.category,
            funded_fte=Decimal(10),
            source=f"{force.name} plan",
        ),
        "assumption": assumption_set(
            force=force,
            code="promotion.every",
            value=Decimal(3),
            reason=f"{force.name} meets less often",
            day=day,
            user=user,
        ),
        "scenario": scenario,
        "scenario-change": difference_add(
            scenario=scenario,
            kind=ScenarioChangeKind.ESTABLISHMENT,
            starts_on=date(2016, 9, 1),
            fte=Decimal(2),
            **{f"{part}_id": getattr(post, f"{part}_id") for part in ("rank", "role", "location", "unit")},
        ),
        "planned-change": plan_replace(
            force=force,
            origin_kind="decision",
            origin_id=1,
            changes=[
                Change(
                    kind=ChangeKind.TRANSFEREE,
                    fte=Decimal(1),
                    on=date(2016, 8, 1),
                    to_cell=place,
                    words=f"{force.name} transferee",
                )
            ],
        )[0],
    }
    run = projected(force, day)
    back_test = BackTest.objects.create(force=force, as_at_days=["2015-03-31"], seed=1)
    Job.objects.create(force=force, kind=BACK_TEST_JOB, subject_id=back_test.pk, requested_by=user)
    return rows | {
        "projection": run,
        "projection-line": run.lines.first(),
        "back-test": back_test,
    }
