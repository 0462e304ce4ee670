"""The list, the upload, and one page for each state of an import."""

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.imports import exports, selectors, services
from peelsite.imports.forms import ExtractForm, MappingForm, SheetForm, UploadForm
from peelsite.imports.models import ImportBatch, ImportState, Outcome
from peelsite.imports.tables import BatchTable
from peelsite.imports.targets import all_targets, target_of
from peelsite.imports.views.addresses import batch_or_404, crumbs, page_of, target_or_404
from peelsite.imports.work import work_start
from peelsite.web.editing.once import saved_once
from peelsite.web.editing.pages import form_methods, status_of
from peelsite.web.lists import ListPage

REFRESH_SECONDS = 5
#: the preview shows these as tabs, in this order; the first that holds anything is open
TABS = (Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW, Outcome.MISSING)


@require_safe
@force_page(Action.IMPORT_RUN)
def listed(request: HttpRequest, force: Force) -> HttpResponse:
    """Every import of the force with where it stands, and where to start one."""
    for each in ImportBatch.objects.of_force(force).filter(state__in=services.UNDER_WAY):
        services.batch_settle(batch=each)
    page = ListPage(
        request,
        table_class=BatchTable,
        queryset=selectors.batches_of(force),
        title="Imports",
        row_words="import,imports",
        table_kwargs={"force": force},
        downloads=False,
    )
    context = {
        "heading": "Imports",
        "list_page": page,
        "targets": all_targets(),
        "waiting": selectors.batches_of(force).waiting().count(),
    }
    return render(request, "imports/list.html", context)


@form_methods
@force_page(Action.IMPORT_RUN)
def upload(request: HttpRequest, force: Force, target: str) -> HttpResponse:
    wanted = target_or_404(target)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*given, force=force, target=wanted, user=request.user)

    stored: list[ImportBatch] = []

    def done(made: ImportBatch) -> tuple[str, str]:
        stored.append(made)
        return page_of(made), f"{made.file_name} is uploaded."

    if request.method == "POST" and (answer := saved_once(request, form, done)) is not None:
        # Outside the transaction of the upload, and not again for a page that was sent twice.
        for made in stored:
            work_start(made, user=request.user)
        return redirect(answer[0])
    status = status_of(form) if form.overtaken else 400 if form.errors else 200
    context = {
        "heading": f"Import {wanted.label.lower()}",
        "form": form,
        "target": wanted,
        "breadcrumbs": crumbs(force),
    }
    return render(request, "imports/upload.html", context, status=status)


@require_GET
@force_page(Action.IMPORT_RUN)
def template(request: HttpRequest, force: Force, target: str) -> FileResponse:
    return exports.template_response(target_or_404(target))


@require_safe
@force_page(Action.IMPORT_RUN)
def batch(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The page of one import: what it shows depends on where the import stands."""
    found = services.batch_settle(batch=batch_or_404(force, pk))
    if found.is_under_way:
        return _progress_page(request, found)
    if found.state == ImportState.UPLOADED:
        return columns_page(request, found)
    if found.state == ImportState.READY:
        if request.GET.get("step") == "columns":
            return columns_page(request, found)
        return preview_page(request, found)
    return _result_page(request, found)


@require_GET
@force_page(Action.IMPORT_RUN)
def progress(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The progress part alone, for the page to ask again; tells it to reload once the work has ended."""
    found = services.batch_settle(batch=batch_or_404(force, pk))
    response = render(request, "components/progress.html", _progress_context(found))
    if not found.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@require_GET
@force_page(Action.IMPORT_RUN)
def rejects(request: HttpRequest, force: Force, pk: int) -> FileResponse:
    found = batch_or_404(force, pk)
    if not found.file or not found.issues.exists():
        raise Http404
    return exports.rejects_response(found)


def columns_page(
    request: HttpRequest,
    found: ImportBatch,
    *,
    form: MappingForm | None = None,
    sheet_form: SheetForm | None = None,
) -> HttpResponse:
    failed = form or sheet_form
    target = target_of(found.target)
    shown = form or MappingForm(batch=found)
    context = {
        "heading": "Confirm the columns",
        "breadcrumbs": crumbs(found.force),
        "batch": found,
        "target": target,
        "form": failed,
        "mapping_form": shown,
        "sheet_form": sheet_form or SheetForm(batch=found),
        "several_places": len(SheetForm(batch=found).choices) > 1,
        "same_file": selectors.same_file(found),
        "likelier": selectors.likelier_target(found),
        "rows": next(each["rows"] for each in found.sheets if each["name"] == found.sheet),
    }
    return render(request, "imports/columns.html", context, status=400 if failed else 200)


def preview_page(
    request: HttpRequest,
    found: ImportBatch,
    *,
    extract_form: ExtractForm | None = None,
    typed: Mapping[tuple[int, str], str] | None = None,
    turn: str = "",
) -> HttpResponse:
    """`typed`: cells typed and not saved, which travel along while the pages of refused cells are turned."""
    asked = Outcome.REFUSED if turn else request.GET.get("tab")
    if extract_form is not None:
        asked = Outcome.MISSING
    tab = next((each for each in TABS if each == asked), None)
    tab = tab or next((each for each in TABS if found.counts.get(each)), Outcome.NEW)
    column = request.GET.get("column", "")
    page = turn or request.GET.get("page", 1)
    rows = _tab_rows(found, tab, page, column, typed)
    on_page = {(cell.row_no, cell.column) for cell in rows.object_list} if typed else set()
    context = {
        "heading": "Preview",
        "breadcrumbs": crumbs(found.force),
        "batch": found,
        "target": target_of(found.target),
        "tab": tab,
        "tabs": [(each, _tab_label(each), found.counts.get(each, 0)) for each in TABS],
        "page": rows,
        "carried": [
            (f"cell-{row}-{name}", value)
            for (row, name), value in (typed or {}).items()
            if (row, name) not in on_page
        ],
        "columns": selectors.changed_columns(found) if tab == Outcome.CHANGED else [],
        "column": column,
        "form": extract_form,
        "extract_form": extract_form or ExtractForm(),
        "same_file": selectors.same_file(found),
        "total": sum(found.counts.get(name, 0) for name in ("new", "changed", "unchanged", "refused")),
        "ended": found.counts.get("missing", 0) - found.counts.get("blocked", 0),
    }
    return render(request, "imports/preview.html", context, status=400 if extract_form else 200)


def _tab_rows(
    found: ImportBatch, tab: str, page: Any, column: str, typed: Mapping[tuple[int, str], str] | None = None
) -> Any:
    if tab == Outcome.REFUSED:
        return selectors.refused_cells(found, page, typed)
    if tab == Outcome.CHANGED:
        return selectors.changed_cells(found, page, column)
    return selectors.rows_of(found, Outcome(tab), page)


def _tab_label(outcome: Outcome) -> str:
    return str(outcome.label)


def _result_page(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    tab = request.GET.get("tab", "")
    tabs = [
        (each, _tab_label(each), found.counts.get(each, 0))
        for each in (Outcome.CHANGED, Outcome.NEW, Outcome.REFUSED)
        if found.counts.get(each)
    ]
    if tab not in [each for each, _, _ in tabs]:
        tab = tabs[0][0] if tabs else ""
    kept = bool(tab) and bool(found.file)
    context = {
        "heading": "Import",
        "breadcrumbs": crumbs(found.force),
        "batch": found,
        "target": target_of(found.target),
        "tabs": tabs,
        "tab": tab,
        "page": _tab_rows(found, tab, request.GET.get("page", 1), request.GET.get("column", ""))
        if kept
        else None,
        "columns": selectors.changed_columns(found) if kept and tab == Outcome.CHANGED else [],
        "column": request.GET.get("column", ""),
        "ended": found.counts.get("missing", 0) - found.counts.get("blocked", 0),
    }
    return render(request, "imports/result.html", context)


def _progress_page(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    context = {
        "heading": "Import",
        "breadcrumbs": crumbs(found.force),
        "batch": found,
        "refresh_seconds": REFRESH_SECONDS,
    }
    return render(request, "imports/progress.html", context | _progress_context(found))


def _progress_context(found: ImportBatch) -> dict[str, Any]:
    return {
        "progress": selectors.job_shown(found, services.job_of(found)),
        "poll_url": reverse("imports:progress", args=[found.force.slug, found.pk]),
    }
