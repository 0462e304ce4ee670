"""Reads for the unit head: which posts wait, who could take one, and what a move would break."""

from workforce.boards.matching.selectors.people import Candidates, candidates_for
from workforce.boards.matching.selectors.posts import (
    MatchTraces,
    SourceGap,
    match_traces,
    may_undo,
    posts_to_fill_of,
    source_gap,
)
from workforce.boards.matching.selectors.reading import Wanted
from workforce.boards.matching.selectors.rules import (
    MatchingNumbers,
    MinimumKey,
    matching_numbers,
    minimum_strengths,
    minimums_of,
    minimums_reach,
)

__all__ = [
    "Candidates",
    "MatchTraces",
    "MatchingNumbers",
    "MinimumKey",
    "SourceGap",
    "Wanted",
    "candidates_for",
    "match_traces",
    "matching_numbers",
    "may_undo",
    "minimum_strengths",
    "minimums_of",
    "minimums_reach",
    "posts_to_fill_of",
    "source_gap",
]
