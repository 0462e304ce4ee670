"""What puts an item on an agenda, and what an item is about."""

from dataclasses import dataclass
from enum import StrEnum

from workforce.establishment.calc import CellKey


class Raised(StrEnum):
    """What put an item on the agenda, in the order in which an item says it."""

    LATE = "late"
    GAP = "gap"
    PROJECTED = "projected"
    VACANCY = "vacancy"
    ACTING = "acting"
    TEMPORARY = "temporary"
    FUNDING = "funding"
    SECONDMENT = "secondment"
    SKILL = "skill"
    OVERTIME = "overtime"
    LEAVE = "leave"
    CASE = "case"
    MATTER = "matter"
    HAND = "hand"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Raised.LATE: "Late from last time",
    Raised.GAP: "Gap",
    Raised.PROJECTED: "Projected gap",
    Raised.VACANCY: "Long vacancy",
    Raised.ACTING: "Acting past the limit",
    Raised.TEMPORARY: "Long temporary promotion",
    Raised.FUNDING: "Funding ends",
    Raised.SECONDMENT: "Secondment ends",
    Raised.SKILL: "Skill short",
    Raised.OVERTIME: "Overtime pressure",
    Raised.LEAVE: "Leave pressure",
    Raised.CASE: "Business case approved",
    Raised.MATTER: "Matter raised",
    Raised.HAND: "Added by hand",
}

# What other rooms may raise by `matter_raise`; the rest follows from the records themselves.
MATTER_KINDS = (Raised.SKILL, Raised.OVERTIME, Raised.LEAVE, Raised.CASE, Raised.MATTER)


@dataclass(frozen=True)
class UnitKey:
    """A whole unit, whatever the rank and role."""

    unit_id: int


@dataclass(frozen=True)
class EarlierItem:
    """An item of an earlier board that named no unit."""

    item_id: int


# Items about the same thing are one item.
ItemKey = CellKey | UnitKey | EarlierItem
