"""Gathers the rooms' models, for Django."""

from workforce.establishment.models import FundingSource, Post, Rank, Role
from workforce.people.models import Absence, LimitedDuty, Person, Posting

__all__ = [
    "Absence",
    "FundingSource",
    "LimitedDuty",
    "Person",
    "Post",
    "Posting",
    "Rank",
    "Role",
]
