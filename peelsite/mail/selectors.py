"""Reads of the outbox."""

from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from django.conf import settings
from django.db.models import Q, QuerySet

from peelsite.forces.models import Force
from peelsite.mail.models import OutboxMessage


@dataclass(frozen=True)
class Attachment:
    number: int
    name: str
    content_type: str
    size: int


@dataclass(frozen=True)
class MessageParts:
    """A kept message taken apart: plain text, HTML ('' when there is none) and its files."""

    text: str
    html: str
    attachments: tuple[Attachment, ...]


def outbox_of(force: Force) -> QuerySet[OutboxMessage]:
    """Messages of a force; on a one-machine demonstration also those of accounts, with sign-in links."""
    rows = Q(force=force)
    if settings.LOCAL:
        rows |= Q(force__isnull=True)
    return OutboxMessage.objects.filter(rows).defer("raw").select_related("force")


def parts_of(message: OutboxMessage) -> MessageParts:
    parsed = _parse(message)
    text, html = (parsed.get_body((kind,)) for kind in ("plain", "html"))
    return MessageParts(
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        attachments=tuple(
            Attachment(
                number, part.get_filename() or f"file-{number}", part.get_content_type(), len(_bytes(part))
            )
            for number, part in enumerate(parsed.iter_attachments(), start=1)
        ),
    )


def attachment_of(message: OutboxMessage, number: int) -> tuple[Attachment, bytes] | None:
    """One file of a message, or None when it has no such file."""
    for attachment, part in zip(
        parts_of(message).attachments, _parse(message).iter_attachments(), strict=True
    ):
        if attachment.number == number:
            return attachment, _bytes(part)
    return None


def _parse(message: OutboxMessage) -> EmailMessage:
    return BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(bytes(message.raw))


def _bytes(part: EmailMessage) -> bytes:
    return part.get_payload(decode=True) or b""
