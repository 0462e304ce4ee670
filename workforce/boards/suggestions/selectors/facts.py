"""What the plan of one board is made from: its agenda, the cells, the settings, what people hold fast."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import floor

from django.db.models import Sum

from peelsite.forces.models import Force
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.models import Decision, DecisionKind, PostToFill, ToFillState
from workforce.boards.matching.selectors import minimum_strengths
from workforce.boards.meetings.calc import months_after
from workforce.boards.meetings.models import Board
from workforce.boards.suggestions.calc.problem import (
    SMALL,
    CivilianPair,
    Facts,
    Forbidden,
    Intake,
    Need,
    Pin,
    PlanCell,
    Source,
)
from workforce.boards.suggestions.models import (
    CivilianRole,
    MoveRule,
    RoleWeight,
    RuleKind,
    SuggestionSettings,
)
from workforce.boards.suggestions.selectors.cells import CellRead, cells_on, groups_in
from workforce.establishment.calc import CellKey
from workforce.projection.models import Intake as PlannedIntake
from workforce.projection.models import PromotionPool
from workforce.travel.selectors import minutes_between


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The facts of a plan, with what they were read for. `items` are those whose cell has a need."""

    facts: Facts
    board: Board
    settings: SuggestionSettings
    items: Mapping[CellKey, AgendaItem]
    boards_on: tuple[date, ...]
    # FTE decided on already, of the items' gaps; the plan does not ask for it again.
    decided_fte: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Background:
    """What does not depend on the needs: settings, places, minimums, pools."""

    settings: SuggestionSettings
    weights: Mapping[int, float]
    minutes: Mapping[tuple[int, int], int]
    minimums: Mapping[tuple[int, int | None], float]
    pairs: tuple[CivilianPair, ...]
    pools: Mapping[int, tuple[int, ...]]


def background_of(force: Force, day: date, boards_on: tuple[date, ...]) -> Background:
    """Seven queries."""
    pairs = CivilianRole.objects.of_force(force).select_related("staff_rank")
    pools: dict[int, list[tuple[date, int]]] = {}
    for rank, ready, number in (
        PromotionPool.objects.of_force(force).order_by().values_list("rank_id", "ready_on", "number")
    ):
        pools.setdefault(rank, []).append((ready, number))
    return Background(
        settings=SuggestionSettings.objects.on(force, day),
        weights=RoleWeight.objects.on(force, day),
        minutes=minutes_between(force),
        minimums={key: float(fte) for key, fte in minimum_strengths(force, day).items()},
        pairs=tuple(
            CivilianPair(
                rank_id=pair.rank_id,
                role_id=pair.role_id,
                staff_rank_id=pair.staff_rank_id,
                staff_rank=pair.staff_rank.name,
            )
            for pair in pairs
        ),
        pools={
            rank: tuple(sum(number for ready, number in rows if ready <= on) for on in boards_on)
            for rank, rows in pools.items()
        },
    )


def facts_of(board: Board) -> Asked:
    """The facts of a board's plan, from the figures of its pack day. About twenty-five queries."""
    day, force = board.pack_on, board.force
    boards_on = (board.held_on,)
    background = background_of(force, day, boards_on)
    cells = cells_on(force, day)
    asking = [
        item
        for item in board.items.on_agenda().select_related("board")
        if item.has_cell and item.cell in cells
    ]
    decided = decided_fte(board, day)
    needs, items, spoken_for = [], {}, 0.0
    for place, item in enumerate(asking):
        cell = cells[item.cell]
        gap = max(0.0, cell.establishment - cell.strength)
        left = max(0.0, gap - decided.get(item.cell, 0.0))
        spoken_for += gap - left
        if left > SMALL:
            priority = priority_of(place, len(asking), float(background.settings.first_priority))
            needs.append(Need(cell=item.cell, label=item.title, fte=(round(left, 4),), priority=priority))
            items[item.cell] = item
    groups = groups_in(cells, [need.cell for need in needs], day)
    pins, forbidden = rules_of(board)
    facts = Facts(
        cells={
            key: plan_cell(cell, background, groups[key], (cell.establishment,), (cell.strength,))
            for key, cell in cells.items()
        },
        needs=tuple(needs),
        weighing=background.settings.weighing,
        minutes=background.minutes,
        intakes=intakes_of(force, board.held_on, background.settings.intake_months),
        pairs=background.pairs,
        pins=pins,
        forbidden=forbidden,
        unit_minimums=background.minimums,
        pools=background.pools,
        location_names={cell.key.location_id: cell.location for cell in cells.values()},
        rank_names={cell.key.rank_id: cell.rank for cell in cells.values()},
    )
    return Asked(
        facts=facts,
        board=board,
        settings=background.settings,
        items=items,
        boards_on=boards_on,
        decided_fte=spoken_for,
    )


def plan_cell(
    cell: CellRead,
    background: Background,
    groups: tuple,
    establishment: tuple[float, ...],
    strength: tuple[float, ...],
) -> PlanCell:
    return PlanCell(
        key=cell.key,
        label=cell.label,
        rank=cell.rank,
        unit=cell.unit,
        category=cell.category,
        rank_order=cell.rank_order,
        establishment=tuple(round(fte, 4) for fte in establishment),
        strength=tuple(round(fte, 4) for fte in strength),
        minimum=round(float(background.settings.minimum_share) * cell.establishment, 4),
        weight=background.weights.get(cell.key.role_id, 1.0),
        groups=groups,
    )


def priority_of(place: int, count: int, first: float) -> float:
    """The weight of an item at a place of the agenda: the first the most, the last 1, in equal steps."""
    return first if count < 2 else first - (first - 1) * place / (count - 1)


def decided_fte(board: Board, day: date) -> dict[CellKey, float]:
    """FTE of each cell that is decided on and not there yet: posts that wait, and holds and deletions.

    Posts that wait for a person, or whose person comes after the pack day, count whichever board asked for
    them; what is held, deleted or re-profiled counts of this board alone. Two queries.
    """
    parts = ("rank_id", "role_id", "location_id", "unit_id")
    found: dict[CellKey, float] = {}
    for prefix, rows, fte in (
        (
            "post__",
            PostToFill.objects.of_force(board.force).filter(state=ToFillState.WAITING)
            | PostToFill.objects.of_force(board.force).filter(
                state=ToFillState.MATCHED, posting__during__startswith__gt=day
            ),
            "post__fte",
        ),
        (
            "item__",
            Decision.objects.of_board(board).filter(
                kind__in=[DecisionKind.HOLD, DecisionKind.DELETE, DecisionKind.REPROFILE],
                item__rank__isnull=False,
            ),
            "fte",
        ),
    ):
        names = [f"{prefix}{part}" for part in parts]
        for row in rows.order_by().values(*names).annotate(total=Sum(fte)):
            key = CellKey(**{part: row[name] for part, name in zip(parts, names, strict=True)})
            found[key] = found.get(key, 0.0) + float(row["total"])
    return found


def intakes_of(force: Force, held_on: date, months: int) -> tuple[Intake, ...]:
    """Planned intakes that start within some months of a board, less those who may not come. Five queries."""
    rows = (
        PlannedIntake.objects.of_force(force)
        .filter(starts_on__gte=held_on.replace(day=1), starts_on__lt=months_after(held_on, months))
        .with_places()
    )
    return tuple(
        Intake(
            key=str(row.pk),
            label=f"{row.name}, {row.starts_on:%B %Y}",
            rank_id=row.rank_id,
            places=floor(row.number * row.show_rate),
            planned={
                CellKey(
                    rank_id=row.rank_id,
                    role_id=place.role_id,
                    location_id=place.location_id,
                    unit_id=place.unit_id,
                ): place.number
                for place in row.places.all()
            },
        )
        for row in rows
    )


def rules_of(board: Board) -> tuple[tuple[Pin, ...], tuple[Forbidden, ...]]:
    """What people hold fast for a board's plan. One query."""
    pins, forbidden = [], []
    for rule in MoveRule.objects.filter(board=board).holding():
        source = Source(rule.source) if rule.source else None
        if rule.kind == RuleKind.PIN:
            pins.append(Pin(key=rule.pk, source=source, donor=rule.donor, need=rule.need, heads=rule.heads))
        else:
            forbidden.append(Forbidden(key=rule.pk, donor=rule.donor, need=rule.need, source=source))
    return tuple(pins), tuple(forbidden)
