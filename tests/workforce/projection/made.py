"""Invented forces for tests and benchmarks of the projection, of any size."""

from datetime import date

import numpy as np

from workforce.establishment.calc import CellKey
from workforce.projection.calc.inputs import (
    LEAVING,
    Inputs,
    Intake,
    People,
    Promotion,
    Rates,
    Recruitment,
)
from workforce.projection.calc.lines import standard_lines

OFFICER, STAFF, PCSO = range(3)
CATEGORIES = ("officer", "staff", "pcso")
# Officers' ranks from the bottom, staff and PCSOs behind, with their shares of the people.
RANKS = (0.475, 0.086, 0.028, 0.008, 0.003)
RANK_CATEGORY = [OFFICER] * 5 + [STAFF] * 4 + [PCSO]
SHARES = (*RANKS, 0.15, 0.1, 0.06, 0.03, 0.06)
BANDS = np.array([0, 12, 24, 36, 48, 60, 120, 180, 240, 300, 360])
OFFICER_YEARLY = (0.12, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.03, 0.05, 0.2, 0.35)
STAFF_YEARLY = (0.16, 0.14, 0.12, 0.11, 0.1, 0.08, 0.07, 0.06, 0.06, 0.08, 0.15)


def nobody() -> People:
    return people_of(
        cell=np.zeros(0, np.int64), category=np.zeros(0, np.int64), service=np.zeros(0, np.int64)
    )


def people_of(*, cell, category, service, fte=None, **others) -> People:
    """People in their own cells, in full service, but for what is named."""
    number = len(cell)

    def whole(value=0):
        return np.full(number, value, np.int64)

    values = {
        "cell": cell,
        "home_cell": cell,
        "home_month": whole(),
        "fte": np.ones(number) if fte is None else fte,
        "category": category,
        "service": service,
        "in_rank": service // 2,
        "leave_month": whole(),
        "leave_kind": whole(),
        "arrive_month": whole(),
        "arrive_chance": np.ones(number),
        "away_open": np.zeros(number, np.bool_),
        "absent": np.zeros(number, np.bool_),
        "absent_to": whole(),
        "limited": np.zeros(number, np.bool_),
        "limited_to": whole(),
        "independent_month": whole(),
    }
    return People(**{**values, **others})


def rates_of(categories=3, seen=60.0, shock_sd=0.1, scale=1.0, spells=True, **others) -> Rates:
    """Two-humped hazards a month, by kind: mostly resignations early and retirements late."""
    yearly = np.array([OFFICER_YEARLY, STAFF_YEARLY, STAFF_YEARLY][:categories])
    late = (BANDS >= 300)[None, :, None]
    kinds = np.zeros(len(LEAVING))
    kinds[[0, 1, 2, 3, 4, 5, 6]] = (0.72, 0.05, 0.02, 0.12, 0.05, 0.02, 0.02)
    old = np.zeros(len(LEAVING))
    old[[0, 1, 2]] = (0.06, 0.9, 0.04)
    share = np.where(late, old, kinds)
    each = np.ones(categories)
    values = {
        "band_starts": BANDS,
        "leaving": -np.log1p(-yearly)[:, :, None] / 12 * share * scale,
        "leaving_seen": np.full(yearly.shape, seen),
        "shock_sd": each * shock_sd,
        "shock_persistence": 0.5,
        "absence": each * (0.004 if spells else 0.0),
        "absence_end": each * 0.25,
        "absence_seen": each * 100.0,
        "limited": each * (0.006 if spells else 0.0),
        "limited_end": each * 0.15,
        "limited_seen": each * 100.0,
        "return_rate": 0.05,
    }
    return Rates(**{**values, **others})


def made_force(number=3400, cells=300, months=48, seed=7) -> Inputs:
    """A force of `number` people in `cells` cells with everything the projection knows of."""
    rng = np.random.default_rng(seed)
    per_rank = np.maximum(1, np.round(np.array(SHARES) * cells * 0.8 + 4 * (cells >= 60))).astype(int)
    cell_rank = np.repeat(np.arange(len(SHARES)), per_rank)
    total = len(cell_rank)
    keys = tuple(
        CellKey(rank_id=int(rank), role_id=index % 70, location_id=index % 11, unit_id=index % 80)
        for index, rank in enumerate(cell_rank)
    )
    weight = rng.gamma(1.2, size=total)
    weight *= np.array(SHARES)[cell_rank] / np.bincount(cell_rank, weights=weight)[cell_rank]
    cell = np.sort(rng.choice(total, number, p=weight / weight.sum()))
    category = np.array(RANK_CATEGORY)[cell_rank[cell]]
    fte = np.where(rng.random(number) < 0.12, rng.choice([0.5, 0.6, 0.8], number), 1.0)
    rank = np.where(category == OFFICER, cell_rank[cell], 0)
    service = np.maximum(rng.integers(0, 372, number), rank * 48)
    posts = np.bincount(cell, weights=fte, minlength=total).round() + rng.integers(0, 3, total)
    away = {name: np.zeros(number, np.int64) for name in ("home_month", "arrive_month", "leave_month")}
    away["leave_month"][rng.choice(number, number // 150, replace=False)] = rng.integers(1, 6, number // 150)
    home = cell.copy()
    sergeants = np.flatnonzero(rank == 1)[: number // 300]
    home[sergeants] = np.flatnonzero(cell_rank == 0)[0]
    away["home_month"][sergeants] = rng.integers(2, 12, len(sergeants))
    at = cell.copy()
    out = rng.choice(np.flatnonzero(rank == 0), max(1, number // 300), replace=False)
    at[out] = -1
    away["arrive_month"][out] = rng.integers(1, 18, len(out))
    people = people_of(
        cell=at,
        category=category,
        service=service,
        fte=fte,
        home_cell=home,
        absent=rng.random(number) < 0.03,
        limited=rng.random(number) < 0.04,
        independent_month=np.where((category == OFFICER) & (service < 24), 25 - service, 0),
        **away,
    )
    by_rank = [tuple(np.flatnonzero(cell_rank == rank).tolist()) for rank in range(len(SHARES))]
    yearly = round(number * 0.6 * 0.075)
    return Inputs(
        day=date(2016, 3, 31),
        months=months,
        cells=keys,
        categories=CATEGORIES,
        cell_category=np.array(RANK_CATEGORY)[cell_rank],
        establishment=np.tile(posts, (months + 1, 1)),
        lines=standard_lines(
            keys,
            {unit: (1000 + unit // 20, 2000 + unit // 5, unit) for unit in range(80)},
            {rank: CATEGORIES[RANK_CATEGORY[rank]] for rank in range(len(SHARES))},
        ),
        people=people,
        rates=rates_of(),
        board_months=tuple(range(2, months + 1, 2)),
        intakes=tuple(
            Intake(
                key=f"month {month}",
                month=month,
                seats=max(1, yearly // 4),
                category=OFFICER,
                cells=by_rank[0],
                show=0.93,
                show_seen=80,
                training_cell=by_rank[0][0],
                training_months=8,
                independent_after=24,
            )
            for month in range(2, months + 1, 3)
        ),
        promotions=tuple(
            Promotion(
                key=f"to rank {rank}",
                to_cells=by_rank[rank],
                from_cells=by_rank[rank - 1],
                share=0.8,
                least_service=36 + 24 * (rank - 1),
                least_in_rank=24,
            )
            for rank in range(4, 0, -1)
        ),
        recruitment=(
            Recruitment(key="staff", cells=sum(by_rank[5:9], ()), category=STAFF, rate=0.3),
            Recruitment(key="pcso", cells=by_rank[9], category=PCSO, rate=0.2),
        ),
        threshold=2.0,
        not_independent_share=0.5,
        limited_share=0.5,
    )
