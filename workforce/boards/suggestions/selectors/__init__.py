"""Reads of the suggestions.

cells     cells with their figures, and who in them may be moved
facts     what the plan of one board is made from
ahead     what a plan of the boards ahead is made from
chances   chances of a gap with a plan and without
reading   plans as pages and programs read them
"""

from workforce.boards.suggestions.selectors.ahead import facts_ahead
from workforce.boards.suggestions.selectors.chances import Chances, chances_of
from workforce.boards.suggestions.selectors.facts import Asked, facts_of, rules_of
from workforce.boards.suggestions.selectors.reading import (
    ItemSuggestions,
    PlanRead,
    newest_plan,
    plan_read,
    suggestions_of_item,
)

__all__ = [
    "Asked",
    "Chances",
    "ItemSuggestions",
    "PlanRead",
    "chances_of",
    "facts_ahead",
    "facts_of",
    "newest_plan",
    "plan_read",
    "rules_of",
    "suggestions_of_item",
]
