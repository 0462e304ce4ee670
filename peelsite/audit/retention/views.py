"""Retention: rules, holds, what would be removed today, and proof of what was."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.audit.retention.forms import HoldForm, HoldLiftForm, RuleChangeForm, RuleForm
from peelsite.audit.retention.models import LegalHold, RetentionRule, RetentionRun
from peelsite.audit.retention.registry import all_classes, class_of
from peelsite.audit.retention.selectors import Due, due_by, held_until, rules_on
from peelsite.audit.retention.services import RETENTION_JOB
from peelsite.audit.subject_access.selectors import people_named
from peelsite.audit.tracked import tracked_tables
from peelsite.forces.models import Force
from peelsite.jobs.models import Job
from peelsite.jobs.services import job_queue
from peelsite.jobs.tasks import job_task
from peelsite.web.editing.pages import form_methods, form_page

RUNS_SHOWN = 50


@require_safe
@force_page(Action.HISTORY_VIEW)
def retention(request: HttpRequest, force: Force) -> HttpResponse:
    """What the rules would remove today, what holds keep, and proof of what went."""
    today = timezone.localdate()
    rules = rules_on(force, today)
    holds = list(LegalHold.objects.of_force(force).select_related("held_by", "lifted_by"))
    may_see_people = request.user.may(Action.PEOPLE_VIEW, force)
    names = people_named({hold.person_id for hold in holds if hold.person_id}) if may_see_people else {}
    ruled = {rule.what for rule in rules}
    context = {
        "heading": "Retention",
        "breadcrumbs": [_history(force)],
        "force": force,
        "today": today,
        "due": [due_by(rule, today) for rule in rules],
        "without": [each for each in all_classes() if each.slug not in ruled],
        "later": RetentionRule.objects.of_force(force).filter(valid_from__gt=today),
        "holds": [
            (
                hold,
                _records(hold.what),
                names.get(hold.person_id, ""),
                hold.until is None or hold.until > today,
            )
            for hold in holds
        ],
        "runs": [
            (run, _records(run.rule.what))
            for run in RetentionRun.objects.of_force(force).select_related("rule", "by")[:RUNS_SHOWN]
        ],
        "may_edit": request.user.may(Action.RETENTION_EDIT, force),
    }
    return render(request, "history/retention.html", context)


@form_methods
@force_page(Action.RETENTION_EDIT)
def rule_new(request: HttpRequest, force: Force) -> HttpResponse:
    """`?what=` names the records, on the way from the list."""
    return form_page(
        request,
        RuleForm(request.POST or None, force=force, initial={"what": request.GET.get("what", "")}),
        heading="Add a rule of retention",
        back=_top(force),
        breadcrumbs=[_history(force)],
        button="Add the rule",
        done=lambda made: (
            reverse("history:retention-rule", args=[force.slug, made.pk]),
            "The rule is added. See here what it would remove.",
        ),
    )


@require_safe
@force_page(Action.RETENTION_EDIT)
def rule(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """One rule: what it would remove today, by name where the reader may know, before anything is."""
    found = _rule(force, pk)
    today = timezone.localdate()
    due = due_by(found, today)
    job = Job.objects.filter(kind=RETENTION_JOB, subject_id=found.pk).order_by("-pk").first()
    context = {
        "heading": f"{due.retained.title}: what would be removed",
        "breadcrumbs": [_history(force), _top(force)],
        "force": force,
        "due": due,
        "examples": _examples(request, force, due),
        "is_current": found in rules_on(force, today),
        "is_under_way": job is not None and job.finished_at is None,
        "failure": job.error if job is not None else "",
        "holds": held_until(found, today),
    }
    if context["is_under_way"]:
        context["refresh_seconds"] = 3
    return render(request, "history/retention_rule.html", context)


@form_methods
@force_page(Action.RETENTION_EDIT)
def rule_change(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _rule(force, pk)
    title = _records(found.what)
    return form_page(
        request,
        RuleChangeForm(request.POST or None, rule=found),
        heading=f"Change the rule for {title[:1].lower()}{title[1:]}",
        back=(title, reverse("history:retention-rule", args=[force.slug, found.pk])),
        breadcrumbs=[_history(force), _top(force)],
        done=lambda changed: (
            reverse("history:retention-rule", args=[force.slug, changed.pk]),
            "The rule is changed.",
        ),
    )


@form_methods
@force_page(Action.RETENTION_EDIT)
def rule_apply(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Asks once more with the figures of the dry run, then removes in the background."""
    found = _rule(force, pk)
    back = reverse("history:retention-rule", args=[force.slug, found.pk])
    due = due_by(found, timezone.localdate())
    if not found.is_confirmed or not due.count:
        messages.error(request, "Nothing can be removed by this rule today.")
        return redirect(back)
    if request.method == "POST":
        job = job_queue(kind=RETENTION_JOB, subject_id=found.pk, force=force, requested_by=request.user)
        job_task.delay_on_commit(job.pk)
        messages.success(request, "The records are being removed. The proof is listed under Retention.")
        return redirect(back)
    context = {
        "heading": f"Remove {due.count:,} of {due.retained.title[:1].lower()}{due.retained.title[1:]}?",
        "text": f"{due.retained.what_goes} {due.held:,} more are kept by a legal hold or an open request.",
        "warning": "This cannot be taken back, by nobody and not from the history.",
        "button": "Remove them for good",
        "cancel_href": back,
        "danger": True,
        "breadcrumbs": [_history(force), _top(force), (due.retained.title, back)],
    }
    return render(request, "components/confirm.html", context)


@form_methods
@force_page(Action.RETENTION_EDIT)
def hold_new(request: HttpRequest, force: Force) -> HttpResponse:
    return form_page(
        request,
        HoldForm(request.POST or None, force=force, user=request.user),
        heading="Put records under a legal hold",
        intro="What is under a hold stays, whatever the rules say, until the hold is lifted.",
        back=_top(force),
        breadcrumbs=[_history(force)],
        button="Put under hold",
        done=lambda made: (_top(force)[1], "The records are under hold."),
    )


@form_methods
@force_page(Action.RETENTION_EDIT)
def hold_lift(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    hold = get_object_or_404(LegalHold.objects.of_force(force), pk=pk)
    return form_page(
        request,
        HoldLiftForm(request.POST or None, hold=hold, user=request.user),
        heading="Lift the legal hold?",
        intro=f"It was put on {hold.held_from:%-d %B %Y}: {hold.reason}",
        warning="What it kept may be removed with the next run of the rules.",
        back=_top(force),
        breadcrumbs=[_history(force)],
        button="Lift the hold",
        done=lambda lifted: (_top(force)[1], "The hold is lifted."),
    )


@require_safe
@force_page(Action.HISTORY_VIEW)
def run(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Proof of one removal, without anything personal."""
    found = get_object_or_404(RetentionRun.objects.of_force(force).select_related("rule", "by"), pk=pk)
    retained = class_of(found.rule.what)
    context = {
        "heading": f"Proof of removal {found.pk}",
        "breadcrumbs": [_history(force), _top(force)],
        "run": found,
        "rows": [
            {"term": "Records", "value": _records(found.rule.what)},
            {
                "term": "What was done",
                "value": retained.what_goes if retained else "The records were deleted.",
            },
            {"term": "Removed", "value": f"{found.removed:,}, from before {found.before:%-d %B %Y}"},
            {"term": "Kept under hold", "value": f"{found.held:,}"},
            {"term": "Earlier versions removed", "value": f"{found.history_rows:,} rows of the history"},
            {"term": "By the rule", "value": f"{found.rule.months} months; {found.rule.source}"},
            {"term": "When", "value": f"{timezone.localtime(found.at):%-d %B %Y, %H:%M}"},
            {"term": "By whom", "value": str(found.by) if found.by else "The nightly run"},
            {"term": "Digest of what went (SHA-256)", "value": found.digest},
            {"term": "Seal of the history", "value": f"{found.seal:,}"},
        ],
    }
    return render(request, "history/retention_run.html", context)


def _examples(request: HttpRequest, force: Force, due: Due) -> list[str]:
    """By name only for those who may see such rows; health records are on fewer eyes."""
    table = tracked_tables().get(due.rows.model._meta.label_lower)
    actions = table.actions if table is not None else {Action.HISTORY_VIEW, Action.PEOPLE_VIEW}
    if all(request.user.may(action, force) for action in actions):
        return due.examples()
    return [f"Number {pk}" for pk in due.numbers()]


def _rule(force: Force, pk: int) -> RetentionRule:
    known = [each.slug for each in all_classes()]
    return get_object_or_404(RetentionRule.objects.of_force(force).filter(what__in=known), pk=pk)


def _records(what: str) -> str:
    retained = class_of(what)
    return retained.title if retained else what or "All records"


def _top(force: Force) -> tuple[str, str]:
    return "Retention", reverse("history:retention", args=[force.slug])


def _history(force: Force) -> tuple[str, str]:
    return "History", reverse("history:changes", args=[force.slug])
