"""Decisions and actions in plain sentences, how they stand, and what they add up to. No database."""

from workforce.boards.decisions.calc.amounts import Amount, Together, together
from workforce.boards.decisions.calc.effects import LineEffect, ProjectedRange
from workforce.boards.decisions.calc.progress import (
    Followed,
    Standing,
    late_sentence,
    late_since,
    progress_sentence,
    standing,
)
from workforce.boards.decisions.calc.words import (
    ActionCounts,
    DecisionWords,
    action_counts,
    action_sentence,
    day_words,
    decision_sentence,
    listed,
    new_references,
    posts_words,
)

__all__ = [
    "ActionCounts",
    "Amount",
    "DecisionWords",
    "Followed",
    "LineEffect",
    "ProjectedRange",
    "Standing",
    "Together",
    "action_counts",
    "action_sentence",
    "day_words",
    "decision_sentence",
    "late_sentence",
    "late_since",
    "listed",
    "new_references",
    "posts_words",
    "progress_sentence",
    "standing",
    "together",
]
