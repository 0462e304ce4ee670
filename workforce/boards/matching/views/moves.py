"""Proposed moves: who is asked, what they answer, and chains of moves that go together."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web
from workforce.boards.agenda.calc import gap_words
from workforce.boards.decisions.calc import day_words
from workforce.boards.matching.filters import MoveFilter
from workforce.boards.matching.forms.moves import (
    AcceptForm,
    AnswerForm,
    CarryOutForm,
    WithdrawForm,
)
from workforce.boards.matching.models import AskedState, MoveAsked, MoveProposal, MoveState
from workforce.boards.matching.selectors import (
    matching_numbers,
    source_gap,
)
from workforce.boards.matching.selectors.moves import (
    clashes,
    is_head_of,
    may_answer_for,
    may_decide_on,
    moves_within,
    with_asked,
)
from workforce.boards.matching.tables import MoveTable
from workforce.boards.matching.tasks import mails_queue
from workforce.boards.meetings.views import boards_crumb

COLOURS = {
    MoveState.ASKED: "yellow",
    MoveState.LATER: "yellow",
    MoveState.AGREED: "blue",
    MoveState.DONE: "green",
    MoveState.REFUSED: "red",
    MoveState.WITHDRAWN: "grey",
}


def moves_crumb(force: Force) -> tuple[str, str]:
    return ("Moves", reverse("boards:moves", args=[force.slug]))


def _href(move: MoveProposal, force: Force) -> str:
    return reverse("boards:move-proposal", args=[force.slug, move.pk])


def move_crumb(move: MoveProposal, force: Force) -> tuple[str, str]:
    return (str(move.person), _href(move, force))


@require_safe
@force_page(Action.PEOPLE_VIEW, narrows=True)
def moves(request: HttpRequest, force: Force) -> HttpResponse:
    """Every proposed move that the user may see."""
    concerned_check(request, force)
    page = ListPage(
        request,
        table_class=MoveTable,
        queryset=with_asked(moves_within(request.user, force)),
        filterset_class=MoveFilter,
        title="Moves",
        row_words="move,moves",
        table_kwargs={"force": force},
    )
    context = {"heading": "Moves", "list_page": page, "breadcrumbs": [boards_crumb(force)]}
    return page.download() or render(request, "workforce/boards/moves.html", context)


def concerned_check(request: HttpRequest, force: Force) -> None:
    """Moves are for those who head units, keep people's records or decide on the board."""
    user = request.user
    if not user.reach(Action.POST_MATCH, force) and not may_answer_for(user, force):
        raise PermissionDenied


def move_or_404(request: HttpRequest, force: Force, pk: int) -> MoveProposal:
    concerned_check(request, force)
    return get_object_or_404(with_asked(moves_within(request.user, force)), pk=pk)


@require_safe
@force_page(Action.PEOPLE_VIEW, narrows=True)
def move(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = move_or_404(request, force, pk)
    day = opening_day(force)
    answer_days = matching_numbers(force).answer_days
    decides = may_decide_on(request.user, found)
    answers = [_answer(each, found, request, answer_days) for each in found.asked.all()]
    context = {
        "heading": f"{found.person} to post {found.post.reference}",
        "move": found,
        "colour": COLOURS[MoveState(found.state)],
        "rows": move_rows(found),
        "answers": answers,
        "offered": max((each.from_day for each in found.asked.all() if each.from_day), default=None),
        "clashes": clashes(found, day) if found.is_open else [],
        "decides": decides,
        "may_withdraw": found.is_open and (decides or may_answer_for(request.user, force)),
        "may_follow": decides and found.is_open and found.left_post_id is not None,
        "left_words": gap_sentence(found, day),
        "breadcrumbs": [boards_crumb(force), moves_crumb(force)],
    }
    return render(request, "workforce/boards/move.html", context)


def move_rows(found: MoveProposal) -> list[dict[str, Any]]:
    post, left = found.post, found.left_post
    until = f" to {peelsite_web.day(last)}" if (last := _last(found)) else ""
    rows = [
        {"term": "Person", "value": str(found.person)},
        {"term": "To", "value": f"{post.reference}: {post.rank}, {post.role}, {post.unit}, {post.location}"},
        {"term": "From", "value": f"{peelsite_web.day(found.starts_on)}{until}"},
        {"term": "How", "value": found.get_kind_display()},
        {
            "term": "Where they are",
            "value": f"{left.reference}: {left.rank}, {left.role}, {left.unit}, {left.location}"
            if left
            else "In no post",
        },
        {"term": "Proposed", "value": f"{found.proposed_by}, {peelsite_web.day(found.proposed_at)}"},
    ]
    if found.note:
        rows.append({"term": "Note", "value": found.note})
    if found.reason:
        label = "Why it is not done" if found.state == MoveState.AGREED else "Reason"
        rows.append({"term": label, "value": found.reason})
    return rows


def _last(found: MoveProposal) -> date | None:
    return date.fromordinal(found.ends_before.toordinal() - 1) if found.ends_before else None


def _answer(asked: MoveAsked, found: MoveProposal, request: HttpRequest, answer_days: int) -> dict[str, Any]:
    waited = (timezone.now() - asked.asked_at).days
    is_waiting = asked.state == AskedState.WAITING
    late = is_waiting and found.is_open and waited >= answer_days
    return {
        "asked": asked,
        "late": f"No answer for {waited} days" if late else "",
        "may_answer": is_waiting
        and found.is_open
        and (is_head_of(request.user, asked, found.force) or may_answer_for(request.user, found.force)),
    }


def gap_sentence(found: MoveProposal, day: date) -> str:
    """What the move leaves behind, in the words of the board."""
    source = source_gap(found.person, day)
    if source is None or not found.is_open:
        return ""
    post = source.posting.post
    return (
        f"It opens a gap in {post.unit}: post {post.reference}, {post.rank}, {post.role}, {post.location}. "
        f"Those posts are {gap_words(source.gap_fte)} now and will be {gap_words(source.gap_after_fte)}."
    )


@form_methods
@force_page(Action.PEOPLE_VIEW, narrows=True)
def answer(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The head of the unit, or who answers for them, agrees or refuses."""
    concerned_check(request, force)
    asked = get_object_or_404(
        MoveAsked.objects.filter(proposal__in=moves_within(request.user, force)).select_related("unit"), pk=pk
    )
    found = move_or_404(request, force, asked.proposal_id)
    day = opening_day(force)
    is_own = is_head_of(request.user, asked, force)
    if not is_own and not may_answer_for(request.user, force):
        raise PermissionDenied

    def done(moved: MoveProposal) -> tuple[str, str]:
        mails_queue(moved)
        return _href(moved, force), _said(moved)

    form = AnswerForm(request.POST or None, asked=asked, user=request.user, day=day, is_own=is_own)
    return form_page(
        request,
        form,
        heading=f"May {found.person} go?",
        back=move_crumb(found, force),
        breadcrumbs=[boards_crumb(force), moves_crumb(force)],
        done=done,
        button="Send the answer",
        template="workforce/boards/move_answer.html",
        context={
            "rows": move_rows(found),
            "left_words": gap_sentence(found, day),
            "clashes": clashes(found, day) if found.is_open else [],
            "asked": asked,
        },
    )


def _said(moved: MoveProposal) -> str:
    if moved.state == MoveState.DONE:
        return f"Agreed. {moved.person} takes post {moved.post.reference} on {day_words(moved.starts_on)}."
    if moved.state == MoveState.ASKED:
        return "Your answer is sent. Another head of a unit is still to answer."
    return f"Your answer is sent: {moved.get_state_display().lower()}."


def _move_form(
    form_class: type[Any], heading: str, button: str, intro: Callable[[MoveProposal], str], said: str
) -> Callable[..., HttpResponse]:
    """A page that says yes to something about a move."""

    @form_methods
    @force_page(Action.PEOPLE_VIEW, narrows=True)
    def page(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        found = move_or_404(request, force, pk)
        if not may_decide_on(request.user, found) and not (
            form_class is WithdrawForm and may_answer_for(request.user, force)
        ):
            raise PermissionDenied
        return form_page(
            request,
            form_class(request.POST or None, proposal=found, user=request.user, day=opening_day(force)),
            heading=heading,
            intro=intro(found),
            button=button,
            back=move_crumb(found, force),
            breadcrumbs=[boards_crumb(force), moves_crumb(force)],
            done=lambda moved: (_href(moved, force), said.format(moved.person, moved.post.reference)),
        )

    return page


def _offered(found: MoveProposal) -> str:
    days = [each.from_day for each in found.asked.all() if each.from_day]
    words = day_words(max(days)) if days else "no date"
    return f"{found.person} takes post {found.post.reference} from {words}, the date that was offered."


accept = _move_form(
    AcceptForm, "Take the other date", "Take this date", _offered, "{} to post {}: the other date is taken."
)
carry_out = _move_form(
    CarryOutForm,
    "Carry out the move",
    "Carry out",
    lambda found: f"{found.person} takes post {found.post.reference} from {day_words(found.starts_on)}.",
    "{} takes post {}.",
)
withdraw = _move_form(
    WithdrawForm,
    "Take the proposal back",
    "Take back",
    lambda found: f"{found.person} is no longer proposed for post {found.post.reference}.",
    "The proposal of {} for post {} is taken back.",
)
