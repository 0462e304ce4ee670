"""Deletes the files and previews of imports that ended long ago."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from peelsite.imports.services import files_purge


class Command(BaseCommand):
    help = "Deletes files, refused values and previews of old imports; what they loaded stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=settings.IMPORT_FILE_DAYS)

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        self.stdout.write(f"{files_purge(older_than=timedelta(days=days))} imports purged.")
