"""One item with the people and vacancies behind it, and what HR mends on the agenda."""

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
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from workforce.boards.agenda.forms import ItemAddForm, ItemMoveForm, ItemRemoveForm
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.agenda.services import item_restore
from workforce.boards.decisions.calc import day_words, decision_sentence
from workforce.boards.decisions.models import Decision, DecisionKind
from workforce.boards.decisions.selectors import cell_context, together_on, words_of
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb
from workforce.boards.suggestions.views.shown import item_shown


def item_or_404(request: HttpRequest, force: Force, pk: int) -> AgendaItem:
    """The item, or, where a form about it is sent, the one that was removed meanwhile."""
    items = (
        AgendaItem.objects.filter(board__force=force)
        .with_cell()
        .select_related("board__series__force", "board__force", "added_by", "moved_by", "removed_by")
    )
    return row_or_404(request, items, lambda gone: gone.board.force_id == force.pk, pk=pk)


def item_crumb(item: AgendaItem, force: Force) -> tuple[str, str]:
    return (item.title, reverse("boards:item", args=[force.slug, item.pk]))


@require_safe
@force_page(Action.BOARD_VIEW)
def item(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = item_or_404(request, force, pk)
    board = found.board
    decisions = list(Decision.objects.filter(item=found).with_labels().select_related("action"))
    for decision in decisions:
        decision.sentence = decision_sentence(words_of(decision))
    may_decide = request.user.may(Action.BOARD_DECIDE, force) and board.is_published
    context = {
        "heading": found.title,
        "breadcrumbs": [boards_crumb(force), board_crumb(board, force)],
        "board": board,
        "item": found,
        "context": cell_context(found, opening_day(force)) if found.has_cell else None,
        "decisions": decisions,
        "returned": list(found.returned_decisions.select_related("decision__item__board")),
        "together": together_on(found, opening_day(force)) if found.has_cell and decisions else None,
        "kinds": [
            (kind, label)
            for kind, label in DecisionKind.choices
            if found.has_cell or kind == DecisionKind.HOLD
        ],
        "may_decide": may_decide and found.removed_at is None,
        "may_prepare": request.user.may(Action.BOARD_PREPARE, force) and board.is_scheduled,
        "suggested": item_shown(force, found, may_decide=may_decide) if found.has_cell else None,
        "shows_names": found.has_cell
        and request.user.reach(Action.PEOPLE_VIEW, force).covers(found.unit.path),
    }
    return render(request, "workforce/boards/item.html", context)


@form_methods
@force_page(Action.BOARD_PREPARE)
def add(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    return form_page(
        request,
        ItemAddForm(request.POST or None, board=board, user=request.user),
        heading="Add an item to the agenda",
        intro="Choose rank, role, location and unit to bring their figures, or leave all four empty.",
        back=board_crumb(board, force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (board_crumb(board, force)[1], f"{made} is on the agenda."),
        button="Add item",
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def remove(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = item_or_404(request, force, pk)
    return form_page(
        request,
        ItemRemoveForm(request.POST or None, item=found, user=request.user),
        heading=f"Take off the agenda: {found.title}",
        intro="It is listed under the agenda with your reason, and stays off when the agenda is drawn up.",
        back=board_crumb(found.board, force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda gone: (board_crumb(found.board, force)[1], f"{gone} is off the agenda."),
        button="Take off the agenda",
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def move(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = item_or_404(request, force, pk)
    return form_page(
        request,
        ItemMoveForm(request.POST or None, item=found, user=request.user),
        heading=f"Change the place of: {found.title}",
        intro=f"It is item {found.position} of the board of {day_words(found.board.held_on)}.",
        back=board_crumb(found.board, force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda moved: (board_crumb(found.board, force)[1], f"{moved} has a new place."),
        button="Change place",
    )


@require_POST
@force_page(Action.BOARD_PREPARE)
def restore(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = item_or_404(request, force, pk)
    try:
        item_restore(item=found)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"{found} is back on the agenda.")
    return redirect(board_crumb(found.board, force)[1])
