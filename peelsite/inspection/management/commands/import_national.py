"""`manage.py import_national workforce FILE`: read a published national table."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from peelsite.inspection.national.imports import UnreadableTable, workforce_table_import

READERS = {"workforce": workforce_table_import}


class Command(BaseCommand):
    help = "Read a published national table. Kinds: workforce (Home Office police workforce open data)."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(READERS))
        parser.add_argument("file", type=Path)

    def handle(self, *args, kind: str, file: Path, **options):
        try:
            table, changed = READERS[kind](path=file)
        except UnreadableTable as refused:
            raise CommandError(str(refused)) from refused
        if not changed:
            self.stdout.write(f"{table}: this very file is already held, {table.row_count:,} rows.")
            return
        self.stdout.write(f"{table}: {table.row_count:,} rows.")
        for note in table.notes:
            self.stdout.write(f"- {note}")
