"""What choosing a person for a post goes by, and the moves that are proposed."""

from workforce.boards.matching.models.moves import (
    MATCH_CHOICES,
    MATCH_KINDS,
    OPEN_STATES,
    AskedSide,
    AskedState,
    MoveAsked,
    MoveChain,
    MoveProposal,
    MoveState,
)
from workforce.boards.matching.models.rules import MatchingSettings, MinimumStrength
from workforce.boards.matching.models.wishes import (
    FlexiblePattern,
    FlexibleWorking,
    MovePreference,
    PromotionPlace,
    PromotionStanding,
    Wish,
)

__all__ = [
    "MATCH_CHOICES",
    "MATCH_KINDS",
    "OPEN_STATES",
    "AskedSide",
    "AskedState",
    "FlexiblePattern",
    "FlexibleWorking",
    "MatchingSettings",
    "MinimumStrength",
    "MoveAsked",
    "MoveChain",
    "MovePreference",
    "MoveProposal",
    "MoveState",
    "PromotionPlace",
    "PromotionStanding",
    "Wish",
]
