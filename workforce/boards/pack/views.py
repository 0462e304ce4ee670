"""The pack: before publication as it would be frozen, afterwards as it was, with what moved since."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods
from peelsite.web.templatetags import peelsite_web
from workforce.boards.agenda.services import agenda_draw_up
from workforce.boards.decisions.calc import day_words, decision_sentence
from workforce.boards.decisions.selectors import words_of
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.selectors import state_words
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb
from workforce.boards.pack.models import PackLine
from workforce.boards.pack.selectors import Movement, Pack, digest_now, movement_since, pack_of
from workforce.boards.pack.services import board_publish
from workforce.establishment.calc import SMALLEST_HEALTH_COUNT


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
    may_see_health = user.may(Action.HEALTH_VIEW, force)
    tag, colour = state_words(found, day)
    context = {
        "heading": f"{found.series}, {day_words(found.held_on)}",
        "breadcrumbs": [boards_crumb(force)],
        "board": found,
        "day": day,
        "tag": tag,
        "tag_colour": colour,
        "pack": pack,
        "movement": movement,
        "figures": _figures(pack, movement, force),
        "decided": sum(len(item.decisions.all()) for item in pack.items),
        "undecided": sum(not item.decisions.all() for item in pack.items),
        "tables": [
            (heading, [strength_row(line, may_see_health) for line in [*lines, pack.total]])
            for heading, lines in pack.tables
        ],
        "is_intact": found.is_scheduled or digest_now(found) == found.pack_digest,
        "may_prepare": user.may(Action.BOARD_PREPARE, force),
        "may_decide": user.may(Action.BOARD_DECIDE, force),
        "may_publish": found.is_scheduled and user.may(Action.BOARD_PREPARE, force),
    }
    return render(request, "workforce/boards/board.html", context)


@require_POST
@force_page(Action.BOARD_PREPARE)
def draw_up(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = board_or_404(request, force, pk)
    try:
        items = agenda_draw_up(board=found)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        count = peelsite_web.counted(len(items), "item is,items are")
        messages.success(request, f"{count} on the agenda, from the figures of {day_words(found.pack_on)}.")
    return redirect("boards:board", force.slug, pk)


@form_methods
@force_page(Action.BOARD_PREPARE)
def publish(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Shows what will be frozen, then freezes it."""
    found = board_or_404(request, force, pk)
    back = reverse("boards:board", args=[force.slug, pk])
    if request.method == "POST":
        try:
            board_publish(board=found, user=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, "The pack is published, and nothing in it can change any more.")
            return redirect(back)
    if not found.is_scheduled:
        return redirect(back)
    pack = pack_of(found)
    context = {
        "heading": f"Publish the pack for {day_words(found.held_on)}",
        "breadcrumbs": [boards_crumb(force), board_crumb(found, force)],
        "rows": _frozen_rows(pack),
        "warning": "Once published, nothing in the pack can change, whoever tries.",
        "text": "The agenda is drawn up once more from the figures of the pack day, and what you did by hand "
        "stays. Then these are frozen:",
        "button": "Publish pack",
        "cancel_href": back,
    }
    return render(request, "components/confirm.html", context)


def _figures(pack: Pack, movement: Movement | None, force: Force) -> list[dict[str, Any]]:
    """Five figures of the pack day; where they moved since, the note says so."""
    total = pack.total
    now = movement.total if movement else None
    overview = reverse("establishment:overview", args=[force.slug]) + f"?on={pack.board.pack_on.isoformat()}"

    def figure(label: str, name: str, note: str = "", **more: Any) -> dict[str, Any]:
        value = getattr(total, name)
        if now is not None and getattr(now, name) != value:
            note = f"now {peelsite_web.fte(getattr(now, name))}"
        return {"label": label, "value": peelsite_web.fte(value), "note": note, "href": overview} | more

    return [
        figure("Establishment, FTE", "establishment_fte"),
        figure("Strength, FTE", "strength_fte", f"{total.headcount:,} people"),
        figure("Under establishment, FTE", "under_fte", "all cells that are short", kind="warning"),
        figure("Over establishment, FTE", "over_fte", "never set against what is short"),
        figure("Vacant, FTE", "vacant_fte", f"{total.vacant_posts:,} posts"),
    ]


def strength_row(line: PackLine, may_see_health: bool) -> dict[str, Any]:
    """A line for the page. Small counts of the absent are health data of few people and are kept back."""
    few = 0 < line.long_term_absent_heads < SMALLEST_HEALTH_COUNT
    return {
        "line": line,
        "is_total": line.dimension == "total",
        "indent": line.depth,
        "hides_health": few and not may_see_health,
    }


def _frozen_rows(pack: Pack) -> list[dict[str, str]]:
    board: Board = pack.board
    total = pack.total
    counted = peelsite_web.counted
    return [
        {"term": "Day of the figures", "value": day_words(board.pack_on)},
        {
            "term": "Strength table",
            "value": f"{counted(len(pack.lines), 'line,lines')}: establishment "
            f"{peelsite_web.fte(total.establishment_fte)} FTE, strength "
            f"{peelsite_web.fte(total.strength_fte)} FTE",
        },
        {
            "term": "Agenda",
            "value": f"{counted(len(pack.items), 'item,items')}, {len(pack.removed)} taken off",
        },
        {"term": "Actions carried", "value": counted(len(pack.carried), "action,actions")},
    ]
