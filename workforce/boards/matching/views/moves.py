"""Proposed moves: who is asked, what they answer, and chains of moves that go together."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
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
    ChainCarryOutForm,
    ChainReasonForm,
    FollowForm,
    WithdrawForm,
)
from workforce.boards.matching.models import AskedState, MoveAsked, MoveChain, MoveProposal, MoveState
from workforce.boards.matching.selectors import (
    Wanted,
    candidates_for,
    matching_numbers,
    source_gap,
)
from workforce.boards.matching.selectors.moves import (
    check_moves,
    clash_words,
    clashes,
    is_head_of,
    may_answer_for,
    may_decide_on,
    moves_within,
    with_asked,
)
from workforce.boards.matching.tables import MoveTable
from workforce.boards.matching.tasks import mails_queue
from workforce.boards.matching.views.posts import Shown, list_context, list_crumb, proposed
from workforce.boards.meetings.views import boards_crumb
from workforce.people.models import Person

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


@require_safe
@force_page(Action.POST_MATCH, narrows=True)
def follow(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Who could fill the post that the person of a move leaves: the next move of a chain."""
    found = _followed_or_404(request, force, pk)
    day = opening_day(force)
    context = {
        "heading": f"Fill post {found.left_post.reference}",
        "move": found,
        "on": found.starts_on,
        "breadcrumbs": [boards_crumb(force), moves_crumb(force), move_crumb(found, force)],
    } | list_context(request, candidates_for(force, [_vacated(found)], day, request.user)[0])
    return render(request, "workforce/boards/move_follow.html", context)


def _vacated(found: MoveProposal) -> Wanted:
    return Wanted(found.left_post, True, found.starts_on)


def _followed_or_404(request: HttpRequest, force: Force, pk: int) -> MoveProposal:
    found = move_or_404(request, force, pk)
    if not may_decide_on(request.user, found):
        raise PermissionDenied
    if found.left_post is None:
        raise Http404
    return found


@form_methods
@force_page(Action.POST_MATCH, narrows=True)
def follow_with(request: HttpRequest, force: Force, pk: int, person_pk: int) -> HttpResponse:
    """One person for the post that is left."""
    found = _followed_or_404(request, force, pk)
    day = opening_day(force)
    person = get_object_or_404(Person.objects.of_force(force).select_related("force"), pk=person_pk)
    candidates = candidates_for(force, [_vacated(found)], day, request.user)[0]
    assessment = candidates.of(person_pk)
    return form_page(
        request,
        FollowForm(request.POST or None, proposal=found, person=person, user=request.user, day=day),
        heading=f"{person} for post {found.left_post.reference}",
        back=(f"Post {found.left_post.reference}", reverse("boards:move-follow", args=[force.slug, pk])),
        breadcrumbs=[boards_crumb(force), moves_crumb(force), move_crumb(found, force)],
        done=lambda moved: (
            reverse("boards:chain", args=[force.slug, moved.chain_id]),
            proposed(moved, force)[1],
        ),
        template="workforce/boards/match.html",
        context={
            "rows": [
                {"term": "Post", "value": f"{found.left_post.rank}, {found.left_post.role}"},
                {"term": "Where", "value": f"{found.left_post.unit}, {found.left_post.location}"},
                {"term": "Left by", "value": f"{found.person}, {day_words(found.starts_on)}"},
            ],
            "shown": Shown(candidates.people[person_pk], assessment) if assessment else None,
        },
    )


def _chain_or_404(request: HttpRequest, force: Force, pk: int) -> tuple[MoveChain, list[MoveProposal]]:
    concerned_check(request, force)
    visible = moves_within(request.user, force).filter(chain=pk)
    if not visible.exists():
        raise Http404
    chain = get_object_or_404(MoveChain.objects.of_force(force).select_related("force", "started_by"), pk=pk)
    return chain, list(with_asked(chain.moves.all()).order_by("place", "pk"))


@require_safe
@force_page(Action.PEOPLE_VIEW, narrows=True)
def chain(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """A chain in words and as a table, with what keeps it from being carried out."""
    found, links = _chain_or_404(request, force, pk)
    open_links = [link for link in links if link.is_open]
    decides = bool(links) and may_decide_on(request.user, links[0])
    waiting = [link for link in open_links if link.state != MoveState.AGREED]
    wrong = clash_words(check_moves(force, open_links), open_links) if open_links else []
    for link in open_links:
        wrong += [clash for clash in clashes(link, opening_day(force)) if clash not in wrong]
    blocking = [each for each in wrong if each.is_hard]
    context = {
        "heading": f"Chain of {peelsite_web.counted(len(links), 'move,moves')}",
        "chain": found,
        "sentences": [chain_sentence(link) for link in links],
        "links": [(link, COLOURS[MoveState(link.state)]) for link in links],
        "clashes": wrong,
        "waiting": waiting,
        "is_open": bool(open_links),
        "may_carry_out": decides and bool(open_links) and not waiting and not blocking,
        "decides": decides,
        "last": open_links[-1] if open_links else None,
        "breadcrumbs": [boards_crumb(force), moves_crumb(force)],
    }
    return render(request, "workforce/boards/chain.html", context)


def chain_sentence(link: MoveProposal) -> str:
    """'Alex Sample (1187) goes from post C-1 in Response to post B-1 in Custody on 1 May 2016.'"""
    left = f"from post {link.left_post.reference} in {link.left_post.unit} " if link.left_post else ""
    return (
        f"{link.person} goes {left}to post {link.post.reference} in {link.post.unit} on "
        f"{day_words(link.starts_on)}."
    )


def _chain_form(form_class: type[Any], heading: str, button: str, said: str) -> Callable[..., HttpResponse]:
    @form_methods
    @force_page(Action.POST_MATCH, narrows=True)
    def page(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
        found, links = _chain_or_404(request, force, pk)
        if not links or not may_decide_on(request.user, links[0]):
            raise PermissionDenied
        address = reverse("boards:chain", args=[force.slug, pk])
        extra = {"day": opening_day(force)} if form_class is ChainCarryOutForm else {}

        def done(_saved: MoveChain) -> tuple[str, str]:
            for link in links if form_class is ChainCarryOutForm else ():
                link.refresh_from_db()
                mails_queue(link)
            return address, said

        return form_page(
            request,
            form_class(request.POST or None, chain=found, user=request.user, **extra),
            heading=heading,
            intro=" ".join(chain_sentence(link) for link in links if link.is_open),
            button=button,
            back=(f"Chain of {len(links)}", address),
            breadcrumbs=[boards_crumb(force), moves_crumb(force)],
            done=done,
        )

    return page


chain_reason = _chain_form(
    ChainReasonForm, "Below the minimum strength", "Save", "The reason is saved with the chain."
)
chain_carry_out = _chain_form(
    ChainCarryOutForm, "Carry out the chain", "Carry out all of it", "Every move of the chain is done."
)

__all__ = [
    "accept",
    "answer",
    "carry_out",
    "chain",
    "chain_carry_out",
    "chain_reason",
    "follow",
    "follow_with",
    "list_crumb",
    "move",
    "moves",
    "withdraw",
]
