"""Writes of the suggestions.

plans     plans worked out and kept
rules     moves pinned or forbidden
numbers   settings, weights of roles, staff in officers' roles
"""

from workforce.boards.suggestions.services.numbers import (
    civilian_role_add,
    civilian_role_remove,
    settings_change,
    weight_set,
)
from workforce.boards.suggestions.services.plans import chances_make, plan_ahead_make, plan_make
from workforce.boards.suggestions.services.rules import move_label, rule_add, rule_lift

__all__ = [
    "chances_make",
    "civilian_role_add",
    "civilian_role_remove",
    "move_label",
    "plan_ahead_make",
    "plan_make",
    "rule_add",
    "rule_lift",
    "settings_change",
    "weight_set",
]
