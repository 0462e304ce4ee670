"""Subject access: the requests with the days left, one request, its export and its end."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page, require
from peelsite.audit.subject_access.forms import AccessRequestForm, CloseForm, ExtendForm
from peelsite.audit.subject_access.models import SubjectAccessExport, SubjectAccessRequest
from peelsite.audit.subject_access.plan import subject_model
from peelsite.audit.subject_access.selectors import (
    EXPORT_JOB,
    NEEDED,
    export_there,
    job_of,
    listed,
    people_named,
    requests_of,
)
from peelsite.audit.subject_access.services import KEPT_DAYS, access_export_download, access_export_prepare
from peelsite.forces.models import Force
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.pages import form_methods, form_page
from peelsite.web.exports import file_name

ZIP_TYPE = "application/zip"


def access_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """View decorator: who may read all history and all people of the force, both."""

    @wraps(view)
    def checked(request: HttpRequest, force: Force, *args, **kwargs) -> HttpResponse:
        for action in NEEDED[1:]:
            require(request.user, action, force)
        return view(request, force, *args, **kwargs)

    return force_page(NEEDED[0])(checked)


@require_safe
@access_page
def access_requests(request: HttpRequest, force: Force) -> HttpResponse:
    today = timezone.localdate()
    found = listed(list(requests_of(force)), today)
    context = {
        "heading": "Subject access requests",
        "breadcrumbs": [_history(force)],
        "force": force,
        "open": [each for each in found if each.request.is_open],
        "closed": [each for each in found if not each.request.is_open],
    }
    return render(request, "history/access_requests.html", context)


@form_methods
@access_page
def access_request_new(request: HttpRequest, force: Force) -> HttpResponse:
    """`?number=` names the person, on the way from their page."""
    initial = {"number": request.GET.get("number", "")[:20]}
    return form_page(
        request,
        AccessRequestForm(request.POST or None, force=force, user=request.user, initial=initial),
        heading="Record a subject access request",
        intro="An answer is due one calendar month after the day on which the request was received.",
        back=_top(force),
        breadcrumbs=[_history(force)],
        button="Record the request",
        done=lambda made: (_href(force, made), f"The request is recorded; it is due on {_day(made)}."),
    )


@require_safe
@access_page
@never_cache
def access_request(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One request: where it stands, its export, and what can be done next."""
    found = _request(force, pk)
    today = timezone.localdate()
    export = export_there(found)
    job = job_of(export) if export is not None and export.made_at is None else None
    context = {
        "heading": str(found),
        "breadcrumbs": [_history(force), _top(force)],
        "force": force,
        "found": found,
        "person": _person(found),
        "subject": subject_model()._meta.label_lower,
        "days_left": found.days_left(today) if found.is_open else None,
        "may_extend": found.is_open and found.extended_on is None and today <= found.first_due_on,
        "export": export if export is not None and export.is_there else None,
        "former": found.exports.exclude(pk=export.pk if export and export.is_there else None),
        "kept_days": KEPT_DAYS,
        "failure": job.error if job is not None else "",
    }
    if job is not None and job.finished_at is None:
        context["progress"] = _progress(job)
        context["poll_url"] = reverse("history:access-request-progress", args=[force.slug, found.pk])
        context["refresh_seconds"] = 3
    return render(request, "history/access_request.html", context)


@form_methods
@access_page
def access_request_extend(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _request(force, pk)
    return form_page(
        request,
        ExtendForm(request.POST or None, request=found),
        heading="Take two more months?",
        intro=f"The request is due on {_day(found)}. Tell the person within that time that more is needed, "
        "and why.",
        back=_back(force, found),
        breadcrumbs=[_history(force), _top(force)],
        button="Extend the request",
        done=lambda extended: (_href(force, extended), f"The request is due on {_day(extended)}."),
    )


@form_methods
@access_page
def access_request_close(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _request(force, pk)
    return form_page(
        request,
        CloseForm(request.POST or None, request=found),
        heading="Close the request",
        back=_back(force, found),
        breadcrumbs=[_history(force), _top(force)],
        button="Close the request",
        done=lambda closed: (_top(force)[1], f"The request is closed: {closed.get_state_display().lower()}."),
    )


@require_POST
@access_page
def access_request_prepare(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Begin the export, unless it is there or under way; after a failure, once more."""
    found = _request(force, pk)
    try:
        export = access_export_prepare(request=found, user=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(_href(force, found))
    export_begin(export, request.user)
    return redirect(_href(force, found))


def export_begin(export: SubjectAccessExport, user) -> None:
    """Queue the export's job, if it is still to be made."""
    if export.made_at is None:
        job = job_queue(kind=EXPORT_JOB, subject_id=export.pk, force=export.request.force, requested_by=user)
        job_task.delay_on_commit(job.pk)


@require_POST
@access_page
@never_cache
def access_request_download(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _request(force, pk)
    export = export_there(found)
    if export is None:
        raise Http404
    try:
        content = access_export_download(
            export=export, user=request.user, path=request.path, request_id=request.request_id
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(_href(force, found))
    return zip_response(found, content)


def zip_response(found: SubjectAccessRequest, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=ZIP_TYPE)
    name = file_name(f"subject access {found.pk}", "zip")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
@access_page
def access_request_progress(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The part that a page under way asks for; reloads the page when the export is there or has failed."""
    export = export_there(_request(force, pk))
    job = job_of(export) if export is not None else None
    if job is None:
        raise Http404
    shown = {"progress": _progress(job), "poll_url": request.path}
    response = render(request, "components/progress.html", shown)
    if job.finished_at is not None:
        response["HX-Refresh"] = "true"
    return response


def _progress(job: Job) -> dict:
    return {
        "label": "Making the export",
        "done": job.done,
        "total": job.total,
        "percent": job.percent,
        "note": job.note,
        "finished": job.finished_at is not None,
    }


def _request(force: Force, pk: int) -> SubjectAccessRequest:
    return get_object_or_404(
        SubjectAccessRequest.objects.of_force(force).select_related("recorded_by"), pk=pk
    )


def _person(found: SubjectAccessRequest) -> str:
    return people_named({found.person_id}).get(found.person_id, "")


def _href(force: Force, found: SubjectAccessRequest) -> str:
    return reverse("history:access-request", args=[force.slug, found.pk])


def _back(force: Force, found: SubjectAccessRequest) -> tuple[str, str]:
    return str(found), _href(force, found)


def _top(force: Force) -> tuple[str, str]:
    return "Subject access requests", reverse("history:access-requests", args=[force.slug])


def _history(force: Force) -> tuple[str, str]:
    return "History", reverse("history:changes", args=[force.slug])


def _day(found: SubjectAccessRequest) -> str:
    return f"{found.due_on:%-d %B %Y}"
