"""The force's numbers for suggestions: shown with what they mean, and changed from a day on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.templatetags import peelsite_web
from workforce.boards.matching.selectors import matching_numbers
from workforce.boards.meetings.models import Board
from workforce.boards.meetings.views import boards_crumb
from workforce.boards.suggestions.forms import (
    CivilianRoleForm,
    CivilianRoleRemoveForm,
    SettingsForm,
    WeightForm,
)
from workforce.boards.suggestions.models import CivilianRole, RoleWeight, SuggestionSettings
from workforce.boards.suggestions.models.settings import NUMBERS
from workforce.boards.suggestions.selectors import newest_plan
from workforce.boards.suggestions.tasks import chances_ask
from workforce.boards.suggestions.views.board import may_plan, planner_required

_SHARES = ("minimum_share", "light_share", "light_factor")
_MONEY = ("budget", "transferee_cost", "civilian_cost", "agency_cost")


def _crumb(force: Force) -> tuple[str, str]:
    return ("What suggestions go by", reverse("boards:suggestion-settings", args=[force.slug]))


@require_safe
@force_page(Action.BOARD_VIEW)
def settings(request: HttpRequest, force: Force) -> HttpResponse:
    """The numbers that hold, those that held before, weights, and staff in officers' roles."""
    day = opening_day(force)
    held = SuggestionSettings.objects.on(force, day)
    context = {
        "heading": "What suggestions go by",
        "breadcrumbs": [boards_crumb(force)],
        "day": day,
        "held": held,
        "rows": [_row(held, name) for name in NUMBERS],
        "tenure": matching_numbers(force).minimum_tenure_months,
        "others": SuggestionSettings.objects.of_force(force).exclude(pk=held.pk),
        "weights": RoleWeight.objects.of_force(force).select_related("role"),
        "civilian_roles": CivilianRole.objects.of_force(force).select_related("role", "rank", "staff_rank"),
        "may_plan": may_plan(request.user, force),
        "board": _board_asked(request, force),
    }
    return render(request, "workforce/boards/suggestions/settings.html", context)


@form_methods
@force_page(Action.BOARD_VIEW)
def settings_change(request: HttpRequest, force: Force) -> HttpResponse:
    """Other numbers; where a board is named, its plan is worked out again with them."""
    planner_required(request, force)
    board = _board_asked(request, force)
    held = SuggestionSettings.objects.on(force, opening_day(force))
    back = _crumb(force)
    if board is not None:
        back = (
            "Where people could come from",
            reverse("boards:suggestions", args=[force.slug, board.pk]),
        )

    def done(saved: SuggestionSettings) -> tuple[str, str]:
        sentence = f"These numbers hold from {peelsite_web.day(saved.starts_on)}."
        if board is None:
            return back[1], sentence
        chances_ask(newest_plan(board))
        return back[1], f"{sentence} The plan is new."

    return form_page(
        request,
        SettingsForm(request.POST or None, record=held, board=board, user=request.user),
        heading="Change what suggestions go by",
        intro="100 points is one FTE of a role of weight 1 left open from one board to the next. "
        + ("The plan is worked out again with the new numbers." if board else ""),
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=done,
        button="Save and work out again" if board else "Save",
    )


@form_methods
@force_page(Action.BOARD_VIEW)
def weight(request: HttpRequest, force: Force) -> HttpResponse:
    planner_required(request, force)
    back = _crumb(force)
    return form_page(
        request,
        WeightForm(request.POST or None, force=force),
        heading="Set what a gap in a role weighs",
        intro="A gap in response may cost more than one at a desk. Roles without a weight count once.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (back[1], f"{made.role} weighs {made.weight.normalize():f}."),
    )


@form_methods
@force_page(Action.BOARD_VIEW)
def civilian_role(request: HttpRequest, force: Force) -> HttpResponse:
    planner_required(request, force)
    back = _crumb(force)
    return form_page(
        request,
        CivilianRoleForm(request.POST or None, force=force),
        heading="Say where staff may do an officer's work",
        intro="Only in roles without powers that an officer alone holds.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (back[1], f"{made}: staff may do it."),
        button="Add",
    )


@form_methods
@force_page(Action.BOARD_VIEW)
def civilian_role_end(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    planner_required(request, force)
    rows = CivilianRole.objects.select_related("role", "rank", "staff_rank", "force")
    found = row_or_404(request, rows.filter(force=force), lambda gone: gone.force_id == force.pk, pk=pk)
    back = _crumb(force)
    return form_page(
        request,
        CivilianRoleRemoveForm(request.POST or None, civilian_role=found),
        heading="Leave this role to officers",
        intro=f"{found}. Plans made so far keep what they suggested.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda gone: (back[1], f"{gone}: officers alone do it."),
        button="Leave it to officers",
    )


def _board_asked(request: HttpRequest, force: Force) -> Board | None:
    """The board whose page led here, if the address names one of the force that still decides."""
    asked = request.GET.get("board", "")
    if not asked.isascii() or not asked.isdigit():
        return None
    board = Board.objects.of_force(force).select_related("force").filter(pk=asked).first()
    return None if board is None or board.is_approved else board


def _row(held: SuggestionSettings, name: str) -> dict[str, Any]:
    column = held._meta.get_field(name)
    value = getattr(held, name)
    if name in _SHARES:
        shown = peelsite_web.percent(value, 0)
    elif name in _MONEY:
        shown = peelsite_web.pounds(value)
    else:
        shown = f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
    return {"label": column.verbose_name, "value": shown, "meaning": column.help_text}
