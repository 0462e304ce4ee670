"""What changed on one line since the last pack, and the posts and people behind each part."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.templatetags import peelsite_web
from workforce.boards.comparison.calc import Kind, LineKey
from workforce.boards.comparison.models import CompareDimension
from workforce.boards.comparison.selectors import Behind, rows_behind
from workforce.boards.decisions.calc import day_words
from workforce.boards.meetings.views import board_crumb, board_or_404, boards_crumb
from workforce.boards.pack.selectors import Pack, pack_of
from workforce.boards.papers.exports.changes import parts_table
from workforce.establishment.models import Post
from workforce.people.models import Person


@require_safe
@force_page(Action.BOARD_VIEW)
def changes(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Every part of one line: `?dimension=rank&key=3`. Leads to the pack where nothing is compared."""
    board = board_or_404(request, force, pk)
    pack = pack_of(board)
    line = _line(request)
    label = _label(pack, line)
    table = parts_table(pack, line.dimension, line.key, label)
    if table is None:
        return redirect(board_crumb(board, force)[1])
    rows = reverse("boards:changes-rows", args=[force.slug, pk])
    parts = [*pack.changes_of(line.dimension, line.key), None]
    context = {
        "heading": f"{label}: what changed since {day_words(pack.edition.compared_with.pack_on)}",
        "breadcrumbs": [boards_crumb(force), board_crumb(board, force)],
        "board": board,
        "table": table,
        "parts": [
            {
                "cells": texts,
                "href": f"{rows}?dimension={line.dimension}&key={line.key}&kind={part.kind}"
                if part and part.about
                else "",
                "is_total": part is None,
            }
            for texts, part in zip(table.texts, parts, strict=True)
        ],
    }
    return render(request, "workforce/boards/pack/changes.html", context)


@require_safe
@force_page(Action.BOARD_VIEW)
def rows(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The posts, or the people within the reader's reach, behind one part."""
    board = board_or_404(request, force, pk)
    line = _line(request)
    pack = pack_of(board)
    label = _label(pack, line)
    parts = {part.kind: part for part in pack.changes_of(line.dimension, line.key)}
    frozen = parts.get(request.GET.get("kind", ""))
    if frozen is None or not frozen.about:
        return redirect(board_crumb(board, force)[1])
    kind, last = Kind(frozen.kind), pack.edition.compared_with
    behind = rows_behind(force, last.pack_on, board.pack_on, line, kind)
    listed, count, unseen = _listed(request, force, behind, kind)
    context = {
        "heading": f"{kind.label}: {label}",
        "breadcrumbs": [boards_crumb(force), board_crumb(board, force)],
        "board": board,
        "since": last.pack_on,
        "kind": kind,
        "rows": listed,
        "count": count,
        "unseen": unseen,
        "frozen": frozen,
        "differs": frozen.count != count,
    }
    return render(request, "workforce/boards/pack/changes_rows.html", context)


def _line(request: HttpRequest) -> LineKey:
    dimension = request.GET.get("dimension", "total")
    if dimension not in CompareDimension.values:
        raise Http404
    return LineKey(dimension=dimension, key=request.GET.get("key", "")[:90])


def _label(pack: Pack, line: LineKey) -> str:
    for each in pack.lines:
        if (each.dimension, each.key) == (line.dimension, line.key):
            return each.label
    items = [*pack.items, *pack.removed]
    cells = {f"{i.rank_id}-{i.role_id}-{i.location_id}-{i.unit_id}": i.title for i in items if i.has_cell}
    if line.dimension == CompareDimension.CELL and line.key in cells:
        return cells[line.key]
    raise Http404


def _listed(
    request: HttpRequest, force: Force, behind: Behind, kind: Kind
) -> tuple[list[dict[str, Any]], int, int]:
    """Rows to show, how many there are, and how many of them the reader may not see."""
    if kind.about == "posts":
        posts = Post.objects.filter(pk__in=behind.posts).with_labels().order_by("reference")
        shown = [
            _row(
                post.reference,
                reverse("establishment:post", args=[force.slug, post.pk]),
                f"{post.rank}, {post.role}, {post.location}, {post.unit}",
                steps,
            )
            for post in posts
            for steps in behind.posts[post.pk]
        ]
        return shown, sum(map(len, behind.posts.values())), 0
    reach = request.user.reach(Action.PEOPLE_VIEW, force)
    people = Person.objects.filter(pk__in=behind.people)
    people = people.within(reach, opening_day(force)) if reach else people.none()
    shown = [
        _row(person.full_name, reverse("people:person", args=[force.slug, person.pk]), person.number, steps)
        for person in people
        for steps in behind.people[person.pk]
    ]
    count = sum(map(len, behind.people.values()))
    return shown, count, count - len(shown)


def _row(label: str, href: str, detail: str, step: tuple[Any, Any]) -> dict[str, Any]:
    day, fte = step
    return {
        "label": label,
        "href": href,
        "detail": detail,
        "day": day,
        "fte": peelsite_web.signed_gap(fte, 2),
    }
