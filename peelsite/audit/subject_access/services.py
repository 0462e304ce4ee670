"""Writes of subject access: a request, its extension and end; an export, its download and removal."""

import hashlib
import secrets
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from peelsite.accounts.encryption import decrypted_bytes, encrypted_bytes
from peelsite.accounts.models import User
from peelsite.audit.models import SensitiveKind
from peelsite.audit.services import SensitiveSubject, sensitive_read_record
from peelsite.audit.subject_access.calc import due_day
from peelsite.audit.subject_access.exports import subject_access_write
from peelsite.audit.subject_access.models import RequestState, SubjectAccessExport, SubjectAccessRequest
from peelsite.audit.subject_access.plan import subject_model
from peelsite.audit.subject_access.selectors import person_of
from peelsite.forces.models import Force
from peelsite.jobs.models import Job
from peelsite.jobs.services import progress_note
from peelsite.web.editing.records import Overtaken, Seen, locked

KEPT_DAYS = 7


@transaction.atomic
def access_request_record(
    *, force: Force, person_id: int, received_on: date, asked_by: str, reason: str, user: User
) -> SubjectAccessRequest:
    """Write down that somebody asked what is held on a person; due in one calendar month.

    Raises ValidationError for a person of another force, a day to come, or while another request of the same
    person is open.
    """
    if received_on > timezone.localdate():
        raise ValidationError({"received_on": "A request cannot have been received on a day to come."})
    # Held until the end, so that two people who record it at once make one request.
    person = subject_model()._default_manager.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None or person.force_id != force.pk:
        raise ValidationError({"person": f"{force.name} has no such person."})
    running = SubjectAccessRequest.objects.of_force(force).open().filter(person_id=person_id).first()
    if running is not None:
        raise ValidationError(
            f"A request of {person} received on {running.received_on:%-d %B %Y} is still open. Close it "
            "first, or answer both with one export."
        )
    request = SubjectAccessRequest(
        force=force,
        person_id=person_id,
        received_on=received_on,
        due_on=due_day(received_on, is_extended=False),
        asked_by=" ".join(asked_by.split()),
        reason=reason.strip(),
        recorded_by=user,
    )
    request.full_clean(validate_constraints=False)
    request.save()
    return request


@transaction.atomic
def access_request_extend(
    *, request: SubjectAccessRequest, reason: str, seen: Seen | None = None
) -> SubjectAccessRequest:
    """Two months more, once, and only within the first month: the person is told why in that time."""
    request = _open(request, seen)
    today = timezone.localdate()
    if request.extended_on is not None:
        raise Overtaken(f"This request was extended already, to {request.due_on:%-d %B %Y}.")
    if today > request.first_due_on:
        raise ValidationError(
            f"A request is extended within its first month, which ended on {request.first_due_on:%-d %B %Y}."
        )
    if not reason.strip():
        raise ValidationError({"reason": "Say why two more months are needed."})
    request.extended_on, request.extension_reason = today, reason.strip()
    request.due_on = due_day(request.received_on, is_extended=True)
    request.save(update_fields=["extended_on", "extension_reason", "due_on"])
    return request


@transaction.atomic
def access_request_close(
    *,
    request: SubjectAccessRequest,
    state: str,
    closed_on: date,
    outcome: str,
    seen: Seen | None = None,
) -> SubjectAccessRequest:
    """Answered, refused or withdrawn on a day, and what was sent or why not."""
    request = _open(request, seen)
    if state not in RequestState.values or state == RequestState.OPEN:
        raise ValidationError({"state": "Choose how the request ended: answered, refused or withdrawn."})
    if not request.received_on <= closed_on <= timezone.localdate():
        received = f"{request.received_on:%-d %B %Y}"
        raise ValidationError(
            {"closed_on": f"The day must be {received}, when the request came, or later, and not to come."}
        )
    if not outcome.strip():
        raise ValidationError({"outcome": "Say what was sent and how, or why nothing was."})
    if state == RequestState.ANSWERED and not request.exports.filter(downloads__gt=0).exists():
        raise ValidationError(
            {"state": "Nobody has downloaded an export for this request yet, so it cannot be answered."}
        )
    request.state, request.closed_on, request.outcome = state, closed_on, outcome.strip()
    request.save(update_fields=["state", "closed_on", "outcome"])
    return request


def _open(request: SubjectAccessRequest, seen: Seen | None) -> SubjectAccessRequest:
    request = locked(request, seen)
    if not request.is_open:
        raise Overtaken(f"This request was closed on {request.closed_on:%-d %B %Y}.")
    return request


@transaction.atomic
def access_export_prepare(*, request: SubjectAccessRequest, user: User) -> SubjectAccessExport:
    """The row of a new export; one that is there or being made is left and returned.

    The caller queues the job EXPORT_JOB for it and enqueues after commit.
    """
    request = _open(request, None)
    there = request.exports.not_removed().first()
    if there is not None and (there.made_at is None or there.is_there):
        return there
    if there is not None:
        _removed(there)
    return SubjectAccessExport.objects.create(
        request=request, stored=f"subject-access/{secrets.token_hex(16)}", asked_by=user
    )


def access_export_write(job: Job) -> dict[str, Any]:
    """The job: write the export once. Killed and run again it writes the same file in the same place.

    Raises ValidationError when the person is no longer held.
    """
    export = SubjectAccessExport.objects.select_for_update(no_key=True).get(pk=job.subject_id)
    if export.made_at is not None or export.removed_at is not None:
        return {"export": export.pk}
    request = export.request
    person = person_of(request)
    if person is None:
        raise ValidationError("This person is no longer held, so there is nothing to export.")
    progress_note(job, done=0, total=2, note="Reading every table")
    content = BytesIO()
    held = subject_access_write(content, person=person, force=request.force, reason=request.reason)
    progress_note(job, done=1, note="Writing the file")
    whole = content.getvalue()
    storage = storages["default"]
    storage.delete(export.stored)
    storage.save(export.stored, ContentFile(encrypted_bytes(whole)))
    export.made_at = timezone.now()
    export.expires_at = export.made_at + timedelta(days=KEPT_DAYS)
    export.size, export.digest = len(whole), hashlib.sha256(whole).hexdigest()
    export.tables, export.rows = len(held), sum(len(each.rows) for each in held)
    export.save()
    return {"export": export.pk, "rows": export.rows}


@transaction.atomic
def access_export_download(*, export: SubjectAccessExport, user: User, path: str, request_id: str) -> bytes:
    """The zip, counted and written down as a sensitive read before it is handed over.

    Raises Overtaken when it is not there (any more), ValidationError when the file is not what was written.
    """
    export = locked(export)
    if not export.is_there:
        raise Overtaken(f"This export is gone: they are removed after {KEPT_DAYS} days. Prepare a new one.")
    request = export.request
    person = person_of(request)
    sensitive_read_record(
        user=user,
        force=request.force,
        kind=SensitiveKind.SUBJECT_ACCESS,
        reason=f"{request}: {request.reason}",
        subjects=[SensitiveSubject(request.person_id, str(person) if person else "no longer held")],
        path=path,
        request_id=request_id,
    )
    with storages["default"].open(export.stored, "rb") as kept:
        content = decrypted_bytes(kept.read())
    if hashlib.sha256(content).hexdigest() != export.digest:
        raise ValidationError("The file is not the one that was written. Prepare a new export.")
    export.downloads += 1
    export.save(update_fields=["downloads"])
    return content


@transaction.atomic
def access_exports_expire() -> int:
    """Remove the files of exports that have expired; how many. Safe to run twice."""
    expired = SubjectAccessExport.objects.not_removed().filter(expires_at__lte=timezone.now())
    rows = list(expired.select_for_update(skip_locked=True, of=("self",)))
    for export in rows:
        _removed(export)
    return len(rows)


def _removed(export: SubjectAccessExport) -> None:
    export.removed_at = timezone.now()
    export.save(update_fields=["removed_at"])
    transaction.on_commit(lambda: storages["default"].delete(export.stored))
