"""Pages of imports: the list, one page for each step, and the small requests between them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.imports import exports, selectors, services
from peelsite.imports.forms import ExtractForm, MappingForm, SheetForm, UploadForm
from peelsite.imports.models import ImportBatch, ImportState, Outcome
from peelsite.imports.tables import BatchTable
from peelsite.imports.targets import ImportTarget, all_targets, target_of
from peelsite.imports.work import work_start
from peelsite.web.editing import words
from peelsite.web.editing.once import saved_once
from peelsite.web.editing.pages import form_methods, status_of
from peelsite.web.editing.records import Overtaken
from peelsite.web.editing.versions import authors_of
from peelsite.web.lists import ListPage
from peelsite.web.templatetags import peelsite_web

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
    wanted = _target_or_404(target)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*given, force=force, target=wanted, user=request.user)

    stored: list[ImportBatch] = []

    def done(made: ImportBatch) -> tuple[str, str]:
        stored.append(made)
        return _page(made), f"{made.file_name} is uploaded."

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
        "breadcrumbs": _crumbs(force),
    }
    return render(request, "imports/upload.html", context, status=status)


@require_GET
@force_page(Action.IMPORT_RUN)
def template(request: HttpRequest, force: Force, target: str) -> FileResponse:
    return exports.template_response(_target_or_404(target))


@require_safe
@force_page(Action.IMPORT_RUN)
def batch(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The page of one import: what it shows depends on where the import stands."""
    found = services.batch_settle(batch=_batch_or_404(force, pk))
    if found.is_under_way:
        return _progress_page(request, found)
    if found.state == ImportState.UPLOADED:
        return _columns_page(request, found)
    if found.state == ImportState.READY:
        if request.GET.get("step") == "columns":
            return _columns_page(request, found)
        return _preview_page(request, found)
    return _result_page(request, found)


@require_GET
@force_page(Action.IMPORT_RUN)
def progress(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """The progress part alone, for the page to ask again; tells it to reload once the work has ended."""
    found = services.batch_settle(batch=_batch_or_404(force, pk))
    response = render(request, "components/progress.html", _progress_context(found))
    if not found.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@force_page(Action.IMPORT_RUN)
def sheet(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _batch_or_404(force, pk)
    form = SheetForm(request.POST, batch=found)
    if not form.is_valid():
        return _columns_page(request, found, sheet_form=form)
    name, row = form.chosen
    step = _step(request)
    try:
        _tried(request, lambda: services.sheet_choose(batch=found, sheet=name, header_row=row, step=step))
    except Overtaken as refused:
        typed = [{"term": "Sheet and row of headings", "value": f"{name}, row {row}"}]
        return _overtaken_page(request, found, refused, typed)
    return redirect(_page(found))


@require_POST
@force_page(Action.IMPORT_RUN)
def columns(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Confirm the columns; the check begins."""
    found = _batch_or_404(force, pk)
    form = MappingForm(request.POST, batch=found)
    if form.is_valid():
        try:
            found = services.mapping_confirm(
                batch=found, mapping=form.mapping, options=form.chosen_options, step=_step(request)
            )
        except Overtaken as refused:
            return _overtaken_page(request, found, refused, _chosen_columns(form))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            work_start(found, user=request.user)
            return redirect(_page(found))
    return _columns_page(request, found, form=form)


@require_POST
@force_page(Action.IMPORT_RUN)
def retarget(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _batch_or_404(force, pk)
    wanted = _target_or_404(request.POST.get("target", ""))
    return _done_and_started(
        request, found, lambda step: services.batch_retarget(batch=found, target=wanted, step=step)
    )


@require_POST
@force_page(Action.IMPORT_RUN)
def mend(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Correct refused cells in place: inputs named cell-<row>-<column>, each beside what it held."""
    found = _batch_or_404(force, pk)
    cells = {}
    for name, value in request.POST.items():
        kind, _, rest = name.partition("-")
        row, _, column = rest.partition("-")
        if kind == "cell" and row.isdigit() and value != request.POST.get(f"was-{row}-{column}"):
            cells[int(row), column] = value
    if not cells:
        messages.info(request, "No cell was changed.")
        return redirect(f"{_page(found)}?tab={Outcome.REFUSED}")
    target = target_of(found.target)
    typed = [
        {"term": f"Row {row:,}, {target.column(name).label}", "value": value}
        for (row, name), value in cells.items()
    ]
    return _done_and_started(
        request, found, lambda step: services.cells_mend(batch=found, cells=cells, step=step), typed
    )


@require_POST
@force_page(Action.IMPORT_RUN)
def full_extract(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Declare the file a full extract as at a day, or take that back."""
    found = _batch_or_404(force, pk)
    if "withdraw" in request.POST:
        return _done_and_started(
            request, found, lambda step: services.extract_declare(batch=found, as_at=None, step=step)
        )
    form = ExtractForm(request.POST)
    if not form.is_valid():
        return _preview_page(request, found, extract_form=form)
    day = form.cleaned_data["as_at"]
    return _done_and_started(
        request,
        found,
        lambda step: services.extract_declare(batch=found, as_at=day, step=step),
        [{"term": "Full extract as at", "value": peelsite_web.day(day)}],
    )


@require_POST
@force_page(Action.IMPORT_RUN)
def confirm(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _batch_or_404(force, pk)
    return _done_and_started(request, found, lambda step: services.batch_confirm(batch=found, step=step))


@form_methods
@force_page(Action.IMPORT_RUN)
def undo(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _batch_or_404(force, pk)
    if request.method == "POST":
        return _done_and_started(request, found, lambda step: services.batch_undo(batch=found, step=step))
    if found.state != ImportState.LOADED:
        return redirect(_page(found))
    blockers = services.undo_blockers(found)
    context = {
        "heading": "Undo this import",
        "breadcrumbs": [*_crumbs(force), (found.file_name, _page(found))],
        "batch": found,
        "blockers": blockers,
    }
    if blockers:
        return render(request, "imports/undo_blocked.html", context)
    counts = found.counts
    context |= {
        "text": f"What {found.file_name} added ({counts['new']:,}) is deleted, and what it changed "
        f"({counts['changed']:,}) is put back as it was before.",
        "step": found.step,
        "button": "Undo this import",
        "danger": True,
        "cancel_href": _page(found),
    }
    return render(request, "components/confirm.html", context)


@form_methods
@force_page(Action.IMPORT_RUN)
def discard(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = _batch_or_404(force, pk)
    if request.method == "POST":
        step = _step(request)
        try:
            gone = _tried(request, lambda: services.batch_discard(batch=found, step=step))
        except Overtaken as refused:
            return _overtaken_page(request, found, refused)
        if gone:
            messages.success(request, f"{found.file_name} was discarded. Nothing of it was loaded.")
        return redirect(reverse("imports:list", args=[force.slug]))
    context = {
        "heading": "Discard this import",
        "breadcrumbs": [*_crumbs(force), (found.file_name, _page(found))],
        "text": f"{found.file_name} and what was mended in it are deleted. Nothing of it has been loaded.",
        "step": found.step,
        "button": "Discard",
        "danger": True,
        "cancel_href": _page(found),
    }
    return render(request, "components/confirm.html", context)


@require_GET
@force_page(Action.IMPORT_RUN)
def rejects(request: HttpRequest, force: Force, pk: int) -> FileResponse:
    found = _batch_or_404(force, pk)
    if not found.file or not found.issues.exists():
        raise Http404
    return exports.rejects_response(found)


def _columns_page(
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
        "breadcrumbs": _crumbs(found.force),
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


def _preview_page(
    request: HttpRequest, found: ImportBatch, *, extract_form: ExtractForm | None = None
) -> HttpResponse:
    asked = request.GET.get("tab")
    if extract_form is not None:
        asked = Outcome.MISSING
    tab = next((each for each in TABS if each == asked), None)
    tab = tab or next((each for each in TABS if found.counts.get(each)), Outcome.NEW)
    column = request.GET.get("column", "")
    page = request.GET.get("page", 1)
    context = {
        "heading": "Preview",
        "breadcrumbs": _crumbs(found.force),
        "batch": found,
        "target": target_of(found.target),
        "tab": tab,
        "tabs": [(each, _tab_label(each), found.counts.get(each, 0)) for each in TABS],
        "page": _tab_rows(found, tab, page, column),
        "columns": selectors.changed_columns(found) if tab == Outcome.CHANGED else [],
        "column": column,
        "form": extract_form,
        "extract_form": extract_form or ExtractForm(),
        "same_file": selectors.same_file(found),
        "total": sum(found.counts.get(name, 0) for name in ("new", "changed", "unchanged", "refused")),
        "ended": found.counts.get("missing", 0) - found.counts.get("blocked", 0),
    }
    return render(request, "imports/preview.html", context, status=400 if extract_form else 200)


def _tab_rows(found: ImportBatch, tab: str, page: Any, column: str) -> Any:
    if tab == Outcome.REFUSED:
        return selectors.refused_cells(found, page)
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
        "breadcrumbs": _crumbs(found.force),
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
        "breadcrumbs": _crumbs(found.force),
        "batch": found,
        "refresh_seconds": REFRESH_SECONDS,
    }
    return render(request, "imports/progress.html", context | _progress_context(found))


def _progress_context(found: ImportBatch) -> dict[str, Any]:
    return {
        "progress": selectors.job_shown(found, services.job_of(found)),
        "poll_url": reverse("imports:progress", args=[found.force.slug, found.pk]),
    }


def _done_and_started(
    request: HttpRequest,
    found: ImportBatch,
    take: Callable[[str], ImportBatch],
    typed: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """Take a step that leads to work; start the work, or say why the step was refused.

    `take` is given what the page showed of the import; where somebody went on with it meanwhile, the answer
    is 409 with what was `typed`.
    """
    step = _step(request)
    try:
        moved = take(step)
    except Overtaken as refused:
        return _overtaken_page(request, found, refused, typed)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    else:
        work_start(moved, user=request.user)
    return redirect(_page(found))


def _step(request: HttpRequest) -> str:
    return request.POST.get("step", "")


def _overtaken_page(
    request: HttpRequest,
    found: ImportBatch,
    refused: Overtaken,
    typed: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """Who went on with the import, what was typed for it, and the way to see it as it is."""
    author = authors_of(ImportBatch, found.pk, ()).get("")
    context = {
        "heading": "Somebody else was first",
        "breadcrumbs": [*_crumbs(found.force), (found.file_name, _page(found))],
        "sentence": refused.messages[0],
        "author": author.words_for(request.user.pk) if author else "",
        "rows": typed or [],
        "href": _page(found),
    }
    return render(request, "imports/overtaken.html", context, status=409)


def _chosen_columns(form: MappingForm) -> list[dict[str, str]]:
    """What a person had chosen, column by column, in words."""
    return [
        {"term": str(field.label), "value": words.of_field(field.field, str(form.cleaned_data[field.name]))}
        for field in form
        if form.cleaned_data.get(field.name)
    ]


def _tried(request: HttpRequest, step: Callable[[], Any]) -> bool:
    """Take a step; a refusal is shown on the next page. Raises Overtaken, for a page of its own."""
    try:
        step()
    except Overtaken:
        raise
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
        return False
    return True


def _target_or_404(slug: str) -> ImportTarget:
    try:
        return target_of(slug)
    except KeyError:
        raise Http404 from None


def _batch_or_404(force: Force, pk: int) -> ImportBatch:
    return get_object_or_404(selectors.batches_of(force), pk=pk)


def _page(found: ImportBatch) -> str:
    return reverse("imports:batch", args=[found.force.slug, found.pk])


def _crumbs(force: Force) -> list[tuple[str, str]]:
    return [("Imports", reverse("imports:list", args=[force.slug]))]
