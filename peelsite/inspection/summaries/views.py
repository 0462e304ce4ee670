"""Summaries: the list, one issue, its PDF, its messages, sending by hand, and subscriptions."""

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.charts.services import chart_figure
from peelsite.forces.selectors import opening_day
from peelsite.inspection.summaries.calc import now_issue
from peelsite.inspection.summaries.emails import file_name
from peelsite.inspection.summaries.exports import summary_charts, vacancy_sentence
from peelsite.inspection.summaries.forms import SendNowForm, SubscriptionForm
from peelsite.inspection.summaries.models import (
    Delivery,
    Summary,
    SummaryState,
)
from peelsite.inspection.summaries.selectors import subscribers_of, summaries_of
from peelsite.inspection.summaries.services import (
    WRITE_JOB,
    delivery_resend,
    summary_request,
    summary_retry,
)
from peelsite.inspection.summaries.tables import SummaryTable
from peelsite.inspection.summaries.tasks import delivery_task
from peelsite.jobs.models import Job
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.pages import form_methods, form_page, status_of
from peelsite.web.lists import ListPage


def trail(force):
    return [
        ("Inspection", reverse("inspection:overview", args=[force.slug])),
        ("Summaries", reverse("inspection:summaries", args=[force.slug])),
    ]


@require_safe
@force_page(Action.SUMMARY_VIEW)
def summaries(request, force):
    page = ListPage(
        request,
        table_class=SummaryTable,
        queryset=summaries_of(force),
        title="Summaries",
        row_words="summary,summaries",
        table_kwargs={"force": force},
    )
    context = {
        "heading": "Inspection summaries",
        "breadcrumbs": trail(force)[:1],
        "list_page": page,
        "may_send": request.user.may(Action.SUMMARY_SEND, force),
    }
    return page.download() or render(request, "inspection/summaries.html", context)


@require_safe
@force_page(Action.SUMMARY_VIEW)
def summary(request, force, summary_id):
    issue = get_object_or_404(
        Summary.objects.of_force(force).select_related("force").defer("pdf"), pk=summary_id
    )
    job = Job.objects.filter(kind=WRITE_JOB, subject_id=issue.pk).first()
    context = {
        "heading": issue.heading,
        "breadcrumbs": trail(force),
        "issue": issue,
        "job": job,
        "is_written": issue.state == SummaryState.WRITTEN,
        "may_send": request.user.may(Action.SUMMARY_SEND, force),
        "may_see_history": request.user.may(Action.HISTORY_VIEW, force),
    }
    if issue.state == SummaryState.WRITTEN:
        context |= _content_context(issue)
        context["deliveries"] = issue.deliveries.all() if context["may_send"] else []
    elif job is not None and job.finished_at is None:
        context["refresh_seconds"] = 3
        context["progress"] = job_progress(job)
        context["poll_url"] = reverse("inspection:summary-progress", args=[force.slug, issue.pk])
    return render(request, "inspection/summary.html", context)


def _content_context(issue: Summary) -> dict:
    content = issue.content
    charts = {name: chart_figure(chart=chart) for name, chart in summary_charts(content).items()}
    next_board = content["board"]["next"]
    slug, on_day = issue.force.slug, f"?on={issue.as_at:%Y-%m-%d}"
    return {
        "on_day": on_day,
        "content": content,
        "charts": charts,
        "key_figures": [
            figure | {"href": reverse("inspection:indicator", args=[slug, figure["code"]]) + on_day}
            for figure in content["key_figures"]
        ],
        "vacancy_sentence": vacancy_sentence(content["vacancies"]),
        "next_board": date.fromisoformat(next_board) if next_board else None,
        "compared_on": date.fromisoformat(content["comparison"]["as_at"]) if content["comparison"] else None,
    }


@require_safe
@force_page(Action.SUMMARY_VIEW)
def summary_pdf(request, force, summary_id):
    issue = get_object_or_404(Summary.objects.of_force(force).written(), pk=summary_id)
    response = HttpResponse(bytes(issue.pdf), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, file_name(issue))
    return response


@require_POST
@force_page(Action.SUMMARY_SEND)
def retry(request, force, summary_id):
    issue = get_object_or_404(Summary.objects.of_force(force).light(), pk=summary_id)
    try:
        job = summary_retry(summary=issue, requested_by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        job_task.delay_on_commit(job.pk)
    return redirect("inspection:summary", force.slug, issue.pk)


@form_methods
@force_page(Action.SUMMARY_SEND)
def send_now(request, force):
    day = opening_day(force)
    form = SendNowForm(request.POST if request.method == "POST" else None, force=force, day=day)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        issue = now_issue(token=str(chosen["token"]), day=chosen["as_at"])
        try:
            begun, job = summary_request(
                force=force,
                issue=issue,
                as_at=chosen["as_at"],
                requested_by=request.user,
                chosen=[person.pk for person in chosen["people"]],
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            if job is not None:
                job_task.delay_on_commit(job.pk)
            if job is not None or form.asks_for(begun):
                return redirect("inspection:summary", force.slug, begun.pk)
            form.begun_before(begun)
            status = HTTPStatus.CONFLICT
    context = {"heading": "Write and send a summary", "breadcrumbs": trail(force), "form": form}
    return render(request, "inspection/send_now.html", context, status=status)


@require_POST
@force_page(Action.SUMMARY_SEND)
def resend(request, force, delivery_id):
    delivery = get_object_or_404(Delivery.objects.of_force(force), pk=delivery_id)
    try:
        delivery_resend(delivery=delivery)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        delivery_task.delay_on_commit(delivery.pk)
        messages.success(request, f"The message to {delivery.address} is being sent again.")
    return redirect("inspection:summary", force.slug, delivery.summary_id)


@form_methods
@force_page(Action.SUMMARY_VIEW)
def subscriptions(request, force):
    """One's own subscriptions; those who may send see everybody's."""
    form = SubscriptionForm(
        request.POST if request.method == "POST" else None,
        force=force,
        user=request.user,
        day=opening_day(force),
    )
    if request.method == "POST" and form.saved() is not None:
        messages.success(request, "Your subscriptions are saved.")
        return redirect("inspection:subscriptions", force.slug)
    context = {
        "heading": "Summary subscriptions",
        "breadcrumbs": trail(force),
        "form": form,
        "everybody": subscribers_of(force) if request.user.may(Action.SUMMARY_SEND, force) else None,
    }
    return render(request, "inspection/subscriptions.html", context, status=status_of(form))


@form_methods
@force_page(Action.SUMMARY_SEND)
def subscription(request, force, user_id):
    """Another person's subscriptions, switched on and off by those who send the summaries."""
    people = {person.pk: person for person, _ in subscribers_of(force)}
    if user_id not in people:
        raise Http404
    person = people[user_id]
    back = reverse("inspection:subscriptions", args=[force.slug])
    return form_page(
        request,
        SubscriptionForm(
            request.POST if request.method == "POST" else None,
            force=force,
            user=person,
            day=opening_day(force),
            is_own=person == request.user,
        ),
        heading=f"Summary subscriptions of {person.name}",
        back=("Summary subscriptions", back),
        breadcrumbs=trail(force),
        done=lambda _saved: (back, f"The subscriptions of {person.name} are saved."),
    )


@require_safe
@force_page(Action.SUMMARY_VIEW)
def summary_progress(request, force, summary_id):
    """The part that a page under way asks for; reloads the page when the issue is written or has failed."""
    issue = get_object_or_404(Summary.objects.of_force(force).light(), pk=summary_id)
    job = Job.objects.filter(kind=WRITE_JOB, subject_id=issue.pk).first()
    if job is None:
        raise Http404
    response = render(
        request,
        "components/progress.html",
        {"progress": job_progress(job), "poll_url": request.path},
    )
    if job.finished_at is not None:
        response["HX-Refresh"] = "true"
    return response


def job_progress(job: Job) -> dict:
    return {
        "label": "Writing the summary",
        "done": job.done,
        "total": job.total,
        "percent": job.percent,
        "note": job.note,
        "finished": job.finished_at is not None,
    }
