"""What a summary says: gathered once into plain data, which is then frozen and shown as page, PDF and email.

Aggregated figures only; no person is named in a summary.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from peelsite.forces.models import Force
from peelsite.inspection.comparison.calc import Standing
from peelsite.inspection.comparison.reports import standing_sentence
from peelsite.inspection.comparison.selectors import ForceComparisons, MeasureComparison, comparisons
from peelsite.inspection.indicators.calc import CATALOGUE, IndicatorValue, Unit, shown
from peelsite.inspection.indicators.selectors import Records, read_records, values_from
from peelsite.inspection.national.selectors import workforce_table
from peelsite.inspection.summaries.calc import listed, plural
from workforce.boards.reports import next_board
from workforce.establishment.calc import EstablishmentTables, GapCell
from workforce.establishment.selectors import gaps_by_cell

MARKING = "OFFICIAL"
LONG_VACANT_DAYS = 180
MOST_GAPS = 8
KEY_CODES = (
    "workforce_total_fte",
    "workforce_total_change",
    "vacancy_fte",
    "vacancy_rate",
    "acting_past_limit",
    "board_actions_overdue",
)
Content = dict[str, Any]


def summary_content(
    force: Force, *, title: str, as_at: date, first_day: date, last_day: date, previous: Content | None
) -> Content:
    """Everything the issue holds, as JSON. `previous` is the content of the issue before it, if any."""
    records = read_records(force, as_at)
    values = values_from(records)
    compared = comparisons(force, as_at)
    cells = gaps_by_cell(force, as_at)
    return {
        "version": 1,
        "force": force.name,
        "title": title,
        "marking": MARKING,
        "as_at": as_at.isoformat(),
        "first_day": first_day.isoformat(),
        "last_day": last_day.isoformat(),
        "previous": _previous(previous),
        "answers": _answers(force, records, values, compared, previous),
        "key_figures": [_key_figure(values[code], previous) for code in KEY_CODES],
        "indicators": [_indicator(value, previous) for value in values.values()],
        "workforce": _workforce(records),
        "units": _units(records.tables),
        "gaps": [_gap(cell) for cell in cells if cell.gap_fte > 0][:MOST_GAPS],
        "gap_cells": sum(cell.gap_fte > 0 for cell in cells),
        "vacancies": _vacancies(records),
        "comparison": _comparison(force, compared),
        "board": _board(force, records),
        "sources": _sources(compared),
    }


def _previous(previous: Content | None) -> Content | None:
    return {"title": previous["title"], "as_at": previous["as_at"]} if previous else None


def _answers(
    force: Force,
    records: Records,
    values: dict[str, IndicatorValue],
    compared: ForceComparisons,
    previous: Content | None,
) -> list[str]:
    total = records.tables.total
    short, over = shown(Unit.FTE, total.under_fte), shown(Unit.FTE, total.over_fte)
    strength, establishment = shown(Unit.FTE, total.strength_fte), shown(Unit.FTE, total.establishment_fte)
    answers = [
        (
            f"{force} has {strength} FTE on strength against an establishment of {establishment}: "
            f"{short} FTE short in some places and {over} over in others."
        )
    ]
    answers += _change_answer(values)
    answers += _difference_answer(values, previous)
    answers += _standing_answer(compared)
    overdue = records.overdue_actions
    answers.append(
        f"{plural(overdue, 'board action is', 'board actions are')} overdue."
        if overdue
        else "No board action is overdue."
    )
    return answers


def _change_answer(values: dict[str, IndicatorValue]) -> list[str]:
    total = values["workforce_total_change"]
    if total.value is None or total.base_on is None:
        return []
    parts = [
        f"{words} {values[f'workforce_{kind}_change'].shown}"
        for kind, words in (("officers", "officers"), ("staff", "staff"), ("pcsos", "PCSOs"))
        if values[f"workforce_{kind}_change"].value is not None
    ]
    detail = f" ({listed(parts)})" if parts else ""
    return [f"Since {total.base_on:%-d %B %Y} the workforce has {_moved(total.value)}{detail}."]


def _moved(change: Decimal) -> str:
    """'fallen by 12.3%', 'risen by 0.4%', 'not changed': a change as a reader says it."""
    size = shown(Unit.PERCENT, abs(change))
    if size == shown(Unit.PERCENT, 0):
        return "not changed"
    return f"{'risen' if change > 0 else 'fallen'} by {size}"


def _difference_answer(values: dict[str, IndicatorValue], previous: Content | None) -> list[str]:
    if previous is None:
        return []
    before = _value_of(previous, "vacancy_fte")
    now = values["vacancy_fte"].value
    if before is None or now is None:
        return []
    since = f"since the last issue ({date.fromisoformat(previous['as_at']):%-d %B %Y})"
    if now == before:
        return [f"Vacancies are unchanged {since}."]
    verb = "risen" if now > before else "fallen"
    return [f"Vacancies have {verb} by {shown(Unit.FTE, abs(now - before))} FTE {since}."]


def _standing_answer(compared: ForceComparisons) -> list[str]:
    standing = [line for line in compared.measures if line.own is not None]
    if not standing:
        return []
    out = [line for line in standing if line.own.standing is not Standing.IN_LINE]
    if not out:
        return [f"Compared with other forces, all {len(standing)} measures are broadly in line."]
    words = listed([_standing_words(line) for line in out])
    rest = f"{len(standing) - len(out)} of {len(standing)} measures are broadly in line"
    return [f"Compared with other forces, {words}; {rest}."]


def _standing_words(line: MeasureComparison) -> str:
    """'change in PCSOs is higher (−9.4%, the mean is −15.0%)'."""
    name = line.measure.name.lower().replace("pcso", "PCSO")
    own, mean = (shown(line.measure.unit, value) for value in (line.own.value, line.comparison.mean))
    return f"{name} is {line.own.standing.value} ({own}, the mean is {mean})"


def _key_figure(value: IndicatorValue, previous: Content | None) -> Content:
    before = _shown_of(previous, value.indicator.code)
    notes = [f"since {value.base_on:%-d %B %Y}"] if value.base_on else []
    notes += [f"last issue {before}"] if before else []
    needs_a_look = value.indicator.code in ("acting_past_limit", "board_actions_overdue") and bool(
        value.value
    )
    return {
        "code": value.indicator.code,
        "label": value.indicator.name,
        "value": value.shown,
        "note": ", ".join(notes),
        "kind": "warning" if needs_a_look else "plain",
    }


def _indicator(value: IndicatorValue, previous: Content | None) -> Content:
    return {
        "code": value.indicator.code,
        "name": value.indicator.name,
        "unit": value.indicator.unit.value,
        "question": value.indicator.question.value,
        "definition": value.indicator.definition,
        "value": None if value.value is None else str(value.value),
        "shown": value.shown,
        "before": _shown_of(previous, value.indicator.code),
        "missing": value.missing,
    }


def _value_of(content: Content, code: str) -> Decimal | None:
    held = next((line["value"] for line in content["indicators"] if line["code"] == code), None)
    return None if held is None else Decimal(held)


def _shown_of(content: Content | None, code: str) -> str:
    if content is None or code not in CATALOGUE:
        return ""
    return next((line["shown"] for line in content["indicators"] if line["code"] == code), "")


def _workforce(records: Records) -> list[Content]:
    return [
        {
            "label": line.label,
            "establishment": str(line.establishment_fte),
            "strength": str(line.strength_fte),
            "headcount": line.headcount,
            "share": None if line.share_fte is None else str(line.share_fte),
        }
        for line in records.now.lines
    ]


def _units(tables: EstablishmentTables) -> list[Content]:
    """The commands: units at the top of the tree, each with all that is under it."""
    return [
        {
            "label": line.label,
            "establishment": str(line.figures.establishment_fte),
            "strength": str(line.figures.strength_fte),
            "gap": str(line.figures.gap_fte),
        }
        for line in tables.by_unit
        if line.depth == 0
    ]


def _gap(cell: GapCell) -> Content:
    return {
        "label": cell.label,
        "establishment": str(cell.figures.establishment_fte),
        "strength": str(cell.figures.strength_fte),
        "gap": str(cell.gap_fte),
    }


def _vacancies(records: Records) -> Content:
    held = records.vacancies
    long_vacant = sum(vacancy.age_days > LONG_VACANT_DAYS for vacancy in held)
    return {
        "count": len(held),
        "fte": str(sum((vacancy.vacant_fte for vacancy in held), Decimal(0))),
        "long": long_vacant,
        "long_days": LONG_VACANT_DAYS,
        "oldest_days": max((each.age_days for each in held if not each.is_part), default=None),
    }


def _comparison(force: Force, compared: ForceComparisons) -> Content | None:
    if compared.as_at is None:
        return None
    return {
        "as_at": compared.as_at.isoformat(),
        "measures": [_measure(force, line, compared.force_names) for line in compared.measures],
    }


def _measure(force: Force, line: MeasureComparison, names: dict[str, str]) -> Content:
    held = line.comparison
    low, high = line.bounds if held else (None, None)
    return {
        "code": line.measure.code,
        "name": line.measure.name,
        "unit": line.measure.unit.value,
        "sentence": standing_sentence(line, force),
        "own": line.own.value if line.own else None,
        "mean": held.mean if held else None,
        "low": low,
        "high": high,
        "standing": line.own.standing.value if line.own else "not compared",
        "values": [[names.get(each.key, each.key), each.value] for each in held.forces] if held else [],
        "left_out": [f"{exclusion.excluded} ({exclusion.reason})" for exclusion in line.exclusions],
        "notes": list(held.notes) if held else [],
    }


def _board(force: Force, records: Records) -> Content:
    board = next_board(force, records.day)
    return {
        "overdue": records.overdue_actions,
        "next": board.held_on.isoformat() if board else None,
    }


def _sources(compared: ForceComparisons) -> list[str]:
    sources = [
        "Force figures are computed from the posts, people, postings, absences and boards held in this site.",
        (
            "Strength counts everyone where they serve on the day, with the long-term absent and those "
            "seconded in, and without those seconded out. FTE and headcount are never mixed."
        ),
        "Percentages are computed from unrounded figures and rounded once, where shown.",
    ]
    table = workforce_table()
    if compared.as_at is not None and table is not None:
        sources.append(
            f"Other forces: {table}, as at {compared.as_at:%-d %B %Y}. Higher or lower is more than 0.675 "
            "standard deviations from the unweighted mean of forces; it is not a test of significance."
        )
    return sources
