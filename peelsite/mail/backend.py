"""Django's mail backend for a site without a mail server: every message is kept in the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from peelsite.forces.models import Force
from peelsite.mail.models import OutboxMessage

# Names the force whose outbox keeps the message; it is not part of the message itself.
FORCE_HEADER = "X-Peelsite-Force"


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message once: a message whose id is already kept is not kept again."""
        return sum(self._keep(message) for message in email_messages)

    def _keep(self, message: EmailMessage) -> bool:
        slug = message.extra_headers.get(FORCE_HEADER)
        # Django gives each message that brings no Message-ID one of its own.
        parsed = message.message()
        del parsed[FORCE_HEADER]
        _, created = OutboxMessage.objects.get_or_create(
            message_id=parsed["Message-ID"],
            defaults={
                "force": Force.objects.filter(slug=slug).first() if slug else None,
                "sender": message.from_email,
                "recipients": ", ".join(message.recipients()),
                # As people read it; in the message itself it may be encoded.
                "subject": str(message.subject)[:998],
                "raw": parsed.as_bytes(linesep="\r\n"),
            },
        )
        return created
