"""The reason for looking at health records: asked for once in half an hour, and logged with every look.

Health data are sensitive (Data Protection Act 2018, section 35(8)): a force must be able to say who
looked, and why.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from peelsite.audit.models import SensitiveKind
from peelsite.audit.services import SensitiveSubject, sensitive_read_record
from peelsite.forces.models import Force
from workforce.people.models import Person

HOLDS_FOR = timedelta(minutes=30)
SHORTEST = 10
LONGEST = 300
_KEY = "health_reasons"


def reason_given(request: HttpRequest, force: Force) -> str:
    """The reason that holds now in this session for this force, else ''."""
    kept = request.session.get(_KEY, {}).get(force.slug)
    if not kept or datetime.fromisoformat(kept["until"]) <= timezone.now():
        return ""
    return kept["reason"]


def reason_keep(request: HttpRequest, force: Force, reason: str) -> None:
    """Let the reason hold for half an hour of this session."""
    kept = {"reason": reason, "until": (timezone.now() + HOLDS_FOR).isoformat()}
    request.session[_KEY] = request.session.get(_KEY, {}) | {force.slug: kept}


def reason_page(request: HttpRequest, force: Force) -> HttpResponse:
    """To the page that asks for the reason, and back from there to where the request came from.

    Find the row first: one that is not the reader's must not be there whatever the reason.
    """
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('health:reason', args=[force.slug])}?{query}")


def look_record(
    request: HttpRequest,
    force: Force,
    people: Iterable[Person],
    *,
    kind: SensitiveKind = SensitiveKind.HEALTH_RECORD,
    reason: str = "",
) -> None:
    """Write down that these people's health records are being looked at, and why."""
    subjects: Sequence[SensitiveSubject] = [SensitiveSubject(person.pk, str(person)) for person in people]
    sensitive_read_record(
        user=request.user,
        force=force,
        kind=kind,
        reason=reason or reason_given(request, force),
        subjects=subjects,
        path=request.path,
        request_id=request.request_id,
    )
