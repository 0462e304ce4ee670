"""The small requests that take an import from one state to the next."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from peelsite.accounts.access import force_page
from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force
from peelsite.imports import services
from peelsite.imports.forms import ExtractForm, MappingForm, SheetForm
from peelsite.imports.models import ImportBatch, ImportState, Outcome
from peelsite.imports.targets import target_of
from peelsite.imports.views.addresses import batch_or_404, crumbs, page_of, target_or_404
from peelsite.imports.views.pages import columns_page, preview_page
from peelsite.imports.work import work_start
from peelsite.web.editing import words
from peelsite.web.editing.pages import form_methods
from peelsite.web.editing.records import Overtaken
from peelsite.web.editing.versions import authors_of
from peelsite.web.templatetags import peelsite_web


@require_POST
@force_page(Action.IMPORT_RUN)
def sheet(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = batch_or_404(force, pk)
    form = SheetForm(request.POST, batch=found)
    if not form.is_valid():
        return columns_page(request, found, sheet_form=form)
    name, row = form.chosen
    step = _step(request)
    try:
        _tried(request, lambda: services.sheet_choose(batch=found, sheet=name, header_row=row, step=step))
    except Overtaken as refused:
        typed = [{"term": "Sheet and row of headings", "value": f"{name}, row {row}"}]
        return _overtaken_page(request, found, refused, typed)
    return redirect(page_of(found))


@require_POST
@force_page(Action.IMPORT_RUN)
def columns(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Confirm the columns; the check begins."""
    found = batch_or_404(force, pk)
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
            return redirect(page_of(found))
    return columns_page(request, found, form=form)


@require_POST
@force_page(Action.IMPORT_RUN)
def retarget(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = batch_or_404(force, pk)
    wanted = target_or_404(request.POST.get("target", ""))
    return _done_and_started(
        request, found, lambda step: services.batch_retarget(batch=found, target=wanted, step=step)
    )


@require_POST
@force_page(Action.IMPORT_RUN)
def mend(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    """Correct refused cells in place: inputs named cell-<row>-<column>, each beside what it held.

    `turn` is another page of them: nothing is saved, and what was typed is carried there.
    """
    found = batch_or_404(force, pk)
    cells = {}
    for name, value in request.POST.items():
        kind, _, rest = name.partition("-")
        row, _, column = rest.partition("-")
        if kind == "cell" and row.isdigit() and value != request.POST.get(f"was-{row}-{column}"):
            cells[int(row), column] = value
    if (turn := request.POST.get("turn", "")) and found.state == ImportState.READY:
        return preview_page(request, found, typed=cells, turn=turn)
    if not cells:
        messages.info(request, "No cell was changed.")
        return redirect(f"{page_of(found)}?tab={Outcome.REFUSED}")
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
    found = batch_or_404(force, pk)
    if "withdraw" in request.POST:
        return _done_and_started(
            request, found, lambda step: services.extract_declare(batch=found, as_at=None, step=step)
        )
    form = ExtractForm(request.POST)
    if not form.is_valid():
        return preview_page(request, found, extract_form=form)
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
    found = batch_or_404(force, pk)
    return _done_and_started(request, found, lambda step: services.batch_confirm(batch=found, step=step))


@form_methods
@force_page(Action.IMPORT_RUN)
def undo(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = batch_or_404(force, pk)
    if request.method == "POST":
        return _done_and_started(request, found, lambda step: services.batch_undo(batch=found, step=step))
    if found.state != ImportState.LOADED:
        return redirect(page_of(found))
    blockers = services.undo_blockers(found)
    context = {
        "heading": "Undo this import",
        "breadcrumbs": [*crumbs(force), (found.file_name, page_of(found))],
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
        "cancel_href": page_of(found),
    }
    return render(request, "components/confirm.html", context)


@form_methods
@force_page(Action.IMPORT_RUN)
def discard(request: HttpRequest, force: Force, pk: int) -> HttpResponse:
    found = batch_or_404(force, pk)
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
        "breadcrumbs": [*crumbs(force), (found.file_name, page_of(found))],
        "text": f"{found.file_name} and what was mended in it are deleted. Nothing of it has been loaded.",
        "step": found.step,
        "button": "Discard",
        "danger": True,
        "cancel_href": page_of(found),
    }
    return render(request, "components/confirm.html", context)


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
    return redirect(page_of(found))


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
        "breadcrumbs": [*crumbs(found.force), (found.file_name, page_of(found))],
        "sentence": refused.messages[0],
        "author": author.words_for(request.user.pk) if author else "",
        "rows": typed or [],
        "href": page_of(found),
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
