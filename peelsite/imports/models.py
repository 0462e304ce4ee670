"""Imports: the file, what was found in it, what was mended, and what loading it did."""

import hashlib
import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone

from peelsite.accounts.permissions import Action
from peelsite.forces.models import Force, OfForceQuerySet
from peelsite.history import tracked


def stored_name(batch: "ImportBatch", filename: str) -> str:
    """A place that cannot be guessed and says nothing of the file's name, which a stranger chose."""
    del batch, filename
    return str(PurePosixPath("imports") / f"{timezone.now():%Y-%m}" / secrets.token_hex(16))


def file_storage():
    """The default storage: files of people are never served by the web server itself."""
    return storages["default"]


class ImportState(models.TextChoices):
    READING = "reading", "Being read"
    UPLOADED = "uploaded", "Columns to confirm"
    CHECKING = "checking", "Being checked"
    READY = "ready", "Ready to look at"
    LOADING = "loading", "Being loaded"
    LOADED = "loaded", "Loaded"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Could not be read"
    DISCARDED = "discarded", "Discarded"


UNDER_WAY = (ImportState.READING, ImportState.CHECKING, ImportState.LOADING, ImportState.UNDOING)
# Nothing is waiting for a person any more.
ENDED = (ImportState.LOADED, ImportState.UNDONE, ImportState.FAILED, ImportState.DISCARDED)


class ImportBatchQuerySet(OfForceQuerySet):
    def waiting(self) -> "ImportBatchQuerySet":
        """Imports that wait for a person: columns to confirm or a preview to look at."""
        return self.filter(state__in=[ImportState.UPLOADED, ImportState.READY])

    def same_file(self, batch: "ImportBatch") -> "ImportBatchQuerySet":
        """Loaded imports of the very same file into the same force."""
        return self.filter(
            force=batch.force, target=batch.target, digest=batch.digest, state=ImportState.LOADED
        ).exclude(pk=batch.pk)


@tracked(exclude=("sheets", "counts", "additions", "warnings"))
class ImportBatch(models.Model):
    """One uploaded file on its way into the site.

    `target` is the slug of an ImportTarget. `sheets` describes what the file holds (names, headings, three
    sample values a column); `mapping` gives for each asked column the place of its heading in the chosen
    sheet.
    `plan` is the digest of what the last check would change: loading does exactly that or nothing.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="imports")
    target = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to=stored_name, storage=file_storage, max_length=200, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    size = models.BigIntegerField(help_text="Bytes.")
    sheets = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    sheet = models.CharField(max_length=200, blank=True)
    header_row = models.PositiveIntegerField(null=True, blank=True)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    full_extract_as_at = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    additions = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    plan = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name_plural = "import batches"
        indexes = [
            models.Index(fields=["force", "target", "digest"], name="imports_batch_same_file"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def step(self) -> str:
        """A short digest of where the import stands and what was chosen for it: what a page of it shows."""
        stands = (
            self.state,
            self.target,
            self.sheet,
            self.header_row,
            sorted(self.mapping.items()),
            sorted(self.options.items()),
            self.full_extract_as_at,
            self.plan,
            self.checked_at,
        )
        return hashlib.sha256(repr(stands).encode()).hexdigest()[:16]

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def headings(self) -> dict[str, str]:
        """The file's own heading of each mapped column, by the column's name."""
        described = next((sheet for sheet in self.sheets if sheet["name"] == self.sheet), None)
        if described is None:
            return {}
        headers = described["headers"]
        return {name: headers[place] for name, place in self.mapping.items() if place is not None}


class Outcome(models.TextChoices):
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    REFUSED = "refused", "Refused"
    MISSING = "missing", "Not in the file"


class ImportRow(models.Model):
    """What the check found of one row of the file; unchanged rows are only counted.

    `key` is the post's reference or the person's number, `label` says a little more. `changes` holds, for
    each
    changed column, the old and the new value as text. A row that is missing from the file has no number; its
    `label` may say why it cannot be ended, then `is_blocked`.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    row_no = models.IntegerField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    key = models.TextField(blank=True)
    label = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    is_blocked = models.BooleanField(default=False)

    class Meta:
        ordering = ["row_no", "key"]
        indexes = [models.Index(fields=["batch", "outcome", "row_no"], name="imports_row_of_batch")]

    def __str__(self) -> str:
        return self.key


class ImportIssue(models.Model):
    """Why a row is refused: which cell, what stood in it, and a sentence on how to mend it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="issues")
    row_no = models.IntegerField()
    column = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    sentence = models.TextField()

    class Meta:
        ordering = ["row_no", "column"]
        indexes = [models.Index(fields=["batch", "row_no"], name="imports_issue_of_batch")]

    def __str__(self) -> str:
        return self.sentence


@tracked()
class ImportMend(models.Model):
    """A cell that a person corrected on the preview; the uploaded file itself stays as it came."""

    # What is typed into a row may be about a person.
    history_action = Action.PEOPLE_VIEW

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="mends")
    row_no = models.IntegerField()
    column = models.CharField(max_length=40)
    value = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row_no", "column"], name="imports_mend_one_a_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.row_no} {self.column}"


@tracked()
class ImportMapping(models.Model):
    """How a force's headings were matched last time: heading as written -> column, "" for not imported."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="import_mappings")
    target = models.CharField(max_length=30)
    headings = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["force", "target"], name="imports_mapping_once_a_force"),
        ]

    def __str__(self) -> str:
        return self.target


class ImportEffect(models.Model):
    """A row that loading changed, as it was before and after, so that the import can be undone.

    Rows that an import added carry its number in their own `import_id`; only those of tables without one
    (roles, locations, units) stand here, with no `before`.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="effects")
    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "table"], name="imports_effect_of_batch")]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
