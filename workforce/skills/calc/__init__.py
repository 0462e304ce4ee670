"""Who must hold which skill, who does, and what is short of it: plain rules, no Django and no database."""

from workforce.skills.calc.coverage import Figures, Line, chances_between, coverage, summed
from workforce.skills.calc.demand import Group, Place, PostSeat, Rule, groups_of
from workforce.skills.calc.holding import Held, Spell, holding_on, months_after
from workforce.skills.calc.suggestion import Candidate, Suggested, suggest

__all__ = [
    "Candidate",
    "Figures",
    "Group",
    "Held",
    "Line",
    "Place",
    "PostSeat",
    "Rule",
    "Spell",
    "Suggested",
    "chances_between",
    "coverage",
    "groups_of",
    "holding_on",
    "months_after",
    "suggest",
    "summed",
]
