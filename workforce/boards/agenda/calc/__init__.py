"""Which gaps and matters come before a board, and why, in words. No database."""

from workforce.boards.agenda.calc.drawing import (
    ActingPost,
    CellFacts,
    DrawnItem,
    EndingFunding,
    EndingSecondment,
    Facts,
    Reason,
    Thresholds,
    draw_up,
    figures_by_cell,
)
from workforce.boards.agenda.calc.kinds import MATTER_KINDS, EarlierItem, ItemKey, Raised, UnitKey
from workforce.boards.agenda.calc.projected import ProjectedCell, ProjectedGap, ProjectedMonth
from workforce.boards.agenda.calc.words import (
    chance_words,
    counted,
    fte_words,
    gap_words,
    range_words,
    skills_words,
)

__all__ = [
    "MATTER_KINDS",
    "ActingPost",
    "CellFacts",
    "DrawnItem",
    "EarlierItem",
    "EndingFunding",
    "EndingSecondment",
    "Facts",
    "ItemKey",
    "ProjectedCell",
    "ProjectedGap",
    "ProjectedMonth",
    "Raised",
    "Reason",
    "Thresholds",
    "UnitKey",
    "chance_words",
    "counted",
    "draw_up",
    "figures_by_cell",
    "fte_words",
    "gap_words",
    "range_words",
    "skills_words",
]
