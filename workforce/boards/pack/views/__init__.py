"""Pages of a pack."""

from workforce.boards.pack.views.changes import changes, rows
from workforce.boards.pack.views.notes import note_add, note_change
from workforce.boards.pack.views.page import board
from workforce.boards.pack.views.publishing import draw_up, publish

__all__ = ["board", "changes", "draw_up", "note_add", "note_change", "publish", "rows"]
