"""Gathers the models of the board's rooms."""

from workforce.boards.agenda.models import AgendaItem, Matter
from workforce.boards.comparison.models import PackCell, PackChange
from workforce.boards.decisions.models import (
    ActionHandover,
    BoardAction,
    Decision,
    DecisionPost,
    PostToFill,
)
from workforce.boards.joint.models import JointAllocation, JointBoard, JointPart, JointShare
from workforce.boards.matching.models import (
    FlexibleWorking,
    MatchingSettings,
    MinimumStrength,
    MoveAsked,
    MoveChain,
    MovePreference,
    MoveProposal,
    PromotionPlace,
    Wish,
)
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.members.models import BoardMember, PackDelivery, PackMailing
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.pack.models import CarriedAction, PackEdition, PackForecast, PackLine, PackNote
from workforce.boards.papers.models import BoardPaper
from workforce.boards.suggestions.models import (
    CivilianRole,
    FillChance,
    FillMove,
    FillNeed,
    FillPlan,
    MoveRule,
    RoleWeight,
    SuggestionSettings,
)

__all__ = [
    "ActionHandover",
    "AgendaItem",
    "Board",
    "BoardAction",
    "BoardMember",
    "BoardPaper",
    "BoardSeries",
    "CarriedAction",
    "CivilianRole",
    "Decision",
    "DecisionPost",
    "FillChance",
    "FillMove",
    "FillNeed",
    "FillPlan",
    "FlexibleWorking",
    "JointAllocation",
    "JointBoard",
    "JointPart",
    "JointShare",
    "MatchingSettings",
    "Matter",
    "MinimumStrength",
    "MinuteCorrection",
    "MoveAsked",
    "MoveChain",
    "MovePreference",
    "MoveProposal",
    "MoveRule",
    "PackCell",
    "PackChange",
    "PackDelivery",
    "PackEdition",
    "PackForecast",
    "PackLine",
    "PackMailing",
    "PackNote",
    "PostToFill",
    "PromotionPlace",
    "RoleWeight",
    "SuggestionSettings",
    "Wish",
]
