"""What a person decides, and what the site says when somebody else decided first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peelsite.accounts.models import User
from peelsite.forces.models import JointUnit
from peelsite.web.editing.records import Overtaken
from workforce.boards.decisions.models import Decision
from workforce.establishment.calc import CellKey
from workforce.establishment.models import FundingSource, Post


class DecidedMeanwhile(Overtaken):
    """Someone else decided on the same item since this person opened it; `current` is what they decided."""

    def __init__(self, message: str, current: Decision) -> None:
        super().__init__(message)
        self.current = current


@dataclass(frozen=True, kw_only=True)
class DecisionValues:
    """What a person decides: the fields of Decision that are typed or chosen."""

    kind: str
    effective_on: date
    due_on: date
    owner: User
    reason: str
    fte: Decimal
    source: str = ""
    posts: Sequence[Post] = ()
    funding: FundingSource | None = None
    new_posts: int | None = None
    new_reference: str = ""
    # The due date unless given.
    review_on: date | None = None
    # The cell that gives, and the cell that re-profiled posts are in afterwards.
    donor: CellKey | None = None
    profile: CellKey | None = None
    to_fte: Decimal | None = None
    joint_unit: JointUnit | None = None
