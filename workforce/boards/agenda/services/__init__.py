"""Writes of the agenda: drawn up, mended by hand, and the matters that other rooms raise."""

from workforce.boards.agenda.services.items import (
    agenda_draw_up,
    item_add,
    item_move,
    item_remove,
    item_restore,
    scheduled_for_update,
)
from workforce.boards.agenda.services.matters import matter_raise, matter_settle

__all__ = [
    "agenda_draw_up",
    "item_add",
    "item_move",
    "item_remove",
    "item_restore",
    "matter_raise",
    "matter_settle",
    "scheduled_for_update",
]
