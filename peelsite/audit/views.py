"""The history pages: what changed in a force, and every version of one record."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.audit.filters import SensitiveReadFilter
from peelsite.audit.forms import ChangesForm
from peelsite.audit.models import SensitiveRead
from peelsite.audit.presenters import record_title, versions_described
from peelsite.audit.selectors import MOST_CHANGES, changed_records, latest_changes, sources_of, versions_of
from peelsite.audit.tables import SensitiveReadTable
from peelsite.audit.tracked import TrackedTable, readable_tables
from peelsite.web.lists import ListPage

RECORDS_A_PAGE = 100


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


@require_safe
@force_page(Action.HISTORY_VIEW)
def record(request, force, model, record_id):
    table = _table(request, force, model)
    events = versions_of(table=table, force=force, record_id=record_id)
    if not events:
        raise Http404
    context = {
        "heading": f"History of {_lower(record_title(table, events))}",
        "breadcrumbs": [_crumb(force)],
        "versions": versions_described(table, events),
        "force": force,
    }
    return render(request, "history/record.html", context)


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
