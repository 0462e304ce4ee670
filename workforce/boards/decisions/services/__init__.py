"""Writes of decisions and actions, from the publication of the pack until the minutes are approved."""

from workforce.boards.decisions.services.actions import action_add, action_close, action_hand_over
from workforce.boards.decisions.services.deciding import (
    decision_change,
    decision_create,
    decision_try,
    decision_withdraw,
)
from workforce.boards.decisions.services.open_boards import open_minutes
from workforce.boards.decisions.services.plans import plan_follow
from workforce.boards.decisions.services.values import DecidedMeanwhile, DecisionValues

__all__ = [
    "DecidedMeanwhile",
    "DecisionValues",
    "action_add",
    "action_close",
    "action_hand_over",
    "decision_change",
    "decision_create",
    "decision_try",
    "decision_withdraw",
    "open_minutes",
    "plan_follow",
]
