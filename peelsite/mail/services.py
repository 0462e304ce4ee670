"""Handing one message over so that a crash at any point leaves a row that tells what is known.

With a mail server there is one moment that nobody can see across: after the message has begun to leave and
before the server's reply is written down. `before_data` is called, and should be committed, just before that
moment. A process that dies earlier has sent nothing, and the message may be handed over again; one that dies
later may have sent it, and the site does not send it twice by itself.
"""

import smtplib
from collections.abc import Callable

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from peelsite.mail.backend import FORCE_HEADER


class NotSent(Exception):
    """The message has certainly not been taken. `is_final`: trying again will not help."""

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        super().__init__(sentence)
        self.is_final = is_final


class Unconfirmed(Exception):
    """The server went away after the message had begun to leave: it may or may not have been taken."""


def message_hand_over(*, message: EmailMessage, before_data: Callable[[], None]) -> None:
    """Give one message to the mail server (EMAIL_URL) or to the outbox. Raises NotSent or Unconfirmed."""
    backend = get_connection()
    if not isinstance(backend, SmtpBackend):
        before_data()
        backend.send_messages([message])
        return
    message.extra_headers.pop(FORCE_HEADER, None)
    smtp = _open(backend)
    try:
        _envelope(smtp, message)
        before_data()
        _data(smtp, message)
    finally:
        backend.close()


def _open(backend: SmtpBackend) -> smtplib.SMTP:
    try:
        backend.open()
    except smtplib.SMTPAuthenticationError as refused:
        raise NotSent(
            f"The mail server refused the site's own sign-in ({refused.smtp_code}).", is_final=False
        ) from refused
    except (OSError, smtplib.SMTPException) as fault:
        raise NotSent(f"The mail server cannot be reached: {fault}.", is_final=False) from fault
    return backend.connection


def _envelope(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        smtp.ehlo_or_helo_if_needed()
        _expect(smtp.mail(message.from_email), "The mail server does not take mail from this site")
        for address in message.recipients():
            _expect(smtp.rcpt(address), f"The mail server does not take mail for {address}")
    except (OSError, smtplib.SMTPException) as fault:
        raise NotSent(f"The mail server went away before the message: {fault}.", is_final=False) from fault


def _data(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        reply = smtp.data(message.message().as_bytes(linesep="\r\n"))
    except smtplib.SMTPDataError as refused:
        # The reply to the DATA command itself: nothing of the message has left.
        _expect((refused.smtp_code, refused.smtp_error), "The mail server did not take the message")
        raise Unconfirmed("The mail server answered the message in a way nobody can read.") from refused
    except (OSError, smtplib.SMTPException) as fault:
        raise Unconfirmed(f"The mail server went away while it took the message: {fault}.") from fault
    _expect(reply, "The mail server did not take the message")


def _expect(reply: tuple[int, bytes], failure: str) -> None:
    code, words = reply
    if 200 <= code < 300:
        return
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    raise NotSent(f"{failure}: {code} {text}".strip() + ".", is_final=code >= 500)
