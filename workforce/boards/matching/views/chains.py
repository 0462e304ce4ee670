"""Chains of moves: who fills the post that somebody leaves, and all of it carried out at once."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page
from peelsite.web.templatetags import peelsite_web
from workforce.boards.decisions.calc import day_words
from workforce.boards.matching.forms.moves import ChainCarryOutForm, ChainReasonForm, FollowForm
from workforce.boards.matching.models import MoveChain, MoveProposal, MoveState
from workforce.boards.matching.selectors import Wanted, candidates_for
from workforce.boards.matching.selectors.moves import (
    check_moves,
    clash_words,
    clashes,
    may_decide_on,
    moves_within,
    with_asked,
)
from workforce.boards.matching.tasks import mails_queue
from workforce.boards.matching.views.moves import (
    COLOURS,
    concerned_check,
    move_crumb,
    move_or_404,
    moves_crumb,
)
from workforce.boards.matching.views.posts import Shown, candidates_seen, list_context, proposed
from workforce.boards.meetings.views import boards_crumb
from workforce.people.models import Person


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
    } | list_context(request, force, candidates_seen(request, force, _vacated(found), day))
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
    candidates = candidates_for(force, [_vacated(found)], day)[0]
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
