"""Sending each message at most once: the row of any room is moved through the same states.

A message is taken under a lock that PostgreSQL frees if the process dies, and each step is committed on its
own before the next begins:

    waiting -> claimed -> leaving -> sent

A process that dies before `leaving` has sent nothing, and the message is taken up again. One that dies after
it may have sent it, and the message is shown as not confirmed until a person decides: the site errs on the
side of not sending twice. Kept in the site's own outbox, the message and its state are one transaction.

The row is a `MessageRow`.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.db import Error as DatabaseFault
from django.db import connection, models, transaction
from django.utils import timezone

from peelsite.jobs.locks import beside, try_lock
from peelsite.mail.deliveries.calc import BEFORE, OPEN, WAITS, State
from peelsite.mail.services import NotSent, Unconfirmed, leaves_the_site, message_hand_over
from peelsite.web.editing.records import Overtaken

logger = logging.getLogger(__name__)

Message = Callable[[Any], EmailMessage]

LOST_WHILE_LEAVING = "The site stopped while the message was leaving; it may or may not have arrived."


class Superseded(Exception):
    """Another process holds the message: this one lost its lock with its connection and must not go on."""


def attempt(*, deliveries: models.QuerySet, delivery_id: int, message: Message, lock_space: int) -> None:
    """Hand one message over, unless it is being handed over elsewhere or has come to its end.

    `message(row)` makes it, the same at every attempt; `lock_space` is the room's own.
    """
    with transaction.atomic():
        if not try_lock(lock_space, delivery_id):
            return
        delivery = deliveries.filter(pk=delivery_id).first()
        if delivery is None or delivery.state not in OPEN:
            return
        if delivery.state == State.LEAVING:
            mark(delivery, State.UNCONFIRMED, error=LOST_WHILE_LEAVING)
        elif delivery.state == State.CLAIMED and delivery.attempts > len(WAITS):
            mark(
                delivery,
                State.FAILED,
                error=f"The site stopped in the middle of each of {delivery.attempts} attempts.",
            )
        elif delivery.try_at <= timezone.now():
            try:
                _hand_over(delivery, message)
            except Superseded:
                logger.warning("Message %s was taken up elsewhere meanwhile", delivery_id)


def _hand_over(delivery: Any, message: Message) -> None:
    mark(delivery, State.CLAIMED, attempts=delivery.attempts + 1)
    try:
        message_hand_over(message=message(delivery), before_end=lambda: mark(delivery, State.LEAVING))
    except NotSent as refused:
        _not_sent(delivery, refused)
    except Unconfirmed as unknown:
        mark(delivery, State.UNCONFIRMED, error=str(unknown))
    except (Superseded, DatabaseFault):
        # What is known is in the row; beat takes it up from there.
        raise
    except Exception as fault:
        logger.exception("Message %s could not be made", delivery.pk)
        mark(delivery, State.FAILED, error=f"The site could not make this message: {type(fault).__name__}.")
    else:
        mark(delivery, State.SENT, error="", sent_at=timezone.now())


def _not_sent(delivery: Any, refused: NotSent) -> None:
    if refused.is_final or delivery.attempts > len(WAITS):
        mark(delivery, State.FAILED, error=str(refused))
    else:
        wait = WAITS[delivery.attempts - 1]
        mark(delivery, State.WAITING, error=str(refused), try_at=timezone.now() + wait)


def mark(delivery: Any, state: str, **changes: Any) -> None:
    """Commit a step at once, on a connection of its own: the transaction here only holds the lock.

    Only from a state that comes before, in the attempt that this process began: the number of the attempt
    tells it from a later one. Raises Superseded when the row has moved on. A message kept in the outbox is
    marked as sent in the transaction that keeps it.
    """
    changes |= {"state": str(state)}
    if "error" in changes:
        changes["error"] = changes["error"][:400]
    assignments = ", ".join(f"{column} = %s" for column in changes)
    statement = (
        f"UPDATE {delivery._meta.db_table} SET {assignments}"  # noqa: S608 - our table and column names
        " WHERE id = %s AND attempts = %s AND state = ANY(%s)"
    )
    values = [*changes.values(), delivery.pk, delivery.attempts, [str(each) for each in BEFORE[state]]]
    kept_here = state == State.SENT and not leaves_the_site()
    with connection.cursor() if kept_here else beside() as cursor:
        cursor.execute(statement, values)
        if not cursor.rowcount:
            raise Superseded
    for name, value in changes.items():
        setattr(delivery, name, value)


@transaction.atomic
def resend(*, delivery: models.Model) -> None:
    """A person decides that a failed or unconfirmed message is sent again, under the same message id.

    The attempts are counted on: a message that had used up its retries is tried once for each such decision.
    """
    again = (
        type(delivery)
        ._default_manager.filter(pk=delivery.pk, state__in=[State.FAILED, State.UNCONFIRMED])
        .update(state=State.WAITING, error="", try_at=timezone.now())
    )
    if not again:
        raise Overtaken("Only a message that failed or is not confirmed can be sent again.")
