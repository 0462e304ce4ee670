"""Leaving forces out of a measure, and taking them back in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.forces.models import Force
from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.indicators.calc import CATALOGUE
from peelsite.web.editing.records import Overtaken, Seen, locked, moment


@transaction.atomic
def exclusion_add(*, force: Force, measure: str, excluded: Force, reason: str, user) -> ComparisonExclusion:
    """Leave `excluded` out of `force`'s comparisons on one measure.

    Repeating it with the same reason changes nothing. Raises Overtaken when it is left out already for
    another reason: that one is somebody's, and stays until it is taken back.
    """
    if measure not in CATALOGUE or not CATALOGUE[measure].compared:
        raise ValidationError({"measure": "Choose a measure that is compared between forces."})
    if excluded == force:
        raise ValidationError({"excluded": f"{force} cannot be left out of its own comparison."})
    if not reason.strip():
        raise ValidationError(
            {"reason": "Say why this force is left out; the reason is shown with the comparison."}
        )
    exclusion, is_new = ComparisonExclusion.objects.select_related("decided_by").get_or_create(
        force=force,
        measure=measure,
        excluded=excluded,
        defaults={"reason": reason.strip(), "decided_by": user},
    )
    if not is_new and exclusion.reason != reason.strip():
        raise Overtaken(
            f"{exclusion.decided_by} left {excluded} out already at {moment(exclusion.decided_at)}, with the "
            f"reason: {exclusion.reason}. Take it back first if yours should stand instead."
        )
    return exclusion


@transaction.atomic
def exclusion_remove(*, exclusion: ComparisonExclusion, seen: Seen | None = None) -> None:
    """Take a force back into the comparison; the history keeps that it was out.

    Raises EditConflict when it is no longer what was `seen`, or was taken back by somebody else.
    """
    locked(exclusion, seen).delete()
