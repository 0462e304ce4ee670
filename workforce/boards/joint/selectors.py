"""Reads over several forces: who puts what into a joint board, and the figures of each and of the whole.

These step through the wall between forces on purpose. Asked before each step: the reader may see boards in
the force whose page it is; that force leads the joint board or has put a part into it; and each other force
has put in a part of its own, by which it lets the others see its sums. No row of another force is handed on.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peelsite import walls
from peelsite.forces.models import Force, JointUnit
from workforce.boards.joint.calc import NONE, AccountChange, account_change, shares_on
from workforce.boards.joint.models import JointAllocation, JointBoard, JointPart
from workforce.establishment.calc import Figures, Line, figures_sum
from workforce.establishment.selectors import EstablishmentFilters, establishment_as_at


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A joint board that another force keeps over a unit it runs with this one."""

    joint: JointBoard
    lead: Force
    unit: str


@dataclass(frozen=True, kw_only=True)
class Joint:
    """A joint board with its parts, and its allocations from the earliest on."""

    joint: JointBoard
    lead: Force
    unit: str
    parts: list[JointPart]
    allocations: list[JointAllocation]

    def part_of(self, force: Force) -> JointPart | None:
        return next((part for part in self.parts if part.force_id == force.pk), None)


def joints_of(force: Force) -> list[JointBoard]:
    """Joint boards that the force leads or has put a part into, by name. Two queries and one a lead."""
    leads = set(JointPart.objects.of_force(force).values_list("lead_id", flat=True)) | {force.pk}
    mine = set(JointPart.objects.of_force(force).values_list("joint_id", flat=True))
    with walls.within(force.pk, *leads):
        found = JointBoard.objects.select_related("force", "unit").filter(force__in=leads)
        return sorted(
            (joint for joint in found if joint.force_id == force.pk or joint.pk in mine),
            key=lambda joint: joint.name.casefold(),
        )


def offered_to(force: Force, day: date) -> list[Offered]:
    """Joint boards over units that other forces run with this one on a day, and that it has not joined.

    Read across the wall: an arrangement names this force as partner, and only its name, lead and unit are
    told.
    """
    joined = set(JointPart.objects.of_force(force).values_list("joint_id", flat=True))
    with walls.everything():
        shared = JointUnit.objects.running_on(day).filter(partner=force).values("unit_id")
        found = JointBoard.objects.filter(unit_id__in=shared).select_related("force", "unit")
        return [
            Offered(joint=joint, lead=joint.force, unit=joint.unit.name)
            for joint in found
            if joint.pk not in joined
        ]


def joint_for(force: Force, pk: int) -> Joint | None:
    """A joint board as a member of this force may see it; None where the force has no part in it."""
    part = JointPart.objects.of_force(force).filter(joint_id=pk).first()
    lead_id = part.lead_id if part else force.pk
    with walls.within(force.pk, lead_id):
        joint = JointBoard.objects.select_related("force", "unit").filter(pk=pk, force_id=lead_id).first()
        if joint is None:
            return None
        partners = set(JointUnit.objects.filter(unit=joint.unit_id).values_list("partner_id", flat=True))
    with walls.within(lead_id, force.pk, *partners):
        return Joint(
            joint=joint,
            lead=joint.force,
            unit=joint.unit.name,
            parts=list(
                JointPart.objects.filter(joint=joint).select_related("force", "unit").order_by("force__name")
            ),
            allocations=list(
                joint.allocations.select_related("decided_by")
                .prefetch_related("shares")
                .order_by("starts_on")
            ),
        )


@dataclass(frozen=True, kw_only=True)
class PartFigures:
    """One force's part on a day: what it employs, by rank too, and what it accounts for by its share."""

    part: JointPart
    figures: Figures
    by_rank: tuple[Line, ...]
    share: Decimal | None
    whole: Figures

    @property
    def account_fte(self) -> Decimal | None:
        """Establishment by share; none before shares were agreed."""
        return None if self.share is None else self.share * self.whole.establishment_fte

    @property
    def beyond_share_fte(self) -> Decimal | None:
        """Posts that the force employs beyond its share; below nought where it employs fewer."""
        return None if self.account_fte is None else self.figures.establishment_fte - self.account_fte


def parts_on(joint: Joint, day: date) -> list[PartFigures]:
    """Each part that runs on a day. Two queries a part, within its own force."""
    shares = shares_by_part(joint, day)
    found = []
    for part in joint.parts:
        if part.during.lower <= day and (part.during.upper is None or day < part.during.upper):
            with walls.within(part.force_id):
                tables = establishment_as_at(
                    part.force, day, filters=EstablishmentFilters(unit_id=part.unit_id)
                )
            found.append((part, tables))
    whole = figures_sum(tables.total for _, tables in found)
    return [
        PartFigures(
            part=part, figures=tables.total, by_rank=tables.by_rank, share=shares.get(part.pk), whole=whole
        )
        for part, tables in found
    ]


def shares_by_part(joint: Joint, day: date) -> dict[int, Decimal]:
    """part id -> share that holds on a day. No query."""
    return shares_on(
        (
            (each.starts_on, {share.part_id: share.share for share in each.shares.all()})
            for each in joint.allocations
        ),
        day,
    )


@dataclass(frozen=True, kw_only=True)
class PartChange:
    """How a part changed between two days: what is employed, and what is accounted for."""

    part: JointPart
    employed_then: Decimal
    employed_now: Decimal
    account: AccountChange


def changes_between(then: list[PartFigures], now: list[PartFigures]) -> list[PartChange]:
    """For each force with a part on either day; no query."""
    before, after = ({each.part.force_id: each for each in figures} for figures in (then, now))
    whole_then = then[0].whole.establishment_fte if then else NONE
    whole_now = now[0].whole.establishment_fte if now else NONE
    told = []
    for force_id in sorted(before.keys() | after.keys()):
        old, new = before.get(force_id), after.get(force_id)
        told.append(
            PartChange(
                part=(new or old).part,
                employed_then=old.figures.establishment_fte if old else NONE,
                employed_now=new.figures.establishment_fte if new else NONE,
                account=account_change(
                    whole_then,
                    whole_now,
                    (old.share if old else None) or NONE,
                    (new.share if new else None) or NONE,
                ),
            )
        )
    return told
