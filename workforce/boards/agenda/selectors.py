"""Reads of what the figures of a day raise for a board."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Sum

from peelsite.forces.models import Force
from workforce.boards.agenda.calc import (
    ActingPost,
    CellFacts,
    DrawnItem,
    EndingFunding,
    Facts,
    Thresholds,
    figures_by_cell,
)
from workforce.boards.meetings.calc import months_after
from workforce.boards.meetings.models import BoardSeries
from workforce.establishment.calc import CellKey
from workforce.establishment.models import Post
from workforce.establishment.reports import acting_past_limit
from workforce.establishment.selectors import gaps_by_cell, vacancies_as_at

_CELL = ("rank_id", "role_id", "location_id", "unit_id")
_LABELS = ("rank__name", "role__name", "location__name", "unit__name")


def cell_figures(series: BoardSeries, day: date) -> dict[CellKey, DrawnItem]:
    """Figures of every cell with posts or people on a day. Seven queries."""
    return figures_by_cell(facts_at(series, day))


def thresholds_of(series: BoardSeries) -> Thresholds:
    return Thresholds(gap_fte=series.gap_threshold_fte, vacancy_days=series.vacancy_days)


def facts_at(series: BoardSeries, day: date) -> Facts:
    """What the agenda is drawn from. Seven queries, whatever the size of the force."""
    force = series.force
    return Facts(
        cells=_cells(force, day),
        gaps=gaps_by_cell(force, day),
        vacancies=vacancies_as_at(force, day),
        acting=_acting(force, day),
        funding=_ending_funding(force, day, months_after(day, series.funding_months)),
    )


def _cells(force: Force, day: date) -> dict[CellKey, CellFacts]:
    rows = (
        Post.objects.of_force(force)
        .as_at(day)
        .order_by()
        .values(*_CELL, *_LABELS)
        .annotate(establishment_fte=Sum("fte"))
    )
    return {
        _key(row): CellFacts(
            key=_key(row),
            label=", ".join(row[name] for name in _LABELS),
            establishment_fte=row["establishment_fte"],
        )
        for row in rows
    }


def _acting(force: Force, day: date) -> list[ActingPost]:
    spells = acting_past_limit(force, day)
    cells = {
        row["pk"]: _key(row)
        for row in Post.objects.filter(pk__in=[spell.post_id for spell in spells]).values("pk", *_CELL)
    }
    return [
        ActingPost(key=cells[spell.post_id], reference=spell.reference, days=spell.days) for spell in spells
    ]


def _ending_funding(force: Force, day: date, until: date) -> Sequence[EndingFunding]:
    rows = (
        Post.objects.of_force(force)
        .as_at(day)
        .filter(funding__ends_on__gte=day, funding__ends_on__lte=until)
        .order_by()
        .values(*_CELL, "funding__name", "funding__ends_on")
        .annotate(posts=Count("pk"), total=Sum("fte"))
    )
    return [
        EndingFunding(
            key=_key(row),
            funding=row["funding__name"],
            ends_on=row["funding__ends_on"],
            posts=row["posts"],
            fte=row["total"],
        )
        for row in rows
    ]


def _key(row: dict) -> CellKey:
    return CellKey(**{name: row[name] for name in _CELL})
