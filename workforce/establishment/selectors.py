"""Reads of the establishment as at a day: each is one grouped statement, or that and the tree of units."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import (
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from peelsite.forces.models import WORKFORCE_TYPES, Force, Unit, WorkerCategory
from workforce.establishment import statements
from workforce.establishment.calc import (
    FIGURE_NAMES,
    NONE,
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
from workforce.establishment.models import Post
from workforce.people.models import LONG_TERM_AFTER_DAYS, Absence, LimitedDuty, Posting, PostingKind

TYPE_LABELS = {"officers": "Police officers", "staff": "Police staff", "pcsos": "PCSOs"}
_COUNTED_CATEGORIES = {category for categories in WORKFORCE_TYPES.values() for category in categories}
WORKER_TYPES = [
    *TYPE_LABELS.items(),
    *(choice for choice in WorkerCategory.choices if choice[0] not in _COUNTED_CATEGORIES),
]
NO_OWN_POST = "No post of their own"


@dataclass(frozen=True, kw_only=True)
class EstablishmentFilters:
    """Which posts. A unit stands for its whole subtree; nothing given means every post of the force.

    `worker_type` is 'officers', 'staff' or 'pcsos', or a category that the workforce does not count.
    """

    worker_type: str = ""
    rank_id: int | None = None
    role_id: int | None = None
    location_id: int | None = None
    unit_id: int | None = None
    is_unit_only: bool = False
    funding_id: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == EstablishmentFilters()

    @property
    def categories(self) -> list[str] | None:
        if not self.worker_type:
            return None
        return list(WORKFORCE_TYPES.get(self.worker_type, (self.worker_type,)))


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


def establishment_ahead(force: Force, day: date, later: Sequence[date]) -> list[tuple[date, int, Decimal]]:
    """Posts and FTE funded on later days, by the dates of posts known now: budget-based."""
    with connection.cursor() as cursor:
        cursor.execute(statements.AHEAD, {"force_id": force.pk, "days": [day, *later]})
        return cursor.fetchall()


def in_place(filters: EstablishmentFilters, prefix: str = "") -> Q:
    """The condition on posts that `filters` stand for; `prefix` is the way to the post, such as 'post__'."""
    chosen = {
        f"{prefix}{name}": value
        for name, value in {
            "rank__category__in": filters.categories,
            "rank_id": filters.rank_id,
            "role_id": filters.role_id,
            "location_id": filters.location_id,
            "funding_id": filters.funding_id,
        }.items()
        if value
    }
    if filters.unit_id and filters.is_unit_only:
        chosen[f"{prefix}unit_id"] = filters.unit_id
    elif filters.unit_id:
        top = Unit.objects.filter(pk=filters.unit_id).values("path")
        below = Unit.objects.filter(path__startswith=Subquery(top))
        chosen[f"{prefix}unit__in"] = below
    return Q(**chosen)


def posts_with_filled(posts: QuerySet[Post], day: date) -> QuerySet[Post]:
    """Posts with `filled_fte`, the FTE of those who fill each on `day`, and `vacant_fte`, the rest."""
    filling = (
        Posting.objects.counted_at(day)
        .filter(post=OuterRef("pk"), is_supernumerary=False)
        .order_by()
        .values("post")
        .annotate(fte_sum=Sum("fte"))
        .values("fte_sum")
    )
    fte = DecimalField(max_digits=8, decimal_places=4)
    return posts.annotate(
        filled_fte=Coalesce(Subquery(filling, output_field=fte), Value(NONE), output_field=fte)
    ).annotate(vacant_fte=ExpressionWrapper(F("fte") - F("filled_fte"), output_field=fte))


def postings_behind(
    postings: QuerySet[Posting],
    day: date,
    *,
    show: str = "strength",
    filters: EstablishmentFilters = EVERY_POST,
) -> QuerySet[Posting]:
    """The postings behind a figure of people: `show` is 'strength' or the measure's name.

    Their number is the figure's headcount and the sum of their FTE is the figure.
    """
    if show == "seconded_out":
        out = postings.as_at(day).filter(kind=PostingKind.SECONDED_OUT)
        if filters.is_empty:
            return out
        own = Posting.objects.as_at(day).filter(in_place(filters, "post__"), is_away=False)
        return out.filter(person__in=own.values("person"))
    counted = postings.filter(pk__in=Posting.objects.counted_at(day).values("pk")).filter(
        in_place(filters, "post__")
    )
    if show in HEALTH_SHOWS:
        return counted.filter(person__in=HEALTH_SHOWS[show](day).values("person"))
    return counted.filter(SHOWN_POSTINGS[show])


# Who may be listed by the state of their health; asking needs `health.view`.
HEALTH_SHOWS = {
    "long_term_absent": Absence.objects.long_term_at,
    "limited": LimitedDuty.objects.as_at,
}
SHOWN_POSTINGS = {
    "strength": Q(),
    "supernumerary": Q(is_supernumerary=True),
    "acting": Q(kind__in=[PostingKind.ACTING, PostingKind.TEMPORARY]),
    "attached": Q(kind=PostingKind.ATTACHMENT),
    "seconded_in": Q(kind=PostingKind.SECONDED_IN),
}


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


@dataclass(frozen=True, kw_only=True)
class CellAmounts:
    """Establishment and strength of one cell on a day, whether or not there is a gap."""

    key: CellKey
    category: str
    establishment_fte: Decimal
    strength_fte: Decimal


def cells_as_at(force: Force, day: date) -> tuple[CellAmounts, ...]:
    """Every cell that has posts on `day`, in no order. One query."""
    return tuple(
        CellAmounts(
            key=_key_of(row),
            category=row["category"],
            establishment_fte=row["establishment_fte"],
            strength_fte=row["strength_fte"],
        )
        for row in _rows(statements.CELLS, force, day, EVERY_POST)
    )


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
        "categories": filters.categories,
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
    others = [
        (category, WorkerCategory(category).label if category else NO_OWN_POST, [figures])
        for category, figures in by_category.items()
        if category not in _COUNTED_CATEGORIES
    ]
    lines = [Line(key=key, label=label, figures=figures_sum(parts)) for key, label, parts in grouped + others]
    return tuple(line for line in lines if not line.figures.is_empty)
