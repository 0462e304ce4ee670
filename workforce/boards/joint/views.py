"""Pages of joint boards: each force's part and the whole, shares, and what changed."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.pages import form_methods, form_page
from peelsite.web.exports import xlsx_response
from workforce.boards.decisions.calc import day_words
from workforce.boards.joint.forms import AllocationForm, JointCreateForm, PartJoinForm
from workforce.boards.joint.selectors import (
    Joint,
    PartFigures,
    changes_between,
    joint_for,
    joints_of,
    offered_to,
    parts_on,
)
from workforce.boards.meetings.views import boards_crumb
from workforce.establishment.calc import figures_sum

# Two boards apart, unless asked otherwise.
DAYS_BACK = 61


def _crumb(force: Force) -> tuple[str, str]:
    return ("Joint boards", reverse("boards:joint-list", args=[force.slug]))


def _joint_or_404(force: Force, pk: int) -> Joint:
    found = joint_for(force, pk)
    if found is None:
        raise Http404
    return found


@require_safe
@force_page(Action.BOARD_VIEW)
def joint_list(request: HttpRequest, force: Force) -> HttpResponse:
    context = {
        "heading": "Joint boards",
        "breadcrumbs": [boards_crumb(force)],
        "joints": joints_of(force),
        "offered": offered_to(force, opening_day(force)),
        "may_prepare": request.user.may(Action.BOARD_PREPARE, force),
    }
    return render(request, "workforce/boards/joint/list.html", context)


@require_safe
@force_page(Action.BOARD_VIEW)
def joint(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The joint pack: `?on=` its day, `?since=` the day that it is compared with."""
    found = _joint_or_404(force, pk)
    day = _day(request, "on", opening_day(force))
    since = _day(request, "since", day - timedelta(days=DAYS_BACK))
    now, then = parts_on(found, day), parts_on(found, since)
    if request.GET.get("download") == "xlsx":
        return xlsx_response(f"Joint board {found.joint.name}", _COLUMNS, _rows(now))
    context = {
        "heading": found.joint.name,
        "breadcrumbs": [boards_crumb(force), _crumb(force)],
        "joint": found,
        "day": day,
        "since": since,
        "parts": [(each, _link(request, each, day)) for each in now],
        "whole": figures_sum(each.figures for each in now),
        "ranks": _by_rank(now),
        "changes": changes_between(then, now) if now else [],
        "may_decide": found.lead.pk == force.pk and request.user.may(Action.BOARD_DECIDE, force),
    }
    return render(request, "workforce/boards/joint/joint.html", context)


def _day(request: HttpRequest, name: str, otherwise: date) -> date:
    try:
        return parse_date(request.GET.get(name, "")) or otherwise
    except ValueError:
        return otherwise


def _link(request: HttpRequest, each: PartFigures, day: date) -> str:
    """To the posts behind a part, for those who may see them in the force that employs them."""
    force = each.part.force
    if force not in request.user.forces() or not request.user.may(Action.ESTABLISHMENT_VIEW, force):
        return ""
    page = reverse("establishment:overview", args=[force.slug])
    return f"{page}?on={day.isoformat()}&unit={each.part.unit_id}"


def _by_rank(parts: list[PartFigures]) -> list[dict[str, Any]]:
    """Each rank with its establishment and strength of every force, and the whole."""
    ranks: dict[Any, dict[str, Any]] = {}
    for place, each in enumerate(parts):
        for line in each.by_rank:
            row = ranks.setdefault(line.key, {"label": line.label, "cells": [None] * len(parts)})
            row["cells"][place] = line.figures
    for row in ranks.values():
        row["whole"] = figures_sum(figures for figures in row["cells"] if figures is not None)
    return list(ranks.values())


_COLUMNS = (
    "Force",
    "Unit",
    "Posts",
    "Establishment, FTE",
    "Strength, FTE",
    "Gap, FTE",
    "Agreed share",
    "Establishment by share, FTE",
    "Employed beyond its share, FTE",
)


def _rows(parts: list[PartFigures]) -> list[tuple[Any, ...]]:
    return [
        (
            each.part.force.name,
            each.part.unit.name,
            each.figures.posts,
            each.figures.establishment_fte,
            each.figures.strength_fte,
            each.figures.gap_fte,
            each.share,
            each.account_fte,
            each.beyond_share_fte,
        )
        for each in parts
    ]


@form_methods
@force_page(Action.BOARD_PREPARE)
def create(request: HttpRequest, force: Force) -> HttpResponse:
    back = _crumb(force)
    return form_page(
        request,
        JointCreateForm(request.POST or None, force=force),
        heading="Set up a joint board",
        intro="Over a unit that your force runs with others. Each of them puts its own part in; nobody sees "
        "a part of theirs before.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (reverse("boards:joint", args=[force.slug, made.pk]), f"{made} is set up."),
        button="Set up",
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def join(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    offers = offered_to(force, opening_day(force))
    offer = next((each for each in offers if each.joint.pk == pk), None)
    joined = joint_for(force, pk) if offer is None else None
    if offer is None and joined is None:
        raise Http404
    joint_board = offer.joint if offer else joined.joint
    back = _crumb(force)
    return form_page(
        request,
        PartJoinForm(request.POST or None, force=force, joint=joint_board),
        heading=f"Put a part into {joint_board.name}",
        intro="The other forces then see the sums of these posts and people, and no row of them.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (reverse("boards:joint", args=[force.slug, pk]), "Your part is in."),
        button="Put it in",
    )


@form_methods
@force_page(Action.BOARD_DECIDE)
def allocate(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _joint_or_404(force, pk)
    if found.lead.pk != force.pk:
        raise Http404
    back = (found.joint.name, reverse("boards:joint", args=[force.slug, pk]))
    return form_page(
        request,
        AllocationForm(request.POST or None, joint=found, user=request.user),
        heading="Agree shares",
        intro="From the day on, each force accounts for its share of the whole. No post and no person moves "
        "by it: it is an accounting change, and is told as one.",
        warning="Shares cannot be changed once they are agreed, only followed by others.",
        back=back,
        breadcrumbs=[boards_crumb(force), _crumb(force)],
        done=lambda made: (back[1], f"Shares are agreed from {day_words(made.starts_on)}."),
        button="Agree",
    )
