"""The pack: before publication as it would be frozen, afterwards as it was, with what moved since."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.charts.calc import Chart, Svg, small_fan
from peelsite.charts.services import chart_figures
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.templatetags import peelsite_web
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.calc import day_words, decision_sentence
from workforce.boards.decisions.selectors import words_of
from workforce.boards.meetings.selectors import state_words
from workforce.boards.meetings.views import board_or_404, boards_crumb
from workforce.boards.pack.models import Dimension, PackForecast, PackLine, PackNote
from workforce.boards.pack.selectors import Movement, Pack, movement_since, pack_of
from workforce.boards.pack.selectors.health import lines_kept_back
from workforce.boards.papers.exports.changes import bridge_values, parts_table
from workforce.boards.papers.exports.charts import pack_charts
from workforce.boards.papers.exports.tables import (
    AVAILABILITY,
    KEPT_BACK_NOTE,
    forecast_table,
    months_ahead,
    range_words,
)
from workforce.boards.papers.exports.words import (
    GAP,
    SHORT,
    digest_in_parts,
    key_figures,
    made_from,
    opening_sentence,
)
from workforce.boards.papers.models import PaperKind
from workforce.boards.papers.views import paper_offers


@require_safe
@force_page(Action.BOARD_VIEW)
def board(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = board_or_404(request, force, pk)
    day = opening_day(force)
    pack = pack_of(found)
    for item in pack.items:
        for decision in item.decisions.all():
            decision.sentence = decision_sentence(words_of(decision))
    movement = None if found.is_scheduled else movement_since(pack, max(day, found.pack_on))
    user = request.user
    tag, colour = state_words(found, day)
    drawn = pack_charts(pack)
    charts = chart_figures(
        charts={name: chart for name, chart in drawn.items() if not name.startswith("matter-")}
    )
    kinds = (PaperKind.DRAFT,) if found.is_scheduled else (PaperKind.PACK,)
    context = {
        "heading": f"{found.series}, {day_words(found.held_on)}",
        "breadcrumbs": [boards_crumb(force)],
        "board": found,
        "day": day,
        "tag": tag,
        "tag_colour": colour,
        "pack": pack,
        "opening": opening_sentence(pack),
        "movement": movement,
        "figures": _figures(pack, movement, force),
        "matters": [_matter(item, pack, drawn) for item in pack.matters],
        "force_chart": charts.get("force"),
        "other_charts": [
            (name, chart) for name, chart in charts.items() if name.startswith(("category-", "rank-"))
        ],
        "decided": sum(len(item.decisions.all()) for item in pack.items),
        "undecided": sum(not item.decisions.all() for item in pack.items),
        "change": parts_table(pack),
        "parts": _parts(pack, force),
        "bridge": _bridge(pack, force),
        "tables": (tables := _strength(pack, force, may_see_health=user.may(Action.HEALTH_VIEW, force))),
        "formula": _formula(tables),
        "forecast": forecast_table(pack),
        "made_from": made_from(pack)[:-1],
        "digest": digest_in_parts(pack.digest),
        "is_intact": pack.is_intact,
        "papers": paper_offers(found, kinds, force, user),
        "may_prepare": user.may(Action.BOARD_PREPARE, force),
        "may_see_history": user.may(Action.HISTORY_VIEW, force),
        "may_decide": user.may(Action.BOARD_DECIDE, force),
        "may_publish": found.is_scheduled and user.may(Action.BOARD_PREPARE, force),
    }
    return render(request, "workforce/boards/board.html", context)


def _figures(pack: Pack, movement: Movement | None, force: Force) -> list[dict[str, Any]]:
    """What the pack opens on; where a figure of the day has moved since, the note says so."""
    overview = reverse("establishment:overview", args=[force.slug]) + f"?on={pack.board.pack_on.isoformat()}"
    now = movement.total if movement else None
    moved = (
        {
            GAP: ("gap_fte", peelsite_web.signed_gap),
            SHORT: ("under_fte", peelsite_web.fte),
        }
        if now is not None
        else {}
    )
    figures: list[dict[str, Any]] = []
    for figure in key_figures(pack):
        name, words = moved.get(figure["label"], ("", None))
        note = figure["note"]
        if name and getattr(now, name) != getattr(pack.total, name):
            note = f"now {words(getattr(now, name))}"
        href = "#agenda" if figure["label"] == "Decisions asked" else overview
        if figure["label"].startswith("In "):
            href = "#outlook"
        figures.append({**figure, "note": note, "href": href})
    return figures


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One of the cells that matter, as its card shows it."""

    item: AgendaItem
    # Drawn here, as it is two paths and a line, with its figures in a table.
    fan: Svg | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ahead: list[dict[str, str]]
    chance: str


def _matter(item: AgendaItem, pack: Pack, charts: dict[str, Chart]) -> Matter:
    forecast: PackForecast | None = pack.forecast_of_item(item)
    ahead = []
    if forecast is not None:
        for months in (6, 12):
            place = months_ahead(forecast, months)
            ahead.append(
                {
                    "label": f"in {months} months",
                    "gap": peelsite_web.signed_gap(forecast.gap[place]),
                    "range": range_words(forecast, place),
                }
            )
    chance = peelsite_web.percent(forecast.chance[months_ahead(forecast, 12)], 0) if forecast else ""
    chart = charts.get(f"matter-{item.pk}")
    fan = None
    if forecast is not None:
        figures = (
            [float(each) for each in row] for row in (forecast.gap_low, forecast.gap, forecast.gap_high)
        )
        fan = small_fan(*figures)
    return Matter(
        item=item,
        fan=fan,
        columns=chart.columns if chart else (),
        rows=chart.rows if chart else (),
        ahead=ahead,
        chance=chance,
    )


def _parts(pack: Pack, force: Force) -> list[dict[str, Any]]:
    """Rows of the force's comparison, each with the address of what is behind it."""
    table = parts_table(pack)
    if table is None:
        return []
    changes = [*pack.changes_of("total"), None]
    rows = reverse("boards:changes-rows", args=[force.slug, pack.board.pk])
    return [
        {
            "cells": texts,
            "href": f"{rows}?dimension=total&kind={change.kind}" if change and change.about else "",
            "is_total": change is None,
        }
        for texts, change in zip(table.texts, changes, strict=True)
    ]


def _bridge(pack: Pack, force: Force) -> list[dict[str, Any]]:
    """A row for each line that changed: from the last gap to this one."""
    changes = reverse("boards:changes", args=[force.slug, pack.board.pk])
    lines = [
        (line.dimension, line.key, line.label)
        for line in pack.lines
        if line.dimension in (Dimension.TYPE, Dimension.RANK)
        or (line.dimension == Dimension.UNIT and line.depth == 0)
    ]
    order = {Dimension.TYPE: 0, Dimension.RANK: 1, Dimension.UNIT: 2}
    lines.sort(key=lambda line: order[Dimension(line[0])])
    rows = []
    for dimension, key, label in lines:
        found = pack.changes_of(dimension, key)
        if len(found) > 1:
            values = [peelsite_web.signed_gap(value) for value in bridge_values(found)]
            href = f"{changes}?dimension={dimension}&key={key}"
            rows.append({"label": label, "values": values, "href": href})
    return rows


@dataclass(frozen=True, kw_only=True)
class StrengthRow:
    """A line for the page. Small counts of the absent are health data of few people and are kept back."""

    line: PackLine
    is_total: bool
    hides_health: bool
    note: PackNote | None
    href: str


def _formula(tables: list[tuple[str, list[StrengthRow], str]]) -> str:
    """How availability is counted, and why some of it is not shown, where that is so."""
    hides = any(row.hides_health for _, rows, _ in tables for row in rows)
    return f"{AVAILABILITY} {KEPT_BACK_NOTE}" if hides else AVAILABILITY


_FILTERS = {
    Dimension.RANK: "rank",
    Dimension.ROLE: "role",
    Dimension.LOCATION: "location",
    Dimension.UNIT: "unit",
}


def _strength(pack: Pack, force: Force, *, may_see_health: bool) -> list[tuple[str, list[StrengthRow], str]]:
    """Heading, rows and dimension of each table."""
    kept_back = set() if may_see_health else lines_kept_back(pack.lines)
    overview = reverse("establishment:overview", args=[force.slug]) + f"?on={pack.board.pack_on.isoformat()}"

    def row(line: PackLine) -> StrengthRow:
        name = _FILTERS.get(Dimension(line.dimension)) if line.key else None
        return StrengthRow(
            line=line,
            is_total=line.dimension == Dimension.TOTAL,
            hides_health=(line.dimension, line.key) in kept_back,
            note=pack.note_of(line),
            href=f"{overview}&{name}={line.key}" if name else overview,
        )

    return [
        (heading, [row(line) for line in [*lines, pack.total]], lines[0].dimension)
        for heading, lines in pack.tables
    ]
