"""Writes of forces and their structure."""

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Area, Force, Unit, UnitLevel

LEVEL_BELOW = {
    None: UnitLevel.COMMAND,
    UnitLevel.COMMAND: UnitLevel.DEPARTMENT,
    UnitLevel.DEPARTMENT: UnitLevel.TEAM,
}


@transaction.atomic
def unit_create(
    *, force: Force, code: str, name: str, parent: Unit | None = None, area: Area | None = None
) -> Unit:
    """Add a unit under `parent` (none: a command). Its level follows from its place in the tree.

    Raises ValidationError when the parent is a team or of another force.
    """
    if parent is not None and parent.force_id != force.pk:
        raise ValidationError(f"{parent.name} belongs to another force; choose a unit of {force.name}.")
    level = LEVEL_BELOW.get(parent.level if parent else None)
    if level is None:
        raise ValidationError(f"{parent} is a team, and a team has no units under it; choose its department.")
    unit = Unit(force=force, parent=parent, code=code, name=name, level=level, area=area)
    unit.full_clean(exclude=["path"], validate_constraints=False)
    unit.save()
    unit.refresh_from_db(fields=["path"])
    return unit
