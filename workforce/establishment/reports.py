"""What boards, the start page and inspection summaries ask of the establishment. One day, one force."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peelsite.forces.models import WORKFORCE_TYPES, Force
from workforce.establishment import selectors
from workforce.establishment.calc import (
    NONE,
    ActingSpell,
    Figures,
    GapCell,
    Vacancy,
    WorkforceByType,
    figures_sum,
    workforce_lines,
)


@dataclass(frozen=True, kw_only=True)
class GapReport:
    """The gap of a force and the cells it is made of: the largest shortage first, over-establishment last."""

    day: date
    total: Figures
    cells: tuple[GapCell, ...]

    @property
    def cells_under(self) -> tuple[GapCell, ...]:
        return tuple(cell for cell in self.cells if cell.gap_fte > 0)

    @property
    def cells_over(self) -> tuple[GapCell, ...]:
        return tuple(cell for cell in self.cells if cell.gap_fte < 0)


@dataclass(frozen=True, kw_only=True)
class VacancyReport:
    """Posts, or parts of them, that nobody fills; the oldest first."""

    day: date
    vacancies: tuple[Vacancy, ...]

    @property
    def count(self) -> int:
        return len(self.vacancies)

    @property
    def fte(self) -> Decimal:
        return sum((vacancy.vacant_fte for vacancy in self.vacancies), NONE)

    @property
    def longest_empty(self) -> Vacancy | None:
        """The post that has stood wholly empty for longest; part of a post may be left unfilled for years."""
        return next((vacancy for vacancy in self.vacancies if not vacancy.is_part), None)

    def older_than(self, days: int) -> tuple[Vacancy, ...]:
        return tuple(vacancy for vacancy in self.vacancies if vacancy.age_days > days)


def workforce_by_type(force: Force, day: date) -> WorkforceByType:
    """Officers, staff (with designated officers) and PCSOs, as the inspectorate counts them. One query."""
    by_category = selectors.categories_as_at(force, day)
    counted = {
        category: by_category[category]
        for categories in WORKFORCE_TYPES.values()
        for category in categories
        if category in by_category
    }
    whole = figures_sum(counted.values())
    return WorkforceByType(
        force_id=force.pk,
        day=day,
        lines=workforce_lines(counted, WORKFORCE_TYPES, selectors.TYPE_LABELS),
        posts=whole.posts,
        establishment_fte=whole.establishment_fte,
        strength_fte=whole.strength_fte,
        headcount=whole.headcount,
    )


def gap_report(force: Force, day: date) -> GapReport:
    """Gap by cell and in total. Four queries."""
    tables = selectors.establishment_as_at(force, day)
    return GapReport(day=day, total=tables.total, cells=selectors.gaps_by_cell(force, day))


def vacancy_report(force: Force, day: date) -> VacancyReport:
    """Vacant posts with their age. One query."""
    return VacancyReport(day=day, vacancies=selectors.vacancies_as_at(force, day))


def acting_spells(force: Force, day: date) -> tuple[ActingSpell, ...]:
    """Everyone acting, the longest spell first. One query."""
    return selectors.acting_spells_as_at(force, day)


def acting_past_limit(force: Force, day: date) -> tuple[ActingSpell, ...]:
    """Those acting for more days than the allowance lasts: temporary salary or promotion is due."""
    return tuple(spell for spell in acting_spells(force, day) if spell.days_past_limit)
