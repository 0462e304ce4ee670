"""Boards for programs: the same services and rules as the pages."""

from workforce.boards.api.decisions import (
    AgendaItemViewSet,
    BoardActionViewSet,
    DecisionViewSet,
    MatterViewSet,
    PostToFillViewSet,
)
from workforce.boards.api.meetings import BoardMemberViewSet, BoardSeriesViewSet, BoardViewSet
from workforce.boards.matching import api as matching
from workforce.boards.suggestions import api as suggestions

api_routes = [
    ("board-series", BoardSeriesViewSet, "board-series"),
    ("boards", BoardViewSet, "board"),
    ("board-members", BoardMemberViewSet, "board-member"),
    ("agenda-items", AgendaItemViewSet, "agenda-item"),
    ("board-matters", MatterViewSet, "board-matter"),
    ("decisions", DecisionViewSet, "decision"),
    ("actions", BoardActionViewSet, "board-action"),
    ("posts-to-fill", PostToFillViewSet, "post-to-fill"),
    *suggestions.api_routes,
    *matching.api_routes,
]
