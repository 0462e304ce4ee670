"""The history pages: what changed in a force, and every version of one record."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.accounts.selectors import sign_ins_of_users
from peelsite.audit.filters import SensitiveReadFilter
from peelsite.audit.forms import ChangesForm, ReadReasonForm
from peelsite.audit.lives import life_of, users_of
from peelsite.audit.models import SensitiveKind, SensitiveRead
from peelsite.audit.presenters import record_title, versions_described
from peelsite.audit.selectors import MOST_CHANGES, changed_records, latest_changes, sources_of, versions_of
from peelsite.audit.services import SensitiveSubject, sensitive_read_record
from peelsite.audit.subject_access.selectors import may_answer
from peelsite.audit.tables import SensitiveReadTable
from peelsite.audit.tracked import TrackedTable, readable_tables
from peelsite.web.editing.pages import form_methods
from peelsite.web.lists import ListPage

RECORDS_A_PAGE = 100
# Where a version says whom it is about: it is the person's own record, or it names the person.
SUBJECTS = {"self": "pgh_obj_id", "person": "person_id"}


@require_safe
@force_page(Action.HISTORY_VIEW)
def changes(request, force):
    tables = readable_tables(request.user, force)
    form = ChangesForm(request.GET, force=force, tables=tables)
    chosen = form.chosen()
    shown = {chosen["table"]: tables[chosen["table"]]} if chosen["table"] in tables else tables
    found = latest_changes(
        force=force, tables=shown, first=chosen["first"], last=chosen["last"], user=chosen["user"]
    )
    context = {
        "heading": "History",
        "may_answer": may_answer(request.user, force),
        "form": form,
        "chosen": chosen,
        "changes": [(change, tables[change.table]) for change in found],
        "is_cut": len(found) == MOST_CHANGES,
        "most": MOST_CHANGES,
        "force": force,
    }
    return render(request, "history/changes.html", context)


@require_safe
@force_page(Action.HISTORY_VIEW)
def action(request, force, model, label, context_id):
    """The records of one table that one action changed."""
    table = _table(request, force, model)
    events = changed_records(table=table, force=force, context_id=context_id, label=label)
    page = Paginator(events, RECORDS_A_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    ids = [event.pgh_obj_id for event in page]
    names = {
        row.pk: str(row)
        for row in table.model._default_manager.filter(pk__in=ids).select_related(
            *[field.name for field in table.model._meta.concrete_fields if field.is_relation]
        )
    }
    context = {
        "heading": f"{table.title} of one change",
        "breadcrumbs": [_crumb(force)],
        "force": force,
        "table": table,
        "source": sources_of({context_id}).get(context_id),
        "at": page[0].pgh_created_at,
        "page": page,
        "records": [(pk, names.get(pk, f"Number {pk}, no longer there")) for pk in dict.fromkeys(ids)],
    }
    return render(request, "history/action.html", context)


@form_methods
@force_page(Action.HISTORY_VIEW)
def record(request, force, model, record_id):
    """Every version of one record. A record about a person is shown once a reason is given."""

    def shown(table: TrackedTable, events: list[Any]) -> dict[str, Any]:
        return {
            "versions": versions_described(table, events),
            "life_href": reverse("history:life", args=[force.slug, table.name, record_id]),
        }

    return _of_record(request, force, model, record_id, "History of", shown, "history/record.html")


@form_methods
@force_page(Action.HISTORY_VIEW)
def life(request, force, model, record_id):
    """One record's whole life, over every table. That of a person is shown once a reason is given."""

    def shown(table: TrackedTable, events: list[Any]) -> dict[str, Any]:
        entries = life_of(table=table, force=force, record_id=record_id, reader=request.user)
        shown = {"entries": entries}
        if table.subject_field == "self" and request.user.may(Action.ACCOUNTS_EDIT, force):
            shown["sign_ins"] = sign_ins_of_users(users_of(events))
        return shown

    return _of_record(request, force, model, record_id, "The whole life of", shown, "history/life.html")


def _of_record(
    request,
    force,
    model: str,
    record_id: int,
    what: str,
    shown: Callable[[TrackedTable, list[Any]], dict[str, Any]],
    template: str,
) -> HttpResponse:
    """A page about the versions of one record; nothing is worked out before a reason that is needed."""
    table = _table(request, force, model)
    events = versions_of(table=table, force=force, record_id=record_id)
    if not events:
        raise Http404
    heading = f"{what} {_lower(record_title(table, events))}"
    asked = _ask_reason(request, force, table, events, heading)
    if asked is not None:
        return asked
    context = {"heading": heading, "breadcrumbs": [_crumb(force)], "force": force}
    return render(request, template, context | shown(table, events))


def _ask_reason(request, force, table: TrackedTable, events: list[Any], heading: str) -> HttpResponse | None:
    """The page that asks why; None when nobody need say, or when it was said and is written down."""
    if not table.subject_field:
        return None
    form = ReadReasonForm(request.POST or None)
    if form.is_valid():
        person_id = getattr(events[-1], SUBJECTS[table.subject_field])
        sensitive_read_record(
            user=request.user,
            force=force,
            kind=SensitiveKind.PERSON_HISTORY,
            reason=form.cleaned_data["reason"],
            subjects=[SensitiveSubject(person_id, record_title(table, events))],
            path=request.path,
            request_id=request.request_id,
        )
        return None
    context = {"heading": heading, "breadcrumbs": [_crumb(force)], "form": form, "force": force}
    return render(request, "history/ask_reason.html", context)


@require_safe
@force_page(Action.HISTORY_VIEW)
def sensitive_reads(request, force):
    page = ListPage(
        request,
        table_class=SensitiveReadTable,
        queryset=SensitiveRead.objects.of_force(force).select_related("user"),
        filterset_class=SensitiveReadFilter,
        filter_heading="Show reads",
        title="Sensitive reads",
        row_words="read,reads",
        table_kwargs={"may_see_people": request.user.may(Action.PEOPLE_VIEW, force)},
    )
    context = {
        "list_page": page,
        "heading": "Sensitive reads",
        "breadcrumbs": [_crumb(force)],
        "force": force,
    }
    return page.download() or render(request, "history/sensitive_reads.html", context)


def _table(request, force, model: str) -> TrackedTable:
    """A table that the user may not read is not there."""
    table = readable_tables(request.user, force).get(model.lower())
    if table is None:
        raise Http404
    return table


def _crumb(force) -> tuple[str, str]:
    return ("History", reverse("history:changes", args=[force.slug]))


def _lower(text: str) -> str:
    """Within a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
