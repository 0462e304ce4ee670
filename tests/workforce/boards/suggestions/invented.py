"""An invented force in which there is something to plan, and small problems for the calculations.

Custody at Watchford needs three sergeants. The sergeants of the control room, at the same place, are two over
establishment; those of roads policing, at another place, are at it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from peelsite.forces.models import Location
from peelsite.jobs.models import Job
from tests import factories
from tests.workforce.boards.invented import DAY, World
from workforce.boards.suggestions.calc.problem import Facts, Group, Need, PlanCell, Weighing
from workforce.boards.suggestions.models import CivilianRole, FillChance, FillPlan, RoleWeight
from workforce.boards.suggestions.models.rules import cell_columns
from workforce.boards.suggestions.services import plan_make, rule_add, settings_change, weight_set
from workforce.boards.suggestions.tasks import AHEAD_JOB
from workforce.establishment.calc import CellKey

LONG_AGO = date(2015, 1, 5)


def cell_filled(world: World, name: str, *, posts: int, people: int, place: Location | None = None) -> None:
    """Sergeants' posts of a new unit and role, people in them for years; those beyond the posts as well."""
    force = world.force
    unit = factories.unit_make(force, name, parent=world.custody.parent)
    role = factories.role_make(force, name)
    place = place or world.posts["B-1"].location
    made = [
        factories.post_make(
            force, f"{name[:3].upper()}-{number}", rank="SGT", unit=unit, role=role, location=place
        )
        for number in range(posts)
    ]
    for number in range(people):
        person = factories.person_make(force, family_name=f"{name} {number}")
        factories.posting_make(person, made[min(number, posts - 1)], is_supernumerary=number >= posts)


def planned(world: World) -> World:
    """The force with the two donors and no transferees, its pack published."""
    cell_filled(world, "Control room", posts=10, people=12)
    cell_filled(
        world, "Roads policing", posts=10, people=10, place=factories.location_make(world.force, "Hertley")
    )
    settings_change(
        force=world.force, starts_on=LONG_AGO, values={"transferees": 0}, reason="None are wanted this year."
    )
    world.publish()
    return world


def suggestion_rows(world: World) -> dict[str, Any]:
    """One row of each kind, for the walk through every address: one more post is vacant."""
    force, user, like = world.force, world.hr, world.posts["B-1"]
    factories.post_make(
        force, f"{force.name}-V", rank="SGT", unit=like.unit, role=like.role, location=like.location
    )
    plan: FillPlan = plan_make(board=world.board, user=user)
    move = plan.moves.select_related("plan__board__force", "need").first()
    reason = f"Agreed in {force.name}"
    FillChance.objects.create(plan=plan, before=0.5, after=0.2, **cell_columns("cell", plan.needs.get().cell))
    Job.objects.create(
        force=force,
        kind=AHEAD_JOB,
        subject_id=world.board.pk,
        state="failed",
        error="Nothing is projected.",
        finished_at=plan.made_at,
        requested_by=user,
    )
    return {
        "fill-plan": plan,
        "fill-move": move,
        "move-rule": rule_add(move=move, kind="forbid", reason=reason, user=user),
        "suggestion-settings": settings_change(force=force, starts_on=DAY, values={}, reason=reason),
        "role-weight": weight_set(
            force=force,
            role=force.roles.first(),
            starts_on=DAY,
            weight=RoleWeight._meta.get_field("weight").to_python("1.5"),
            reason=reason,
        ),
        "civilian-role": CivilianRole.objects.create(
            force=force,
            rank=factories.ranks_make()["SGT"],
            role=force.roles.first(),
            staff_rank=factories.rank_make(force, f"{force.name}-S", category="staff"),
            reason=reason,
        ),
    }


def key(number: int, *, rank: int = 2, role: int = 1, place: int = 1) -> CellKey:
    return CellKey(rank_id=rank, role_id=role, location_id=place, unit_id=number)


def cell(
    number: int,
    *,
    posts: float,
    people: float,
    minimum: float = 0.0,
    groups: tuple[Group, ...] | None = None,
    fits: frozenset[CellKey] = frozenset(),
    weight: float = 1.0,
    rank: int = 2,
    role: int = 1,
    place: int = 1,
    category: str = "officer",
    boards: int = 1,
) -> PlanCell:
    """A cell; unless told otherwise everybody in it is full-time and may be moved."""
    if groups is None:
        groups = (Group(fte=1.0, heads=int(people), fits=fits),) if people >= 1 else ()
    return PlanCell(
        key=key(number, rank=rank, role=role, place=place),
        label=f"Cell {number}",
        rank=f"Rank {rank}",
        unit=f"Unit {number}",
        category=category,
        rank_order=rank,
        establishment=(float(posts),) * boards,
        strength=(float(people),) * boards,
        minimum=float(minimum),
        weight=weight,
        groups=groups,
    )


def facts(
    cells: list[PlanCell], needs: Mapping[CellKey, float], *, priority: float = 1.0, **more: Any
) -> Facts:
    """Facts of these cells, needs and, unless told otherwise, no source but the cells."""
    boards = more.get("boards", 1)
    more.setdefault("weighing", Weighing(transferees=0, budget=0.0, first_priority=1.0))
    return Facts(
        cells={each.key: each for each in cells},
        needs=tuple(
            Need(cell=each, label=f"Need of {each.unit_id}", fte=(float(fte),) * boards, priority=priority)
            for each, fte in needs.items()
        ),
        **more,
    )
