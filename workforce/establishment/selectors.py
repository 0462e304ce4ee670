"""Reads of the establishment as at a day: each is one grouped statement, or that and the tree of units."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection

from peelsite.forces.models import WORKFORCE_TYPES, Force, Unit, WorkerCategory
from workforce.establishment import statements
from workforce.establishment.calc import (
    FIGURE_NAMES,
    ActingSpell,
    CellKey,
    EstablishmentTables,
    Figures,
    GapCell,
    Line,
    TreeUnit,
    Vacancy,
    figures_sum,
    unit_lines,
)
from workforce.people.models import LONG_TERM_AFTER_DAYS

TYPE_LABELS = {"officers": "Police officers", "staff": "Police staff", "pcsos": "PCSOs"}
NO_OWN_POST = "No post of their own"


@dataclass(frozen=True, kw_only=True)
class EstablishmentFilters:
    """Which posts. A unit stands for its whole subtree; nothing given means every post of the force."""

    category: str = ""
    rank_id: int | None = None
    role_id: int | None = None
    location_id: int | None = None
    unit_id: int | None = None
    funding_id: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == EstablishmentFilters()


EVERY_POST = EstablishmentFilters()


def establishment_as_at(
    force: Force, day: date, *, filters: EstablishmentFilters = EVERY_POST
) -> EstablishmentTables:
    """Every table of the establishment on `day`. Two queries, whatever the size of the force."""
    lines: dict[str, list[Line]] = {"rank": [], "role": [], "location": [], "category": []}
    by_unit: dict[int, Figures] = {}
    total = Figures()
    for row in _grouped_rows(force, day, filters):
        figures = _figures_of(row)
        if row["grouped_by"] == "total":
            total = figures
        elif row["grouped_by"] == "unit":
            by_unit[row["key"]] = figures
        elif not figures.is_empty:
            lines[row["grouped_by"]].append(
                Line(
                    key=row["key"],
                    label=row["label"] or NO_OWN_POST,
                    code=row["code"] or "",
                    category=row["category"] or "",
                    figures=figures,
                )
            )
    return EstablishmentTables(
        force_id=force.pk,
        day=day,
        total=total,
        by_type=_type_lines({line.category: line.figures for line in lines["category"]}),
        by_rank=tuple(lines["rank"]),
        by_role=tuple(lines["role"]),
        by_location=tuple(lines["location"]),
        by_unit=unit_lines(_tree_of(force), by_unit) + _without_unit(by_unit),
    )


def acting_spells_as_at(force: Force, day: date) -> tuple[ActingSpell, ...]:
    """Everyone acting on `day`, the longest spell first; spells that touch are one. One query."""
    return tuple(ActingSpell(**row) for row in _rows(statements.ACTING, force, day, EVERY_POST))


def categories_as_at(force: Force, day: date) -> dict[str, Figures]:
    """Figures of each worker category (`peelsite.forces.models.WorkerCategory`). One query."""
    return {
        row["category"]: _figures_of(row)
        for row in _grouped_rows(force, day, EVERY_POST)
        if row["grouped_by"] == "category" and row["category"]
    }


def gaps_by_cell(
    force: Force, day: date, *, filters: EstablishmentFilters = EVERY_POST
) -> tuple[GapCell, ...]:
    """Cells whose strength is not their establishment, the largest shortage first. Two queries."""
    tree = {unit.id: unit for unit in _tree_of(force)}
    return tuple(
        GapCell(
            key=_key_of(row),
            rank=row["rank"],
            rank_category=row["category"],
            role=row["role"],
            location=row["location"],
            unit=row["unit"],
            unit_path=tuple(tree[above].name for above in tree[row["unit_id"]].ids),
            figures=_figures_of(row),
        )
        for row in _rows(statements.GAPS, force, day, filters)
    )


def vacancies_as_at(
    force: Force, day: date, *, filters: EstablishmentFilters = EVERY_POST
) -> tuple[Vacancy, ...]:
    """Posts, or parts of posts, that nobody fills on `day`, the oldest first. One query."""
    return tuple(
        Vacancy(
            key=_key_of(row),
            age_days=(day - row["since"]).days,
            **{name: row[name] for name in _VACANCY_COLUMNS},
        )
        for row in _rows(statements.VACANCIES, force, day, filters)
    )


_VACANCY_COLUMNS = (
    "post_id",
    "reference",
    "rank",
    "rank_category",
    "role",
    "location",
    "unit",
    "fte",
    "vacant_fte",
    "since",
    "funding",
    "funding_kind",
    "funding_ends_on",
    "last_holder_id",
    "last_ended_on",
    "holder_id",
    "holder_away",
    "holder_back_on",
)


def _grouped_rows(force: Force, day: date, filters: EstablishmentFilters) -> Iterator[dict[str, Any]]:
    return _rows(statements.TABLES, force, day, filters)


def _rows(statement: str, force: Force, day: date, filters: EstablishmentFilters) -> Iterator[dict[str, Any]]:
    parameters = asdict(filters) | {
        "force_id": force.pk,
        "day": day,
        "category": filters.category or None,
        "long_term_after": LONG_TERM_AFTER_DAYS,
        "is_unfiltered": filters.is_empty,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))


def _figures_of(row: dict[str, Any]) -> Figures:
    return Figures(**{name: row[name] for name in FIGURE_NAMES})


def _key_of(row: dict[str, Any]) -> CellKey:
    return CellKey(
        rank_id=row["rank_id"],
        role_id=row["role_id"],
        location_id=row["location_id"],
        unit_id=row["unit_id"],
    )


def _tree_of(force: Force) -> list[TreeUnit]:
    return [
        TreeUnit(id=pk, code=code, name=name, path=path)
        for pk, code, name, path in Unit.objects.of_force(force)
        .order_by("path")
        .values_list("pk", "code", "name", "path")
    ]


def _without_unit(by_unit: dict[int | None, Figures]) -> tuple[Line, ...]:
    """People seconded out who have no post of their own stand in no unit, and are still in the total."""
    nowhere = by_unit.get(None, Figures())
    return () if nowhere.is_empty else (Line(key=None, label=NO_OWN_POST, figures=nowhere),)


def _type_lines(by_category: dict[str, Figures]) -> tuple[Line, ...]:
    """Officers, staff and PCSOs as the inspectorate groups them, then each category it does not count."""
    grouped = [
        (name, TYPE_LABELS[name], [by_category.get(category, Figures()) for category in categories])
        for name, categories in WORKFORCE_TYPES.items()
    ]
    counted = {category for categories in WORKFORCE_TYPES.values() for category in categories}
    others = [
        (category, WorkerCategory(category).label if category else NO_OWN_POST, [figures])
        for category, figures in by_category.items()
        if category not in counted
    ]
    lines = [Line(key=key, label=label, figures=figures_sum(parts)) for key, label, parts in grouped + others]
    return tuple(line for line in lines if not line.figures.is_empty)
