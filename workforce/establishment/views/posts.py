"""One post: its life, and the forms that change it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from peelsite.web.templatetags import peelsite_web
from workforce.establishment import forms, selectors
from workforce.establishment.models import Post
from workforce.people.selectors import holders_of


@require_safe
@force_page(Action.ESTABLISHMENT_VIEW, narrows=True)
def post(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """A post, what became of it, and everyone who was in it."""
    today = opening_day(force)
    found = get_object_or_404(
        selectors.posts_with_filled(Post.objects.of_force(force).with_labels(), today)
        .filter(request.reach.in_units("unit__path"))
        .select_related("succeeds", "unit__parent__parent"),
        pk=pk,
    )
    successors = list(found.succeeded_by.all())
    context = {
        "heading": f"Post {found.reference}",
        "post": found,
        "state": _state(found, today),
        "rows": _rows(found, successors, force),
        "holders": list(holders_of(found.pk)),
        "today": today,
        "shows_names": request.user.reach(Action.PEOPLE_VIEW, force).covers(found.unit.path),
        "may_edit": request.user.may(Action.ESTABLISHMENT_EDIT, force),
        "may_see_history": request.user.may(Action.HISTORY_VIEW, force),
        "breadcrumbs": [_top(force), ("Posts", reverse("establishment:posts", args=[force.slug]))],
    }
    return render(request, "workforce/establishment/post.html", context)


@form_methods
@force_page(Action.ESTABLISHMENT_EDIT)
def create(request: HttpRequest, force: Force) -> HttpResponse:
    return form_page(
        request,
        forms.PostCreateForm(request.POST or None, force=force, initial={"fte": 1}),
        heading="Add a post",
        back=_top(force),
        done=lambda made: (_href("post", force, made), f"Post {made.reference} is added."),
        button="Add post",
    )


@form_methods
@force_page(Action.ESTABLISHMENT_EDIT)
def correct(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _post_of(request, force, pk)
    return _of_post(
        request,
        force,
        found,
        forms.PostCorrectForm(request.POST or None, post=found),
        heading=f"Correct post {found.reference}",
        intro="For what was written down wrongly. Where the post itself changes its rank, role, unit, "
        "location or FTE from a day on, re-profile it instead, so that the past stays as it was.",
        said="is corrected",
    )


@form_methods
@force_page(Action.ESTABLISHMENT_EDIT)
def end(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _post_of(request, force, pk)
    return _of_post(
        request,
        force,
        found,
        forms.PostEndForm(request.POST or None, post=found),
        heading=f"End post {found.reference}",
        warning="The post leaves the establishment after its last day.",
        button="End post",
        said="has an end",
    )


@form_methods
@force_page(Action.ESTABLISHMENT_EDIT)
def reprofile(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _post_of(request, force, pk)
    return _of_post(
        request,
        force,
        found,
        forms.PostReprofileForm(request.POST or None, post=found),
        heading=f"Re-profile post {found.reference}",
        intro="The post ends, and a new one succeeds it from the day you give, with what you change here. "
        "Whoever is in it goes on in the new post.",
        button="Re-profile post",
        said=f"succeeds post {found.reference}",
    )


def _of_post(
    request: HttpRequest, force: Force, found: Post, form: Any, *, said: str, **page: Any
) -> HttpResponse:
    return form_page(
        request,
        form,
        back=(f"Post {found.reference}", _href("post", force, found)),
        done=lambda saved: (_href("post", force, saved), f"Post {saved.reference} {said}."),
        breadcrumbs=[_top(force)],
        **page,
    )


def _post_of(request: HttpRequest, force: Force, pk: int) -> Post:
    """The post, or, where a form about it is sent, the one that was removed meanwhile."""
    posts = Post.objects.of_force(force).with_labels()
    return row_or_404(request, posts, lambda gone: gone.force_id == force.pk, pk=pk)


def _top(force: Force) -> tuple[str, str]:
    return ("Establishment", reverse("establishment:overview", args=[force.slug]))


def _href(page: str, force: Force, row: Post) -> str:
    return reverse(f"establishment:{page}", args=[force.slug, row.pk])


def _state(post: Post, today: Any) -> dict[str, str]:
    """Text and colour of the tag beside the heading."""
    if post.during.lower > today:
        return {"text": "Starts later", "colour": "blue"}
    if post.during.upper is not None and post.during.upper <= today:
        return {"text": "Ended", "colour": "grey"}
    if post.vacant_fte == post.fte:
        return {"text": "Vacant", "colour": "red"}
    if post.vacant_fte > 0:
        return {"text": "Part vacant", "colour": "yellow"}
    return {"text": "Filled", "colour": "green"}


def _rows(post: Post, successors: list[Post], force: Force) -> list[dict[str, Any]]:
    unit, names = post.unit, []
    while unit is not None:
        names.append(unit.name)
        unit = unit.parent
    kind = post.funding.get_kind_display()
    funding = str(post.funding)
    if kind.lower() not in funding.lower():
        funding += f" ({kind.lower()})"
    if post.funding.ends_on:
        funding += f", ends {peelsite_web.day(post.funding.ends_on)}"
    rows = [
        {"term": "Rank or grade", "value": post.rank},
        {"term": "Role", "value": post.role},
        {"term": "Unit", "value": " \u203a ".join(reversed(names))},
        {"term": "Location", "value": post.location},
        {"term": "FTE", "value": peelsite_web.fte_exact(post.fte)},
        {
            "term": "Filled today",
            "value": f"{peelsite_web.fte_exact(post.filled_fte)} FTE, "
            f"{peelsite_web.fte_exact(post.vacant_fte)} FTE vacant",
        },
        {"term": "Exists", "value": peelsite_web.daterange(post.during)},
        {"term": "Funding", "value": funding},
    ]
    links = [("Succeeds", post.succeeds)] if post.succeeds else []
    for term, other in [*links, *(("Succeeded by", each) for each in successors)]:
        href = _href("post", force, other)
        rows.append({"term": term, "value": f"Post {other.reference}", "href": href, "action": "Open"})
    return rows
