"""Loads the reference rows of the repository's readable files; running it again changes nothing."""

from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from peelsite.forces.reference import forces_load
from workforce.establishment.reference import ranks_load


class Command(BaseCommand):
    help = (
        "Adds missing forces, ranks and grades. Rows edited here are kept and named; "
        "--restore puts the files' values back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--restore", action="store_true", help="Put back the values of the files.")

    @transaction.atomic
    def handle(self, *args: Any, restore: bool, **options: Any) -> None:
        with pghistory.context(command="load_reference"):
            for loaded in (forces_load(restore=restore), ranks_load(restore=restore)):
                for sentence in loaded.sentences():
                    self.stdout.write(sentence)
