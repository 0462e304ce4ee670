"""Tables of the suggestions: what a plan goes by, what people hold fast, and every plan that was made.

settings   the force's numbers, from a day; weights of roles; where staff may do an officer's work
rules      moves that a person pins or forbids for one board
plans      plans as they were worked out, never changed
"""

from workforce.boards.suggestions.models.plans import FillChance, FillMove, FillNeed, FillPlan, PlanKind
from workforce.boards.suggestions.models.rules import MoveRule, RuleKind, SourceKind
from workforce.boards.suggestions.models.settings import CivilianRole, RoleWeight, SuggestionSettings

__all__ = [
    "CivilianRole",
    "FillChance",
    "FillMove",
    "FillNeed",
    "FillPlan",
    "MoveRule",
    "PlanKind",
    "RoleWeight",
    "RuleKind",
    "SourceKind",
    "SuggestionSettings",
]
