"""How people are ordered for a post, put into several at once, and moved in chains: no database."""

from workforce.boards.matching.calc.assignment import Chosen, assign
from workforce.boards.matching.calc.chain import (
    Below,
    Checked,
    Holding,
    Minimum,
    Move,
    Overfull,
    Seat,
    check,
)
from workforce.boards.matching.calc.facts import (
    Held,
    Hours,
    Need,
    PersonFacts,
    PostFacts,
    Team,
    Terms,
    Wishes,
)
from workforce.boards.matching.calc.scoring import (
    POINTS,
    POINTS_FOR,
    Assessment,
    Reason,
    assess,
    whole_months,
)

__all__ = [
    "POINTS",
    "POINTS_FOR",
    "Assessment",
    "Below",
    "Checked",
    "Chosen",
    "Held",
    "Holding",
    "Hours",
    "Minimum",
    "Move",
    "Need",
    "Overfull",
    "PersonFacts",
    "PostFacts",
    "Reason",
    "Seat",
    "Team",
    "Terms",
    "Wishes",
    "assess",
    "assign",
    "check",
    "whole_months",
]
