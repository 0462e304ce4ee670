"""Handing one message over so that a crash at any point leaves a row that tells what is known.

A mail server takes a message when it has read the line that ends it (RFC 5321, 4.1.1.4), and the client knows
when it has read the reply. `before_end` is called, and must be committed, when all of the message has been
written and only that last line is left. A process that dies earlier has sent nothing, and the message may be
handed over again; one that dies later may have sent it, and the site does not send it twice by itself.
"""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address

from peelsite.mail.backend import FORCE_HEADER

END_OF_MESSAGE = b".\r\n"


class NotSent(Exception):
    """The message has certainly not been taken. `is_final`: trying again will not help."""

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        super().__init__(sentence)
        self.is_final = is_final


class Unconfirmed(Exception):
    """The server went away after the end of the message: it may or may not have been taken."""


def leaves_the_site() -> bool:
    """Whether messages go to a mail server; else they are kept in this site's database."""
    return isinstance(get_connection(), SmtpBackend)


def message_hand_over(*, message: EmailMessage, before_end: Callable[[], None]) -> None:
    """Give one message to the mail server (EMAIL_URL) or to the outbox. Raises NotSent or Unconfirmed.

    Whatever `before_end` raises ends the conversation before the message is taken. It is not called for the
    outbox: the message is kept, or not, by the caller's own transaction.
    """
    backend = get_connection()
    if not isinstance(backend, SmtpBackend):
        backend.send_messages([message])
        return
    message.extra_headers.pop(FORCE_HEADER, None)
    # Made before the conversation begins: a message that cannot be made has not half left.
    content = _lines(message.message().as_bytes(linesep="\r\n"))
    smtp = _open(backend)
    try:
        _envelope(smtp, message, content)
        before_end()
        _end(smtp)
    finally:
        _leave(smtp)


def _lines(content: bytes) -> bytes:
    """The message as it travels: a line's first dot doubled, the last line ended (RFC 5321, 4.5.2)."""
    whole = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _open(backend: SmtpBackend) -> smtplib.SMTP:
    try:
        backend.open()
        backend.connection.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError as refused:
        raise NotSent(
            f"The mail server refused the site's own sign-in ({refused.smtp_code}).", is_final=False
        ) from refused
    except (OSError, smtplib.SMTPException) as fault:
        with suppress(OSError, smtplib.SMTPException):
            backend.close()
        raise NotSent(f"The mail server cannot be reached: {_words(fault)}.", is_final=False) from fault
    return backend.connection


def _envelope(smtp: smtplib.SMTP, message: EmailMessage, content: bytes) -> None:
    """Everything up to the line that ends the message: until then the server has taken nothing."""
    encoding = message.encoding or "utf-8"
    options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else []
    try:
        sender = sanitize_address(message.from_email, encoding)
        _expect(smtp.mail(sender, options), "The mail server does not take mail from this site")
        for address in message.recipients():
            reply = smtp.rcpt(sanitize_address(address, encoding))
            _expect(reply, f"The mail server does not take mail for {address}")
        _expect(smtp.docmd("DATA"), "The mail server did not take the message", wanted=3)
        smtp.send(content)
    except (OSError, smtplib.SMTPException) as fault:
        raise NotSent(
            f"The mail server went away before the end of the message: {_words(fault)}.", is_final=False
        ) from fault
    except ValueError as unusable:
        raise NotSent(f"This address cannot be written to: {unusable}.", is_final=True) from unusable


def _end(smtp: smtplib.SMTP) -> None:
    try:
        smtp.send(END_OF_MESSAGE)
        code, said = smtp.getreply()
    except (OSError, smtplib.SMTPException) as fault:
        raise Unconfirmed(
            "The mail server went away before it said whether it took the message; it may or may not have "
            f"arrived: {_words(fault)}."
        ) from fault
    if code // 100 not in (2, 4, 5):
        raise Unconfirmed(
            "The mail server's answer to the message could not be read; it may or may not have arrived: "
            f"{_text(said)}."
        )
    _expect((code, said), "The mail server did not take the message")


def _leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye without waiting for the answer: what was known before is not to be lost meanwhile."""
    with suppress(OSError, smtplib.SMTPException):
        smtp.putcmd("QUIT")
    smtp.close()


def _expect(reply: tuple[int, bytes], failure: str, *, wanted: int = 2) -> None:
    code, said = reply
    if code // 100 == wanted:
        return
    raise NotSent(
        f"{failure}: {code} {_text(said)}".rstrip(" .") + ".",
        # A server that closes says 421; 5xx is for good; anything else is worth another try.
        is_final=code >= 500,
    )


def _words(fault: Exception) -> str:
    if isinstance(fault, TimeoutError) or str(fault).endswith("timed out"):
        return "it did not answer in time"
    if isinstance(fault, ConnectionRefusedError):
        return "it refused the connection"
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{fault.smtp_code} {_text(fault.smtp_error)}".rstrip(" .")
    return str(fault).rstrip(" .") or type(fault).__name__


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())
