"""What a board decided on each gap, the posts that wait for a person, and who does what by when."""

from workforce.boards.decisions.models.actions import (
    ActionHandover,
    ActionState,
    BoardAction,
    BoardActionQuerySet,
)
from workforce.boards.decisions.models.decision import (
    DONOR,
    DONOR_SOURCES,
    Decision,
    DecisionKind,
    DecisionPost,
    DecisionQuerySet,
    FillSource,
    ReturnedDecision,
)
from workforce.boards.decisions.models.to_fill import PostToFill, PostToFillQuerySet, ToFillState

__all__ = [
    "DONOR",
    "DONOR_SOURCES",
    "ActionHandover",
    "ActionState",
    "BoardAction",
    "BoardActionQuerySet",
    "Decision",
    "DecisionKind",
    "DecisionPost",
    "DecisionQuerySet",
    "FillSource",
    "PostToFill",
    "PostToFillQuerySet",
    "ReturnedDecision",
    "ToFillState",
]
