"""Writes of matching: matches, proposed moves and their answers, chains, rules and wishes."""

from workforce.boards.matching.services.chains import chain_carry_out, chain_extend, chain_reason_set
from workforce.boards.matching.services.match import (
    ALL_MATCHED,
    KIND_BY_SOURCE,
    match_undo,
    post_match,
)
from workforce.boards.matching.services.moves import (
    Choice,
    move_accept,
    move_answer,
    move_carry_out,
    move_propose,
    move_withdraw,
    moves_propose,
)
from workforce.boards.matching.services.rules import (
    matching_settings_change,
    minimum_strength_change,
    minimum_strength_create,
    minimum_strength_remove,
)
from workforce.boards.matching.services.wishes import (
    flexible_working_end,
    flexible_working_record,
    preference_set,
    promotion_place_end,
    promotion_place_record,
)

__all__ = [
    "ALL_MATCHED",
    "KIND_BY_SOURCE",
    "Choice",
    "chain_carry_out",
    "chain_extend",
    "chain_reason_set",
    "flexible_working_end",
    "flexible_working_record",
    "match_undo",
    "matching_settings_change",
    "minimum_strength_change",
    "minimum_strength_create",
    "minimum_strength_remove",
    "move_accept",
    "move_answer",
    "move_carry_out",
    "move_propose",
    "move_withdraw",
    "moves_propose",
    "post_match",
    "preference_set",
    "promotion_place_end",
    "promotion_place_record",
]
