"""Gathers the models of the board's rooms."""

from workforce.boards.agenda.models import AgendaItem
from workforce.boards.decisions.models import ActionHandover, BoardAction, Decision, DecisionPost, PostToFill
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.pack.models import CarriedAction, PackLine

__all__ = [
    "ActionHandover",
    "AgendaItem",
    "Board",
    "BoardAction",
    "BoardSeries",
    "CarriedAction",
    "Decision",
    "DecisionPost",
    "MinuteCorrection",
    "PackLine",
    "PostToFill",
]
