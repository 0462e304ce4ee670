"""Reads of members and messages."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from peelsite.accounts.models import Membership, User
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.mail.deliveries.calc import OPEN
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.members.calc import DAYS_BEFORE, is_due
from workforce.boards.members.models import BoardMember, PackDelivery, PackMailing
from workforce.boards.papers.models import BoardPaper, PaperKind


def may_sit(force: Force) -> QuerySet[User]:
    """Users of the force who may see its boards."""
    allowed = Membership.objects.allowing(Action.BOARD_VIEW).filter(force=force)
    return User.objects.filter(is_active=True, pk__in=allowed.values("user_id")).order_by("name")


def members_of(series: BoardSeries) -> QuerySet[BoardMember]:
    """In the order in which they were put down. One query."""
    return BoardMember.objects.filter(series=series).select_related("user").order_by("pk")


def recipients_of(board: Board) -> list[BoardMember]:
    """Members who are to have the pack: users only while they may see it. Two queries."""
    users = set(may_sit(board.force).values_list("pk", flat=True))
    return [member for member in members_of(board.series) if not member.user_id or member.user_id in users]


def attaches_pdf(series: BoardSeries) -> bool:
    return PackMailing.objects.filter(series=series, attaches_pdf=True).exists()


def packs_due(force: Force, now: datetime) -> list[Board]:
    """Published boards whose members are to be told by now. One query.

    A pack that is attached waits until it is written.
    """
    today = now.date()
    near = (
        Board.objects.of_force(force)
        .with_frozen_pack()
        .filter(held_on__range=(today, today + timedelta(days=DAYS_BEFORE)), series__members__isnull=False)
        .filter(
            ~Q(series__mailing__attaches_pdf=True)
            | Q(pk__in=BoardPaper.objects.filter(kind=PaperKind.PACK).values("board_id"))
        )
        .select_related("series", "force")
        .distinct()
    )
    return [board for board in near if is_due(board.held_on, now)]


def deliveries_open(now: datetime) -> QuerySet[PackDelivery]:
    """Messages that are to be sent by now or were being sent when a worker was lost."""
    return PackDelivery.objects.filter(state__in=OPEN, try_at__lte=now)


def deliveries_of(series: BoardSeries) -> QuerySet[PackDelivery]:
    """The latest messages of a series first."""
    return (
        PackDelivery.objects.filter(board__series=series)
        .select_related("board")
        .order_by("-board__held_on", "name")
    )
