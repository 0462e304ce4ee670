"""Pages of decisions and actions."""

from workforce.boards.decisions.views.actions import action, action_add, action_hand_over, actions
from workforce.boards.decisions.views.deciding import change, decide, withdraw
from workforce.boards.decisions.views.following import decisions, followed

__all__ = [
    "action",
    "action_add",
    "action_hand_over",
    "actions",
    "change",
    "decide",
    "decisions",
    "followed",
    "withdraw",
]
