"""Writes of the history room: the trace that a reading of sensitive records leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from peelsite.accounts.models import User
from peelsite.audit.models import SensitiveKind, SensitiveRead
from peelsite.forces.models import Force

SHORTEST_REASON = 5


@dataclass(frozen=True)
class SensitiveSubject:
    """Whose record was read; `label` is what the person was called then, 'Alex Sample (1187)'."""

    person_id: int
    label: str


@transaction.atomic
def sensitive_read_record(
    *,
    user: User | None,
    force: Force,
    kind: str,
    reason: str,
    subjects: Sequence[SensitiveSubject],
    path: str,
    request_id: str,
) -> SensitiveRead:
    """Write down that `user` (None: a command) was shown these people's records, and why.

    Call it before anything is shown: when it raises, nothing may be. `kind` is one of SensitiveKind.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": f"Say why you need to see this, in {SHORTEST_REASON} characters or more."}
        )
    if kind not in SensitiveKind.values:
        raise ValidationError({"kind": f"{kind!r} is no kind of sensitive read."})
    return SensitiveRead.objects.create(
        user=user,
        force=force,
        kind=kind,
        reason=reason,
        person_ids=[subject.person_id for subject in subjects],
        labels=[subject.label for subject in subjects],
        path=path[:300],
        request_id=request_id,
    )
