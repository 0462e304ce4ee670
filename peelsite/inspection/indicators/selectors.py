"""Indicator values of one force, computed from its records on a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peelsite.forces.models import Force
from peelsite.inspection.indicators.calc import (
    CATALOGUE,
    IndicatorValue,
    change,
    share,
)
from peelsite.inspection.indicators.models import InspectionSetting
from workforce.boards.reports import board_actions_overdue
from workforce.establishment.calc import EstablishmentTables, Vacancy, WorkforceByType
from workforce.establishment.reports import acting_past_limit, vacancy_report, workforce_by_type
from workforce.establishment.selectors import establishment_as_at


@dataclass(frozen=True)
class Records:
    """What the indicators of one force and day are made from, read in a fixed number of queries."""

    day: date
    base_on: date
    now: WorkforceByType
    base: WorkforceByType
    tables: EstablishmentTables
    vacancies: tuple[Vacancy, ...]
    acting_past_limit: int
    overdue_actions: int


def base_day(force: Force) -> date:
    """The day that the force counts changes from."""
    setting = InspectionSetting.objects.filter(force=force).first()
    return (setting or InspectionSetting(force=force)).base_on


def read_records(force: Force, day: date) -> Records:
    base_on = base_day(force)
    return Records(
        day=day,
        base_on=base_on,
        now=workforce_by_type(force, day),
        base=workforce_by_type(force, base_on),
        tables=establishment_as_at(force, day),
        vacancies=vacancy_report(force, day).vacancies,
        acting_past_limit=len(acting_past_limit(force, day)),
        overdue_actions=board_actions_overdue(force, day).count(),
    )


def indicator_values(force: Force, day: date) -> dict[str, IndicatorValue]:
    """code -> value, for the whole catalogue and in its order."""
    return values_from(read_records(force, day))


def values_from(records: Records) -> dict[str, IndicatorValue]:
    """code -> value from records already read."""
    values = _workforce_values(records) | _establishment_values(records)
    return {code: values[code] for code in CATALOGUE}


def strength_of_types(workforce: WorkforceByType) -> dict[str, Decimal]:
    """FTE of officers, staff, pcsos and total, unrounded."""
    return {line.type: line.strength_fte for line in workforce.lines} | {"total": workforce.strength_fte}


def _workforce_values(records: Records) -> dict[str, IndicatorValue]:
    now, base = strength_of_types(records.now), strength_of_types(records.base)
    values = {}
    for kind, fte in now.items():
        code = f"workforce_{kind}_fte"
        values[code] = IndicatorValue(CATALOGUE[code], fte, fte, None, records.day)
        values |= _of(records, f"workforce_{kind}_share", share, fte, now["total"], "nobody is on strength")
        values |= _of(
            records,
            f"workforce_{kind}_change",
            change,
            fte,
            base[kind],
            f"no strength is on record for {records.base_on:%-d %B %Y}",
            base_on=records.base_on,
        )
    return values


def _establishment_values(records: Records) -> dict[str, IndicatorValue]:
    total = records.tables.total
    longest = max((each.age_days for each in records.vacancies if not each.is_part), default=None)
    plain: Mapping[str, Decimal] = {
        "establishment_fte": total.establishment_fte,
        "vacancy_fte": total.vacant_fte,
        "vacant_posts": Decimal(total.vacant_posts),
        "acting_past_limit": Decimal(records.acting_past_limit),
        "long_term_absent_fte": total.long_term_absent_fte,
        "board_actions_overdue": Decimal(records.overdue_actions),
    }
    values = {
        code: IndicatorValue(CATALOGUE[code], value, value, None, records.day)
        for code, value in plain.items()
    }
    values |= _of(
        records, "vacancy_rate", share, total.vacant_fte, total.establishment_fte, "no post is in being"
    )
    values["vacancy_longest_days"] = IndicatorValue(
        CATALOGUE["vacancy_longest_days"],
        None if longest is None else Decimal(longest),
        None,
        None,
        records.day,
        missing="No post stands empty." if longest is None else "",
    )
    return values


def _of(
    records: Records,
    code: str,
    arithmetic: Callable[[Decimal, Decimal], Decimal | None],
    numerator: Decimal,
    denominator: Decimal,
    why_not: str,
    *,
    base_on: date | None = None,
) -> dict[str, IndicatorValue]:
    """One value that is divided by something; nothing for a code that the catalogue does not have."""
    if code not in CATALOGUE:
        return {}
    value = arithmetic(numerator, denominator)
    missing = "" if value is not None else f"Not computed: {why_not}."
    return {
        code: IndicatorValue(CATALOGUE[code], value, numerator, denominator, records.day, base_on, missing)
    }
