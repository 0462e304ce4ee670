"""Who sits on a board, how its packs are sent to them, and what became of each message."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.web.editing.pages import form_methods, form_page, row_or_404
from workforce.boards.meetings.models import BoardSeries
from workforce.boards.meetings.views import boards_crumb
from workforce.boards.members.forms import MailingForm, MemberAddForm, MemberChangeForm, MemberRemoveForm
from workforce.boards.members.models import BoardMember, PackDelivery, PackMailing
from workforce.boards.members.selectors import deliveries_of, members_of
from workforce.boards.members.services import delivery_resend
from workforce.boards.members.tasks import pack_delivery_task

LATEST = 60


def _members_crumb(series: BoardSeries) -> tuple[str, str]:
    return ("Members", reverse("boards:members", args=[series.force.slug, series.pk]))


def _series(request: HttpRequest, force: Force, pk: int) -> BoardSeries:
    found = BoardSeries.objects.of_force(force).select_related("force")
    return row_or_404(request, found, lambda gone: gone.force_id == force.pk, pk=pk)


def _member(request: HttpRequest, force: Force, pk: int) -> BoardMember:
    found = BoardMember.objects.filter(series__force=force).select_related("series__force", "user")
    return row_or_404(request, found, lambda gone: gone.series.force_id == force.pk, pk=pk)


@require_safe
@force_page(Action.BOARD_PREPARE)
def members(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    series = _series(request, force, pk)
    context = {
        "heading": f"Members of {series}",
        "breadcrumbs": [boards_crumb(force)],
        "series": series,
        "members": members_of(series),
        "mailing": PackMailing.objects.filter(series=series).first(),
        "deliveries": deliveries_of(series)[:LATEST],
    }
    return render(request, "workforce/boards/members/members.html", context)


@form_methods
@force_page(Action.BOARD_PREPARE)
def member_add(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    series = _series(request, force, pk)
    back = _members_crumb(series)
    return form_page(
        request,
        MemberAddForm(request.POST or None, series=series),
        heading=f"Add a member of {series}",
        intro="Members are sent each pack six days before the meeting.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda made: (back[1], f"{made.shown_name} is a member."),
        button="Add member",
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def member_change(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    member = _member(request, force, pk)
    back = _members_crumb(member.series)
    return form_page(
        request,
        MemberChangeForm(request.POST or None, member=member),
        heading=f"Change {member.shown_name}",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda saved: (back[1], f"{saved.shown_name} is changed."),
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def member_remove(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    member = _member(request, force, pk)
    back = _members_crumb(member.series)
    return form_page(
        request,
        MemberRemoveForm(request.POST or None, member=member),
        heading=f"Take {member.shown_name} off the board",
        intro="No more packs are sent to this member. What was sent stays on record.",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda gone: (back[1], f"{gone.shown_name} is no member any more."),
        button="Take off",
    )


@form_methods
@force_page(Action.BOARD_PREPARE)
def mailing(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """How the packs are sent, from the first member on."""
    rows = PackMailing.objects.filter(series__force=force).select_related("series__force")
    found = row_or_404(request, rows, lambda gone: gone.series.force_id == force.pk, pk=pk)
    series = found.series
    back = _members_crumb(series)
    return form_page(
        request,
        MailingForm(request.POST or None, mailing=found),
        heading=f"How packs of {series} are sent",
        back=back,
        breadcrumbs=[boards_crumb(force)],
        done=lambda saved: (back[1], "How packs are sent is changed."),
    )


@require_POST
@force_page(Action.BOARD_PREPARE)
def resend(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    delivery = get_object_or_404(
        PackDelivery.objects.filter(board__force=force).select_related("board"), pk=pk
    )
    try:
        delivery_resend(delivery=delivery)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        pack_delivery_task.delay_on_commit(delivery.pk)
        messages.success(request, f"The message to {delivery.address} is being sent again.")
    return redirect("boards:members", force.slug, delivery.board.series_id)
