"""Reads of a pack: as frozen, or as it would be frozen now, with what moved since beside it."""

from workforce.boards.pack.selectors.freezing import lines_to_freeze
from workforce.boards.pack.selectors.movement import MovedCell, Movement, gap_of_cells, movement_since
from workforce.boards.pack.selectors.packs import Pack, digest_now, draft_of, frozen_of, pack_of

__all__ = [
    "MovedCell",
    "Movement",
    "Pack",
    "digest_now",
    "draft_of",
    "frozen_of",
    "gap_of_cells",
    "lines_to_freeze",
    "movement_since",
    "pack_of",
]
