"""Reads for the pages of imports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet

from peelsite.forces.models import Force
from peelsite.imports.calc import match_columns
from peelsite.imports.models import ImportBatch, ImportRow, Outcome
from peelsite.imports.targets import ImportTarget, all_targets, target_of
from peelsite.jobs.models import Job

PAGE_ROWS = 50


def import_names(ids: set[int]) -> dict[int, str]:
    """What imports are called in the history of the rows that they made."""
    return dict(ImportBatch.objects.filter(pk__in=ids).values_list("pk", "file_name"))


@dataclass(frozen=True)
class Cell:
    """A refused cell as the preview shows it: `value` is what stands in the file, or was put in its place.

    `typed` is what somebody typed and has not saved yet, None where nobody did.
    """

    row_no: int
    column: str
    heading: str
    value: str
    sentence: str
    typed: str | None = None

    @property
    def shown(self) -> str:
        return self.value if self.typed is None else self.typed

    @property
    def field(self) -> str:
        return f"cell-{self.row_no}-{self.column}"

    @property
    def line(self) -> str:
        """'Row 214, column Start date: '31/02/2026' is not a date.'"""
        return f"Row {self.row_no:,}, column {self.heading}: {self.sentence}"


@dataclass(frozen=True)
class ChangedCell:
    """One changed value of a row, as text; None where there was or will be none."""

    row_no: int
    key: str
    label: str
    heading: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class SameFile:
    """An earlier import of the very same file."""

    batch_id: int
    loaded_at: datetime
    by: str


def batches_of(force: Force) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.of_force(force).select_related("uploaded_by", "force")


def headings_of(batch: ImportBatch) -> dict[str, str]:
    """What a person calls each column: the file's own heading, else the site's name of it."""
    labels = {column.name: column.label for column in target_of(batch.target).columns}
    return labels | batch.headings


def refused_cells(
    batch: ImportBatch, page: int | str = 1, typed: Mapping[tuple[int, str], str] | None = None
) -> Page:
    """Refused cells in the order of the file, one page of them; `typed` by row and column."""
    typed = typed or {}
    headings = headings_of(batch)
    found = Paginator(batch.issues.order_by("row_no", "pk"), PAGE_ROWS).get_page(page)
    found.object_list = [
        Cell(
            issue.row_no,
            issue.column,
            headings.get(issue.column, issue.column),
            issue.value,
            issue.sentence,
            typed.get((issue.row_no, issue.column)),
        )
        for issue in found.object_list
    ]
    return found


def rows_of(batch: ImportBatch, outcome: Outcome, page: int | str = 1) -> Page:
    rows = ImportRow.objects.filter(batch=batch, outcome=outcome).order_by("row_no", "key")
    return Paginator(rows, PAGE_ROWS).get_page(page)


def changed_cells(batch: ImportBatch, page: int | str = 1, column: str = "") -> Page:
    """Changed rows with old and new value of each cell; `column` keeps those in which it changed."""
    headings = headings_of(batch)
    rows = ImportRow.objects.filter(batch=batch, outcome=Outcome.CHANGED).order_by("row_no")
    if column:
        rows = rows.filter(changes__has_key=column)
    found = Paginator(rows, PAGE_ROWS).get_page(page)
    order = [each.name for each in target_of(batch.target).columns]
    found.object_list = [
        ChangedCell(row.row_no, row.key, row.label, headings[name], *row.changes[name])
        for row in found.object_list
        for name in sorted(row.changes, key=order.index)
        if not column or name == column
    ]
    return found


def changed_columns(batch: ImportBatch) -> list[tuple[str, str]]:
    """(name, heading) of the columns in which anything changed, for the filter."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT jsonb_object_keys(changes) FROM imports_importrow"
            " WHERE batch_id = %s AND outcome = 'changed'",
            [batch.pk],
        )
        names = {name for (name,) in cursor.fetchall()}
    headings = headings_of(batch)
    return [
        (each.name, headings[each.name]) for each in target_of(batch.target).columns if each.name in names
    ]


def same_file(batch: ImportBatch) -> SameFile | None:
    """When this very file was imported before, and is not undone."""
    earlier = (
        ImportBatch.objects.same_file(batch).select_related("uploaded_by").order_by("-loaded_at").first()
    )
    if earlier is None or earlier.loaded_at is None:
        return None
    return SameFile(earlier.pk, earlier.loaded_at, str(earlier.uploaded_by or "a command"))


def likelier_target(batch: ImportBatch) -> ImportTarget | None:
    """Another kind of import whose headings this file holds, while it lacks what this one needs."""
    headers = next((each["headers"] for each in batch.sheets if each["name"] == batch.sheet), [])

    def fit(target: ImportTarget) -> tuple[bool, int, int]:
        matches = match_columns(headers, target.columns)
        found = {name for name, match in matches.items() if match.how == "exact"}
        lacking = sum(not found & set(group) for group in target.needs)
        return target.key_column in found, -lacking, len(found)

    _, own_lacking, own_found = fit(target_of(batch.target))
    others = [target for target in all_targets() if target.slug != batch.target]
    best = max(others, key=fit, default=None)
    if best is None or own_lacking == 0:
        return None
    has_key, lacking, found = fit(best)
    return best if has_key and (lacking, found) > (own_lacking, own_found) else None


def job_shown(batch: ImportBatch, job: Job | None) -> dict[str, object]:
    """What the progress part of a page shows."""
    words = {
        "reading": "Reading the file",
        "checking": "Checking the rows",
        "loading": "Loading the rows",
        "undoing": "Undoing the import",
    }
    return {
        "label": words.get(batch.state, "Finished"),
        "done": job.done if job else 0,
        "total": job.total if job else 0,
        "percent": job.percent if job else 0,
        "note": job.note if job else "",
        "finished": not batch.is_under_way,
    }
