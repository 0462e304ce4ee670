"""Decisions over boards, each followed until it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.lists import ListPage
from workforce.boards.agenda.views import item_crumb
from workforce.boards.decisions.calc import day_words, decision_sentence, progress_sentence, standing
from workforce.boards.decisions.filters import DecisionFilter
from workforce.boards.decisions.models import Decision
from workforce.boards.decisions.selectors import decisions_followed, followed_of, returns_of, words_of
from workforce.boards.decisions.tables import STANDING_COLOURS, DecisionTable
from workforce.boards.meetings.views import board_crumb, boards_crumb


def decisions_crumb(force: Force) -> tuple[str, str]:
    return ("Decisions of boards", reverse("boards:decisions", args=[force.slug]))


@require_safe
@force_page(Action.BOARD_VIEW)
def decisions(request: HttpRequest, force: Force) -> HttpResponse:
    day = opening_day(force)
    page = ListPage(
        request,
        table_class=DecisionTable,
        queryset=decisions_followed(force),
        filterset_class=DecisionFilter,
        title="Decisions of boards",
        row_words="decision,decisions",
        table_kwargs={"force": force, "day": day},
    )
    context = {
        "heading": "Decisions of boards",
        "breadcrumbs": [boards_crumb(force)],
        "list_page": page,
        "day": day,
    }
    return page.download() or render(request, "workforce/boards/decisions.html", context)


@require_safe
@force_page(Action.BOARD_VIEW)
def followed(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One decision: what was decided, what became of it and when, and the boards it came back to."""
    decision = get_object_or_404(decisions_followed(force).select_related("item__board__approved_by"), pk=pk)
    day = opening_day(force)
    recorded = followed_of(decision, day)
    state = standing(recorded, day)
    named = request.user.reach(Action.PEOPLE_VIEW, force)
    asked = list(decision.posts_to_fill.select_related("post__unit", "person", "posting", "matched_by"))
    context = {
        "heading": "Decision",
        "breadcrumbs": [boards_crumb(force), decisions_crumb(force)],
        "decision": decision,
        "sentence": decision_sentence(words_of(decision)),
        "tag": state.label,
        "tag_colour": STANDING_COLOURS[state],
        "day": day,
        "progress": progress_sentence(recorded, day),
        "rows": _rows(decision, force),
        "asked": asked,
        "named": {each.pk for each in asked if named.covers(each.post.unit.path)},
        "handovers": list(decision.action.handovers.all()),
        "returns": list(returns_of(decision)),
    }
    return render(request, "workforce/boards/decision_followed.html", context)


def _rows(decision: Decision, force: Force) -> list[dict]:
    board, action = decision.item.board, decision.action
    rows = [
        {"term": "Item", "value": decision.item.title, "href": item_crumb(decision.item, force)[1]},
        {"term": "Board", "value": day_words(board.held_on), "href": board_crumb(board, force)[1]},
        {"term": "Reason", "value": decision.reason},
        {"term": "Effective", "value": day_words(decision.effective_on)},
        {"term": "Due", "value": day_words(decision.due_on)},
        {"term": "Review", "value": day_words(decision.review_day)},
        {"term": "Owner", "value": decision.owner.name},
        {
            "term": "Action",
            "value": action.get_state_display()
            + (f" on {day_words(action.closed_on)}" if action.closed_on else f", with {action.owner.name}"),
            "href": reverse("boards:action", args=[force.slug, action.pk]),
        },
        {"term": "Decided", "value": f"by {decision.decided_by}, {day_words(decision.decided_at)}"},
        {
            "term": "Minutes",
            "value": f"approved {day_words(board.approved_at)}" if board.is_approved else "not approved yet",
            "href": reverse("boards:minutes", args=[force.slug, board.pk]),
        },
    ]
    return [row | ({"action": "Open"} if "href" in row else {}) for row in rows]
