"""Writes of minimum strengths and of the force's numbers for matching."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from peelsite.accounts.models import User
from peelsite.forces.models import Force, Unit
from peelsite.web.editing.records import Seen, locked
from workforce.boards.matching.models import MatchingSettings, MinimumStrength
from workforce.boards.matching.selectors import minimums_reach
from workforce.establishment.models import Rank
from workforce.refusals import saved


@transaction.atomic
def minimum_strength_create(
    *,
    unit: Unit,
    rank: Rank | None = None,
    fte: Decimal,
    starts_on: date,
    ends_before: date | None = None,
    reason: str,
    user: User,
) -> MinimumStrength:
    """Set the FTE below which a unit, or one rank of it, must not fall from `starts_on` on.

    Raises PermissionDenied unless the user is of HR or heads the unit; ValidationError when it overlaps
    another of the same unit and rank.
    """
    _may_check(user, unit)
    return saved(
        MinimumStrength(
            force=unit.force,
            unit=unit,
            rank=rank,
            fte=fte,
            during=span(starts_on, ends_before),
            reason=reason,
        )
    )


@transaction.atomic
def minimum_strength_change(
    *,
    minimum: MinimumStrength,
    fte: Decimal,
    starts_on: date,
    ends_before: date | None = None,
    reason: str,
    user: User,
    seen: Seen | None = None,
) -> MinimumStrength:
    """Another figure, other dates, another reason; unit and rank stay."""
    minimum = locked(minimum, seen)
    _may_check(user, minimum.unit)
    minimum.fte, minimum.reason = fte, reason
    minimum.during = span(starts_on, ends_before)
    return saved(minimum)


@transaction.atomic
def minimum_strength_remove(*, minimum: MinimumStrength, user: User, seen: Seen | None = None) -> None:
    minimum = locked(minimum, seen)
    _may_check(user, minimum.unit)
    minimum.delete()


@transaction.atomic
def matching_settings_change(
    *, force: Force, minimum_tenure_months: int, answer_days: int, seen: Seen | None = None
) -> MatchingSettings:
    """The months that somebody should stay in a post, and the days a head has to answer."""
    # Of two first settings at once, the second waits here.
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    settings = MatchingSettings.objects.filter(force=force).first() or MatchingSettings(force=force)
    if seen is not None:
        seen.check(settings)
    settings.minimum_tenure_months, settings.answer_days = minimum_tenure_months, answer_days
    settings.full_clean(validate_constraints=False, validate_unique=False)
    settings.save()
    return settings


def _may_check(user: User, unit: Unit) -> None:
    if not minimums_reach(user, unit.force).covers(unit.path):
        raise PermissionDenied


def span(starts_on: date, ends_before: date | None) -> DateRange:
    if ends_before is not None and ends_before <= starts_on:
        raise ValidationError({"ends_before": "The last day must not be before the first."})
    return DateRange(starts_on, ends_before)
