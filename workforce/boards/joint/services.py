"""Writes of joint boards: set up by the unit's force, joined by each partner, shares agreed by decision."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from peelsite import walls
from peelsite.accounts.models import User
from peelsite.forces.models import Force, JointUnit, Unit
from peelsite.web.editing.turns import in_turn
from workforce.boards.decisions.calc import day_words
from workforce.boards.joint.calc import shares_fault
from workforce.boards.joint.models import JointAllocation, JointBoard, JointPart, JointShare


@in_turn
def joint_create(*, force: Force, unit: Unit, name: str, starts_on: date) -> JointBoard:
    """Set up a joint board over a unit that the force runs with others; its own posts are the first part.

    Raises ValidationError for a unit that is run with no other force on the day, and for a name used before.
    """
    if not JointUnit.objects.running_on(starts_on).filter(force=force, unit=unit).exists():
        raise ValidationError(
            {
                "unit": f"{unit} is run with no other force on {day_words(starts_on)}. "
                "An administrator enters that first."
            }
        )
    joint = JointBoard(force=force, unit=unit, name=name.strip())
    try:
        with transaction.atomic():
            joint.full_clean(validate_constraints=False)
            joint.save()
    except IntegrityError as refused:
        raise ValidationError({"name": f"{force} has a joint board of this name already."}) from refused
    _part_make(joint, force, unit, starts_on)
    return joint


@in_turn
def part_join(*, joint: JointBoard, force: Force, unit: Unit, starts_on: date) -> JointPart:
    """Put the posts of a unit into another force's joint board: its sums are seen there from then on.

    Raises ValidationError unless the two run the board's unit together on the day, or it has joined already.
    """
    if unit.force_id != force.pk:
        raise ValidationError({"unit": "Choose a unit of your own force."})
    with walls.within(joint.force_id):
        runs = JointUnit.objects.running_on(starts_on).filter(unit_id=joint.unit_id, partner=force).exists()
    if not runs:
        raise ValidationError(
            f"{joint} is over a unit that is not run with {force} on {day_words(starts_on)}."
        )
    return _part_make(joint, force, unit, starts_on)


def _part_make(joint: JointBoard, force: Force, unit: Unit, starts_on: date) -> JointPart:
    part = JointPart(
        force=force, joint=joint, lead_id=joint.force_id, unit=unit, during=DateRange(starts_on, None)
    )
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError as refused:
        raise ValidationError({"unit": f"{force} has a part in {joint} already."}) from refused
    return part


@in_turn
def allocation_decide(
    *, joint: JointBoard, shares: Mapping[int, Decimal], starts_on: date, reason: str, user: User
) -> JointAllocation:
    """Agree shares from a day on: part id -> share, 1 together. What held before holds until then.

    An accounting change: no post and no person moves by it. Raises ValidationError for shares that are not a
    whole, a day not after the last allocation's, and no reason.
    """
    JointBoard.objects.select_for_update(no_key=True).get(pk=joint.pk)
    partners = JointUnit.objects.filter(unit_id=joint.unit_id).values_list("partner_id", flat=True)
    if fault := shares_fault(shares):
        raise ValidationError(fault)
    if not reason.strip():
        raise ValidationError({"reason": "Enter what was agreed, and where."})
    last = joint.allocations.order_by("-starts_on").first()
    if last is not None and starts_on <= last.starts_on:
        raise ValidationError(
            {"starts_on": f"Shares are agreed from {day_words(last.starts_on)} on; choose a later day."}
        )
    allocation = JointAllocation.objects.create(
        joint=joint,
        starts_on=starts_on,
        reason=reason.strip(),
        decided_by=user,
        decided_at=timezone.now(),
    )
    # A share stands behind the wall of the force whose part it is: all of them are written, and added up by
    # PostgreSQL, while all can be seen.
    with walls.within(joint.force_id, *partners), connection.cursor() as cursor:
        JointShare.objects.bulk_create(
            JointShare(allocation=allocation, part_id=part_id, share=share)
            for part_id, share in shares.items()
        )
        cursor.execute("SET CONSTRAINTS workforce_jointshare_whole IMMEDIATE")
    return allocation
