"""Gathers the rooms' models, for Django."""

from workforce.boards.models import (
    AgendaItem,
    Board,
    BoardAction,
    BoardSeries,
    CarriedAction,
    Decision,
    DecisionPost,
    MinuteCorrection,
    PackLine,
    PostToFill,
)
from workforce.establishment.models import FundingSource, Post, Rank, Role
from workforce.people.models import Absence, LimitedDuty, Person, Posting

__all__ = [
    "Absence",
    "AgendaItem",
    "Board",
    "BoardAction",
    "BoardSeries",
    "CarriedAction",
    "Decision",
    "DecisionPost",
    "FundingSource",
    "LimitedDuty",
    "MinuteCorrection",
    "PackLine",
    "Person",
    "Post",
    "PostToFill",
    "Posting",
    "Rank",
    "Role",
]
