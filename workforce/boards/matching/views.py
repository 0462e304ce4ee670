"""The unit head's pages, made for a phone first: which posts wait, who could take one, from when."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.editing.versions import removed_row
from workforce.boards.agenda.calc import gap_words
from workforce.boards.decisions.calc import day_words
from workforce.boards.decisions.models import Decision, PostToFill, ToFillState
from workforce.boards.matching.forms import MatchForm, SearchForm, UndoForm
from workforce.boards.matching.selectors import candidates, may_undo, posts_to_fill_of, ranks_for, source_gap
from workforce.boards.meetings.views import boards_crumb
from workforce.people.models import Person

CANDIDATES_A_PAGE = 20


def _list_crumb(force: Force) -> tuple[str, str]:
    return ("Posts to fill", reverse("boards:to-fill", args=[force.slug]))


def _post_crumb(to_fill: PostToFill, force: Force) -> tuple[str, str]:
    return (f"Post {to_fill.post.reference}", reverse("boards:to-fill-post", args=[force.slug, to_fill.pk]))


@require_safe
@force_page(Action.POST_MATCH, narrows=True)
def to_fill(request: HttpRequest, force: Force) -> HttpResponse:
    day = opening_day(force)
    rows = list(posts_to_fill_of(request.user, force))
    context = {
        "heading": "Posts to fill",
        "breadcrumbs": [boards_crumb(force)],
        "day": day,
        "tasks": [_task(row, force, day) for row in rows if row.state == ToFillState.WAITING],
        "matched": [row for row in reversed(rows) if row.state == ToFillState.MATCHED],
        "units": [unit.name for unit in request.user.units_headed_in(force)],
    }
    return render(request, "workforce/boards/to_fill.html", context)


@require_safe
@force_page(Action.POST_MATCH, narrows=True)
def post(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One post with those who could take it."""
    found = _to_fill_or_404(request, force, pk)
    day = opening_day(force)
    ranks = ranks_for(found)
    form = SearchForm(request.GET or None)
    search = form.cleaned_data["search"] if form.is_bound and form.is_valid() else ""
    page = Paginator(candidates(found, ranks, day, search=search), CANDIDATES_A_PAGE).get_page(
        request.GET.get("page")
    )
    for person in page:
        person.present = person.present_postings[0] if person.present_postings else None
    context = {
        "heading": f"Fill post {found.post.reference}",
        "breadcrumbs": [boards_crumb(force), _list_crumb(force)],
        "to_fill": found,
        "rows": _post_rows(found),
        "ranks": [rank.name for rank in ranks],
        "page": page,
        "search_form": form,
        "search": search,
        "day": day,
    }
    return render(request, "workforce/boards/to_fill_post.html", context)


@form_methods
@force_page(Action.POST_MATCH, narrows=True)
def match(request: HttpRequest, force: Force, pk: int, person_pk: int) -> HttpResponse:
    """What the move leaves behind is said before the button."""
    found = _to_fill_or_404(request, force, pk)
    day = opening_day(force)
    person = candidates(found, ranks_for(found), day).filter(pk=person_pk).first()
    is_candidate = person is not None
    if not is_candidate and request.method == "POST":
        # Somebody may have put this person into a post meanwhile: the form that was sent says so.
        person = Person.objects.of_force(force).filter(pk=person_pk).first()
    if person is None:
        raise Http404
    form = MatchForm(
        request.POST or None,
        to_fill=found,
        person=person,
        user=request.user,
        day=day,
        is_candidate=is_candidate,
    )

    def done(matched: PostToFill) -> tuple[str, str]:
        first_day = day_words(matched.posting.during.lower)
        return _list_crumb(force)[1], f"{person} takes post {matched.post.reference} on {first_day}."

    return form_page(
        request,
        form,
        heading=f"{person} for post {found.post.reference}",
        back=_post_crumb(found, force),
        breadcrumbs=[boards_crumb(force), _list_crumb(force)],
        done=done,
        template="workforce/boards/match.html",
        context={
            "to_fill": found,
            "rows": _post_rows(found),
            "source": _source_sentence(source_gap(person, day)),
        },
    )


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
        back = _list_crumb(force)
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


def _task(row: PostToFill, force: Force, day) -> dict:
    post = row.post
    late = row.decision.effective_on < day
    return {
        "title": f"Fill post {post.reference}: {post.rank}, {post.role}",
        "href": _post_crumb(row, force)[1],
        "hint": f"{post.unit}, {post.location}. By {day_words(row.decision.effective_on)}, decided by the "
        f"board of {day_words(row.decision.item.board.held_on)}.",
        "status": "Late" if late else "Waiting",
        "colour": "red" if late else "yellow",
    }


def _post_rows(row: PostToFill) -> list[dict]:
    post, decision = row.post, row.decision
    return [
        {"term": "Post", "value": f"{post.rank}, {post.role}"},
        {"term": "Where", "value": f"{post.unit}, {post.location}"},
        {"term": "Fill by", "value": day_words(decision.effective_on)},
        {"term": "From", "value": decision.get_source_display()},
        {"term": "Why", "value": decision.reason},
    ]


def _source_sentence(source) -> str:
    if source is None:
        return "This person is in no post now, so the move opens no gap elsewhere."
    post = source.posting.post
    return (
        f"This opens a gap in {post.unit}: post {post.reference}, {post.rank}, {post.role}, {post.location}. "
        f"Those posts are {gap_words(source.gap_fte)} now and will be {gap_words(source.gap_after_fte)}."
    )
