"""Writes of who sits on a board, and the messages about its packs: one a member and board."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.mail.deliveries import services as deliveries
from peelsite.web.editing.records import Seen, locked
from peelsite.web.editing.turns import in_turn
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.meetings.services import series_hold
from workforce.boards.members.emails import pack_message
from workforce.boards.members.models import BoardMember, BoardRole, PackDelivery, PackMailing
from workforce.boards.members.selectors import attaches_pdf, may_sit, recipients_of

LOCK_SPACE = 7003


@in_turn
def member_add(
    *, series: BoardSeries, role: str, user: User | None = None, name: str = "", address: str = ""
) -> BoardMember:
    """Let somebody have the packs of a series: a user who may see them, or a name with an address."""
    series_hold(series.pk)
    member = BoardMember(series=series, role=role, user=user, name=name.strip(), address=address.strip())
    _save(member)
    PackMailing.objects.get_or_create(series=series)
    return member


@in_turn
def member_change(
    *, member: BoardMember, role: str, name: str = "", address: str = "", seen: Seen | None = None
) -> BoardMember:
    """Change a member's role and, of one who is no user, name and address. Raises EditConflict."""
    series_hold(member.series_id)
    member = locked(member, seen)
    member.role = role
    if not member.user_id:
        member.name, member.address = name.strip(), address.strip()
    _save(member)
    return member


@in_turn
def member_remove(*, member: BoardMember, seen: Seen | None = None) -> BoardMember:
    """Send somebody no more packs. What was sent stays on record."""
    member = locked(member, seen)
    pk = member.pk
    member.delete()
    member.pk = pk
    return member


@in_turn
def mailing_change(*, mailing: PackMailing, attach: bool, seen: Seen | None = None) -> PackMailing:
    """Say whether the pack goes along as PDF."""
    mailing = locked(mailing, seen)
    mailing.attaches_pdf = attach
    mailing.save(update_fields=["attaches_pdf"])
    return mailing


@transaction.atomic
def deliveries_make(*, board: Board) -> list[int]:
    """A message for each member who has none about this pack; ids of the new ones.

    However often it is called, there is one for each address and board: PostgreSQL holds that.
    """
    series_hold(board.series_id)
    attach = attaches_pdf(board.series)
    held = {address.lower() for address in board.deliveries.values_list("address", flat=True)}
    made = []
    for member in recipients_of(board):
        address = member.mail_to
        if address.lower() not in held:
            held.add(address.lower())
            made.append(_delivery(board, member, attach))
    return [each.pk for each in PackDelivery.objects.bulk_create(made)]


def _delivery(board: Board, member: BoardMember, attach: bool) -> PackDelivery:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return PackDelivery(
        board=board,
        name=member.shown_name,
        address=member.mail_to,
        attaches_pdf=attach,
        message_id=f"<pack-{board.pk}-{member.pk}-{board.pack_digest[:12]}@{domain}>",
        try_at=timezone.now(),
    )


def delivery_attempt(*, delivery_id: int) -> None:
    """Hand one message over, unless it is being handed over elsewhere or has come to its end."""
    deliveries.attempt(
        deliveries=PackDelivery.objects.select_related("board__series__force", "board__force"),
        delivery_id=delivery_id,
        message=pack_message,
        lock_space=LOCK_SPACE,
    )


def delivery_resend(*, delivery: PackDelivery) -> None:
    """A person decides that a failed or unconfirmed message is sent again, under the same message id."""
    deliveries.resend(delivery=delivery)


def _save(member: BoardMember) -> None:
    if member.role not in BoardRole.values:
        raise ValidationError({"role": "Choose the role on the board."})
    if member.user_id:
        if not may_sit(member.series.force).filter(pk=member.user_id).exists():
            raise ValidationError(
                {"user": f"Choose somebody whose role in {member.series.force} lets them see the board."}
            )
    elif not member.name or not member.address:
        raise ValidationError("Choose a user of the site, or enter a name and an email address.")
    try:
        with transaction.atomic():
            member.full_clean(validate_constraints=False)
            member.save()
    except IntegrityError as refused:
        field = "user" if member.user_id else "address"
        raise ValidationError({field: f"{member.shown_name} is on this board already."}) from refused
