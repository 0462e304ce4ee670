"""Leaving forces out of a measure, and taking them back in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Force
from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.indicators.calc import CATALOGUE


@transaction.atomic
def exclusion_add(*, force: Force, measure: str, excluded: Force, reason: str, user) -> ComparisonExclusion:
    """Leave `excluded` out of `force`'s comparisons on one measure. Repeating it changes the reason."""
    if measure not in CATALOGUE or not CATALOGUE[measure].compared:
        raise ValidationError({"measure": "Choose a measure that is compared between forces."})
    if excluded == force:
        raise ValidationError({"excluded": f"{force} cannot be left out of its own comparison."})
    if not reason.strip():
        raise ValidationError(
            {"reason": "Say why this force is left out; the reason is shown with the comparison."}
        )
    exclusion, _ = ComparisonExclusion.objects.update_or_create(
        force=force,
        measure=measure,
        excluded=excluded,
        defaults={"reason": reason.strip(), "decided_by": user},
    )
    return exclusion


@transaction.atomic
def exclusion_remove(*, exclusion: ComparisonExclusion) -> None:
    """Take a force back into the comparison; the history keeps that it was out."""
    exclusion.delete()
