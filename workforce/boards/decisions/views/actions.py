"""Actions listed, closed, handed over and agreed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404, status_of
from peelsite.web.lists import ListPage
from workforce.boards.agenda.views import item_crumb
from workforce.boards.decisions.calc import day_words
from workforce.boards.decisions.filters import ActionFilter
from workforce.boards.decisions.forms import ActionCloseForm, ActionForm, ActionHandOverForm
from workforce.boards.decisions.models import ActionState, BoardAction
from workforce.boards.decisions.selectors import may_close, may_hand_over
from workforce.boards.decisions.tables import ActionTable
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb


@require_safe
@force_page(Action.BOARD_VIEW)
def actions(request: HttpRequest, force: Force) -> HttpResponse:
    page = ListPage(
        request,
        table_class=ActionTable,
        queryset=BoardAction.objects.of_force(force).with_labels().select_related("closed_by"),
        filterset_class=ActionFilter,
        title="Actions of boards",
        row_words="action,actions",
        table_kwargs={"force": force, "day": opening_day(force)},
    )
    context = {
        "heading": "Actions of boards",
        "breadcrumbs": [boards_crumb(force)],
        "list_page": page,
        "day": opening_day(force),
    }
    return page.download() or render(request, "workforce/boards/actions.html", context)


@form_methods
@force_page(Action.BOARD_VIEW)
def action(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One action; its owner, HR and chief officers may close it."""
    actions = BoardAction.objects.of_force(force).with_labels().select_related("closed_by", "force")
    found = row_or_404(request, actions, lambda gone: gone.force_id == force.pk, pk=pk)
    form = None
    # One that somebody closed meanwhile is told so by the form that was sent.
    if may_close(request.user, found) and (found.state == ActionState.OPEN or request.method == "POST"):
        form = ActionCloseForm(request.POST or None, action=found, user=request.user, day=opening_day(force))
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if (closed := form.saved()) is not None:
            messages.success(request, f"The action is {closed.get_state_display().lower()}.")
            return redirect("boards:actions", force.slug)
    to_fill = found.decision.posts_to_fill.with_labels() if found.decision else []
    named = request.user.reach(Action.PEOPLE_VIEW, force)
    context = {
        "heading": "Action",
        "breadcrumbs": [
            boards_crumb(force),
            ("Actions of boards", reverse("boards:actions", args=[force.slug])),
        ],
        "form": form,
        "action": found,
        "rows": _action_rows(found, force),
        "to_fill": to_fill,
        "may_undo": request.user.may(Action.PEOPLE_EDIT, force),
        "handovers": list(found.handovers.select_related("owner_before", "owner", "handed_by")),
        "may_hand_over": found.state == ActionState.OPEN
        and may_hand_over(request.user, found)
        and (found.decision is None or found.board.is_approved),
        "is_late": found.is_late_on(opening_day(force)),
        "named": {each.pk for each in to_fill if named.covers(each.post.unit.path)},
    }
    return render(request, "workforce/boards/action.html", context, status=status_of(form))


@form_methods
@force_page(Action.BOARD_VIEW)
def action_hand_over(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Another owner or another date, by those who prepare boards or decide on them."""
    actions = BoardAction.objects.of_force(force).with_labels().select_related("force")
    found = row_or_404(request, actions, lambda gone: gone.force_id == force.pk, pk=pk)
    if not may_hand_over(request.user, found):
        raise PermissionDenied
    href = reverse("boards:action", args=[force.slug, found.pk])
    return form_page(
        request,
        ActionHandOverForm(request.POST or None, action=found, user=request.user),
        heading="Hand over an action",
        intro=f"{found.text} The minutes keep the owner and the date that were agreed; both are told here.",
        back=("Action", href),
        breadcrumbs=[
            boards_crumb(force),
            ("Actions of boards", reverse("boards:actions", args=[force.slug])),
        ],
        done=lambda saved: (href, f"{saved.owner} has the action now, due on {day_words(saved.due_on)}."),
        button="Hand over",
    )


@form_methods
@force_page(Action.BOARD_DECIDE)
def action_add(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    board = board_or_404(request, force, pk)
    return form_page(
        request,
        ActionForm(request.POST or None, board=board),
        heading="Agree an action",
        intro="For what is agreed beside the decisions. Each decision brings its own action.",
        back=board_crumb(board, force),
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (board_crumb(board, force)[1], "The action is agreed."),
        button="Agree action",
    )


def _action_rows(action: BoardAction, force: Force) -> list[dict]:
    board = action.board
    rows = [
        {"term": "Owner", "value": action.owner.name},
        {"term": "Due", "value": day_words(action.due_on)},
        {
            "term": "Agreed",
            "value": f"Board of {day_words(board.held_on)}",
            "href": board_crumb(board, force)[1],
            "action": "Open",
        },
    ]
    if action.decision is not None:
        href = item_crumb(action.decision.item, force)[1]
        rows.append({"term": "Item", "value": action.decision.item.title, "href": href, "action": "Open"})
    if action.closed_on is not None:
        closed = f"{action.get_state_display()} on {day_words(action.closed_on)}, by {action.closed_by}"
        rows += [{"term": "Closed", "value": closed}, {"term": "Remark", "value": action.closed_reason}]
    return rows
