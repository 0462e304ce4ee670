"""The states of a message, and which may follow which. No database."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """WAITING -> CLAIMED -> LEAVING -> SENT, with every step committed before the next begins."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    LEAVING = "leaving"
    SENT = "sent"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"


#: States in which something is still to be done.
OPEN = (State.WAITING, State.CLAIMED, State.LEAVING)

# After the last wait the message has failed for good, and a person decides.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))

# Before each state. A reply that comes after the message was given up as not confirmed is still the truth.
BEFORE: dict[str, Sequence[str]] = {
    State.CLAIMED: [State.WAITING, State.CLAIMED],
    State.LEAVING: [State.CLAIMED],
    State.WAITING: [State.CLAIMED, State.LEAVING],
    State.FAILED: [State.CLAIMED, State.LEAVING, State.UNCONFIRMED],
    State.UNCONFIRMED: [State.LEAVING],
    State.SENT: [State.CLAIMED, State.LEAVING, State.UNCONFIRMED],
}
