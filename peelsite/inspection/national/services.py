"""Writes of published tables: whole or not at all."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from peelsite.inspection.national.models import NationalTable, NationalWorkforce, TableKind

# force id, as at, category, rank, sex, headcount, FTE
WorkforceRow = tuple[int, date, str, str, str, int, Decimal | None]


@transaction.atomic
def workforce_table_replace(
    *, file_name: str, digest: str, notes: list[str], rows: Iterable[WorkforceRow]
) -> NationalTable:
    """Put a newly read workforce table in the place of the one held, in one transaction."""
    table, created = NationalTable.objects.select_for_update().get_or_create(
        kind=TableKind.WORKFORCE,
        defaults={"file_name": file_name, "digest": digest, "row_count": 0, "notes": notes},
    )
    if not created:
        table.workforce.all().delete()
    columns = ("table_id", "force_id", "as_at", "category", "rank", "sex", "headcount", "fte")
    copy_sql = f"COPY {NationalWorkforce._meta.db_table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor:
        with cursor.copy(copy_sql) as copy:
            for row in rows:
                copy.write_row((table.pk, *row))
        table.row_count = cursor.rowcount
    table.file_name, table.digest, table.notes = file_name, digest, notes
    table.save()
    return table
