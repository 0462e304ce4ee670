"""One message to a real mail server that fails at every stage: what is known afterwards, and what arrived."""

import socket
import time

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives

from peelsite.mail.backend import FORCE_HEADER
from peelsite.mail.services import NotSent, Unconfirmed, leaves_the_site, message_hand_over


def message_make(**fields) -> EmailMessage:
    message = EmailMultiAlternatives(
        **{
            "subject": "[OFFICIAL] Testshire: inspection summary",
            "body": "Answers first.\n.a line that begins with a dot\n",
            "from_email": "Peelsite <peelsite@peelsite.invalid>",
            "to": ["chief@peelsite.invalid"],
            "headers": {"Message-ID": "<one@peelsite.invalid>", FORCE_HEADER: "testshire"},
        }
        | fields
    )
    message.attach_alternative("<p>Answers first.</p>", "text/html")
    return message


class Moment:
    """Notes whether the moment before the end of the message has come."""

    def __init__(self) -> None:
        self.came = 0

    def __call__(self) -> None:
        self.came += 1


@pytest.fixture
def moment() -> Moment:
    return Moment()


def test_arrives_whole_and_once(send_by_smtp, moment):
    message_hand_over(message=message_make(), before_end=moment)

    (mail,) = send_by_smtp.received
    assert mail.sender == "peelsite@peelsite.invalid"
    assert mail.recipients == ["chief@peelsite.invalid"]
    assert mail.message["Message-ID"] == "<one@peelsite.invalid>"
    assert mail.message[FORCE_HEADER] is None
    text = mail.message.get_body(("plain",)).get_content()
    assert text == "Answers first.\n.a line that begins with a dot\n"
    assert moment.came == 1


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "ACCEPTED"])
@pytest.mark.parametrize(("answer", "is_final"), [("451 4.3.0 Later", False), ("550 5.1.1 No", True)])
def test_a_refusal_at_any_stage_is_certain(send_by_smtp, moment, stage, answer, is_final):
    send_by_smtp.fail(stage, answer)

    with pytest.raises(NotSent, match=answer) as refused:
        message_hand_over(message=message_make(), before_end=moment)

    assert refused.value.is_final is is_final
    # DATA and ACCEPTED are this server's answers to the whole message.
    assert moment.came == (stage in ("DATA", "ACCEPTED"))


@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT"])
def test_a_server_that_goes_away_before_the_end_has_taken_nothing(send_by_smtp, moment, stage):
    send_by_smtp.drop(stage)

    with pytest.raises(NotSent) as gone:
        message_hand_over(message=message_make(), before_end=moment)

    assert (gone.value.is_final, moment.came, send_by_smtp.received) == (False, 0, [])


@pytest.mark.parametrize(("stage", "arrived"), [("DATA", 0), ("ACCEPTED", 1)])
def test_a_server_that_goes_away_after_the_end_leaves_doubt(send_by_smtp, moment, stage, arrived):
    send_by_smtp.drop(stage)

    with pytest.raises(Unconfirmed, match="may or may not have arrived"):
        message_hand_over(message=message_make(), before_end=moment)

    assert (moment.came, len(send_by_smtp.received)) == (1, arrived)


@pytest.mark.parametrize(
    ("stage", "fault"), [("MAIL", NotSent), ("RCPT", NotSent), ("ACCEPTED", Unconfirmed)]
)
def test_a_server_that_does_not_answer_is_waited_for_so_long(send_by_smtp, settings, moment, stage, fault):
    settings.EMAIL_TIMEOUT = 0.3
    send_by_smtp.delay(stage, 1.2)

    with pytest.raises(fault, match="did not answer in time"):
        message_hand_over(message=message_make(), before_end=moment)


def test_a_server_that_is_not_there(send_by_smtp, settings, moment):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = unused.getsockname()[1]

    with pytest.raises(NotSent, match="cannot be reached: it refused the connection") as gone:
        message_hand_over(message=message_make(), before_end=moment)

    assert (gone.value.is_final, moment.came) == (False, 0)


class Stopped(BaseException):
    """The process ends here."""


def test_a_process_that_stops_before_the_end_has_sent_nothing(send_by_smtp):
    """All of the message is written but for the line that ends it: the server must not take it."""

    def stop():
        raise Stopped

    with pytest.raises(Stopped):
        message_hand_over(message=message_make(), before_end=stop)
    # The next conversation proves that the server has read the end of the first.
    message_hand_over(message=message_make(headers={"Message-ID": "<two@x.invalid>"}), before_end=Moment())

    assert [mail.message["Message-ID"] for mail in send_by_smtp.received] == ["<two@x.invalid>"]


def test_an_answer_nobody_can_read_leaves_doubt(send_by_smtp, moment):
    send_by_smtp.fail("ACCEPTED", "2x0 what")
    with pytest.raises(Unconfirmed, match="could not be read"):
        message_hand_over(message=message_make(), before_end=moment)


@pytest.mark.parametrize("address", ["chef@exämple.invalid", "chief@peelsite.invalid"])
def test_names_beyond_ascii_are_written_as_servers_know_them(send_by_smtp, moment, address):
    message_hand_over(message=message_make(to=[address], subject="Gwent — Heddlu’r"), before_end=moment)

    (mail,) = send_by_smtp.received
    assert mail.recipients == [address.replace("exämple", "xn--exmple-cua")]
    assert mail.message["Subject"] == "Gwent — Heddlu’r"


def test_a_header_of_two_lines_never_leaves(send_by_smtp, moment):
    with pytest.raises(ValueError, match="newlines"):
        message_hand_over(message=message_make(subject="A\r\nBcc: x@y.invalid"), before_end=moment)

    assert (moment.came, send_by_smtp.received) == (0, [])


def test_says_goodbye_without_waiting(send_by_smtp, settings, moment):
    """A server that hangs after it has taken the message must not turn what is known into doubt."""
    settings.EMAIL_TIMEOUT = 20
    send_by_smtp.delay("QUIT", 20)
    began = time.monotonic()
    message_hand_over(message=message_make(), before_end=moment)
    assert time.monotonic() - began < 10
    assert len(send_by_smtp.received) == 1


def test_where_messages_go_is_told_by_the_backend(settings):
    settings.EMAIL_BACKEND = "peelsite.mail.backend.OutboxBackend"
    assert not leaves_the_site()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert leaves_the_site()
