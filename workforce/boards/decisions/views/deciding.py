"""Decisions taken, with their effect shown before; changed and taken back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404, status_of
from workforce.boards.agenda.calc import gap_words
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.agenda.views import item_crumb, item_or_404
from workforce.boards.decisions.calc import decision_sentence
from workforce.boards.decisions.forms import DecisionChangeForm, DecisionForm, WithdrawForm
from workforce.boards.decisions.models import Decision, DecisionKind
from workforce.boards.decisions.selectors import effect_shown, together_on, words_of
from workforce.boards.decisions.views.effects import effect_context
from workforce.boards.meetings.views import board_crumb, boards_crumb

HEADINGS = {
    DecisionKind.FILL: "Fill posts",
    DecisionKind.HOLD: "Hold a gap",
    DecisionKind.DELETE: "Delete posts",
    DecisionKind.NEW: "Create a new post",
    DecisionKind.REPROFILE: "Re-profile posts",
}
EFFECTS = {
    DecisionKind.FILL: "The heads of the units are asked to match a person to each post at once.",
    DecisionKind.HOLD: "Nothing changes in the establishment. The owner reports by the review date.",
    DecisionKind.DELETE: "The posts end on this date when the minutes are approved.",
    DecisionKind.NEW: "The posts are created when the minutes are approved.",
    DecisionKind.REPROFILE: "Each post ends and another succeeds it when the minutes are approved. Whoever "
    "is in it goes on in the new one.",
}
# The button that shows what the decision would do, beside the one that takes it.
EFFECT_STEP = "effect"


@form_methods
@force_page(Action.BOARD_DECIDE)
def decide(request: HttpRequest, force: Force, pk: int, kind: str) -> HttpResponse:
    """A new decision; the address may hold first values, as those of a suggestion do."""
    item = item_or_404(request, force, pk)
    if kind not in DecisionKind.values:
        raise Http404
    form = DecisionForm(
        request.POST or None,
        item=item,
        kind=kind,
        user=request.user,
        day=opening_day(force),
        asked=request.GET,
    )
    return _decision_page(request, force, item, form)


@form_methods
@force_page(Action.BOARD_DECIDE)
def change(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    decision = _decision_or_404(request, force, pk)
    item = item_or_404(request, force, decision.item_id)
    form = DecisionChangeForm(
        request.POST or None, decision=decision, user=request.user, day=opening_day(force)
    )
    return _decision_page(request, force, item, form)


def _decision_page(
    request: HttpRequest, force: Force, item: AgendaItem, form: DecisionForm | DecisionChangeForm
) -> HttpResponse:
    back = item_crumb(item, force)

    def done(decision: Decision) -> tuple[str, str]:
        fetched = Decision.objects.with_labels().get(pk=decision.pk)
        return back[1], f"Decided: {decision_sentence(words_of(fetched))}"

    context = {
        "item": item,
        "gap": gap_words(item.gap_fte) if item.has_cell else "",
        "effect": EFFECTS[form.kind],
        "effect_step": EFFECT_STEP,
        "together": together_on(item, opening_day(force), form.decision) if item.has_cell else None,
        "form": form,
    }
    if request.method == "POST" and request.POST.get("step") == EFFECT_STEP:
        return _effect_page(request, force, item, form, context | {"back": back})
    return form_page(
        request,
        form,
        heading=HEADINGS[form.kind],
        back=back,
        breadcrumbs=[boards_crumb(force), board_crumb(item.board, force)],
        done=done,
        button="Save decision" if form.decision else "Decide",
        template="workforce/boards/decision.html",
        context=context,
    )


def _effect_page(request, force, item, form, context) -> HttpResponse:
    """The form as it was filled in, with what it would do; nothing is written."""
    deciding = form.tried()
    if deciding is not None:
        shown = effect_shown(item, deciding, opening_day(force), form.decision)
        context |= {"shown": effect_context(shown, force)}
    back = context.pop("back")
    held = {
        "heading": HEADINGS[form.kind],
        "button": "Save decision" if form.decision else "Decide",
        "cancel_href": back[1],
        "breadcrumbs": [boards_crumb(force), board_crumb(item.board, force), back],
        "reader_id": request.user.pk,
    }
    return render(request, "workforce/boards/decision.html", held | context, status=status_of(form))


@form_methods
@force_page(Action.BOARD_DECIDE)
def withdraw(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    decision = _decision_or_404(request, force, pk)
    item = item_or_404(request, force, decision.item_id)
    return form_page(
        request,
        WithdrawForm(request.POST or None, decision=decision),
        heading="Take this decision back",
        intro=decision_sentence(words_of(decision)),
        warning="The decision and its action go, and unit heads are no longer asked to fill its posts.",
        back=item_crumb(item, force),
        breadcrumbs=[boards_crumb(force), board_crumb(item.board, force)],
        done=lambda gone: (item_crumb(item, force)[1], "The decision is taken back."),
        button="Take back",
    )


def _decision_or_404(request: HttpRequest, force: Force, pk: int) -> Decision:
    """The decision, or, where a form about it is sent, the one that was taken back meanwhile."""
    decisions = Decision.objects.filter(item__board__force=force).with_labels()
    return row_or_404(request, decisions, lambda gone: gone.item.board.force_id == force.pk, pk=pk)
