"""What the demonstration force means to do: intakes, promotion pools, budget figures and two scenarios.

All of it is invented, but the budgeted FTE of 31 March 2020, which are published (HMIC 2016, figure 4). It
changes no post and no posting, so that the published totals stay what the records add up to. Who has given
notice is part of the invented records of people.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction

from peelsite.forces.models import Force, WorkerCategory
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post, Rank
from workforce.establishment.selectors import gaps_by_cell
from workforce.projection.models import ScenarioChangeKind
from workforce.projection.services.backtests import back_test_request
from workforce.projection.services.records import budget_create, intake_create, pool_create
from workforce.projection.services.runs import run_make, run_request
from workforce.projection.services.scenarios import difference_add, scenario_create

# First day of the month, and places: about as many in four years as leave, less the posts that end.
OFFICER_INTAKES = [
    (date(2016, 6, 1), 36),
    (date(2016, 10, 1), 36),
    (date(2017, 2, 1), 32),
    (date(2017, 6, 1), 32),
    (date(2017, 10, 1), 32),
    (date(2018, 2, 1), 30),
    (date(2018, 6, 1), 30),
    (date(2018, 10, 1), 30),
    (date(2019, 3, 1), 30),
    (date(2019, 9, 1), 30),
]
PCSO_INTAKES = [(date(2016, 9, 1), 8), (date(2017, 9, 1), 8)]
POOLS = [
    ("SGT", date(2016, 3, 1), 24),
    ("SGT", date(2017, 3, 1), 36),
    ("SGT", date(2018, 3, 1), 36),
    ("SGT", date(2019, 3, 1), 36),
    ("INSP", date(2016, 3, 1), 11),
    ("INSP", date(2017, 9, 1), 18),
    ("INSP", date(2019, 3, 1), 14),
]
# Staff and designated officers are published together, 1,288; the split is invented.
BUDGET_DAY = date(2020, 3, 31)
BUDGETED = [
    (WorkerCategory.OFFICER, Decimal(1896)),
    (WorkerCategory.STAFF, Decimal("1103.8")),
    (WorkerCategory.DESIGNATED, Decimal("184.2")),
    (WorkerCategory.PCSO, Decimal(229)),
]
MOST_PLACES = 6


@transaction.atomic
def projection_load(*, force: Force) -> None:
    """Write the plans, budget and scenarios, and project them."""
    for category, name, intakes, months in (
        (WorkerCategory.OFFICER, "Officers' intake", OFFICER_INTAKES, 9),
        (WorkerCategory.PCSO, "PCSOs' intake", PCSO_INTAKES, 4),
    ):
        cells = _shortest(force, category)
        for starts_on, number in intakes:
            intake_create(
                force=force,
                name=f"{name}, {starts_on:%B %Y}",
                starts_on=starts_on,
                places=_spread(cells, number),
                months_to_patrol=months,
            )
    for code, ready_on, number in POOLS:
        rank = Rank.objects.get(force=None, code=code)
        pool_create(force=force, rank=rank, ready_on=ready_on, number=number, note="Invented.")
    for category, fte in BUDGETED:
        budget_create(
            force=force,
            as_at=BUDGET_DAY,
            category=category,
            funded_fte=fte,
            source="HMIC, PEEL: police efficiency 2016, figure 4; staff split by invention",
        )
    _scenarios(force)
    projections_ask(force=force)


@transaction.atomic
def projections_ask(*, force: Force) -> None:
    """Make the projection of the plan now, as the next board reads it; queue its scenarios and a back-test.

    The first worker that runs finds what is queued.
    """
    run, _ = run_request(force=force)
    run_make(run_id=run.pk)
    for scenario in force.scenarios.all():
        run_request(force=force, scenario=scenario)
    back_test_request(force=force)


def _shortest(force: Force, category: str) -> list[CellKey]:
    """The cells of the lowest rank of a worker type that are shortest of people, else its largest."""
    ranks = Rank.objects.for_force(force).filter(category=category).order_by("order")
    lowest = ranks[0].pk
    short = [
        gap.key
        for gap in gaps_by_cell(force, force.opening_day)
        if gap.key.rank_id == lowest and gap.gap_fte > 0
    ]
    if len(short) >= MOST_PLACES:
        return short[:MOST_PLACES]
    post = Post.objects.of_force(force).as_at(force.opening_day).filter(rank=lowest).first()
    rest = CellKey(rank_id=lowest, role_id=post.role_id, location_id=post.location_id, unit_id=post.unit_id)
    return list(dict.fromkeys([*short, rest]))


def _spread(cells: list[CellKey], number: int) -> list[tuple[CellKey, int]]:
    """As evenly as whole people go, the first cells one more."""
    each, over = divmod(number, len(cells))
    return [(cell, each + (place < over)) for place, cell in enumerate(cells) if each + (place < over) > 0]


def _scenarios(force: Force) -> None:
    cell = _shortest(force, WorkerCategory.OFFICER)[0]
    extra = scenario_create(
        force=force,
        name="An extra intake in March 2017",
        description="Whether 24 more recruits for the team that is shortest close its gap.",
    )
    difference_add(
        scenario=extra,
        kind=ScenarioChangeKind.INTAKE,
        starts_on=date(2017, 3, 1),
        number=24,
        rank_id=cell.rank_id,
        role_id=cell.role_id,
        location_id=cell.location_id,
        unit_id=cell.unit_id,
    )
    pause = scenario_create(
        force=force,
        name="A pause in promotion",
        description="What a year without promotions would do to sergeants and inspectors.",
    )
    difference_add(
        scenario=pause,
        kind=ScenarioChangeKind.PROMOTION_PAUSE,
        starts_on=date(2016, 6, 1),
        ends_on=date(2017, 5, 1),
    )
