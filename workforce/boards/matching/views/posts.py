"""The unit head's pages, made for a phone first: which posts wait, who could take one, from when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.audit.models import SensitiveKind
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.editing.versions import removed_row
from workforce.boards.decisions.calc import day_words
from workforce.boards.decisions.models import Decision, PostToFill, ToFillState
from workforce.boards.matching.calc import POINTS, POINTS_FOR, Assessment, PersonFacts
from workforce.boards.matching.forms.moves import CandidateForm, MatchForm, UndoForm
from workforce.boards.matching.forms.together import Row, TogetherForm
from workforce.boards.matching.models import MoveProposal, MoveState
from workforce.boards.matching.selectors import (
    Candidates,
    Wanted,
    candidates_for,
    matching_numbers,
    may_undo,
    posts_to_fill_of,
)
from workforce.boards.matching.selectors.moves import moves_to_settle, waiting_for_answer_of
from workforce.boards.matching.selectors.together import Line, proposal_for_all
from workforce.boards.matching.tasks import mails_queue
from workforce.boards.meetings.views import boards_crumb
from workforce.establishment.models import Post
from workforce.health.reasons import look_record, reason_given
from workforce.people.models import Person

CANDIDATES_A_PAGE = 10
CHOICES_A_POST = 8


def list_crumb(force: Force) -> tuple[str, str]:
    return ("Posts to fill", reverse("boards:to-fill", args=[force.slug]))


def _post_crumb(to_fill: PostToFill, force: Force) -> tuple[str, str]:
    return (f"Post {to_fill.post.reference}", reverse("boards:to-fill-post", args=[force.slug, to_fill.pk]))


@require_safe
@force_page(Action.POST_MATCH, narrows=True)
def to_fill(request: HttpRequest, force: Force) -> HttpResponse:
    day = opening_day(force)
    rows = list(posts_to_fill_of(request.user, force))
    waiting = [row for row in rows if row.state == ToFillState.WAITING]
    proposed = {
        move.to_fill_id: move
        for move in MoveProposal.objects.open().filter(to_fill__in=waiting).select_related("person")
    }
    context = {
        "heading": "Posts to fill",
        "breadcrumbs": [boards_crumb(force)],
        "day": day,
        "tasks": [_task(row, force, day, proposed.get(row.pk)) for row in waiting],
        "free": len(waiting) - len(proposed),
        "asked": [asked_task(each, force) for each in waiting_for_answer_of(request.user, force)],
        "settle": [settle_task(each, force) for each in moves_to_settle(request.user, force)],
        "matched": [row for row in reversed(rows) if row.state == ToFillState.MATCHED],
        "units": [unit.name for unit in request.user.units_headed_in(force)],
    }
    return render(request, "workforce/boards/to_fill.html", context)


def asked_task(asked: Any, force: Force) -> dict[str, str]:
    """A move about which a head is asked, as a task."""
    move = asked.proposal
    return {
        "title": f"Answer: {move.person} to post {move.post.reference}",
        "href": reverse("boards:move-answer", args=[force.slug, asked.pk]),
        "hint": f"From {day_words(move.starts_on)}, to {move.post.unit}. Proposed by {move.proposed_by} on "
        f"{day_words(move.proposed_at.date())}.",
        "status": "Asked",
        "colour": "yellow",
    }


def settle_task(move: MoveProposal, force: Force) -> dict[str, str]:
    """A move that an answer has come to, as a task."""
    words = "Another date is offered" if move.state == MoveState.LATER else "Agreed, not yet carried out"
    return {
        "title": f"{move.person} to post {move.post.reference}",
        "href": reverse("boards:move-proposal", args=[force.slug, move.pk]),
        "hint": words,
        "status": move.get_state_display(),
        "colour": "yellow" if move.state == MoveState.LATER else "blue",
    }


@dataclass(frozen=True)
class Shown:
    """A person in the list, with what is said of them."""

    person: PersonFacts
    assessment: Assessment

    @property
    def where(self) -> str:
        person = self.person
        return f"{person.rank}, {person.role}, {person.unit}, {person.location}"


@require_safe
@force_page(Action.POST_MATCH, narrows=True)
def post(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One post with those who could take it, the best first, and why."""
    found = _to_fill_or_404(request, force, pk)
    day = opening_day(force)
    context = {
        "heading": f"Fill post {found.post.reference}",
        "breadcrumbs": [boards_crumb(force), list_crumb(force)],
        "to_fill": found,
        "rows": _post_rows(found),
        "day": day,
    }
    if found.state == ToFillState.WAITING:
        wanted = Wanted.of(found, day)
        move = MoveProposal.objects.open().filter(to_fill=found).select_related("person").first()
        context |= {"move": move, "on": wanted.on} | list_context(
            request, force, candidates_seen(request, force, wanted, day)
        )
    return render(request, "workforce/boards/to_fill_post.html", context)


def candidates_seen(request: HttpRequest, force: Force, wanted: Wanted, day: date) -> Candidates:
    """Who could take the post, with the fact of limited duties for those who may see it and have said why."""
    may_see = request.user.may(Action.HEALTH_VIEW, force) and bool(reason_given(request, force))
    return candidates_for(force, [wanted], day, sees_health=may_see)[0]


def list_context(request: HttpRequest, force: Force, candidates: Candidates) -> dict[str, Any]:
    """The list of people for one post as the page asks for it: searched, narrowed, in pages.

    Whose limited duties are told is written down, as on every page that tells them.
    """
    form = CandidateForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    able = [each for each in candidates.able if _is_asked_for(candidates.people[each.person_id], asked)]
    unable: Iterable[Assessment] = candidates.unable if asked.get("cannot") else ()
    shown = [
        *able,
        *(each for each in unable if _is_asked_for(candidates.people[each.person_id], asked)),
    ]
    page = Paginator(shown, CANDIDATES_A_PAGE).get_page(request.GET.get("page"))
    if candidates.sees_health:
        limited = [each.person_id for each in page if candidates.people[each.person_id].is_limited]
        if limited:
            looked_at = Person.objects.of_force(force).filter(pk__in=limited)
            look_record(request, force, looked_at, kind=SensitiveKind.HEALTH_LIST)
    return {
        "search_form": form,
        "able_count": len(able),
        "unable_count": len(candidates.unable),
        "shows_unable": bool(asked.get("cannot")),
        "page": page,
        "people": [Shown(candidates.people[each.person_id], each) for each in page],
        "points": [(POINTS_FOR[name], points) for name, points in POINTS.items()],
    }


def _is_asked_for(person: PersonFacts, asked: dict[str, Any]) -> bool:
    words = (asked.get("search") or "").lower().split()
    if not all(word in person.name.lower() or word in person.number.lower() for word in words):
        return False
    if asked.get("wants") and not (person.wishes and person.wishes.wants_move):
        return False
    near = asked.get("near")
    return near is None or (person.minutes is not None and person.minutes <= near)


@form_methods
@force_page(Action.POST_MATCH, narrows=True)
def match(request: HttpRequest, force: Force, pk: int, person_pk: int) -> HttpResponse:
    """One person for the post: what speaks for and against, who is asked, and the proposal."""
    found = _to_fill_or_404(request, force, pk)
    day = opening_day(force)
    candidates = candidates_for(force, [Wanted.of(found, day)], day)[0]
    assessment = candidates.of(person_pk)
    is_candidate = assessment is not None and not assessment.cannot
    if not is_candidate and request.method != "POST":
        raise Http404
    person = Person.objects.of_force(force).select_related("force").filter(pk=person_pk).first()
    if person is None:
        raise Http404
    form = MatchForm(
        request.POST or None,
        to_fill=found,
        person=person,
        user=request.user,
        day=day,
        is_candidate=is_candidate,
        initial=_kind_for(assessment),
    )
    return form_page(
        request,
        form,
        heading=f"{person} for post {found.post.reference}",
        back=_post_crumb(found, force),
        breadcrumbs=[boards_crumb(force), list_crumb(force)],
        done=lambda move: proposed(move, force),
        template="workforce/boards/match.html",
        context={
            "rows": _post_rows(found),
            "shown": Shown(candidates.people[person_pk], assessment) if assessment else None,
        },
    )


def _kind_for(assessment: Assessment | None) -> dict[str, str]:
    """How somebody of the rank below would be put in: substantive only from the promotion pool."""
    names = {reason.name for reason in assessment.reasons} if assessment else set()
    if "promotion_qualified" in names:
        return {"kind": "temporary"}
    return {"kind": "acting"} if "acting_only" in names else {}


def proposed(move: MoveProposal, force: Force) -> tuple[str, str]:
    """Where a new proposal leads, and what is said there; whoever is asked gets an email."""
    mails_queue(move)
    if move.state == MoveState.DONE:
        first_day = day_words(move.posting.during.lower)
        return list_crumb(force)[1], f"{move.person} takes post {move.post.reference} on {first_day}."
    address = reverse("boards:move-proposal", args=[force.slug, move.pk])
    if move.state == MoveState.AGREED:
        return address, f"{move.person} is proposed for post {move.post.reference}, as one of a chain."
    units = " and ".join(str(asked.unit) for asked in move.asked.select_related("unit"))
    return address, f"The head of {units} is asked whether {move.person} may go."


@form_methods
@force_page(Action.POST_MATCH, narrows=True)
def together(request: HttpRequest, force: Force) -> HttpResponse:
    """A person for each waiting post of the unit head at once, proposed by the points of all of them."""
    day = opening_day(force)
    proposed_for = MoveProposal.objects.of_force(force).open().values("post")
    waiting = list(posts_to_fill_of(request.user, force).waiting().exclude(post__in=proposed_for))
    lines = proposal_for_all(force, waiting, day)
    rows = [
        Row(
            to_fill=line.to_fill,
            on=line.on,
            people=[(each.person_id, line.words_of(each)) for each in line.best(CHOICES_A_POST)],
            chosen=line.chosen.person_id if line.chosen else None,
        )
        for line in lines
    ]

    def done(moves: list[MoveProposal]) -> tuple[str, str]:
        for move in moves:
            mails_queue(move)
        finished = sum(move.state == MoveState.DONE for move in moves)
        asked = len(moves) - finished
        parts = [f"{finished} done at once"] if finished else []
        parts += [f"{asked} waiting for an answer"] if asked else []
        return list_crumb(force)[1], f"{len(moves)} proposed: {', '.join(parts)}."

    return form_page(
        request,
        TogetherForm(request.POST or None, rows=rows, user=request.user, day=day),
        heading="All waiting posts at once",
        back=list_crumb(force),
        breadcrumbs=[boards_crumb(force)],
        done=done,
        button="Propose these moves",
        template="workforce/boards/to_fill_together.html",
        context={
            "lines": [_line(line) for line in lines],
            "answer_days": matching_numbers(force).answer_days,
        },
    )


def _line(line: Line) -> dict[str, Any]:
    person = line.candidates.people[line.chosen.person_id] if line.chosen else None
    return {
        "to_fill": line.to_fill,
        "on": line.on,
        "why": line.why,
        "shown": Shown(person, line.chosen) if person and line.chosen else None,
    }


@form_methods
@force_page(Action.PEOPLE_VIEW, narrows=True)
def undo(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """A match taken back by the head of the unit, or by those who keep people's records."""
    rows = PostToFill.objects.of_force(force).filter(request.reach.in_units("post__unit__path"))
    rows = rows.with_labels().select_related("force", "posting")
    found = row_or_404(request, rows, lambda gone: gone.force_id == force.pk, pk=pk)
    if not may_undo(request.user, found):
        raise PermissionDenied
    if request.user.reach(Action.POST_MATCH, force):
        back = list_crumb(force)
    else:
        actions = reverse("boards:actions", args=[force.slug])
        back = ("Actions of boards", actions)
    reference = found.post.reference
    return form_page(
        request,
        UndoForm(request.POST or None, to_fill=found, user=request.user),
        heading=f"Take back the match to post {reference}",
        intro=f"{found.person} leaves post {reference} as if never put there: the posting is withdrawn, and "
        "one that it ended runs as before. The post waits for a person again. The history keeps the match."
        if found.person
        else f"Nobody is matched to post {reference}.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda _undone: (back[1], f"Post {reference} waits for a person again."),
        button="Take the match back",
    )


def _to_fill_or_404(request: HttpRequest, force: Force, pk: int) -> PostToFill:
    """A post outside the units that the user heads is as unknown as one of another force."""
    return row_or_404(
        request, posts_to_fill_of(request.user, force), lambda gone: _was_theirs(gone, request, force), pk=pk
    )


def _was_theirs(gone: PostToFill, request: HttpRequest, force: Force) -> bool:
    """Whether a post that the board no longer asks to fill was one for this unit head."""
    if not Decision.objects.filter(pk=gone.decision_id).exists():
        gone.decision = removed_row(Decision, gone.decision_id)
    paths = tuple(unit.path for unit in request.user.units_headed_in(force))
    return gone.force_id == force.pk and gone.post.unit.path.startswith(paths)


def _task(row: PostToFill, force: Force, day: date, move: MoveProposal | None) -> dict[str, str]:
    post = row.post
    late = row.decision.effective_on < day
    who = f" {move.person} is proposed: {move.get_state_display().lower()}." if move else ""
    return {
        "title": f"Fill post {post.reference}: {post.rank}, {post.role}",
        "href": _post_crumb(row, force)[1],
        "hint": f"{post.unit}, {post.location}. By {day_words(row.decision.effective_on)}, decided by the "
        f"board of {day_words(row.decision.item.board.held_on)}.{who}",
        "status": "Late" if late else "Proposed" if move else "Waiting",
        "colour": "red" if late else "blue" if move else "yellow",
    }


def _post_rows(row: PostToFill) -> list[dict]:
    post, decision = row.post, row.decision
    return [
        {"term": "Post", "value": f"{post.rank}, {post.role}"},
        {"term": "Where", "value": f"{post.unit}, {post.location}"},
        {"term": "Fill by", "value": day_words(decision.effective_on)},
        {"term": "From", "value": decision.get_source_display()},
        {"term": "Why", "value": decision.reason},
        *_post_ends(post),
    ]


def _post_ends(post: Post) -> list[dict]:
    ends = post.during.upper
    if ends is None:
        return []
    return [{"term": "Post ends", "value": f"{day_words(ends - timedelta(days=1))}, and the posting with it"}]
