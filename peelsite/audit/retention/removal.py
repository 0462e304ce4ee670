"""How rows go: deleted with their history, or emptied of what is personal; digests stay for a proof."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.core.files.storage import storages
from django.db import connection, models, transaction
from psycopg import sql

from peelsite.audit.models import SensitiveRead, SubjectAccessExport, SubjectAccessRequest
from peelsite.audit.retention.registry import Digests, Removed
from peelsite.history.removal import history_remove
from peelsite.history.sealed import sealed_tables
from peelsite.history.selectors import as_text, canonical

FORMER = "a former member of the force"


def is_sealed(model: type[models.Model]) -> bool:
    """Whether the rows themselves are in the seals, as sensitive reads are."""
    return model._meta.db_table in sealed_tables()


def rows_delete(model: type[models.Model], ids: Sequence[int], reason: str) -> Removed:
    """Delete rows, and with them the rows of the history that tell of them, the deletion included."""
    if is_sealed(model):
        return Removed(history_remove(ids={model._meta.db_table: ids}, reason=reason))
    digests = row_digests(model, ids)
    model._default_manager.filter(pk__in=ids).delete()
    return _with_history(digests, {model: ids}, reason) if is_tracked(model) else Removed(digests)


def is_tracked(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_event_model")


def history_forget(
    digests: Digests, versions: dict[type[models.Model], Collection[int]], reason: str
) -> Removed:
    """Take these versions (ids of history rows, by tracked model) out of the history."""
    ids = {model.pgh_event_model._meta.db_table: rows for model, rows in versions.items() if rows}
    gone = history_remove(ids=ids, reason=reason) if ids else {}
    return Removed(digests | gone, len(gone))


def versions_of(model: type[models.Model], ids: Sequence[int]) -> list[int]:
    """Ids of every version of these records that there is now."""
    return list(model.pgh_event_model.objects.filter(pgh_obj_id__in=ids).values_list("pgh_id", flat=True))


def _with_history(digests: Digests, rows: dict[type[models.Model], Sequence[int]], reason: str) -> Removed:
    return history_forget(digests, {model: versions_of(model, ids) for model, ids in rows.items()}, reason)


def row_digests(model: type[models.Model], ids: Sequence[int]) -> Digests:
    """SHA-256 of the text of rows as they are: proof of what they were, from which nothing can be read."""
    canonical()
    table, key = model._meta.db_table, model._meta.pk.column
    query = sql.SQL(
        "SELECT kept.{key}, encode(sha256(convert_to(kept::text, 'UTF8')), 'hex') FROM {table} AS kept"
        " WHERE kept.{key} = ANY (%s)"
    ).format(key=sql.Identifier(key), table=sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(as_text(query, cursor), [list(ids)])
        return {(table, pk): digest for pk, digest in cursor.fetchall()}


def labels_forget(person_ids: Collection[int], reason: str) -> Removed:
    """Let sensitive reads no longer say what these people were called; who read, when and why stays.

    A row of this kind cannot be changed: each is written anew without the name and sealed, then the old one
    goes by the one way out of the history.
    """
    wanted = sorted(person_ids)
    reads = SensitiveRead.objects.filter(person_ids__overlap=wanted).order_by("pk")
    old = [read.pk for read in reads if _names_one(read, set(wanted))]
    if not old:
        return Removed()
    columns = [field.column for field in SensitiveRead._meta.concrete_fields if not field.primary_key]
    values = [
        sql.SQL(
            "ARRAY(SELECT CASE WHEN each.person = ANY (%s) THEN %s ELSE each.label END"
            " FROM unnest(kept.person_ids, kept.labels) WITH ORDINALITY AS each (person, label, place)"
            " ORDER BY each.place)"
        )
        if column == "labels"
        else sql.SQL("kept.{}").format(sql.Identifier(column))
        for column in columns
    ]
    query = sql.SQL(
        "INSERT INTO audit_sensitiveread ({columns}) SELECT {values} FROM audit_sensitiveread AS kept"
        " WHERE kept.id = ANY (%s) ORDER BY kept.id"
    ).format(columns=sql.SQL(", ").join(map(sql.Identifier, columns)), values=sql.SQL(", ").join(values))
    with connection.cursor() as cursor:
        cursor.execute(as_text(query, cursor), [wanted, FORMER, old])
    gone = history_remove(ids={SensitiveRead._meta.db_table: old}, reason=reason)
    return Removed(gone, len(gone))


def _names_one(read: SensitiveRead, wanted: set[int]) -> bool:
    pairs = zip(read.person_ids, read.labels, strict=True)
    return any(person in wanted and label != FORMER for person, label in pairs)


def joined(*parts: Removed) -> Removed:
    """What several removals did together."""
    digests: Digests = defaultdict(str)
    for part in parts:
        digests.update(part.digests)
    return Removed(dict(digests), sum(part.history_rows for part in parts))


def access_requests_delete(ids: Sequence[int], reason: str) -> Removed:
    """Closed requests and the rows of their exports; their files went when they expired, or go now."""
    exports = SubjectAccessExport.objects.filter(request__in=ids)
    for export in exports.not_removed():
        transaction.on_commit(lambda stored=export.stored: storages["default"].delete(stored))
    parts = [rows_delete(SubjectAccessExport, list(exports.values_list("pk", flat=True)), reason)]
    return joined(*parts, rows_delete(SubjectAccessRequest, ids, reason))
