"""Minutes in plain sentences, made from the decisions by rule. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workforce.boards.agenda.calc import gap_words
from workforce.boards.decisions.calc import ActionCounts, DecisionWords, day_words, decision_sentence


@dataclass(frozen=True, kw_only=True)
class Minuted:
    """A decision with who took it and who carries it out."""

    words: DecisionWords
    decided_by: str
    owner: str
    due_on: date
    reason: str
    # When it is reported on, where that is another day than the due date.
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MinutedItem:
    title: str
    gap_fte: Decimal | None
    decisions: Sequence[Minuted]
    # How decisions stood that came back to the board late, a sentence each.
    returned: Sequence[str] = ()
    # What was projected for it, as a sentence.
    projected: str = ""


@dataclass(frozen=True, kw_only=True)
class MinutedAction:
    text: str
    owner: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """Everything the minutes say."""

    force: str
    series: str
    held_on: date
    pack_on: date
    pack_digest: str
    attended: str
    notes: str
    last_board_on: date | None
    last_time: ActionCounts
    items: Sequence[MinutedItem]
    actions: Sequence[MinutedAction]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: Sequence[str]


def sections(facts: MinutesFacts) -> list[Section]:
    """The minutes, in the order of the meeting."""
    found = [
        Section(
            heading=f"{facts.series} of {facts.force}, {day_words(facts.held_on)}",
            paragraphs=[
                f"Figures before the board: {day_words(facts.pack_on)} (pack {facts.pack_digest[:12]}).",
                _present(facts.attended),
            ],
        )
    ]
    if facts.last_board_on is not None:
        found.append(
            Section(
                heading="Actions of the last board",
                paragraphs=[
                    f"Of the actions agreed on {day_words(facts.last_board_on)}: {facts.last_time.words}."
                ],
            )
        )
    numbered = list(enumerate(facts.items, start=1))
    returned = [_returned(number, item) for number, item in numbered if item.returned]
    if returned:
        found.append(Section(heading="Decisions that came back late", paragraphs=returned))
    found += [_item(number, item) for number, item in numbered if item.decisions]
    undecided = [_undecided(number, item) for number, item in numbered if not item.decisions]
    if undecided:
        found.append(Section(heading="No decision was taken on these items", paragraphs=undecided))
    if facts.actions:
        found.append(Section(heading="Other actions", paragraphs=[_action(each) for each in facts.actions]))
    if facts.notes.strip():
        paragraphs = [" ".join(each.split()) for each in facts.notes.split("\n\n") if each.strip()]
        found.append(Section(heading="Other business", paragraphs=paragraphs))
    return found


def minutes_text(facts: MinutesFacts) -> str:
    """The minutes as plain text: a heading line, its paragraphs, an empty line."""
    return "\n\n".join("\n".join([each.heading, *each.paragraphs]) for each in sections(facts)) + "\n"


def text_sections(text: str) -> list[Section]:
    """Sections of minutes kept as text, for showing them."""
    blocks = [block.split("\n") for block in text.strip().split("\n\n") if block]
    return [Section(heading=lines[0], paragraphs=lines[1:]) for lines in blocks]


def _present(attended: str) -> str:
    names = " ".join(attended.split()).rstrip(".")
    return f"Present: {names or 'not recorded'}."


def _item(number: int, item: MinutedItem) -> Section:
    paragraphs = [] if item.gap_fte is None else [f"On the pack day: {gap_words(item.gap_fte)}."]
    paragraphs += [item.projected] if item.projected else []
    paragraphs += [_decided(decision) for decision in item.decisions]
    return Section(heading=f"{number}. {item.title}", paragraphs=paragraphs)


def _returned(number: int, item: MinutedItem) -> str:
    return f"{number}. {item.title}: {' '.join(item.returned)}"


def _undecided(number: int, item: MinutedItem) -> str:
    gap = "" if item.gap_fte is None else f", {gap_words(item.gap_fte)}"
    return f"{number}. {item.title}{gap}."


def _decided(decision: Minuted) -> str:
    reason = " ".join(decision.reason.split())
    review = f" It is reviewed on {day_words(decision.review_on)}." if decision.review_on else ""
    return (
        f"Decided by {decision.decided_by}: {decision_sentence(decision.words)} "
        f"{decision.owner} carries it out or reports on it by {day_words(decision.due_on)}.{review} "
        f"Reason: {reason}{'' if reason.endswith(('.', '!', '?')) else '.'}"
    )


def _action(action: MinutedAction) -> str:
    text = " ".join(action.text.split())
    return f"{action.owner}, by {day_words(action.due_on)}: {text}{'' if text.endswith('.') else '.'}"
