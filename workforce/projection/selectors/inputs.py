"""The inputs of a projection from what is recorded, planned and assumed; and of its scenarios."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

import numpy as np

from peelsite.forces.models import Force
from workforce.establishment.calc import CellKey
from workforce.projection.calc.inputs import (
    NEVER,
    Change,
    ChangeKind,
    Inputs,
    Intake,
    Line,
    LineKey,
    People,
    Rates,
)
from workforce.projection.calc.lines import standard_lines
from workforce.projection.models import ScenarioChange, ScenarioChangeKind
from workforce.projection.selectors import plans
from workforce.projection.selectors.assembly import Book, establishment_of, people_of
from workforce.projection.selectors.assumptions import Assumed, assumed_of
from workforce.projection.selectors.cells import cell_of_change
from workforce.projection.selectors.figures import figures_of
from workforce.projection.selectors.history import observed_in
from workforce.projection.selectors.months import month_ends
from workforce.projection.selectors.outlook import Change as Asked
from workforce.projection.selectors.reading import Recorded, assumptions_set, recorded_at

MONTHS = 48
Joined = Callable[[Callable[[CellKey], int], Callable[[int], int]], list[Intake]]


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Inputs of one projection, with what they rest on. `person_ids` are in the order of `inputs.people`."""

    inputs: Inputs
    assumed: Assumed
    person_ids: tuple[int, ...]
    days: tuple[date, ...]
    served: "Served"

    @cached_property
    def digest(self) -> str:
        """The same inputs are the same digest, on any machine."""
        return digest_of(self.inputs)


@dataclass(frozen=True, kw_only=True)
class Served:
    """Who serves, the postings ahead of them, and the cells met so far by number."""

    people: People
    person_ids: tuple[int, ...]
    postings: tuple[Change, ...]
    numbers: dict[CellKey, int]


def basis_of(
    force: Force,
    day: date,
    *,
    differences: Iterable[ScenarioChange] = (),
    asked: Sequence[Asked] = (),
    months: int = MONTHS,
) -> Basis:
    """What a projection of the force from `day` starts from. Fourteen queries.

    `differences` are those of a scenario; `asked` are changes that are only thought of.
    """
    observed = int(figures_of(assumptions_set(force))["rates.observed"])
    return basis_in(
        recorded_at(force, day, observed_months=observed), differences=differences, asked=asked, months=months
    )


def assumed_at(force: Force, day: date) -> Assumed:
    """Every rate and figure that a projection from `day` would use. Fifteen queries."""
    observed = int(figures_of(assumptions_set(force))["rates.observed"])
    recorded = recorded_at(force, day, observed_months=observed)
    return assumed_of(recorded, observed_in(recorded, categories_in(recorded)))


def categories_in(recorded: Recorded) -> tuple[str, ...]:
    """The worker categories of the force's ranks, in a fixed order."""
    return tuple(sorted({rank.category for rank in recorded.ranks.values()}))


def basis_in(
    recorded: Recorded,
    *,
    differences: Iterable[ScenarioChange] = (),
    asked: Sequence[Asked] = (),
    months: int = MONTHS,
    knows_ahead: bool = True,
    recruits: bool = True,
    more_cells: Iterable[CellKey] = (),
    joined: Joined | None = None,
    like: Basis | None = None,
) -> Basis:
    """The same from rows that are read already. No queries.

    `like` is a basis of the same rows and months: its people and rates are not worked out again.

    In a back-test nothing ahead is known, nobody is recruited to single vacancies, and `joined` gives those
    who came, as intakes, from the number of a cell and of a rank's category.
    """
    differences = list(differences)
    categories = categories_in(recorded)
    book = Book(recorded, month_ends(recorded.day, months), knows_ahead, categories)
    assumed = like.assumed if like else assumed_of(recorded, observed_in(recorded, categories))
    figures = assumed.figures
    patrol = {name: int(figures.get(f"patrol.{name}", 0)) for name in categories}
    levels = establishment_of(book)
    if like:
        served = like.served
        book.numbers |= served.numbers
    else:
        people, person_ids, postings = people_of(
            book, return_chance=figures["return.dated"], patrol_months=patrol
        )
        served = Served(
            people=people, person_ids=person_ids, postings=tuple(postings), numbers=dict(book.numbers)
        )
    planned = [*plans.asked_of(recorded.changes), *((f"asked {i}", each) for i, each in enumerate(asked))]
    reserved = plans.reserved_by(planned)
    dropped = {each.intake_id for each in differences if each.kind == ScenarioChangeKind.NO_INTAKE}
    intakes = plans.intakes_of(
        book, [row for row in recorded.intakes if row.pk not in dropped], reserved, figures["intake.seen"]
    )
    intakes += _extra_intakes(book, differences, figures)
    changes = [
        *served.postings,
        *plans.changes_of(book, planned, served.people, reserved),
        *_posts(book, differences),
    ]
    for cell in more_cells:
        book.number(cell)
    if joined is not None:
        intakes += joined(book.number, book.category_of)
    rates = _factored(assumed.rates, differences, categories)
    every = int(figures["promotion.every"])
    # From here on no cell is new: rules and lines are of all of them.
    pauses = _pauses(book, differences)
    inputs = Inputs(
        day=recorded.day,
        months=months,
        cells=tuple(book.numbers),
        categories=categories,
        cell_category=np.array([book.category_of(cell.rank_id) for cell in book.numbers], np.int64),
        establishment=levels(),
        lines=(),
        people=served.people,
        rates=rates,
        board_months=tuple(range(every, months + 1, every)),
        intakes=tuple(intakes),
        promotions=tuple(plans.promotions_of(book, figures, pauses)),
        recruitment=tuple(plans.recruitment_of(book, figures)) if recruits else (),
        changes=tuple(changes),
        threshold=figures["threshold.fte"],
        not_independent_share=figures["deployable.training"],
        limited_share=figures["deployable.limited"],
    )
    lines = lines_of(recorded, inputs)
    inputs = inputs.with_(lines=lines, thresholds=_thresholds(lines, inputs, figures))
    return Basis(inputs=inputs, assumed=assumed, person_ids=served.person_ids, days=book.ends, served=served)


def lines_of(recorded: Recorded, inputs: Inputs) -> tuple[Line, ...]:
    return standard_lines(
        inputs.cells,
        recorded.unit_paths,
        {pk: rank.category for pk, rank in recorded.ranks.items()},
    )


def _thresholds(lines: Sequence[Line], inputs: Inputs, figures: Mapping[str, float]) -> dict[LineKey, float]:
    """Of each line: a share of its establishment on the day, but never less than the figure in FTE."""
    today = inputs.establishment[0]
    return {
        line.key: round(
            max(figures["threshold.fte"], figures["threshold.share"] * float(today[line.cells].sum())), 1
        )
        for line in lines
    }


def _extra_intakes(
    book: Book, differences: Iterable[ScenarioChange], figures: Mapping[str, float]
) -> list[Intake]:
    found = []
    for each in differences:
        month = book.month(each.starts_on) if each.kind == ScenarioChangeKind.INTAKE else NEVER
        if month == NEVER:
            continue
        category = book.category_of(each.rank_id)
        found.append(
            Intake(
                key=f"extra {each.pk}",
                month=month,
                seats=each.number,
                category=category,
                cells=(book.number(cell_of_change(each)),),
                weights=(1.0,),
                show=0.95,
                show_seen=figures["intake.seen"],
                independent_after=int(figures.get(f"patrol.{book.categories[category]}", 0)),
            )
        )
    return found


def _posts(book: Book, differences: Iterable[ScenarioChange]) -> list[Change]:
    return [
        Change(
            key=f"posts {each.pk}",
            kind=ChangeKind.POSTS,
            month=month,
            fte=float(each.fte),
            to_cell=book.number(cell_of_change(each)),
        )
        for each in differences
        if each.kind == ScenarioChangeKind.ESTABLISHMENT and (month := book.month(each.starts_on)) != NEVER
    ]


def _pauses(book: Book, differences: Iterable[ScenarioChange]) -> dict[int, tuple[int, int]]:
    """Months of each pause by rank, 0 for every rank. A pause that has begun starts with the first month."""
    return {
        each.rank_id or 0: (
            1 if each.starts_on <= book.day else book.month(each.starts_on),
            book.month(each.ends_on),
        )
        for each in differences
        if each.kind == ScenarioChangeKind.PROMOTION_PAUSE and each.ends_on > book.day
    }


def _factored(rates: Rates, differences: Iterable[ScenarioChange], categories: Sequence[str]) -> Rates:
    leaving = rates.leaving.copy()
    for each in differences:
        if each.kind == ScenarioChangeKind.LEAVING:
            rows = [categories.index(each.category)] if each.category in categories else slice(None)
            leaving[rows] *= float(each.factor)
    return rates_with(rates, leaving=leaving)


def rates_with(rates: Rates, **changes: Any) -> Rates:
    return Rates(**{each.name: changes.get(each.name, getattr(rates, each.name)) for each in fields(Rates)})


def digest_of(inputs: Inputs) -> str:
    """SHA-256 of all that the inputs hold: the same inputs are the same digest, on any machine."""
    digest = hashlib.sha256()
    _feed(digest, inputs)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        digest.update(f"{value.dtype.str}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        digest.update(type(value).__name__.encode())
        for each in fields(value):
            digest.update(each.name.encode())
            _feed(digest, getattr(value, each.name))
    elif isinstance(value, dict):
        for key, each in value.items():
            _feed(digest, key)
            _feed(digest, each)
    elif isinstance(value, list | tuple):
        digest.update(f"[{len(value)}".encode())
        for each in value:
            _feed(digest, each)
    else:
        plain = value.value if isinstance(value, Enum) else value
        digest.update(f"{type(plain).__name__}:{plain!r};".encode())


def decimal(value: float, places: str = "0.0001") -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(places))
