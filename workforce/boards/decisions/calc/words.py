"""Decisions and actions in plain sentences: minutes write themselves from these. No database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workforce.boards.agenda.calc import counted, fte_words

_FROM = {
    "promotion": "from the promotion pool",
    "intake": "from the intake of new joiners",
    "transferee": "with a transferee from another force",
    "move": "by a move within the force",
    "acting": "by acting up",
    "agency": "through an agency",
}


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """A decision as its sentence needs it; `kind` and `source` are the stored values."""

    kind: str
    source: str
    fte: Decimal
    effective_on: date
    posts: Sequence[str]
    funding: str = ""
    new_posts: int = 0
    new_reference: str = ""
    # The cell that gives, and what re-profiled posts are afterwards, in words.
    donor: str = ""
    profile: str = ""
    to_fte: Decimal | None = None
    # The joint unit and the partner, where only the allocation between its forces changes.
    joint_unit: str = ""
    partner: str = ""


def day_words(day: date) -> str:
    return f"{day:%-d %B %Y}"


def listed(names: Sequence[str]) -> str:
    """'B-1', 'B-1 and B-2', 'B-1, B-2 and B-3'."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def posts_words(references: Sequence[str]) -> str:
    return f"post{'' if len(references) == 1 else 's'} {listed(references)}"


def decision_sentence(decision: DecisionWords) -> str:
    """What was decided, as one sentence."""
    fte, day = fte_words(decision.fte), day_words(decision.effective_on)
    if decision.kind == "fill":
        donor = f", out of {decision.donor}," if decision.donor else ""
        named = posts_words(decision.posts)
        return f"Fill {named} ({fte} FTE) {_FROM[decision.source]}{donor} by {day}."
    if decision.kind == "hold":
        return f"Hold {fte} FTE vacant until {day}."
    if decision.kind == "delete":
        return f"Delete {posts_words(decision.posts)} ({fte} FTE) from {day}."
    if decision.kind == "reprofile":
        return _reprofiling(decision)
    each = fte_words(decision.fte / decision.new_posts)
    references = new_references(decision.new_reference, decision.new_posts)
    sentence = (
        f"Create {counted(decision.new_posts, 'new post', 'new posts')} of {each} FTE"
        f"{'' if decision.new_posts == 1 else ' each'} ({listed(references)}) from {day}, "
        f"paid from {decision.funding}."
    )
    if not decision.joint_unit:
        return sentence
    return (
        f"{sentence.removesuffix('.')}. {decision.partner} employed the same in {decision.joint_unit} until "
        f"then: a change of allocation, not of the joint establishment."
    )


def _reprofiling(decision: DecisionWords) -> str:
    fte, day = fte_words(decision.fte), day_words(decision.effective_on)
    named = f"{posts_words(decision.posts)} ({fte} FTE)"
    if decision.joint_unit:
        pronoun = "it" if len(decision.posts) == 1 else "them"
        return (
            f"Change the allocation of {named} in {decision.joint_unit} from {day}: {decision.partner} "
            f"employs {pronoun}. The joint establishment stays as it is."
        )
    references = new_references(decision.new_reference, len(decision.posts))
    each = "" if len(decision.posts) == 1 else " each"
    size = f", {fte_words(decision.to_fte)} FTE{each}" if decision.to_fte else ""
    return f"Re-profile {named} from {day} as {decision.profile}{size} ({listed(references)})."


def new_references(reference: str, count: int) -> list[str]:
    """References of the posts that a decision creates: the one given, or it with a number for each."""
    return [reference] if count == 1 else [f"{reference}-{number}" for number in range(1, count + 1)]


def action_sentence(decision: DecisionWords, title: str) -> str:
    """The action that follows from a decision."""
    sentence = decision_sentence(decision).removesuffix(".")
    if decision.kind == "hold":
        sentence = (
            f"Review the hold of {fte_words(decision.fte)} FTE until {day_words(decision.effective_on)}"
        )
    return f"{sentence}: {title}."


@dataclass(frozen=True, kw_only=True)
class ActionCounts:
    """Actions of one board by how they stand: late ones are open and past their date."""

    done: int = 0
    late: int = 0
    open: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.done + self.late + self.open + self.dropped

    @property
    def words(self) -> str:
        """'6 done, 2 late, 1 dropped'."""
        parts = [
            (self.done, "done"),
            (self.late, "late"),
            (self.open, "open and not yet due"),
            (self.dropped, "dropped"),
        ]
        return ", ".join(f"{count} {word}" for count, word in parts if count) or "none"


def action_counts(states: Iterable[tuple[str, bool]]) -> ActionCounts:
    """Counts from pairs of state and whether it is late."""
    counts = Counter("late" if is_late else state for state, is_late in states)
    return ActionCounts(
        done=counts["done"],
        late=counts["late"],
        open=counts["open"],
        dropped=counts["dropped"],
    )
