"""Which ways there are to fill each need, and what limits them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from workforce.boards.suggestions.calc.problem import (
    FROM_A_CELL,
    SMALL,
    Costs,
    Facts,
    Limit,
    LimitKind,
    Need,
    Option,
    PlanCell,
    Problem,
    Source,
)
from workforce.establishment.calc import CellKey

OFFICER = "officer"
# Who may come from an agency: grades of staff.
STAFF = ("staff",)


def key_order(key: CellKey) -> tuple[int, int, int, int]:
    return (key.rank_id, key.role_id, key.location_id, key.unit_id)


def problem_of(facts: Facts) -> Problem:
    """The options in a fixed order (need, board, source, donor), so that the same facts give one plan."""
    options = tuple(
        option
        for place, need in enumerate(facts.needs)
        for board in range(facts.boards)
        if need.fte[board] > SMALL
        for option in _options(facts, place, need, board)
        if not any(each.covers(option.source, option.donor, need.cell) for each in facts.forbidden)
    )
    return Problem(facts=facts, options=options, limits=tuple(_limits(facts, options)))


def _options(facts: Facts, place: int, need: Need, board: int) -> Iterator[Option]:
    cell = facts.cells[need.cell]
    for key in sorted(facts.cells, key=key_order):
        donor = facts.cells[key]
        source = _source_from(donor, cell)
        if source is not None and key != need.cell:
            yield from _from_cell(facts, place, board, donor, cell, source)
        if _may_act(donor, cell):
            yield from _from_cell(facts, place, board, donor, cell, Source.ACTING)
    yield from _from_outside(facts, place, need, board, cell)


def _source_from(donor: PlanCell, cell: PlanCell) -> Source | None:
    """A move within a rank, or a promotion from the rank below it in the same type of worker."""
    if donor.key.rank_id == cell.key.rank_id:
        return Source.MOVE
    if donor.category == cell.category == OFFICER and donor.rank_order == cell.rank_order - 1:
        return Source.PROMOTION
    return None


def _may_act(donor: PlanCell, cell: PlanCell) -> bool:
    """Acting is for officers, one rank up, where they work already: the same role at the same place."""
    return (
        donor.category == cell.category == OFFICER
        and donor.rank_order == cell.rank_order - 1
        and donor.key.location_id == cell.key.location_id
        and donor.key.role_id == cell.key.role_id
    )


def minutes_between(facts: Facts, one: int, other: int) -> float | None:
    """Minutes from one location to another, 0 within one; None where nothing is known of them."""
    if one == other:
        return 0.0
    return facts.minutes.get((one, other), facts.minutes.get((other, one)))


def _from_cell(
    facts: Facts, place: int, board: int, donor: PlanCell, cell: PlanCell, source: Source
) -> Iterator[Option]:
    """Heads of each group that fit into the need, with a training place where they lack the skills."""
    minutes = minutes_between(facts, donor.key.location_id, cell.key.location_id)
    weighing = facts.weighing
    if minutes is not None and minutes > weighing.travel_limit:
        return
    # Where travel is not known, the longest allowed is reckoned with.
    reckoned = weighing.travel_limit if minutes is None else minutes
    room, spare = facts.needs[place].most(board), donor.spare(board)
    for number, group in enumerate(donor.groups):
        if group.fte > room + SMALL or group.fte > spare + SMALL:
            continue
        fits = cell.key in group.fits
        yield Option(
            source=source,
            need=place,
            board=board,
            fte=group.fte,
            heads=min(group.heads, int((spare + SMALL) / group.fte), int((room + SMALL) / group.fte)),
            donor=donor.key,
            group=number,
            supply=f"promotion:{cell.key.rank_id}" if source == Source.PROMOTION else "",
            needs_training=not fits,
            minutes=minutes,
            lasts=1 if source == Source.ACTING else None,
            costs=Costs(
                travel=reckoned * weighing.travel_points,
                training=0.0 if fits else weighing.training_points,
                disruption=weighing.acting_points if source == Source.ACTING else weighing.disruption_points,
            ),
        )


def _from_outside(facts: Facts, place: int, need: Need, board: int, cell: PlanCell) -> Iterator[Option]:
    weighing, room = facts.weighing, int(need.most(board) + SMALL)
    if room < 1:
        return

    def option(
        source: Source, supply: str, pounds: float = 0.0, lasts: int | None = None, grade: str = ""
    ) -> Option:
        money = pounds / 1000 * weighing.money_points
        return Option(
            source=source,
            need=place,
            board=board,
            fte=1.0,
            heads=room,
            supply=supply,
            pounds=pounds,
            lasts=lasts,
            grade=grade,
            costs=Costs(money=money),
        )

    for intake in facts.intakes:
        if intake.rank_id == cell.key.rank_id and intake.board <= board and intake.places > 0:
            yield option(Source.INTAKE, f"intake:{intake.key}")
    if cell.category == OFFICER and weighing.transferees > 0:
        yield option(Source.TRANSFEREE, "transferee", weighing.transferee_cost)
    if cell.category in STAFF:
        yield option(Source.AGENCY, "", weighing.agency_cost, weighing.agency_boards)
    for pair in facts.pairs:
        if (pair.rank_id, pair.role_id) == (cell.key.rank_id, cell.key.role_id) and weighing.civilians > 0:
            yield option(Source.CIVILIAN, "civilian", weighing.civilian_cost, grade=pair.staff_rank)


def _limits(facts: Facts, options: tuple[Option, ...]) -> Iterator[Limit]:
    places = range(len(options))
    inside = [place for place in places if options[place].donor is not None]
    yield from _minimums(facts, options, inside)
    yield from _unit_minimums(facts, options, inside)
    yield from _people(facts, options, inside)
    yield from _pools(facts, options)
    for board in range(facts.boards):
        yield from _of_a_board(facts, options, board)
    for intake in facts.intakes:
        uses = {place: 1.0 for place in places if options[place].supply == f"intake:{intake.key}"}
        if uses:
            yield Limit(kind=LimitKind.SUPPLY, label=intake.label, most=float(intake.places), uses=uses)


def _minimums(facts: Facts, options: tuple[Option, ...], inside: list[int]) -> Iterator[Limit]:
    for key, of_donor in _grouped(inside, lambda place: key_order(_donor(options[place]))):
        cell = facts.cells[CellKey(rank_id=key[0], role_id=key[1], location_id=key[2], unit_id=key[3])]
        for board in range(facts.boards):
            uses = {place: options[place].fte for place in of_donor if options[place].covers(board)}
            if uses:
                yield Limit(
                    kind=LimitKind.MINIMUM, label=cell.label, most=cell.spare(board), uses=uses, board=board
                )


def _unit_minimums(facts: Facts, options: tuple[Option, ...], inside: list[int]) -> Iterator[Limit]:
    """What must stay of a unit, or of one rank in it; a move within it takes nothing away."""
    for unit, rank in sorted(facts.unit_minimums, key=lambda key: (key[0], key[1] or 0)):
        cells = [
            cell
            for cell in facts.cells.values()
            if cell.key.unit_id == unit and rank in (None, cell.key.rank_id)
        ]
        keys = {cell.key for cell in cells}
        leaving = [
            place
            for place in inside
            if options[place].donor in keys and facts.needs[options[place].need].cell not in keys
        ]
        for board in range(facts.boards):
            uses = {place: options[place].fte for place in leaving if options[place].covers(board)}
            strength = sum(cell.strength[board] for cell in cells)
            if uses:
                yield Limit(
                    kind=LimitKind.MINIMUM,
                    label=_unit_label(cells, rank),
                    most=max(0.0, strength - facts.unit_minimums[unit, rank]),
                    uses=uses,
                    board=board,
                )


def _unit_label(cells: list[PlanCell], rank: int | None) -> str:
    return f"{cells[0].unit}, {cells[0].rank}" if rank is not None else cells[0].unit


def _pools(facts: Facts, options: tuple[Option, ...]) -> Iterator[Limit]:
    """People who passed for a rank and wait: by each board no more than are ready by then."""
    for rank_id, ready in sorted(facts.pools.items()):
        promoted = [place for place, option in enumerate(options) if option.supply == f"promotion:{rank_id}"]
        for board in range(facts.boards):
            uses = {place: 1.0 for place in promoted if options[place].board <= board}
            if uses:
                yield Limit(
                    kind=LimitKind.SUPPLY,
                    label=f"Promotion pool for {facts.rank_names.get(rank_id, 'the rank')}",
                    most=float(ready[board]),
                    uses=uses,
                    board=board,
                )


def _people(facts: Facts, options: tuple[Option, ...], inside: list[int]) -> Iterator[Limit]:
    """Nobody goes twice. Somebody who acts is back at the next board and may go again."""
    for key, alike in _grouped(
        inside, lambda place: (*key_order(_donor(options[place])), options[place].group or 0)
    ):
        cell = facts.cells[CellKey(rank_id=key[0], role_id=key[1], location_id=key[2], unit_id=key[3])]
        heads = float(cell.groups[key[4]].heads)
        for board in range(facts.boards):
            uses = {place: 1.0 for place in alike if options[place].covers(board)}
            if uses:
                yield Limit(kind=LimitKind.PEOPLE, label=cell.label, most=heads, uses=uses, board=board)


def _of_a_board(facts: Facts, options: tuple[Option, ...], board: int) -> Iterator[Limit]:
    weighing = facts.weighing
    here = [place for place, option in enumerate(options) if option.board == board]
    moved = [place for place in here if options[place].source in FROM_A_CELL]
    for location, leaving in _grouped(moved, lambda place: (_donor(options[place]).location_id,)):
        leaving = [place for place in leaving if not _stays(facts, options[place])]
        if leaving:
            yield Limit(
                kind=LimitKind.LOCATION,
                label=facts.location_names.get(location[0], ""),
                most=float(weighing.location_moves),
                uses=dict.fromkeys(leaving, 1.0),
                board=board,
            )
    taught = [place for place in here if options[place].needs_training]
    if taught:
        yield Limit(
            kind=LimitKind.TRAINING,
            label="Training places",
            most=float(weighing.training_places),
            uses=dict.fromkeys(taught, 1.0),
            board=board,
        )
    paid = {place: options[place].pounds for place in here if options[place].pounds}
    if paid:
        yield Limit(kind=LimitKind.BUDGET, label="Budget", most=weighing.budget, uses=paid, board=board)
    yield from _supplies(facts, options, here, board)


def _supplies(facts: Facts, options: tuple[Option, ...], here: list[int], board: int) -> Iterator[Limit]:
    """What comes anew at each board: promotions into a rank, transferees, staff in officers' roles."""
    weighing = facts.weighing
    ways = {
        "promotion": (weighing.promotions, "Promotions into the rank"),
        "transferee": (weighing.transferees, "Transferees"),
        "civilian": (weighing.civilians, "Staff in place of officers"),
    }
    drawn = [place for place in here if options[place].supply.split(":")[0] in ways]
    for supply, of_supply in _grouped(drawn, lambda place: (options[place].supply,)):
        way, _, rank = supply[0].partition(":")
        if rank and int(rank) in facts.pools:
            continue
        most, label = ways[way]
        if rank:
            label = f"{label} of {facts.rank_names.get(int(rank), 'the rank above')}"
        yield Limit(
            kind=LimitKind.SUPPLY,
            label=label,
            most=float(most),
            uses=dict.fromkeys(of_supply, 1.0),
            board=board,
        )


def _stays(facts: Facts, option: Option) -> bool:
    """Whether it leaves nobody missing at the location: the move is within it."""
    return _donor(option).location_id == facts.needs[option.need].cell.location_id


def _donor(option: Option) -> CellKey:
    if option.donor is None:
        raise ValueError("This way to fill a need takes nobody from a cell.")
    return option.donor


def _grouped(
    places: Iterable[int], key: Callable[[int], tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], list[int]]]:
    """(key, places) in the order of the keys."""
    for value, found in groupby(sorted(places, key=key), key=key):
        yield value, list(found)
