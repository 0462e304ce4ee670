"""Writes of joint units: when one begins and ends to be run with a partner."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.forces.models import Force, JointUnit, Unit


@transaction.atomic
def joint_unit_begin(*, unit: Unit, partner: Force, starts_on: date) -> JointUnit:
    """From `starts_on` the unit is run with the partner, whose people may be given the partner's role in it.

    Raises ValidationError for the force itself, and while the two run it together already.
    """
    if partner.pk == unit.force_id:
        raise ValidationError({"partner": "Choose another force: a force does not share a unit with itself."})
    joint = JointUnit(force_id=unit.force_id, unit=unit, partner=partner, during=DateRange(starts_on, None))
    try:
        with transaction.atomic():
            joint.save()
    except IntegrityError as refused:
        raise ValidationError(
            {"partner": f"{unit} is run with {partner} already in these days; end that first."}
        ) from refused
    return joint


@transaction.atomic
def joint_unit_end(*, joint: JointUnit, ends_before: date) -> JointUnit:
    """Let the day before `ends_before` be the last; from then on the partner's role opens nothing.

    Raises ValidationError when it has not begun by then, or has an end already.
    """
    joint = JointUnit.objects.select_for_update().get(pk=joint.pk)
    if joint.during.upper is not None:
        raise ValidationError(f"{joint} has ended already, before {joint.during.upper:%-d %B %Y}.")
    if ends_before <= joint.during.lower:
        raise ValidationError(
            {"ends_before": f"It began on {joint.during.lower:%-d %B %Y}; choose a last day from then on."}
        )
    joint.during = DateRange(joint.during.lower, ends_before)
    joint.save(update_fields=["during"])
    return joint
