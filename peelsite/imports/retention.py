"""What the rules of retention ask of imports: when, and how nothing of a file's contents stays."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from peelsite.audit.retention.registry import Removed, RetentionClass
from peelsite.audit.retention.removal import history_forget, joined, row_digests
from peelsite.forces.models import Force
from peelsite.imports.models import (
    ENDED,
    ImportBatch,
    ImportEffect,
    ImportIssue,
    ImportMend,
    ImportRow,
)
from peelsite.imports.services import batch_forget


def batches_ended_before(force: Force, day: date) -> QuerySet[ImportBatch]:
    """Imports that ended, were uploaded before `day`, and of whose contents something is still kept."""
    kept = (
        ~Q(file="")
        | Exists(ImportRow.objects.filter(batch=OuterRef("pk")))
        | Exists(ImportMend.pgh_event_model.objects.filter(batch=OuterRef("pk")))
    )
    return ImportBatch.objects.of_force(force).filter(kept, state__in=ENDED, uploaded_at__date__lt=day)


@transaction.atomic
def batches_forget(ids: Sequence[int], reason: str) -> Removed:
    """Nothing of these files' contents stays, nor of what was typed into their rows; who loaded what does."""
    parts = [Removed(row_digests(ImportBatch, ids))]
    for model in (ImportRow, ImportIssue, ImportEffect):
        rows = model.objects.filter(batch__in=ids)
        parts.append(Removed(row_digests(model, list(rows.values_list("pk", flat=True)))))
    for batch in ImportBatch.objects.select_for_update().filter(pk__in=ids):
        batch_forget(batch)
    typed = ImportMend.pgh_event_model.objects.filter(batch__in=ids).values_list("pgh_id", flat=True)
    return joined(*parts, history_forget({}, {ImportMend: list(typed)}, reason))


IMPORTS = RetentionClass(
    "imports",
    "Imported files",
    "the upload",
    batches_ended_before,
    what_goes="The file, the rows, cells and samples read out of it, and what was typed into them are "
    "deleted. Who loaded which file when, and what it did, stays.",
    remove=batches_forget,
)
