"""How a decision stands on a day, followed until it is done. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workforce.boards.agenda.calc import counted
from workforce.boards.decisions.calc.words import day_words, listed


class Standing(StrEnum):
    """Where a decision has got to."""

    OPEN = "open"
    PARTLY = "partly"
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {
            Standing.OPEN: "Under way",
            Standing.PARTLY: "Partly done",
            Standing.LATE: "Late",
            Standing.DONE: "Done",
            Standing.DROPPED: "Dropped",
        }[self]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What is recorded of a decision and its action; posts are those that unit heads are asked to fill."""

    kind: str
    effective_on: date
    review_on: date
    is_approved: bool
    owner: str
    # State of its action on the day asked, and when and why it was closed.
    action_state: str
    closed_on: date | None = None
    closed_reason: str = ""
    matched: Sequence[str] = ()
    waiting: Sequence[str] = ()
    withdrawn: Sequence[str] = ()
    # 'Given to A. Example, due on 1 May 2016', the last one.
    handed_over: str = ""

    @property
    def asked(self) -> int:
        return len(self.matched) + len(self.waiting)


def late_since(followed: Followed, day: date) -> date | None:
    """The first of its effective and its review date that is past on `day`; None where neither is, or it is
    done or dropped."""
    if followed.action_state != "open":
        return None
    past = [each for each in (followed.effective_on, followed.review_on) if each < day]
    return min(past, default=None)


def standing(followed: Followed, day: date) -> Standing:
    """Done and dropped are those of its action, which a match, an approval or its owner closes."""
    if followed.action_state == "done":
        return Standing.DONE
    if followed.action_state == "dropped":
        return Standing.DROPPED
    if late_since(followed, day) is not None:
        return Standing.LATE
    return Standing.PARTLY if followed.matched else Standing.OPEN


def progress_sentence(followed: Followed, day: date) -> str:
    """How it stands, in one or two sentences."""
    if followed.closed_on is not None and followed.action_state != "open":
        reason = f": {followed.closed_reason}" if followed.closed_reason else "."
        return f"{followed.action_state.capitalize()} on {day_words(followed.closed_on)}{reason}"
    if followed.kind == "fill":
        sentence = (
            f"{len(followed.matched)} of {counted(followed.asked, 'post', 'posts')} "
            f"{'is' if followed.asked == 1 else 'are'} matched to a person"
        )
        if followed.waiting:
            waits = "waits" if len(followed.waiting) == 1 else "wait"
            sentence += f"; {listed(followed.waiting)} {waits}"
        return f"{sentence}."
    if followed.kind == "hold":
        if followed.effective_on < day:
            return f"The hold ended on {day_words(followed.effective_on)} and is not reported on."
        return f"The hold runs until {day_words(followed.effective_on)}."
    if followed.is_approved:
        return "It was to be carried out when the minutes were approved, and its action is open."
    return "It is carried out when the minutes are approved."


def late_sentence(followed: Followed, day: date) -> str:
    """What happened to a decision that comes back to a board because it is late on `day`."""
    since = late_since(followed, day)
    if since is None:
        return progress_sentence(followed, day)
    what = "its effective date" if since == followed.effective_on else "its review date"
    days = counted((day - since).days, "day", "days")
    handed = f" {followed.handed_over}." if followed.handed_over else ""
    return (
        f"Late by {days}, since {what} of {day_words(since)}. {progress_sentence(followed, day)} "
        f"Owner: {followed.owner}.{handed}"
    )
