"""Reads of subject access requests."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import QuerySet

from peelsite.accounts.models import User
from peelsite.accounts.permissions import Action
from peelsite.audit.subject_access.models import SubjectAccessExport, SubjectAccessRequest
from peelsite.audit.subject_access.plan import subject_model
from peelsite.forces.models import Force
from peelsite.jobs.models import Job

EXPORT_JOB = "subject_access_export"
# So many days before the last one a request stands on the start page.
DUE_SOON_DAYS = 14
# Both are needed, in the whole force: who releases an export reads everything of a person.
NEEDED = (Action.HISTORY_VIEW, Action.PEOPLE_VIEW)


def may_answer(user: User, force: Force) -> bool:
    """Whether the user may record and answer requests in the force."""
    return all(user.may(action, force) for action in NEEDED)


@dataclass(frozen=True)
class ListedRequest:
    """A request with the person's name as it is now; `days_left` of open ones only."""

    request: SubjectAccessRequest
    person: str
    days_left: int | None


def requests_of(force: Force, *, only_open: bool = False) -> QuerySet[SubjectAccessRequest]:
    """Those still open first, the one due next before the others; then the closed, the newest first."""
    found = SubjectAccessRequest.objects.of_force(force).select_related("recorded_by")
    if only_open:
        return found.open().order_by("due_on", "pk")
    is_closed = models.Case(models.When(state="open", then=0), default=1, output_field=models.IntegerField())
    return found.annotate(is_closed=is_closed).order_by("is_closed", "due_on", "pk")


def listed(requests: list[SubjectAccessRequest], day: date) -> list[ListedRequest]:
    """Two queries whatever their number: the requests, and the people."""
    names = people_named({each.person_id for each in requests})
    return [
        ListedRequest(each, names.get(each.person_id, GONE), each.days_left(day) if each.is_open else None)
        for each in requests
    ]


GONE = "Somebody no longer held"


def people_named(ids: set[int]) -> dict[int, str]:
    """What the people with these numbers are called now. One query, none without numbers."""
    if not ids:
        return {}
    return {person.pk: str(person) for person in subject_model()._default_manager.filter(pk__in=ids)}


def people_of(force: Force, ids: Collection[int]) -> list[models.Model]:
    """Those of these people who are the force's."""
    return list(subject_model()._default_manager.filter(force=force, pk__in=ids))


def person_of(request: SubjectAccessRequest) -> models.Model | None:
    return subject_model()._default_manager.filter(pk=request.person_id, force=request.force_id).first()


def person_numbered(force: Force, number: str) -> models.Model | None:
    """The person of the force with this collar or payroll number."""
    return subject_model()._default_manager.filter(force=force, number__iexact=number.strip()).first()


def export_there(request: SubjectAccessRequest) -> SubjectAccessExport | None:
    """The export that is there or being made, if any."""
    return request.exports.not_removed().select_related("asked_by").first()


def job_of(export: SubjectAccessExport) -> Job | None:
    """The last job that made it, or is to."""
    return Job.objects.filter(kind=EXPORT_JOB, subject_id=export.pk).order_by("-pk").first()


def due_soon(force: Force, day: date) -> list[ListedRequest]:
    """Open requests whose last day is at most DUE_SOON_DAYS ahead, or past."""
    until = day + timedelta(days=DUE_SOON_DAYS)
    return listed(list(requests_of(force, only_open=True).filter(due_on__lte=until)), day)
